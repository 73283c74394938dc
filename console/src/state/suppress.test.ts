import { describe, expect, it } from 'vitest';
import type { Listed } from '../session/types';
import { countOverview, type Counts } from './overview';
import { type Shown, suppress } from './suppress';

/** A row of numbers with a total that everybody sees. */
function line(...values: readonly number[]): Counts {
  const parts = values.map((_, at) => `part ${at}`);
  const cells = new Map(values.map((value, at) => [`part ${at}`, value]));
  cells.set(
    'total',
    values.reduce((sum, value) => sum + value, 0),
  );
  return { cells, sums: [{ total: 'total', parts }], unpublished: new Set() };
}

/** A table of two columns with the totals of its rows and columns. */
function table(rows: readonly (readonly [number, number])[]): Counts {
  const cells = new Map<string, number>();
  const set = (id: string, by: number): void => void cells.set(id, (cells.get(id) ?? 0) + by);
  rows.forEach((row, at) =>
    row.forEach((value, column) => {
      [`${at}/${column}`, `row ${at}`, `column ${column}`, 'total'].forEach((id) => set(id, value));
    }),
  );
  const sums = [
    ...rows.map((_, at) => ({ total: `row ${at}`, parts: [`${at}/0`, `${at}/1`] })),
    ...[0, 1].map((column) => ({ total: `column ${column}`, parts: rows.map((_, at) => `${at}/${column}`) })),
    { total: 'total', parts: rows.map((_, at) => `row ${at}`) },
    { total: 'total', parts: ['column 0', 'column 1'] },
  ];
  return { cells, sums, unpublished: new Set() };
}

const values = (shown: ReadonlyMap<string, Shown>): Shown[] => [...shown.values()];

describe('suppress', () => {
  it('leaves numbers alone that point at nobody', () => {
    expect(values(suppress(line(0, 5, 20, 0)))).toEqual([0, 5, 20, 0, 25]);
  });

  it('leaves out a second number where the total would give the first away', () => {
    expect(values(suppress(line(20, 3, 9, 0)))).toEqual([20, 'under_5', 'not_shown', 0, 32]);
    expect(values(suppress(line(3, 30)))).toEqual(['under_5', 'not_shown', 33]);
  });

  it('leaves no second number out where the small ones hide each other', () => {
    expect(values(suppress(line(2, 3, 20)))).toEqual(['under_5', 'under_5', 20, 25]);
  });

  it('sees that two small numbers may give each other away', () => {
    // 22 - 20 = 2: both would be 1. 28 - 20 = 8: both would be 4.
    expect(values(suppress(line(1, 1, 20)))).toEqual(['under_5', 'under_5', 'not_shown', 22]);
    expect(values(suppress(line(4, 4, 20)))).toEqual(['under_5', 'under_5', 'not_shown', 28]);
  });

  it('leaves out the total where nothing else helps', () => {
    expect(values(suppress(line(4, 4)))).toEqual(['under_5', 'under_5', 'not_shown']);
    expect(values(suppress(line(1, 5)))).toEqual(['under_5', 5, 'not_shown']);
  });

  it('says as little of totals under 5', () => {
    expect(values(suppress(line(0, 3)))).toEqual([0, 'under_5', 'under_5']);
    // Four numbers in a total "under 5" would all be 1.
    expect(values(suppress(line(1, 1, 1, 1)))).toEqual([...Array(4).fill('under_5'), 'not_shown']);
  });

  it('looks through one table into another', () => {
    // By month, 30 = 10 + 20; by side, 2 + 28.
    const counts: Counts = {
      cells: new Map([
        ['cases', 30],
        ['a', 10],
        ['b', 20],
        ['few', 2],
        ['many', 28],
      ]),
      sums: [
        { total: 'cases', parts: ['a', 'b'] },
        { total: 'cases', parts: ['few', 'many'] },
      ],
      unpublished: new Set(),
    };
    expect(Object.fromEntries(suppress(counts))).toEqual({
      cases: 30,
      a: 10,
      b: 20,
      few: 'under_5',
      many: 'not_shown',
    });
  });

  it('does not show what is counted for the sums alone', () => {
    const counts = { ...line(3, 9, 40), unpublished: new Set(['part 1']) };
    expect(suppress(counts).has('part 1')).toBe(false);
    expect(suppress(counts).get('part 0')).toBe('under_5');
  });

  /** Every number of 1 to 4 that fits what is shown, found by trying all of them. */
  function fitting(rows: readonly (readonly [number, number])[], shown: ReadonlyMap<string, Shown>): Set<number>[] {
    const cells = rows.flatMap((_, at) => [`${at}/0`, `${at}/1`]);
    const found = cells.map(() => new Set<number>());
    const most = 12;
    const options = cells.map((id) => {
      const value = shown.get(id);
      return typeof value === 'number'
        ? [value]
        : value === 'under_5'
          ? [1, 2, 3, 4]
          : Array.from({ length: most }, (_, n) => n + 5);
    });
    const fits = (id: string, value: number): boolean => {
      const told = shown.get(id);
      return typeof told === 'number' ? told === value : told === 'under_5' ? value >= 1 && value <= 4 : true;
    };
    const attempt = (row: number, chosen: readonly number[], left: number, right: number): void => {
      if (row === rows.length) {
        if (fits('column 0', left) && fits('column 1', right) && fits('total', left + right)) {
          chosen.forEach((value, at) => found[at]?.add(value));
        }
        return;
      }
      for (const a of options[2 * row] ?? []) {
        for (const b of options[2 * row + 1] ?? []) {
          if (fits(`row ${row}`, a + b)) {
            attempt(row + 1, [...chosen, a, b], left + a, right + b);
          }
        }
      }
    };
    attempt(0, [], 0, 0);
    return found;
  }

  it('holds against trying everything', () => {
    let seed = 1;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    let small = 0;
    for (let round = 0; round < 60; round += 1) {
      const rows = Array.from({ length: 3 }, (): [number, number] => [random(12), random(7)]);
      const shown = suppress(table(rows));
      const possible = fitting(rows, shown);
      rows.flat().forEach((value, at) => {
        if (value > 0 && value < 5) {
          small += 1;
          expect(possible[at]?.has(value)).toBe(true);
          expect(possible[at]?.size, `${JSON.stringify(rows)} at ${at}: ${JSON.stringify([...shown])}`).toBeGreaterThan(
            1,
          );
        }
      });
    }
    expect(small).toBeGreaterThan(50);
  });

  it('shows no number of 1 to 4 of an overview, and is quick', () => {
    const listed = (at: number): Listed =>
      ({
        id: `${at}`,
        kind: 'concern',
        status: at % 3 === 0 ? 'concluded' : 'assessing',
        ...(at % 3 === 0 ? { outcome: at % 2 === 0 ? 'referred' : 'substantiated' } : { updateBy: '2026-12-01' }),
        received: `2026-${String((at % 9) + 1).padStart(2, '0')}-10`,
        updated: '2026-11-01',
        acknowledgeTarget: '2026-01-13',
        acknowledgeBy: `2026-${String((at % 9) + 1).padStart(2, '0')}-17`,
        feedbackBy: '2026-11-20',
        opened: true,
        unread: 0,
        messages: 0,
        replies: 0,
        revision: 1,
        ...(at % 11 === 0 ? { state: 'sealed' } : { state: 'open', subject: '', searchable: '' }),
        category: at % 5 === 0 ? 'legal' : 'accounting',
        confidential: at % 7 === 0,
      }) as Listed;
    for (const count of [1, 3, 4, 8, 17, 40, 90]) {
      const overview = countOverview(
        Array.from({ length: count }, (_, at) => listed(at)),
        '2026-11-23',
      );
      const start = performance.now();
      const shown = suppress(overview);
      expect(performance.now() - start).toBeLessThan(1_000);
      for (const [id, value] of shown) {
        expect(value === 0 || typeof value === 'string' || value >= 5, `${id} ${value}`).toBe(true);
        expect(typeof value === 'number' ? value : -1, id).toBe(
          typeof value === 'number' ? overview.cells.get(id) : -1,
        );
      }
    }
  });
});
