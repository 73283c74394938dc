/** What a case says that was saved as a readable file. */
export const READABLE = {
  title: (short: string) => `Case ${short}`,
  banner: {
    title: 'This file is not sealed any more',
    text:
      'Whoever has it can read it, without a key. Keep it where nobody else looks: on an encrypted device, in no shared ' +
      'folder, in no e-mail. Never give it to anybody whom the report is about. Do not try to find out who the reporter is. ' +
      'Delete it, and paper copies of it, when it is no longer needed.',
  },
  facts: 'The case',
  organisation: 'Organisation',
  id: 'Case',
  kind: 'Kind',
  category: 'Category',
  status: 'Status',
  outcome: 'Outcome',
  received: 'Received',
  acknowledged: 'Acknowledged',
  notAcknowledged: (by: string) => `not yet; due by ${by}`,
  feedbackBy: 'Feedback due by',
  updateBy: 'Next news due by',
  reporter: 'Reporter',
  anonymous: 'Anonymous: no name was given',
  confidential: 'In confidence: a name or a contact was given',
  hiddenUntilAssessed: 'Whether a name was given is left out until a first assessment is recorded',
  saved: 'Saved',
  savedBy: (day: string) => `on ${day} by`,
  warnings: 'Take care',
  report: { concern: 'The report', question: 'The question' },
  narrative: { concern: 'What happened', question: 'What is asked' },
  when: 'When',
  where: 'Where',
  who_else_knows: 'Who else knows',
  how_you_know: 'How the reporter knows',
  how_many_know: 'How many people know',
  concerns: 'Whom it is about',
  chosen: 'Addressed to',
  chosenNobody: 'Nobody in particular: the committee decides',
  reportUnreadable: 'The report cannot be opened.',
  identity: 'Who the reporter is',
  identityWarning: 'Only for those who must know it. In many places the law forbids passing it on.',
  identityUnproven: 'It is not proven that this comes from the reporter: it may have been put there by somebody else.',
  name: 'Name',
  contact: 'Contact',
  notGiven: 'not given',
  files: 'Files that came along (saved apart)',
  timeline: 'What happened since',
  entry: {
    message: (number: number) => `Message ${number} of the reporter`,
    reply: (number: number) => `Reply ${number} to the reporter, by`,
    note: (number: number) => `Note ${number}, by`,
    received: 'The report was received',
    told: 'Told that something arrived:',
    opened: 'Opened by',
    missed: (duty: string, due: string) => `Deadline missed: ${duty}, due by ${due}`,
    status: (name: string) => `Status: ${name}, set by`,
    outcome: (name: string) => `Outcome: ${name}`,
    assessment: (name: string) => `First assessment: ${name}`,
    astray: 'Files without the report or message that they came with',
    unreadable: (number: number) => `number ${number} cannot be opened`,
  },
  internal: 'Internal: never show this to the reporter',
  unproven:
    'Not proven to be from the reporter: the signature is missing or does not fit. Somebody else may have written it. Do ' +
    'not act on it alone.',
  unprovenMessages: (numbers: string) => `Not proven to be from the reporter: message ${numbers}.`,
  missingMessages: (numbers: string) =>
    `Missing from what the service sent: message ${numbers} of the reporter. Ask another reader whether they have it.`,
  missingFiles: (numbers: string) =>
    `Missing from what the service sent: file ${numbers} of the reporter. Ask another reader whether they have it.`,
  unprovenFiles: 'A file is not proven to be from the reporter; see below.',
  mailboxSwapped:
    'The service names another mailbox for this reporter than the report itself. A reply would reach somebody else.',
  entriesUnreadable: 'Something in this case cannot be opened; see below.',
  characters:
    'Characters that cannot be seen, or that turn the direction of the text around, are written out, for example \\u{202e}. ' +
    'Addresses in the text are no links: do not open them.',
} as const;
