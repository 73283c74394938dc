/** Going through all objects of a PDF, wherever they stand, and taking out what tells on its writers. */
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFRawStream,
  PDFRef,
  PDFString,
  type PDFObject,
} from '@cantoo/pdf-lib';
import { find } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import { inflateZlib } from './inflate';
import { cleanJpeg } from './jpeg';
import { filtersOf, nameOf, pdfName } from './pdf-reader';
import { Traces } from './traces';
import { LONGEST_XMP, tellXmp } from './xmp';

/** Takes away every object that the pages do not lead to: earlier states of the file, and what has just been removed. */
export function prune(context: PDFContext): void {
  const reached = new Set<PDFRef>();
  const toVisit: (PDFObject | undefined)[] = [context.trailerInfo.Root];
  while (toVisit.length > 0) {
    const object = toVisit.pop();
    if (object instanceof PDFRef && !reached.has(object)) {
      reached.add(object);
      toVisit.push(context.lookup(object));
    } else if (object instanceof PDFArray) {
      object.asArray().forEach((value) => toVisit.push(value));
    } else if (object instanceof PDFDict) {
      object.values().forEach((value) => toVisit.push(value));
    } else if (object instanceof PDFRawStream) {
      toVisit.push(object.dict);
    }
  }
  context.largestObjectNumber = 0;
  for (const [ref] of context.enumerateIndirectObjects()) {
    if (reached.has(ref)) {
      context.largestObjectNumber = Math.max(context.largestObjectNumber, ref.objectNumber);
    } else {
      context.delete(ref);
    }
  }
}

/** Goes through the objects of a document and takes out what tells on its writers. */
export function sweep(context: PDFContext, traces: Traces): void {
  new Sweep(traces).document(context);
}

/** A text of PDF as people read it; empty for anything else. */
export function pdfText(object: PDFObject | undefined): string {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : '';
}

class Sweep {
  readonly #traces: Traces;

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  document(context: PDFContext): void {
    for (const [ref, object] of context.enumerateIndirectObjects()) {
      if (object instanceof PDFRawStream && nameIn(object.dict, 'Type') === 'Metadata') {
        context.delete(ref);
        this.#metadata(object);
      }
    }
    for (const [, object] of context.enumerateIndirectObjects()) {
      this.#object(object);
    }
  }

  #metadata(stream: PDFRawStream): void {
    const packet = plain(stream);
    if (packet === null) {
      this.#traces.removed('other', 'XMP');
    } else {
      tellXmp(packet, this.#traces);
    }
  }

  /** Objects in objects are nested no deeper than their reader allows. */
  #object(object: PDFObject): void {
    if (object instanceof PDFArray) {
      object.asArray().forEach((value) => this.#object(value));
    } else if (object instanceof PDFDict) {
      this.#dictionary(object);
    } else if (object instanceof PDFRawStream) {
      this.#dictionary(object.dict);
      this.#stream(object);
    }
  }

  #dictionary(of: PDFDict): void {
    const metadata = of.lookup(pdfName('Metadata'));
    if (metadata instanceof PDFRawStream) {
      this.#metadata(metadata);
    }
    of.delete(pdfName('Metadata'));
    this.#take(of, 'PieceInfo', 'other');
    this.#take(of, 'SpiderInfo', 'other');
    this.#take(of, 'LastModified', 'dates');
    this.#take(of, 'CreatorInfo', 'software');
    const type = nameIn(of, 'Type');
    if (type !== 'Thread') {
      this.#take(of, 'Thumb', 'thumbnail');
    }
    if (type === 'Annot' || (has(of, 'Rect') && has(of, 'Subtype'))) {
      this.#annotation(of);
    }
    if (has(of, 'ByteRange') && has(of, 'Contents')) {
      this.#signature(of);
    }
    if (type === 'Catalog') {
      // What checks signatures: certificates, with names in them.
      this.#take(of, 'DSS', 'author');
      this.#take(of, 'Perms', 'author');
    }
    const parameters = of.lookup(pdfName('Params'));
    if (type === 'EmbeddedFile' && parameters instanceof PDFDict) {
      this.#take(parameters, 'CreationDate', 'dates');
      this.#take(parameters, 'ModDate', 'dates');
    }
    this.#tellWhatStays(of);
    of.values().forEach((value) => this.#object(value));
  }

  #take(from: PDFDict, key: string, kind: TraceKind): void {
    const value = from.lookup(pdfName(key));
    if (from.delete(pdfName(key))) {
      this.#traces.removed(kind, pdfText(value) || key);
    }
  }

  #annotation(of: PDFDict): void {
    // In a form's field, T is the name of the field.
    if (nameIn(of, 'Subtype') !== 'Widget') {
      this.#take(of, 'T', 'author');
    }
    this.#take(of, 'M', 'dates');
    this.#take(of, 'CreationDate', 'dates');
    this.#take(of, 'NM', 'identifier');
  }

  /** A signature names who signed, and does not fit the file that is written anew. */
  #signature(of: PDFDict): void {
    this.#traces.removed('author', pdfText(of.lookup(pdfName('Name'))));
    const kept = ['Type', 'Filter', 'SubFilter'].map(pdfName);
    of.keys()
      .filter((key) => !kept.includes(key))
      .forEach((key) => of.delete(key));
  }

  /** What may tell something, but belongs to the content or does something. */
  #tellWhatStays(of: PDFDict): void {
    if (nameIn(of, 'S') === 'JavaScript' || has(of, 'JS')) {
      this.#traces.left('other', 'JavaScript');
    }
    if (has(of, 'EF')) {
      const name = pdfText(of.lookup(pdfName('UF')) ?? of.lookup(pdfName('F')));
      this.#traces.left('other', `attached file ${name}`);
    }
    if (has(of, 'XFA')) {
      this.#traces.left('other', 'XFA form');
    }
  }

  #stream(of: PDFRawStream): void {
    const filters = filtersOf(of.dict);
    const last = filters.at(-1);
    if ((last === 'DCTDecode' || last === 'DCT') && filters.length === 1) {
      this.#picture(of);
    } else if (last === 'DCTDecode' || last === 'DCT') {
      // Packed once more: rare, and not taken apart.
      this.#traces.left('other', 'picture');
    } else if (last === 'JPXDecode' && ['uuid', 'xml '].some((box) => find(of.contents, box) !== -1)) {
      // JPEG 2000 with room for notes.
      this.#traces.left('other', 'picture');
    }
  }

  #picture(of: PDFRawStream): void {
    try {
      const attempted = new Traces();
      of.contents = cleanJpeg(of.contents, attempted);
      this.#traces.absorb(attempted);
    } catch (error) {
      if (!(error instanceof CannotClean)) {
        throw error;
      }
      this.#traces.left('other', 'picture');
    }
  }
}

/** What a stream holds, where that is easily had; `null` otherwise. */
function plain(stream: PDFRawStream): Uint8Array | null {
  const filters = filtersOf(stream.dict);
  if (filters.length === 0) {
    return stream.contents;
  }
  if (filters.length > 1 || !/^Fl(?:ateDecode)?$/u.test(filters[0] ?? '')) {
    return null;
  }
  const { bytes, outcome } = inflateZlib(stream.contents, LONGEST_XMP);
  return outcome === 'whole' ? bytes : null;
}

function has(dictionary: PDFDict, key: string): boolean {
  return dictionary.has(pdfName(key));
}

function nameIn(dictionary: PDFDict, key: string): string {
  return nameOf(dictionary.lookup(pdfName(key)));
}
