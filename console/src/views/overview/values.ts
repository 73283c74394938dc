import type { CellId } from '../../state/overview';
import type { Shown } from '../../state/suppress';

/** Looks a number up: as it is on the screen, or as it may be printed. */
export type Values = (id: CellId) => Shown;

/** The number, 0 where words stand in its place: for the length of a bar. */
export function lengthOf(shown: Shown): number {
  return typeof shown === 'number' ? shown : 0;
}

/**
 * A share in whole percent. Only all are 100 %, and only none are 0 %: what is nearly there is not rounded away.
 * `undefined` where there is nothing to have a share of, or where words stand in place of a number.
 */
export function percentOf(part: Shown, whole: Shown): number | undefined {
  if (typeof part !== 'number' || typeof whole !== 'number' || whole === 0) {
    return undefined;
  }
  const percent = Math.round((100 * part) / whole);
  return part === 0 || part === whole ? percent : Math.min(99, Math.max(1, percent));
}
