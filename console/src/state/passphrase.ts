/** Passphrases that protect a key file: made up by chance, or weighed where somebody makes up their own. */
import { wordlist } from '@scure/bip39/wordlists/english.js';

/** Seven of 2,048 words are 77 bits: more than a year of every computer on earth, with scrypt in front. */
const WORDS = 7;

/** Seven words by chance, joined by hyphens. `random` fills an array with random bytes. */
export function makePassphrase(random: (bytes: Uint16Array<ArrayBuffer>) => void): string {
  const numbers = new Uint16Array(WORDS);
  random(numbers);
  // 2,048 divides 65,536, so that no word is likelier than another.
  return Array.from(numbers, (number) => wordlist[number % wordlist.length]).join('-');
}

/** How long a passphrase would hold against somebody who has the file. */
export interface Strength {
  /** From 0, guessed at once, to 4. */
  readonly score: number;
  /** What makes it weak, in a sentence; may be empty. */
  readonly warning: string;
  readonly suggestions: readonly string[];
}

/** From this score on a passphrase is taken: more than ten thousand million guesses, each of which takes about a second. */
export const ENOUGH = 4;

/** Weighs a passphrase. The dictionaries are loaded when they are first needed: nobody else has to wait for them. */
export async function weigh(passphrase: string): Promise<Strength> {
  const { weighWithDictionaries } = await import('./passphrase-dictionaries');
  return weighWithDictionaries(passphrase);
}
