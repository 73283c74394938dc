/**
 * What recipients and reporters call things. The words for statuses, outcomes and categories are those of the reporter's
 * pages (`server/locales/en`); a test holds them to that.
 */

const STATUSES: Readonly<Record<string, readonly [name: string, sentence: string]>> = {
  received: [
    'Received',
    'It is stored and sealed, and the readers are told that something arrived. Nobody has confirmed it yet.',
  ],
  acknowledged: ['Acknowledged', 'Someone who reads it has confirmed that they have it.'],
  assessing: ['Being assessed', 'The readers are finding out what it is about and what has to be done.'],
  question_asked: [
    'We have a question for you',
    'The readers need to know more. Their question is under “Replies” on this page, and you can answer just below it.',
  ],
  investigating: ['Being looked into', 'The facts are being checked.'],
  deciding: ['Decision being made', 'The facts have been checked. Now it is being decided what to do.'],
  concluded: ['Concluded', 'The work on it has ended.'],
  answered: ['Answered', 'The answer is under “Replies” on this page.'],
  passed: [
    'Passed to another process',
    'It belongs in another process and was passed on there. If the readers could say more, it is under “Replies”.',
  ],
  reopened: ['Reopened', 'It had ended and was opened again. Work on it goes on.'],
};

const OUTCOMES: Readonly<Record<string, readonly [name: string, sentence: string]>> = {
  substantiated: ['Confirmed', 'What you reported was found to be so.'],
  partly_substantiated: ['Partly confirmed', 'Part of what you reported was found to be so.'],
  not_substantiated: [
    'Not confirmed',
    'What you reported could not be confirmed. That does not mean that it was wrong to speak up.',
  ],
  insufficient_information: [
    'Not enough information',
    'There was too little to decide. If you know more, you can add it on this page.',
  ],
  referred: ['Handed on', 'It was handed to someone else who is responsible for it.'],
  answered: ['Answered', 'Your question was answered.'],
};

const CATEGORIES: Readonly<Record<string, string>> = {
  accounting: 'Accounting, controls or audits',
  audit_obstruction: 'Misleading the auditors',
  disclosure: 'What investors and the public are told',
  management_fraud: 'Fraud by managers',
  conflict_of_interest: 'Conflict of interest',
  confidential_information: 'Misuse of confidential information',
  misuse_of_assets: 'Misuse of money or property',
  legal: 'Breaking another law',
  pressure: 'Pressure to act against your judgement',
  retaliation: 'Punishment for speaking up',
  other_policy: 'Breaking another company rule',
  not_sure: 'Something else, or not sure',
  question: 'Question',
};

const KINDS: Readonly<Record<string, string>> = { concern: 'Concern', question: 'Question' };

const ASSESSMENTS: Readonly<Record<string, string>> = {
  look_into: 'Enough to look into',
  ask_first: 'More facts are needed first',
  belongs_elsewhere: 'Belongs to another process',
};

const MEASURES: Readonly<Record<string, string>> = {
  none_needed: 'Nothing had to be done',
  process_changed: 'A process was changed',
  control_strengthened: 'A control was added or strengthened',
  trained: 'People were trained or reminded',
  books_corrected: 'Books or accounts were corrected',
  disclosure_corrected: 'A public statement or filing was corrected',
  reporter_protected: 'The reporter was protected or made whole',
  warned: 'Somebody was warned or otherwise disciplined',
  dismissed: 'An employment or contract was ended',
  money_recovered: 'Money or property was recovered',
  authority_told: 'An authority was told',
  auditor_told: 'The external auditor was told',
  referred_inside: 'It was referred to another process of the organisation',
  guided: 'Guidance was given',
  rule_clarified: 'A rule will be made clearer',
};

const DUTIES: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledgement',
  acknowledge_target: 'acknowledgement',
  feedback: 'feedback',
  update: 'update',
  guidance: 'answer',
};

/** Every status, in the order of a case's life. */
export const STATUS_CODES: readonly string[] = Object.keys(STATUSES);
/** Every outcome. */
export const OUTCOME_CODES: readonly string[] = Object.keys(OUTCOMES);
/** Every category, in the order of the reporter's page; questions are the last. */
export const CATEGORY_CODES: readonly string[] = Object.keys(CATEGORIES);

/** What a status is called, for recipients and reporters alike. A code that is not known comes back as it is. */
export function statusName(code: string): string {
  return known(STATUSES, code)?.[0] ?? code;
}

/** The sentence that the reporter reads under a status. Empty for a code that is not known. */
export function statusSentence(code: string): string {
  return known(STATUSES, code)?.[1] ?? '';
}

/** What an outcome is called. A code that is not known comes back as it is. */
export function outcomeName(code: string): string {
  return known(OUTCOMES, code)?.[0] ?? code;
}

/** The sentence that the reporter reads about an outcome. Empty for a code that is not known. */
export function outcomeSentence(code: string): string {
  return known(OUTCOMES, code)?.[1] ?? '';
}

/** What a category is called. A code that is not known comes back as it is: show it as hostile text. */
export function categoryName(code: string): string {
  return known(CATEGORIES, code) ?? code;
}

/** What a kind of case is called. A code that is not known comes back as it is. */
export function kindName(code: string): string {
  return known(KINDS, code) ?? code;
}

/** How a first assessment came out. A code that is not known comes back as it is: show it as hostile text. */
export function assessmentName(code: string): string {
  return known(ASSESSMENTS, code) ?? code;
}

/** What was done at the end of a case. A code that is not known comes back as it is: show it as hostile text. */
export function measureName(code: string): string {
  return known(MEASURES, code) ?? code;
}

/** What was owed by a deadline. A code that is not known comes back as it is. */
export function dutyName(code: string): string {
  return known(DUTIES, code) ?? code;
}

// Codes come out of sealed text too: `constructor` is no category.
function known<T>(table: Readonly<Record<string, T>>, code: string): T | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}
