/**
 * How the tables are written.
 *
 * Whoever reports may paste anything. So that no text takes longer than its length, every repetition in a table has an
 * upper bound: at each place of the text a pattern looks at a bounded stretch and no further.
 */

const BEFORE = String.raw`(?<![\p{L}\p{N}_])`;
const AFTER = String.raw`(?![\p{L}\p{N}_])`;
/** Between words: a line may have been broken there. */
const GAP = String.raw`\s{1,3}`;

/** Whole words in any case. A space in `source` stands for the gap between two words. */
export function words(source: string): RegExp {
  return new RegExp(BEFORE + `(?:${source})`.replaceAll(' ', GAP) + AFTER, 'giu');
}

/** The same where capitals matter, as in names. */
export function exactly(source: string): RegExp {
  return new RegExp(BEFORE + `(?:${source})`.replaceAll(' ', GAP) + AFTER, 'gu');
}

/** Alternatives, written apart for reading. */
export function any(...lists: readonly string[]): string {
  return `(?:${lists
    .join('|')
    .split(/\s*\|\s*/u)
    .join('|')})`;
}
