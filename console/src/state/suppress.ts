import type { CellId, Counts, Sum } from './overview';

/** What is shown of a number outside the console: itself, or why it is not shown. */
export type Shown = number | 'under_5' | 'not_shown';

/** Numbers from 1 to one less than this could point at a person. */
export const SMALLEST_SHOWN = 5;

/**
 * Numbers as they may be saved or printed.
 *
 * The rule: a number from 1 to 4 becomes `under_5`. Because numbers add up (rows to their total, and one table to
 * another), a number that is left out alone can be worked out again. So further numbers become `not_shown`, until each
 * `under_5` can still be anything from 1 to 4 for somebody who knows every number that is shown, how they add up and
 * this rule. Parts are left out before totals, and small ones before large ones, so that what matters most stays. 0 is
 * shown: nobody is in it. In a place with very few cases this may leave nothing but words; that is meant.
 *
 * How far a number can be narrowed down is found by intervals: in each sum, a number is at least the total less the most
 * that the others can be, and at most the total less the least; again and again until nothing gets narrower.
 *
 * Unpublished cells are not in the result.
 */
export function suppress(counts: Counts): ReadonlyMap<CellId, Shown> {
  const marks = new Map<CellId, 'under_5' | 'not_shown'>();
  for (const [id, value] of counts.cells) {
    if (value > 0 && value < SMALLEST_SHOWN && !counts.unpublished.has(id)) {
      marks.set(id, 'under_5');
    }
  }
  for (let next = leftOutNext(counts, marks); next !== undefined; next = leftOutNext(counts, marks)) {
    marks.set(next, 'not_shown');
  }
  showAgain(counts, marks);
  const published = [...counts.cells].filter(([id]) => !counts.unpublished.has(id));
  return new Map(published.map(([id, value]): [CellId, Shown] => [id, marks.get(id) ?? value]));
}

interface Interval {
  low: number;
  high: number;
}

/** The cell that has to be left out next; `undefined` once nothing can be worked out. */
function leftOutNext(counts: Counts, marks: ReadonlyMap<CellId, Shown>): CellId | undefined {
  const known = narrowed(counts, marks);
  const exposed = [...marks]
    .filter(([, mark]) => mark === 'under_5')
    .map(([id]) => ({ id, ...(known.get(id) as Interval) }))
    .filter(({ low, high }) => low > 1 || high < SMALLEST_SHOWN - 1);
  for (const { id } of exposed) {
    const helper = nearestShown(id, counts, marks);
    if (helper !== undefined) {
      return helper;
    }
  }
  // Nothing is left to leave out, and the words themselves give it away: four times 1 in a total "under 5". A range of
  // two numbers or more is as good as it gets; a single number is not.
  const given = exposed.find(({ low, high }) => low === high);
  if (given === undefined) {
    return undefined;
  }
  const total = counts.sums.find((sum) => sum.parts.includes(given.id) && marks.get(sum.total) === 'under_5')?.total;
  return total ?? given.id;
}

/** Shows what was left out without need: the way there is found step by step, and leaves more behind than it takes. */
function showAgain(counts: Counts, marks: Map<CellId, 'under_5' | 'not_shown'>): void {
  const meant = narrowed(counts, marks);
  const parents = (id: CellId): number => counts.sums.filter((sum) => sum.total === id).length;
  const leftOut = [...marks]
    .filter(([id, mark]) => mark === 'not_shown' && (counts.cells.get(id) ?? 0) >= SMALLEST_SHOWN)
    .map(([id]) => ({ id, totals: parents(id), value: counts.cells.get(id) ?? 0 }))
    // What most is made of comes first.
    .sort((a, b) => b.totals - a.totals || b.value - a.value);
  for (const { id } of leftOut) {
    marks.delete(id);
    const known = narrowed(counts, marks);
    const told = [...marks].some(([each, mark]) => mark === 'under_5' && isNarrower(known.get(each), meant.get(each)));
    if (told) {
      marks.set(id, 'not_shown');
    }
  }
}

function isNarrower(one: Interval | undefined, other: Interval | undefined): boolean {
  return one !== undefined && other !== undefined && (one.low > other.low || one.high < other.high);
}

/** What somebody can know of each cell who sees the numbers that are shown. */
function narrowed(counts: Counts, marks: ReadonlyMap<CellId, Shown>): ReadonlyMap<CellId, Interval> {
  const known = new Map<CellId, Interval>();
  for (const [id, value] of counts.cells) {
    known.set(id, atFirst(value, counts.unpublished.has(id), marks.get(id)));
  }
  const sums = counts.sums.map((sum) => ({
    total: known.get(sum.total) as Interval,
    parts: sum.parts.map((id) => known.get(id) as Interval),
  }));
  while (sums.map(({ total, parts }) => narrow(total, parts)).includes(true)) {
    // Until nothing gets narrower. The true numbers always fit, so this ends.
  }
  return known;
}

function atFirst(value: number, unpublished: boolean, mark: Shown | undefined): Interval {
  if (unpublished) {
    return { low: 0, high: Infinity };
  }
  if (mark === 'under_5') {
    return { low: 1, high: SMALLEST_SHOWN - 1 };
  }
  if (mark === 'not_shown') {
    // Nearly always a number of 5 or more, and whoever knows the rule knows that.
    return { low: value < SMALLEST_SHOWN ? 1 : SMALLEST_SHOWN, high: Infinity };
  }
  return { low: value, high: value };
}

/** Narrows the numbers of one sum by each other; whether anything got narrower. */
function narrow(total: Interval, parts: readonly Interval[]): boolean {
  let narrower = tighten(total, added(parts, 'low'), added(parts, 'high'));
  for (const part of parts) {
    const others = parts.filter((each) => each !== part);
    narrower = tighten(part, total.low - added(others, 'high'), total.high - added(others, 'low')) || narrower;
  }
  return narrower;
}

function added(parts: readonly Interval[], end: keyof Interval): number {
  return parts.reduce((sum, part) => sum + part[end], 0);
}

function tighten(interval: Interval, low: number, high: number): boolean {
  const narrower = low > interval.low || high < interval.high;
  interval.low = Math.max(interval.low, low);
  interval.high = Math.min(interval.high, high);
  return narrower;
}

/** The best number to leave out as well: among those that are closest to the cell through the sums. */
function nearestShown(from: CellId, counts: Counts, marks: ReadonlyMap<CellId, Shown>): CellId | undefined {
  const seen = new Set([from]);
  let edge: readonly CellId[] = [from];
  const totals = new Set(counts.sums.map((sum) => sum.total));
  while (edge.length > 0) {
    const near = [...new Set(edge.flatMap((id) => neighbours(id, counts.sums)))].filter((id) => !seen.has(id));
    near.forEach((id) => seen.add(id));
    const candidates = near.filter((id) => isShown(id, counts, marks));
    const best = bestOf(candidates, counts, totals);
    if (best !== undefined) {
      return best;
    }
    edge = near.filter((id) => marks.has(id) || counts.unpublished.has(id));
  }
  return undefined;
}

function neighbours(id: CellId, sums: readonly Sum[]): CellId[] {
  return sums
    .map((sum) => [sum.total, ...sum.parts])
    .filter((members) => members.includes(id))
    .flat();
}

function isShown(id: CellId, counts: Counts, marks: ReadonlyMap<CellId, Shown>): boolean {
  return !marks.has(id) && !counts.unpublished.has(id) && (counts.cells.get(id) ?? 0) > 0;
}

// From 8 on, one number is enough to keep another anywhere from 1 to 4.
const ENOUGH = 2 * SMALLEST_SHOWN - 2;

function bestOf(candidates: readonly CellId[], counts: Counts, totals: ReadonlySet<CellId>): CellId | undefined {
  const ranked = candidates
    .map((id) => ({ id, value: counts.cells.get(id) ?? 0, total: totals.has(id) }))
    .sort((a, b) => {
      const enough = Number(b.value >= ENOUGH) - Number(a.value >= ENOUGH);
      return Number(a.total) - Number(b.total) || enough || (a.value >= ENOUGH ? a.value - b.value : b.value - a.value);
    });
  return ranked[0]?.id;
}
