/** Reading a zip archive (APPNOTE.TXT) whose claims about itself are not believed. */
import { Cursor, latin1, shown, startsWith, utf8 } from './bytes';
import { CannotClean } from './codes';
import { crc32 } from './crc32';
import { inflate } from './inflate';
import { type Limits, MOST_ENTRIES } from './limits';
import type { Traces } from './traces';

const LOCAL = 'PK\x03\x04';
const CENTRAL = 'PK\x01\x02';
const END = 'PK\x05\x06';
const END_64_PLACE = 'PK\x06\x07';
const END_64 = 'PK\x06\x06';
const END_LENGTH = 22;
const END_64_PLACE_LENGTH = 20;
const LOCAL_LENGTH = 30;
/** How long the comment at the end of an archive may be, in bytes. */
const LONGEST_COMMENT = 0xffff;
/** Stands where the number is in the extra field for 64-bit numbers. */
const ELSEWHERE = 0xffff_ffff;
const EXTRA_64 = 0x0001;

/** 1980-01-01 as MS-DOS wrote it; its time is 0. */
export const NO_DATE = 0x0021;

const ENCRYPTED = 0x2041;
const STORED = 0;
const DEFLATED = 8;

interface Entry {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly time: number;
  readonly date: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
  readonly hasExtra: boolean;
  readonly comment: Uint8Array;
  /** Where the local header stands in the file. */
  readonly header: number;
}

/** A zip archive. */
export class Package {
  readonly #file: Uint8Array;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #comment: Uint8Array;
  /** Bytes that stand before the archive. */
  readonly #before: number;

  /**
   * Opens an archive.
   *
   * @throws CannotClean `too_many_parts` by the number alone, or `damaged` if its list of entries is not to be trusted.
   */
  constructor(file: Uint8Array) {
    this.#file = file;
    const list = findList(file);
    this.#comment = list.comment;
    this.#before = list.before;
    this.#entries = readList(file, list);
    refuseOverlap(file, [...this.#entries.values()], list.start);
  }

  /** Names of the parts, in the order of the archive. Names of folders end with a slash. */
  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /**
   * Unpacks a part. The size is a claim: it is checked before anything is unpacked, and again while it is.
   *
   * @throws CannotClean `too_large`, `encrypted` or `damaged`.
   */
  read(name: string, limits: Limits): Uint8Array {
    const entry = this.#entries.get(name);
    if (entry === undefined) {
      throw new CannotClean('damaged');
    }
    if ((entry.flags & ENCRYPTED) !== 0) {
      throw new CannotClean('encrypted');
    }
    if (entry.size > limits.part) {
      throw new CannotClean('too_large');
    }
    const start = dataStart(this.#file, entry);
    const content = unpacked(this.#file.subarray(start, start + entry.packed), entry, limits.part);
    limits.spend(content.length);
    if (content.length !== entry.size || crc32(content) !== entry.sum) {
      throw new CannotClean('damaged');
    }
    return content;
  }

  /** Tells what the archive itself says beside its parts. None of it is written again. */
  tell(traces: Traces): void {
    if (this.#comment.length > 0) {
      traces.removed('comment', shown(this.#comment));
    }
    if (this.#before > 0) {
      traces.removed('other', 'data before the document');
    }
    for (const { comment, date, time, hasExtra } of this.#entries.values()) {
      if (comment.length > 0) {
        traces.removed('comment', shown(comment));
      }
      // Zero is no date at all.
      if ((date !== NO_DATE && date !== 0) || time !== 0) {
        traces.removed('dates', dayOf(date));
      } else if (hasExtra) {
        // Most extra fields are times, more exact ones.
        traces.removed('dates');
      }
    }
  }
}

function unpacked(packed: Uint8Array, { method, size }: Entry, most: number): Uint8Array {
  if (method === STORED) {
    // A copy: whoever changes it must not change the file.
    return packed.slice();
  }
  if (method !== DEFLATED) {
    throw new CannotClean('damaged');
  }
  const { bytes, outcome } = inflate(packed, Math.min(size, most));
  if (outcome !== 'whole') {
    throw new CannotClean(outcome === 'too_large' && bytes.length > most ? 'too_large' : 'damaged');
  }
  return bytes;
}

interface List {
  readonly count: number;
  /** Where the list stands in the file, and where it ends. */
  readonly start: number;
  readonly end: number;
  readonly before: number;
  readonly comment: Uint8Array;
}

function findList(file: Uint8Array): List {
  const place = findEnd(file);
  const end = new Cursor(file.subarray(place));
  end.take(8);
  const onThisDisk = end.u16Little();
  let count = end.u16Little();
  let length = end.u32Little();
  let offset = end.u32Little();
  const comment = end.take(end.u16Little());
  let until = place;
  const place64 = place - END_64_PLACE_LENGTH;
  if (place64 >= 0 && startsWith(file.subarray(place64), END_64_PLACE)) {
    const to = new Cursor(file.subarray(place64 + 8));
    until = to.u64Little();
    const large = new Cursor(file.subarray(until));
    if (large.name() !== END_64) {
      throw new CannotClean('damaged');
    }
    large.take(28);
    [count, length, offset] = [large.u64Little(), large.u64Little(), large.u64Little()];
  } else if (onThisDisk !== count) {
    throw new CannotClean('damaged');
  }
  if (count > MOST_ENTRIES) {
    throw new CannotClean('too_many_parts');
  }
  const start = until - length;
  const before = start - offset;
  if (before < 0) {
    throw new CannotClean('damaged');
  }
  return { count, start, end: until, before, comment };
}

/** The end's header stands right before the comment that it gives the length of. */
function findEnd(file: Uint8Array): number {
  const first = Math.max(0, file.length - END_LENGTH - LONGEST_COMMENT);
  for (let at = file.length - END_LENGTH; at >= first; at -= 1) {
    if (file[at] === 0x50 && startsWith(file.subarray(at), END)) {
      const length = (file[at + 20] ?? 0) + (file[at + 21] ?? 0) * 256;
      if (at + END_LENGTH + length === file.length) {
        return at;
      }
    }
  }
  throw new CannotClean('damaged');
}

function readList(file: Uint8Array, { count, start, end, before }: List): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const seen = new Set<string>();
  const list = new Cursor(file.subarray(start, end));
  for (let at = 0; at < count; at += 1) {
    const entry = readEntry(list, before);
    const lower = entry.name.toLowerCase();
    if (!isPlain(entry.name) || seen.has(lower)) {
      throw new CannotClean('damaged');
    }
    seen.add(lower);
    entries.set(entry.name, entry);
  }
  if (!list.isEmpty) {
    throw new CannotClean('damaged');
  }
  return entries;
}

function readEntry(list: Cursor, before: number): Entry {
  if (list.name() !== CENTRAL) {
    throw new CannotClean('damaged');
  }
  list.take(4);
  const [flags, method, time, date] = [list.u16Little(), list.u16Little(), list.u16Little(), list.u16Little()];
  const sum = list.u32Little();
  const [packed, size] = [list.u32Little(), list.u32Little()];
  const [nameLength, extraLength, commentLength] = [list.u16Little(), list.u16Little(), list.u16Little()];
  list.take(8);
  const header = list.u32Little();
  const name = utf8(list.take(nameLength));
  const extra = list.take(extraLength);
  const comment = list.take(commentLength);
  if (name === null) {
    throw new CannotClean('damaged');
  }
  const large = largeNumbers(extra);
  const number = (short: number): number => (short === ELSEWHERE ? large() : short);
  // The order in which they stand in the extra field.
  const wholeSize = number(size);
  const wholePacked = number(packed);
  const place = number(header) + before;
  return {
    ...{ name, flags, method, time, date, sum, comment, hasExtra: extraLength > 0 },
    ...{ packed: wholePacked, size: wholeSize, header: place },
  };
}

/** Gives the 64-bit numbers of an extra field one after the other. */
function largeNumbers(extra: Uint8Array): () => number {
  const fields = new Cursor(extra);
  let numbers: Cursor | null = null;
  return () => {
    while (numbers === null) {
      const id = fields.u16Little();
      const content = fields.take(fields.u16Little());
      numbers = id === EXTRA_64 ? new Cursor(content) : null;
    }
    return numbers.u64Little();
  };
}

/** Where the data of an entry begins: behind its own header, which has to name the same part. */
function dataStart(file: Uint8Array, { header, name, packed }: Entry): number {
  const local = new Cursor(file.subarray(Math.min(header, file.length)));
  if (local.name() !== LOCAL) {
    throw new CannotClean('damaged');
  }
  local.take(22);
  const [nameLength, extraLength] = [local.u16Little(), local.u16Little()];
  if (utf8(local.take(nameLength)) !== name) {
    throw new CannotClean('damaged');
  }
  local.take(extraLength + packed);
  return header + LOCAL_LENGTH + nameLength + extraLength;
}

/** Parts that share their bytes are how one small file unpacks to a thousand large ones. */
function refuseOverlap(file: Uint8Array, entries: readonly Entry[], listStart: number): void {
  let at = 0;
  for (const entry of [...entries].sort((a, b) => a.header - b.header)) {
    if (entry.header < at) {
      throw new CannotClean('damaged');
    }
    at = dataStart(file, entry) + entry.packed;
  }
  if (at > listStart) {
    throw new CannotClean('damaged');
  }
}

/** Names as documents have them: nothing that points out of the archive when somebody unpacks it. */
function isPlain(name: string): boolean {
  return (
    name !== '' &&
    // An object cannot have it as a name like any other, and no document has such a part.
    name !== '__proto__' &&
    !name.startsWith('/') &&
    !/[\\:\p{Cc}]/u.test(name) &&
    !name.split('/').includes('..')
  );
}

function dayOf(date: number): string {
  const [year, month, day] = [1980 + (date >> 9), (date >> 5) & 15, date & 31];
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whether a file starts as a zip archive does. */
export function isZip(file: Uint8Array): boolean {
  return latin1(file.subarray(0, 4)) === LOCAL;
}
