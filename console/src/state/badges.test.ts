import { expect, test } from 'vitest';
import type { CaseSummary } from '../session/types';
import { dayOf120, deadlines } from './badges';

const summary = (parts: Partial<CaseSummary>): CaseSummary => ({
  id: '',
  kind: 'concern',
  status: 'received',
  received: '2026-01-10',
  updated: '2026-01-10',
  acknowledgeTarget: '2026-01-13',
  acknowledgeBy: '2026-01-17',
  feedbackBy: '2026-04-17',
  updateBy: '2026-02-09',
  opened: false,
  unread: 0,
  messages: 0,
  replies: 0,
  revision: 1,
  ...parts,
});

test('before it is acknowledged, a case owes that first: within the aim, then at the latest', () => {
  expect(deadlines(summary({}), '2026-01-10')[0]).toMatchObject({ duty: 'aim', left: 3, nearness: 'calm' });
  expect(deadlines(summary({}), '2026-01-13')[0]).toMatchObject({ duty: 'aim', left: 0, nearness: 'soon' });
  expect(deadlines(summary({}), '2026-01-14')[0]).toMatchObject({ duty: 'acknowledge', left: 3, nearness: 'soon' });
  const late = { acknowledgeTarget: '2026-01-11' };
  expect(deadlines(summary(late), '2026-01-12').map(({ duty, left, nearness }) => [duty, left, nearness])).toEqual([
    ['acknowledge', 5, 'calm'],
    ['feedback', 95, 'calm'],
  ]);
  expect(deadlines(summary({}), '2026-01-15')[0]?.nearness).toBe('soon');
  expect(deadlines(summary({}), '2026-01-17')[0]).toMatchObject({ left: 0, nearness: 'soon' });
  expect(deadlines(summary({}), '2026-01-18')[0]).toMatchObject({ left: -1, nearness: 'late' });
});

test('afterwards it owes news every thirty days, and feedback until something was said on its day or later', () => {
  const acknowledged = summary({ acknowledged: '2026-01-12', updated: '2026-03-30', updateBy: '2026-04-29' });
  expect(deadlines(acknowledged, '2026-04-01').map(({ duty }) => duty)).toEqual(['feedback', 'update']);
  const told = summary({ acknowledged: '2026-01-12', updated: '2026-04-17', updateBy: '2026-05-17' });
  expect(deadlines(told, '2026-04-20').map(({ duty }) => duty)).toEqual(['update']);
});

test('a question owes its answer instead of feedback', () => {
  const question = summary({ kind: 'question', answerBy: '2026-01-16' });
  expect(deadlines(question, '2026-01-15').map(({ duty }) => duty)).toEqual(['answer', 'acknowledge']);
  const told = summary({ kind: 'question', answerBy: '2026-01-16', acknowledged: '2026-01-12', updated: '2026-01-16' });
  expect(deadlines(told, '2026-01-17').map(({ duty }) => duty)).toEqual(['update']);
});

test('a closed case owes nothing', () => {
  const { updateBy: _, ...closed } = summary({ status: 'concluded' });
  expect(deadlines(closed, '2027-01-01')).toEqual([]);
  expect(dayOf120(closed, 'accounting', '2026-02-01')).toBeUndefined();
});

test('accounting cases count their days from receipt, others do not', () => {
  expect(dayOf120(summary({}), 'accounting', '2026-01-10')).toBe(0);
  expect(dayOf120(summary({}), 'management_fraud', '2026-05-10')).toBe(120);
  expect(dayOf120(summary({}), 'legal', '2026-05-10')).toBeUndefined();
});
