import type { TimelineItem } from './types';

/** Statuses that a case reaches only once somebody has assessed it. */
const AFTER_ASSESSMENT: readonly string[] = [
  'investigating',
  'deciding',
  'concluded',
  'answered',
  'passed',
  'reopened',
];

/** Whether a case's status alone says that it was assessed. */
export function isPastAssessment(status: string): boolean {
  return AFTER_ASSESSMENT.includes(status);
}

/**
 * Whether a first assessment is recorded. Until then it is not shown whether the reporter gave a name: anonymous reports
 * are taken less seriously by those who know that they are.
 */
export function isAssessed(status: string, timeline: readonly TimelineItem[]): boolean {
  return isPastAssessment(status) || timeline.some((item) => item.type === 'note' && item.assessment !== undefined);
}
