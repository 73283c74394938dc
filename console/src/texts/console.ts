/** The words of the unlocked console. Plain, short, second person. */

export const shell = {
  name: 'Candor',
  skip: 'Skip to the content',
  inbox: 'Cases',
  overview: 'Overview',
  lock: 'Lock',
  menu: 'Main',
  signedInAs: (title: string) => `Unlocked for: ${title}`,
  idleNear: 'Nobody seems to be here. The console locks in a minute.',
  stay: 'Stay',
  mailFolder:
    'No mail server is set up: notices to recipients are only written to a folder on the server. Ask the operator.',
  mailMemory: 'No mail server is set up: nobody is told by e-mail when something arrives. Ask the operator.',
  notRemembered: 'Your key is not remembered on this device.',
  dismiss: 'Close this message',
  tryAgain: 'Try again',
  unlockAgain: 'Lock, and unlock again',
  starting: 'One moment…',
} as const;

export const inbox = {
  title: 'Cases',
  search: 'Search in the reports',
  searchHint: 'Searches what is opened in this tab. Nothing that you type leaves it.',
  shown: 'Show',
  open: 'Open',
  closed: 'Closed',
  all: 'All',
  status: 'Status',
  category: 'Category',
  any: 'Any',
  order: 'Order',
  due: 'Most urgent first',
  newest: 'Newest first',
  oldest: 'Oldest first',
  unreadOnly: 'Unread only',
  filters: 'Filter and sort',
  clear: 'Clear search and filters',
  count: (n: number) => (n === 1 ? '1 case' : `${n.toLocaleString('en')} cases`),
  unread: 'Unread',
  newMessages: (n: number) => (n === 1 ? '1 new message' : `${n} new messages`),
  sealed: 'Not opened yet…',
  noSubject: '(no text)',
  received: (day: string) => `Received ${day}`,
  empty: 'No reports yet',
  emptyText: 'When somebody reports something that you may read, it appears here, and you are told by e-mail.',
  noneFit: 'No case fits what you are looking for',
  noneOpen: 'No open cases',
  noneOpenText: 'Everything that came in is closed. Choose “Closed” or “All” to see it.',
  stillOpening: 'Some reports are still being opened. They are searched as soon as they are.',
  opening: (done: number, total: number) =>
    `Opening reports: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`,
  openingHint: 'You can work meanwhile. They are opened in this tab alone.',
  refresh: 'Look for new cases',
  refreshed: 'Up to date',
  pages: 'Pages',
  previous: 'Previous',
  next: 'Next',
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  keys: 'Keys: ↓ and ↑ (or j and k) move, Enter opens, / searches',
  addressedTitle: 'Addressed to you',
  addressed: (n: number) =>
    n === 1
      ? 'A report was addressed to you that only the Audit Committee may read.'
      : `${n} reports were addressed to you that only the Audit Committee may read.`,
  addressedNext:
    'You need not do anything. The committee has them and will pass on to you what you need. Please do not try to find out who wrote.',
  addressedDays: 'Received on',
} as const;

export const badges = {
  aim: 'Aim: acknowledge',
  acknowledge: 'Acknowledge',
  answer: 'Answer',
  feedback: 'Feedback',
  update: 'Update',
  by: (what: string, day: string) => `${what} by ${day}`,
  late: (days: number) => (days === 1 ? '1 day late' : `${days} days late`),
  left: (days: number) => (days === 0 ? 'today' : days === 1 ? 'tomorrow' : `${days} days left`),
  day120: (day: number) => `Day ${day} of 120`,
  day120Over: (day: number) => `Day ${day}, past 120`,
  anonymous: 'Anonymous',
  confidential: 'In confidence',
} as const;

export const unreadable: Readonly<Record<string, string>> = {
  not_sealed_to_your_key: 'It is not sealed to your key. It may belong to a key that you had before.',
  grant_damaged: 'The key to this case is damaged. Tell the operator, and ask another reader whether they can open it.',
  other_case_key:
    'The service names a public key that is not this case’s. Do not reply. Tell the committee, and somebody other than the operator who can look into it.',
  not_this_case:
    'It belongs to another case. Tell the committee, and somebody other than the operator who can look into it.',
  broken: 'The seal is broken or what is inside is damaged. Tell the operator, and ask another reader to compare.',
  another_version: 'A newer version of the service wrote it. Ask the operator to update the console.',
  misfiled:
    'Inside is something else than the service says. Tell the committee, and somebody other than the operator who can look into it.',
  missing: 'The service did not send it. Tell the operator, and ask another reader whether they have it.',
  twice: 'The service sent two of it. Tell the committee, and somebody other than the operator who can look into it.',
};

export const caseView = {
  back: 'All cases',
  loading: 'Opening the case…',
  report: 'The report',
  question: 'The question',
  cannotOpen: 'This case cannot be opened',
  restWorks: 'All other cases work as before.',
  when: 'When',
  where: 'Where',
  who_else_knows: 'Who else knows',
  how_you_know: 'How they know',
  how_many_know: 'How many people know',
  about: 'It is about',
  aboutExcluded: 'They are not told of this case and cannot read it.',
  chosen: 'Addressed to',
  chosenNobody: 'The Audit Committee decides',
  sealedIn: { browser: 'Sealed in the reporter’s browser', server: 'Sealed when it arrived' } as Readonly<
    Record<string, string>
  >,
  sealedInLabel: 'Seal',
  id: 'Case',
  showAll: (characters: number) => `Show all of it (${characters.toLocaleString('en')} characters)`,
  showLess: 'Show less',
  mailboxSwapped:
    'The service names another mailbox for this reporter than the report itself. A reply would reach somebody else, so none can be sent. Tell the committee, and somebody other than the operator who can look into it.',
  missingMessages: (numbers: readonly number[]) =>
    numbers.length === 1
      ? `Message ${numbers[0]} of the reporter is missing: the service did not send it. Ask another reader whether they have it, and tell the operator.`
      : `Messages ${numbers.join(', ')} of the reporter are missing: the service did not send them. Ask another reader whether they have them, and tell the operator.`,
  saved: 'Saved',
} as const;

export const who = {
  title: 'Who reported',
  hidden: 'Hidden until a first assessment is recorded',
  hiddenWhy:
    'Whether somebody gave a name says nothing about whether they are right, but it colours how we read. Read the report first, then record what you make of it.',
  assess: 'Record a first assessment',
  assessment: 'What do you make of it?',
  reason: 'In a sentence or two, why (optional)',
  reasonHint: 'It is kept as an internal note. The reporter never sees it.',
  record: 'Record the assessment',
  missing: 'Choose what you make of it.',
  anonymous: 'Anonymous: no name was given.',
  anonymousHint: 'You can still ask: replies reach the reporter, and the reporter can answer.',
  confidential: 'In confidence: a name or a contact was given.',
  show: 'Show name and contact',
  showHint: 'Look only if the work on the case needs it.',
  name: 'Name',
  contact: 'Contact',
  notGiven: '(not given)',
  notProven: 'Not proved to come from the reporter. Do not rely on it.',
  noIdentity: 'The name was not sent by the service. Tell the operator.',
  without: '(First assessment, without a reason)',
} as const;

export const timeline = {
  title: 'What happened',
  received: 'The report was received',
  told: (who: string) => `${who} was told that something waits`,
  opened: (who: string) => `${who} opened the case`,
  missed: (duty: string, due: string) => `Deadline missed: ${duty}, due by ${due}`,
  reminded: (duty: string, due: string, late: boolean) =>
    `Reminder sent: ${duty}, ${late ? 'was due' : 'due'} by ${due}`,
  status: (who: string, status: string) => `${who} set the status to “${status}”`,
  granted: (who: string, whom: string) => `${who} released the case to ${whom}`,
  takenOff: (who: string, whom: string) => `${who} took ${whom} off the case`,
  revoked: (who: string, whom: string) => `${who} put a key of ${whom} out of use`,
  steppedAside: (who: string) => `${who} stepped aside`,
  takesTwo: (who: string) => `${who} or their program marked that two have to agree to how it ends`,
  endProposed: (who: string, end: string) => `${who} proposed to end it: “${end}”`,
  endDeclined: (who: string) => `${who} declined the proposed end or took it back`,
  endedAlone: (who: string) => `${who} ended it alone: nobody else who may agree can read it`,
  conclusion: 'Conclusion',
  message: (number: number) => `Message ${number} from the reporter`,
  unproven: (number: number) => `Message ${number}, not proved to come from the reporter`,
  unprovenWhy:
    'Somebody without the reporter’s words put it there, or it was changed. Do not rely on it. Tell another reader and the operator.',
  proven: 'From the same reporter',
  reply: (title: string) => `Reply from ${title}`,
  note: (title: string) => `Internal note from ${title}`,
  internal: 'Only readers of the case see this',
  astray: 'Files without what they came with',
  astrayWhy:
    'The service sent no report or message for them, or it cannot be opened. Tell another reader and the operator.',
  cannotOpen: (kind: string, number: number) => `${kind} ${number} cannot be opened`,
  kinds: { message: 'Message', reply: 'Reply', note: 'Note', attachment: 'Attachment' } as Readonly<
    Record<string, string>
  >,
} as const;

export const reply = {
  title: 'Reply to the reporter',
  label: 'Your reply',
  hint: (title: string) => `The reporter reads it with the twelve words. It is signed “${title}”, not with your name.`,
  warning:
    'Do not ask who they are, where they work, or for a call. Ask about facts: what, when, where, how it can be checked.',
  asks: 'This seems to ask for something that shows who the reporter is. People stop answering when they are asked that. Can you ask about the facts instead?',
  send: 'Seal and send',
  sending: 'Sealing and sending…',
  sent: 'Your reply was sent. The reporter sees it the next time they look.',
  empty: 'Write something first.',
  tooLong: (characters: number) =>
    `That is ${characters.toLocaleString('en')} characters; 100,000 fit. Please shorten it or send it in two parts.`,
  kept: 'What you typed is kept.',
} as const;

export const note = {
  title: 'Internal note',
  label: 'Your note',
  hint: 'For the other readers of this case. The reporter never sees it.',
  send: 'Seal and save',
  sending: 'Sealing and saving…',
  sent: 'Your note was saved.',
} as const;

export const readers = {
  title: 'Who can read it',
  loading: 'Looking who can read it…',
  you: 'you',
  release: 'Release to somebody else',
  releaseHint:
    'They can read the whole case from then on, and are told by e-mail that something waits. Whoever the report is about is not in this list.',
  to: 'To whom',
  chooseTo: 'Choose to whom.',
  releaseSend: 'Release the case',
  released: (whom: string) => `${whom} can read the case now.`,
  nobody: 'There is nobody else to whom it could be released.',
  takeOff: 'Take somebody off',
  takeOffHint:
    'They cannot read the case any more and never get it again. What they have read or saved, they have. The reason becomes a note for those who stay.',
  whom: 'Whom',
  chooseWhom: 'Choose whom.',
  why: 'Why',
  sayWhy: 'Write in a sentence why.',
  takeOffSend: 'Take them off the case',
  stepAside: 'Step aside',
  stepAsideHint:
    'If you know somebody it is about, or it touches you: you cannot read the case any more and never get it again. That you left stays in it.',
  stepAsideSend: 'Leave this case for good',
  left: 'You have left this case.',
  sending: 'One moment…',
} as const;

export const status = {
  title: 'Status',
  now: 'Now',
  change: 'Change status',
  choose: 'Choose the next status',
  reporterReads: 'The reporter will read',
  reporterReadsLater: 'Once somebody else agrees, the reporter will read',
  outcome: 'How it ended, as the reporter is told',
  chooseOutcome: 'Choose how it ended.',
  notAsked: 'To end it for want of information, ask the reporter first and wait 30 days for the answer.',
  mayAnswer: (day: string) => `The reporter was asked. For want of information it can end from ${day}.`,
  measures: 'What was done',
  chooseMeasures: 'Tick what was done; “Nothing had to be done” is an answer, too.',
  reasons: 'Why it ends so',
  reasonsHint: 'For those who can read this case, now and in later years. The reporter never sees it.',
  reasonsForSecond:
    'For whoever is to agree, and for those who can read this case in later years. The reporter never sees it.',
  reasonsMissing: 'Write in a sentence or two why it ends so.',
  reasonsLong: 'That is too long; 100,000 characters fit.',
  takesTwo: 'Two have to agree to how it ends.',
  propose: 'Propose this end',
  proposed: 'Proposed end:',
  proposedBy: (who: string, day: string) => `by ${who}, ${day}`,
  waits: 'Somebody else has to agree: a member of the committee who can read this case. Until then nothing changes.',
  agreeHint: 'Read the case and the reasons first. If something is missing, decline and say it in a note.',
  agree: 'Agree and end the case',
  decline: 'Decline',
  takeBack: 'Take it back',
  conclusionUnlike:
    'The conclusion that the service names does not say this. Do not agree. Tell the committee, and somebody other than the operator who can look into it.',
  senior: 'It is about a senior officer',
  seniorWhy:
    'Then two have to agree to how it ends. Everybody who reads the case sees that you marked it, and nobody can take it off.',
  seniorMark: 'Mark it',
  chooseFirst: 'Choose a status first.',
  send: 'Change the status',
  sending: 'Changing…',
  sent: 'The status was changed. The reporter sees it the next time they look.',
  changed: 'Another reader has just changed this case. It is shown as it is now; please look again.',
  deadlines: 'Deadlines',
  nothingOwed: 'The case is closed. Nothing is owed.',
} as const;

export const takeAlong = {
  title: 'Take along',
  print: 'Print',
  sealed: 'Save sealed copy (.zip)',
  sealedHint: 'Stays sealed. Opens with your key file: README.txt inside says how.',
  readable: 'Save readable copy (.html)',
  readableHint: 'Not sealed any more: whoever gets the file can read it.',
  readableConfirm: 'Save it unsealed',
  saved: 'Saved to your downloads.',
  cancel: 'Cancel',
  working: 'One moment…',
} as const;
