/** The shape of an age file, read without any key: stricter than age, only what the protocol writes passes (section 8). */
import { base64nopad } from '@scure/base';
import { bucket } from './padding';

/** The longest header, in bytes. */
const LONGEST_HEADER = 2048;
const LONGEST_PAYLOAD = 4 * 1024 * 1024;
const GRANT_LENGTH = 129;
const NONCE = 16;
const TAG = 16;
const CHUNK = 65_536;
const FULL_LINE = 64;

export interface Shape {
  readonly answer: 'accepted';
  readonly x25519_stanzas: number;
  /** Length of what is sealed, in bytes, padding included. */
  readonly plaintext_length: number;
}

export type ShapeError =
  | { readonly answer: 'error'; readonly error: 'not_age_file' | 'foreign_stanza' | 'length' | 'too_long' }
  | { readonly answer: 'error'; readonly error: 'stanza_count'; readonly found: number };

/** Looks at a sealed report, entry, reply or grant. */
export function checkShape(type: 'report' | 'entry' | 'reply' | 'grant', sealed: Uint8Array): Shape | ShapeError {
  const shape = readShape(sealed);
  if (shape.answer === 'error') {
    return shape;
  }
  const found = shape.x25519_stanzas;
  const [fewest, most] = { report: [1, 1], entry: [1, 2], reply: [2, 2], grant: [1, 1] }[type] as [number, number];
  if (found < fewest || found > most) {
    return { answer: 'error', error: 'stanza_count', found };
  }
  const length = shape.plaintext_length;
  if (type === 'grant') {
    return length === GRANT_LENGTH ? shape : problem('length');
  }
  if (length > LONGEST_PAYLOAD) {
    return problem('too_long');
  }
  return bucket(length) === length ? shape : problem('length');
}

/** Why these bytes are no grant; `null` if they may be one. */
export function grantShape(sealed: Uint8Array): ShapeError | null {
  const shape = checkShape('grant', sealed);
  return shape.answer === 'error' ? shape : null;
}

function problem(error: 'not_age_file' | 'foreign_stanza' | 'length' | 'too_long'): ShapeError {
  return { answer: 'error', error };
}

function readShape(sealed: Uint8Array): Shape | ShapeError {
  const head = new TextDecoder('latin1').decode(sealed.subarray(0, LONGEST_HEADER));
  const end = /\n--- ([^\n]*)\n/u.exec(head);
  const lines = head.slice(0, end === null ? head.length : end.index).split('\n');
  if (lines.shift() !== 'age-encryption.org/v1') {
    return problem('not_age_file');
  }
  let stanzas = 0;
  while (lines.length > 0) {
    const [arrow, tag = '', ...rest] = (lines.shift() ?? '').split(' ');
    if (arrow !== '->' || !isVisible(tag)) {
      return problem('not_age_file');
    }
    if (tag === 'X25519') {
      const [share = '', ...more] = rest;
      if (!is32Bytes(share) || more.length > 0 || !is32Bytes(lines.shift() ?? '')) {
        return problem('not_age_file');
      }
      stanzas += 1;
    } else if (!tag.endsWith('-grease')) {
      return problem('foreign_stanza');
    } else if (!rest.every(isVisible) || !skipBody(lines)) {
      return problem('not_age_file');
    }
  }
  if (end === null || !is32Bytes(end[1] ?? '') || stanzas === 0) {
    return problem('not_age_file');
  }
  const length = plaintextLength(sealed.length - (end.index + end[0].length));
  return length === null
    ? problem('length')
    : { answer: 'accepted', x25519_stanzas: stanzas, plaintext_length: length };
}

/** Takes the lines of a stanza's body: full ones, then one that is not. */
function skipBody(lines: string[]): boolean {
  for (;;) {
    const line = lines.shift();
    if (line === undefined || line.length > FULL_LINE || decode(line) === null) {
      return false;
    }
    if (line.length < FULL_LINE) {
      return true;
    }
  }
}

/** body = nonce (16) ‖ chunks of 65,536 bytes, the last shorter, each followed by a tag (16). */
function plaintextLength(afterHeader: number): number | null {
  const body = afterHeader - NONCE;
  if (body < TAG) {
    return null;
  }
  const chunks = Math.floor(body / (CHUNK + TAG));
  const rest = body % (CHUNK + TAG);
  if (rest === 0) {
    return chunks * CHUNK;
  }
  // An empty last chunk stands alone or not at all.
  return rest > TAG || chunks === 0 ? chunks * CHUNK + rest - TAG : null;
}

function is32Bytes(text: string): boolean {
  return decode(text)?.length === 32;
}

function isVisible(text: string): boolean {
  return /^[\x21-\x7e]+$/u.test(text);
}

function decode(text: string): Uint8Array | null {
  try {
    return base64nopad.decode(text);
  } catch {
    return null;
  }
}
