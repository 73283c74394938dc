/** The retrieval token and its twelve words (protocol, section 1). */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';

const WORDS = 12;
/** So many letters tell a word, where they begin only one. */
const TELLING_LETTERS = 4;

export type ParsedToken =
  | { readonly answer: 'parsed'; readonly token: Uint8Array }
  | { readonly answer: 'error'; readonly error: 'word_count'; readonly found: number }
  /** `position` is 1 to 12; the word itself is never repeated. */
  | { readonly answer: 'error'; readonly error: 'unknown_word'; readonly position: number }
  | { readonly answer: 'error'; readonly error: 'checksum' };

/** The twelve words of 16 bytes, joined by spaces. */
export function toWords(token: Uint8Array): string {
  return entropyToMnemonic(token, wordlist);
}

/** Reads twelve words as people type them. */
export function parseWords(typed: string): ParsedToken {
  const words = split(typed);
  if (words.length !== WORDS) {
    return { answer: 'error', error: 'word_count', found: words.length };
  }
  const known: string[] = [];
  for (const [index, word] of words.entries()) {
    const found = findWord(word);
    if (found === undefined) {
      return { answer: 'error', error: 'unknown_word', position: index + 1 };
    }
    known.push(found);
  }
  try {
    return { answer: 'parsed', token: mnemonicToEntropy(known.join(' '), wordlist) };
  } catch {
    return { answer: 'error', error: 'checksum' };
  }
}

// Characters that show nothing and creep in by copying: they do not end a word.
const INVISIBLE = /[\u00ad\u200c\u200d\u2060\ufeff]/gu;

function split(typed: string): readonly string[] {
  return typed.replace(INVISIBLE, '').match(/\p{Alphabetic}+/gu) ?? [];
}

function findWord(typed: string): string | undefined {
  if (!/^[A-Za-z]+$/.test(typed)) {
    return undefined;
  }
  const word = typed.toLowerCase();
  if (wordlist.includes(word)) {
    return word;
  }
  const fitting = word.length >= TELLING_LETTERS ? wordlist.filter((each) => each.startsWith(word)) : [];
  return fitting.length === 1 ? fitting[0] : undefined;
}
