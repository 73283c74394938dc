/** Reading numbers out of bytes without ever reading past their end. */
import { CannotClean } from './codes';

/** A place in bytes that moves on while they are read. Every read throws `damaged` where the bytes end. */
export class Cursor {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get at(): number {
    return this.#at;
  }

  get isEmpty(): boolean {
    return this.#at >= this.#bytes.length;
  }

  get rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }

  take(length: number): Uint8Array {
    const from = this.#step(length);
    return this.#bytes.subarray(from, from + length);
  }

  byte(): number {
    return this.#view.getUint8(this.#step(1));
  }

  /** Two bytes, the most significant first. */
  u16(): number {
    return this.#view.getUint16(this.#step(2));
  }

  /** Four bytes, the most significant first. */
  u32(): number {
    return this.#view.getUint32(this.#step(4));
  }

  u16Little(): number {
    return this.#view.getUint16(this.#step(2), true);
  }

  u32Little(): number {
    return this.#view.getUint32(this.#step(4), true);
  }

  /** Eight bytes, the least significant first. What no file can have comes out as larger than any. */
  u64Little(): number {
    return Number(this.#view.getBigUint64(this.#step(8), true));
  }

  /** A number of 0 to 8 bytes, the most significant first. What no file can have comes out as larger than any. */
  number(bytes: number): number {
    if (bytes > 8) {
      throw new CannotClean('damaged');
    }
    return this.take(bytes).reduce((number, byte) => number * 256 + byte, 0);
  }

  /** Four letters. */
  name(): string {
    return latin1(this.take(4));
  }

  #step(length: number): number {
    const from = this.#at;
    if (length > this.#bytes.length - from) {
      throw new CannotClean('damaged');
    }
    this.#at = from + length;
    return from;
  }
}

const UTF8 = new TextDecoder();
const STRICT = new TextDecoder('utf-8', { fatal: true });
const ENCODER = new TextEncoder();
/** Bytes of a text that are read to be shown. */
const LONGEST_SHOWN = 1000;

/** One character a byte. (What the browser calls latin1 is a code page of Windows.) */
export function latin1(bytes: Uint8Array): string {
  return bytes.reduce((text, byte) => text + String.fromCharCode(byte), '');
}

/** The start of a text, to be shown. */
export function shown(bytes: Uint8Array): string {
  return UTF8.decode(bytes.subarray(0, LONGEST_SHOWN));
}

/** Text without its byte order mark, if it is UTF-8; `null` otherwise. */
export function utf8(bytes: Uint8Array): string | null {
  try {
    return STRICT.decode(bytes);
  } catch {
    return null;
  }
}

export function encoded(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Whether `bytes` begin with these characters, one a byte. */
export function startsWith(bytes: Uint8Array, start: string): boolean {
  return bytes.length >= start.length && isAt(bytes, 0, start);
}

/** Where these characters, one a byte, first stand at or after `from`; -1 if nowhere. */
export function find(bytes: Uint8Array, wanted: string, from = 0): number {
  const first = wanted.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (isAt(bytes, at, wanted)) {
      return at;
    }
  }
  return -1;
}

function isAt(bytes: Uint8Array, at: number, wanted: string): boolean {
  for (let step = 0; step < wanted.length; step += 1) {
    if (bytes[at + step] !== wanted.charCodeAt(step)) {
      return false;
    }
  }
  return true;
}

/** Bytes up to the first zero, and what comes after it; all of them where there is none. */
export function untilZero(bytes: Uint8Array): readonly [Uint8Array, Uint8Array] {
  const zero = bytes.indexOf(0);
  return zero === -1 ? [bytes, bytes.subarray(bytes.length)] : [bytes.subarray(0, zero), bytes.subarray(zero + 1)];
}

export function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function u16(number: number): Uint8Array {
  return Uint8Array.of(number >>> 8, number);
}

export function u32(number: number): Uint8Array {
  return Uint8Array.of(number >>> 24, number >>> 16, number >>> 8, number);
}

export function u32Little(number: number): Uint8Array {
  return u32(number).reverse();
}
