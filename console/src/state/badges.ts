/** What is owed in a case, and by when. Days in ISO form sort as text. */
import type { CaseSummary, Day } from '../session/types';

export type Duty = 'aim' | 'acknowledge' | 'answer' | 'feedback' | 'update';

/** How near a day is: passed, within the next days, further off. */
export type Nearness = 'late' | 'soon' | 'calm';

export interface Deadline {
  readonly duty: Duty;
  readonly by: Day;
  /** Days that are left; negative once it has passed. */
  readonly left: number;
  readonly nearness: Nearness;
}

/** From how many days before its day a duty counts as near. */
const SOON: Readonly<Record<Duty, number>> = { aim: 1, acknowledge: 3, answer: 2, feedback: 14, update: 5 };

/** The days that a reporter who told the organisation first may still go to the SEC as if on that day. */
export const ACCOUNTING_DAYS = 120;

/** Whole days from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** Whether work is still owed. */
export function isOpen(summary: CaseSummary): boolean {
  return summary.updateBy !== undefined;
}

/** What is still owed to the reporter, the earliest first. Nothing once the case is closed. */
export function deadlines(summary: CaseSummary, today: Day): readonly Deadline[] {
  if (summary.updateBy === undefined) {
    return [];
  }
  const owed: { duty: Duty; by: Day }[] = [];
  if (summary.acknowledged === undefined) {
    // The aim counts until it was missed; then the last day does.
    const inAim = today <= summary.acknowledgeTarget;
    owed.push(
      inAim ? { duty: 'aim', by: summary.acknowledgeTarget } : { duty: 'acknowledge', by: summary.acknowledgeBy },
    );
  }
  // An answer or feedback is owed until something was said on its day or later; then the next update counts.
  if (summary.answerBy !== undefined) {
    if (summary.updated < summary.answerBy) {
      owed.push({ duty: 'answer', by: summary.answerBy });
    }
  } else if (summary.updated < summary.feedbackBy) {
    owed.push({ duty: 'feedback', by: summary.feedbackBy });
  }
  if (summary.acknowledged !== undefined) {
    owed.push({ duty: 'update', by: summary.updateBy });
  }
  return owed
    .sort((one, other) => (one.by < other.by ? -1 : one.by > other.by ? 1 : 0))
    .map(({ duty, by }) => {
      const left = daysBetween(today, by);
      return { duty, by, left, nearness: left < 0 ? 'late' : left <= SOON[duty] ? 'soon' : 'calm' };
    });
}

/** The categories that run by the 120 days of 17 CFR 240.21F-4(b)(7). */
const ACCOUNTING: readonly string[] = ['accounting', 'audit_obstruction', 'disclosure', 'management_fraud'];

/** For "day n of 120": the days since receipt, while the case is open and about accounting; otherwise nothing. */
export function dayOf120(summary: CaseSummary, category: string, today: Day): number | undefined {
  return isOpen(summary) && ACCOUNTING.includes(category)
    ? Math.max(0, daysBetween(summary.received, today))
    : undefined;
}
