/**
 * Reading a PDF (ISO 32000) within bounds.
 *
 * The library that reads it goes through the file from its start, keeps every value as an object of its own, many times
 * larger than its text, and unpacks streams of objects on the way. What it makes of a file is counted while it does.
 */
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFParser,
  PDFRawStream,
  PDFRef,
} from '@cantoo/pdf-lib';
import { find, latin1 } from './bytes';
import { CannotClean, type WhyNot } from './codes';
import { inflateZlib } from './inflate';
import type { Limits } from './limits';

/** The most that one stream of objects may unpack to, in bytes. */
const LARGEST_STREAM = 16 * 1024 * 1024;
/** Values in the whole file, those in streams of objects included: two million take a page some 700 MiB. */
const MOST_VALUES = 2_000_000;
/** Objects in objects. */
const DEEPEST = 100;
/** Digits that a whole number of the file's structure may have. */
const LONGEST_NUMBER = 20;
/** Objects that are looked through for lengths of streams. */
const MOST_NUMBERS = 200_000;
/** How often each byte may be skipped on the search for the next object, on average. */
const MOST_SKIPS = 8;
/** How many objects are read before the page may do something else. */
const OBJECTS_A_TICK = 2000;

/** What decrypts a file, by name. */
const HANDLERS: ReadonlySet<string> = new Set(['Standard', 'Adobe.PubSec']);

/** A name as the library keeps it. */
export function pdfName(name: string): PDFName {
  return PDFName.of(name);
}

/**
 * Reads a document.
 *
 * @throws CannotClean `encrypted`, `too_large`, or `damaged` if any of it is not understood.
 */
export async function readPdf(file: Uint8Array, limits: Limits): Promise<PDFContext> {
  const parser = new BoundedParser(file, limits);
  let context: PDFContext;
  try {
    context = await parser.parseDocument();
  } catch {
    // An encrypted stream of objects is not understood either; that it is encrypted is said in the open.
    throw new CannotClean(find(file, '/Encrypt') === -1 ? (parser.refusal ?? 'damaged') : 'encrypted');
  }
  if (context.trailerInfo.Encrypt !== undefined || hasHandler(context)) {
    throw new CannotClean('encrypted');
  }
  if (parser.refusal !== null) {
    throw new CannotClean(parser.refusal);
  }
  return context;
}

class BoundedParser extends PDFParser {
  /** Why reading was given up: the library turns every error into one of its own, or into a part that it skips. */
  refusal: WhyNot | null = null;
  readonly #limits: Limits;
  readonly #length: number;
  readonly #numbers: ReadonlyMap<string, number>;
  #values = 0;
  #depth = 0;
  #skipped = 0;

  constructor(file: Uint8Array, limits: Limits) {
    super(file, OBJECTS_A_TICK, true);
    this.#limits = limits;
    this.#length = file.length;
    this.#numbers = numberedNumbers(file);
  }

  override parseObject(ref?: PDFRef): PDFObject {
    this.#values += 1;
    this.#depth += 1;
    try {
      if (this.#values > MOST_VALUES || this.#depth > DEEPEST) {
        throw this.#refused(this.#values > MOST_VALUES ? 'too_large' : 'damaged');
      }
      const start = this.bytes.offset();
      const object = super.parseObject(ref);
      // The length of a stream may be negative, and lead back to what has been read.
      if (this.bytes.offset() <= start) {
        throw this.#refused('damaged');
      }
      return object instanceof PDFRawStream ? this.#stream(object) : object;
    } finally {
      this.#depth -= 1;
    }
  }

  /**
   * The length of a stream may stand in another object, further on: the library would look for the end by what the
   * stream's bytes look like. A length that is wrong does no harm, because the end has to stand there.
   */
  protected override parseDict(ref?: PDFRef): PDFDict {
    const dictionary = super.parseDict(ref);
    const length = dictionary.get(pdfName('Length'));
    const number = length instanceof PDFRef ? this.#numbers.get(length.tag) : undefined;
    if (number !== undefined) {
      dictionary.set(pdfName('Length'), PDFNumber.of(number));
    }
    return dictionary;
  }

  protected override parseRawInt(): number {
    const start = this.bytes.offset();
    let digits = 0;
    while (digits <= LONGEST_NUMBER && isDigit(this.bytes.peekAt(start + digits))) {
      digits += 1;
    }
    if (digits > LONGEST_NUMBER) {
      throw this.#refused('damaged');
    }
    return super.parseRawInt();
  }

  protected override skipWhitespaceAndComments(): void {
    if (this.#skipped > this.#length * MOST_SKIPS) {
      throw this.#refused('damaged');
    }
    const start = this.bytes.offset();
    super.skipWhitespaceAndComments();
    this.#skipped += this.bytes.offset() - start;
  }

  #stream(stream: PDFRawStream): PDFObject {
    const type = stream.dict.lookup(pdfName('Type'));
    if (type === pdfName('XRef')) {
      // Where objects stand is not needed by who reads them all; what stands beside it is.
      this.#trailer(stream.dict);
      return PDFNull;
    }
    if (type === pdfName('ObjStm')) {
      this.#measure(stream);
    }
    return stream;
  }

  #trailer(dictionary: PDFDict): void {
    const { trailerInfo } = this.context;
    for (const key of ['Root', 'Encrypt', 'Info', 'ID'] as const) {
      const value = dictionary.get(pdfName(key));
      if (value !== undefined) {
        trailerInfo[key] = value;
      }
    }
  }

  /** Unpacks a stream of objects to see what would come of it. */
  #measure(stream: PDFRawStream): void {
    const filters = filtersOf(stream.dict);
    if (filters.length === 0) {
      this.#count(stream.contents);
      return;
    }
    if (filters.length > 1 || !/^Fl(?:ateDecode)?$/u.test(filters[0] ?? '')) {
      throw this.#refused('damaged');
    }
    const { bytes, outcome } = inflateZlib(stream.contents, Math.min(LARGEST_STREAM, this.#limits.part));
    if (outcome !== 'whole') {
      throw this.#refused(outcome);
    }
    try {
      this.#limits.spend(bytes.length);
    } catch {
      throw this.#refused('too_large');
    }
    this.#count(bytes);
  }

  /** Counts what values these bytes can hold at most. */
  #count(bytes: Uint8Array): void {
    let isBetween = true;
    for (const byte of bytes) {
      const isSpace = byte <= 0x20;
      const isDelimiter = byte === 0x2f || byte === 0x5b || byte === 0x3c || byte === 0x28;
      if (isDelimiter || (isBetween && !isSpace)) {
        this.#values += 1;
      }
      isBetween = isSpace || isDelimiter;
    }
    if (this.#values > MOST_VALUES) {
      throw this.#refused('too_large');
    }
  }

  #refused(why: WhyNot): CannotClean {
    this.refusal ??= why;
    return new CannotClean(why);
  }
}

/**
 * Whether what the file was encrypted with is in it. A damaged file may have lost the key that leads there; what can be
 * read then is not what was written.
 */
function hasHandler(context: PDFContext): boolean {
  return context
    .enumerateIndirectObjects()
    .some(
      ([, object]) => object instanceof PDFDict && HANDLERS.has(nameOf(context.lookup(object.get(pdfName('Filter'))))),
    );
}

/** Objects that are whole numbers and nothing else, by their reference. Of several states of a file, the last one's. */
function numberedNumbers(file: Uint8Array): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (let at = find(file, ' obj'); at !== -1 && numbers.size < MOST_NUMBERS; at = find(file, ' obj', at + 4)) {
    const around = latin1(file.subarray(Math.max(0, at - LONGEST_NUMBER), at + 2 * LONGEST_NUMBER));
    const [, number, generation, value] = /(\d{1,10}) (\d{1,5}) obj\s{1,4}(\d{1,10})\s{1,4}endobj/u.exec(around) ?? [];
    if (value !== undefined) {
      numbers.set(`${Number(number)} ${Number(generation)} R`, Number(value));
    }
  }
  return numbers;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** Names of the ways a stream is packed, the outermost first. */
export function filtersOf(dictionary: PDFDict): readonly string[] {
  const filter = dictionary.lookup(pdfName('Filter'));
  if (filter instanceof PDFArray) {
    return filter.asArray().map((_, at) => nameOf(filter.lookup(at)));
  }
  return filter instanceof PDFName ? [filter.decodeText()] : [];
}

/** A name as text; empty for anything else. */
export function nameOf(object: PDFObject | undefined): string {
  return object instanceof PDFName ? object.decodeText() : '';
}

/** A number; `null` for anything else. */
export function numberOf(object: PDFObject | undefined): number | null {
  return object instanceof PDFNumber ? object.asNumber() : null;
}
