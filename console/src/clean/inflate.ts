import { Inflate } from 'fflate';
import { concat } from './bytes';

/** How much is handed over at a time: one byte becomes 1032 at most, so this bounds what can come out of one step. */
const STEP = 4096;

/** What came out, and whether that is all there is: not if it is damaged, cut off, or longer than was allowed. */
export interface Inflated {
  readonly bytes: Uint8Array;
  readonly outcome: 'whole' | 'damaged' | 'too_large';
}

/** Unpacks deflated bytes (RFC 1951), and stops as soon as there are more than `most`. */
export function inflate(packed: Uint8Array, most: number): Inflated {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((piece) => {
    pieces.push(piece);
    length += piece.length;
  });
  try {
    for (let at = 0; at === 0 || (at < packed.length && length <= most); at += STEP) {
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
    }
  } catch {
    return { bytes: concat(pieces), outcome: 'damaged' };
  }
  return { bytes: concat(pieces), outcome: length > most ? 'too_large' : 'whole' };
}

/** The same with the two bytes before it that zlib has (RFC 1950). The checksum behind it is not looked at. */
export function inflateZlib(packed: Uint8Array, most: number): Inflated {
  const [method = 0, flags = 0] = packed;
  const isZlib = (method & 15) === 8 && (method * 256 + flags) % 31 === 0 && (flags & 32) === 0;
  return isZlib ? inflate(packed.subarray(2), most) : { bytes: new Uint8Array(), outcome: 'damaged' };
}
