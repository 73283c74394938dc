import { describe, expect, it } from 'vitest';
import type { CaseSummary, Listed } from '../session/types';
import { acknowledgement, countOverview, daysBetween, feedback, type Overview } from './overview';

const TODAY = '2026-11-23';

const SUMMARY: CaseSummary = {
  id: '3f2a9c1e-0000-4000-8000-000000000000',
  kind: 'concern',
  status: 'received',
  received: '2026-11-20',
  updated: '2026-11-20',
  acknowledgeTarget: '2026-01-13',
  acknowledgeBy: '2026-11-27',
  feedbackBy: '2027-02-27',
  updateBy: '2026-12-20',
  opened: false,
  unread: 0,
  messages: 0,
  replies: 0,
  revision: 1,
};

const GIST = { state: 'open', category: 'accounting', subject: '', searchable: '', confidential: false } as const;

/** A case that was opened; `closed` takes away what only open cases have. */
function opened(changes: Partial<Listed> = {}, closed = false): Listed {
  const all = { ...SUMMARY, ...GIST, ...changes };
  if (!closed) {
    return all as Listed;
  }
  const { updateBy: _, ...ended } = { ...all, status: changes.status ?? 'concluded' };
  return ended as Listed;
}

function counted(overview: Overview, start: string): Record<string, number> {
  return Object.fromEntries([...overview.cells].filter(([id, value]) => id.startsWith(start) && value > 0));
}

describe('duties', () => {
  it.each([
    // acknowledged, today, how it stands
    ['2026-11-27', TODAY, 'on_time'],
    ['2026-11-28', '2026-12-01', 'late'],
    [undefined, '2026-11-27', 'running'],
    [undefined, '2026-11-28', 'late'],
  ])('acknowledged on %s, seen on %s: %s', (acknowledged, today, expected) => {
    expect(acknowledgement(opened({ acknowledged } as Partial<Listed>), today)).toBe(expected);
  });

  it.each([
    // closed, last told, today, how it stands
    [true, '2027-02-27', '2027-06-01', 'on_time'],
    [true, '2027-02-28', '2027-06-01', 'late'],
    // Told something while it is open: that need not be feedback.
    [false, '2026-12-01', '2027-02-27', 'running'],
    [false, '2026-12-01', '2027-02-28', 'late'],
  ])('closed: %s, last told on %s, seen on %s: %s', (closed, updated, today, expected) => {
    expect(feedback(opened({ updated }, closed), today)).toBe(expected);
  });
});

describe('countOverview', () => {
  it('counts nothing where there is nothing', () => {
    const overview = countOverview([], TODAY);
    expect([...overview.cells.values()].every((value) => value === 0)).toBe(true);
    expect(overview.sections.map((section) => section.id)).toEqual([
      'age',
      'acknowledgement',
      'feedback',
      'month',
      'category',
      'outcome',
      'side_by_side',
    ]);
  });

  it('counts open cases by their days', () => {
    const days = ['2026-11-24', '2026-11-23', '2026-11-16', '2026-11-15', '2026-10-24', '2026-10-23', '2026-08-25'];
    const cases = [...days, '2026-08-24', '2020-01-01'].map((received) => opened({ received }));
    const overview = countOverview([...cases, opened({ received: '2026-11-20' }, true)], TODAY);
    expect(counted(overview, 'age/')).toEqual({ 'age/0-7': 3, 'age/8-30': 2, 'age/31-90': 2, 'age/over-90': 2 });
    expect([overview.cells.get('cases'), overview.cells.get('open'), overview.cells.get('closed')]).toEqual([10, 9, 1]);
  });

  it('counts the last twelve months one by one', () => {
    const days = ['2026-11-30', '2026-11-01', '2026-10-31', '2025-12-01', '2025-11-30', '2019-01-01', '2026-12-01'];
    const overview = countOverview(
      days.map((received) => opened({ received })),
      TODAY,
    );
    expect(counted(overview, 'month/')).toEqual({
      'month/earlier': 2,
      'month/2025-12': 1,
      'month/2026-10': 1,
      'month/2026-11': 3,
    });
    const months = overview.sections.find((section) => section.id === 'month')?.groups[0]?.rows.map((row) => row.key);
    expect(months).toHaveLength(13);
    expect(months?.slice(0, 3)).toEqual(['earlier', '2025-12', '2026-01']);
    expect(countOverview([], '2026-01-05').cells.has('month/2025-02')).toBe(true);
  });

  it('never guesses what was not opened', () => {
    const overview = countOverview(
      [
        opened(),
        opened({ category: 'question', confidential: true } as Partial<Listed>),
        opened({ category: '__proto__' } as Partial<Listed>),
        { ...SUMMARY, state: 'sealed' },
        { ...SUMMARY, state: 'unreadable', reason: 'broken' },
      ],
      TODAY,
    );
    expect(counted(overview, 'category/')).toEqual({
      'category/accounting': 1,
      'category/question': 1,
      'category/other': 1,
    });
    expect([overview.cells.get('sealed'), overview.cells.get('unreadable')]).toEqual([1, 1]);
    expect(counted(overview, 'received/')).toEqual({
      'received/anonymous': 2,
      'received/confidential': 1,
      'received/unknown': 2,
    });
    expect(overview.unpublished.has('received/unknown')).toBe(true);
  });

  it('counts how closed cases ended', () => {
    const overview = countOverview(
      [
        opened({ outcome: 'substantiated' }, true),
        opened({ outcome: 'substantiated', confidential: true } as Partial<Listed>, true),
        opened({ status: 'passed' }, true),
        opened({ status: 'answered' }, true),
        opened({ status: 'answered', outcome: 'answered' }, true),
        opened({ outcome: 'of another time' }, true),
        // Opened again: no end counts.
        opened({ status: 'reopened', outcome: 'referred' }),
      ],
      TODAY,
    );
    expect(counted(overview, 'outcome/')).toEqual({
      'outcome/substantiated': 2,
      'outcome/substantiated/anonymous': 1,
      'outcome/substantiated/confidential': 1,
      'outcome/passed': 1,
      'outcome/passed/anonymous': 1,
      'outcome/answered': 2,
      'outcome/answered/anonymous': 2,
      'outcome/other': 1,
      'outcome/other/anonymous': 1,
    });
  });

  it('adds up', () => {
    const overview = countOverview(
      [
        opened(),
        opened({ received: '2024-02-29', confidential: true } as Partial<Listed>),
        opened({ outcome: 'later', category: 'later' } as Partial<Listed>, true),
        { ...SUMMARY, state: 'sealed' },
        { ...SUMMARY, state: 'unreadable', reason: 'broken' },
      ],
      TODAY,
    );
    const value = (id: string): number => overview.cells.get(id) ?? NaN;
    for (const { total, parts } of overview.sums) {
      expect([total, parts.map(value).reduce((sum, part) => sum + part, 0)]).toEqual([total, value(total)]);
    }
    const shown = overview.sections.flatMap((section) => section.groups.flatMap((group) => group.rows));
    expect(shown.flatMap((row) => row.cells).filter((id) => !overview.cells.has(id))).toEqual([]);
  });

  it('counts days across the change of clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(daysBetween('2026-11-23', '2026-11-20')).toBe(-3);
  });
});
