/** How cases end: the same tables as `server/src/domain/closing.rs`, which a test holds them to. */

/** What was done: the ends that each measure goes with. */
export const MEASURES: Readonly<Record<string, readonly string[]>> = {
  none_needed: ['concluded'],
  process_changed: ['concluded'],
  control_strengthened: ['concluded'],
  trained: ['concluded'],
  books_corrected: ['concluded'],
  disclosure_corrected: ['concluded'],
  reporter_protected: ['concluded'],
  warned: ['concluded'],
  dismissed: ['concluded'],
  money_recovered: ['concluded'],
  authority_told: ['concluded', 'passed'],
  auditor_told: ['concluded', 'passed'],
  referred_inside: ['passed'],
  guided: ['answered'],
  rule_clarified: ['answered', 'concluded'],
};

/** The one disposition of the ends that have but one. */
const ONLY_DISPOSITION: Readonly<Record<string, string>> = { answered: 'answered', passed: 'referred' };

const TAKES_TWO: readonly string[] = ['accounting', 'audit_obstruction', 'disclosure', 'management_fraud'];

/** Whether this status ends a case. */
export function isEnd(status: string): boolean {
  return status === 'concluded' || Object.hasOwn(ONLY_DISPOSITION, status);
}

/** The disposition of an end that has but one. */
export function onlyDisposition(status: string): string | undefined {
  return Object.hasOwn(ONLY_DISPOSITION, status) ? ONLY_DISPOSITION[status] : undefined;
}

/** What can have been done where a case ends so. */
export function measuresOf(status: string): readonly string[] {
  return Object.keys(MEASURES).filter((code) => MEASURES[code]?.includes(status));
}

/** Whether two have to agree to the end of a case about this, whomever it is about. */
export function takesTwo(category: string): boolean {
  return TAKES_TWO.includes(category);
}
