import { ENGLISH } from './english';
import { EVERYWHERE } from './everywhere';
import { type Phrase, PHRASE_KINDS, type Tables } from './phrase';

/** More than this nobody reads through. */
const MOST_PHRASES = 50;
/** Twice as many of each pattern, because some of them become one. */
const MOST_OF_A_PATTERN = 2 * MOST_PHRASES;

const TABLES: readonly Tables[] = [EVERYWHERE, ENGLISH];

/**
 * Points at phrases that may say who wrote: at most 50, in the order of the text, those that overlap as one. Computed
 * where it is called, in a time that grows with the length of the text and no faster. A help, not a promise: what it
 * does not find may still tell.
 */
export function findTellingPhrases(text: string): Phrase[] {
  const plain = plainly(text);
  const found = TABLES.flatMap((tables) =>
    PHRASE_KINDS.flatMap((kind) => (tables[kind] ?? []).flatMap((pattern) => matches(plain, pattern, kind))),
  );
  // Where two begin at the same place, the longer one says more.
  found.sort((a, b) => a.start - b.start || b.end - a.end);
  return merged(found).slice(0, MOST_PHRASES);
}

function matches(text: string, pattern: RegExp, kind: Phrase['kind']): readonly Phrase[] {
  const found: Phrase[] = [];
  for (const match of text.matchAll(pattern)) {
    found.push({ start: match.index, end: match.index + match[0].length, kind });
    if (found.length === MOST_OF_A_PATTERN) {
      break;
    }
  }
  return found;
}

function merged(phrases: readonly Phrase[]): readonly Phrase[] {
  const apart: Phrase[] = [];
  for (const phrase of phrases) {
    const last = apart.at(-1);
    if (last !== undefined && phrase.start < last.end) {
      apart[apart.length - 1] = { ...last, end: Math.max(last.end, phrase.end) };
    } else {
      apart.push(phrase);
    }
  }
  return apart;
}

/** The text as the tables expect it: straight apostrophes and ordinary spaces, each in the place of the other. */
function plainly(text: string): string {
  return text.replace(/[\u2018\u2019]/gu, "'").replace(/[\u00a0\u2007\u2009\u202f]/gu, ' ');
}
