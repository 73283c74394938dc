/** PDF (ISO 32000): read, swept, and written anew as one file without earlier states. Loaded when a PDF is met. */
import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRawStream, PDFRef, PDFWriter } from '@cantoo/pdf-lib';
import { find, latin1 } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import { LARGEST, Limits } from './limits';
import { nameOf, numberOf, pdfName, readPdf } from './pdf-reader';
import { pdfText, prune, sweep } from './pdf-sweep';
import type { Traces } from './traces';

/** How far before the end of a file its last mark has to stand, in bytes. */
const END_WITHIN = 2048;
const MOST_PAGES = 100_000;

/**
 * The document without what tells on its writers. What its pages show stays.
 *
 * @throws CannotClean
 */
export async function cleanPdf(file: Uint8Array, traces: Traces, limits: Limits): Promise<Uint8Array> {
  if (find(file.subarray(-END_WITHIN), '%%EOF') === -1) {
    // Cut off: the library would make something of what there is.
    throw new CannotClean('damaged');
  }
  const context = await readPdf(file, limits);
  const pages = countPages(context);
  settleLengths(context);
  tellEarlierStates(file, traces);
  takeProperties(context, traces);
  prune(context);
  sweep(context, traces);
  prune(context);
  refuseTwins(context);
  const cleaned = await PDFWriter.forContext(context, Infinity).serializeToBuffer();
  // Read again: what could not be kept would otherwise be missed only by whoever receives it.
  if (cleaned.length > 2 * LARGEST || countPages(await readPdf(cleaned, new Limits())) !== pages) {
    throw new CannotClean('damaged');
  }
  return cleaned;
}

/** Earlier states of the file, each with a way to its own table. They are not written again. */
function tellEarlierStates(file: Uint8Array, traces: Traces): void {
  let states = 0;
  for (let at = find(file, 'startxref'); at !== -1; at = find(file, 'startxref', at + 9)) {
    // A file that is made to be read from its start has a further one, which leads nowhere.
    const leadsTo = /^startxref\s+(\d+)/u.exec(latin1(file.subarray(at, at + 32)))?.[1];
    states += Number(leadsTo ?? 0) > 0 ? 1 : 0;
  }
  if (states > 1) {
    traces.removed('revisions', `${states - 1} earlier`);
  }
}

const PROPERTIES: ReadonlyMap<string, TraceKind> = new Map([
  ['Author', 'author'],
  ['Creator', 'software'],
  ['Producer', 'software'],
  ['CreationDate', 'dates'],
  ['ModDate', 'dates'],
  ['Title', 'title'],
  ['Subject', 'title'],
  ['Keywords', 'title'],
  ['Company', 'company'],
]);

/** Tells and removes the information dictionary and everything else of the trailer but the way to the pages. */
function takeProperties(context: PDFContext, traces: Traces): void {
  const { Root: root, Info: information, ID: id } = context.trailerInfo;
  const properties = context.lookup(information);
  if (properties instanceof PDFDict) {
    for (const key of properties.keys()) {
      traces.removed(PROPERTIES.get(key.decodeText()) ?? 'other', pdfText(properties.lookup(key)));
    }
  }
  if (id !== undefined) {
    traces.removed('identifier');
  }
  context.trailerInfo = root === undefined ? {} : { Root: root };
}

/** Goes through the tree of pages: a document whose pages are not all there is not understood. */
function countPages(context: PDFContext): number {
  const catalog = context.lookup(context.trailerInfo.Root);
  if (!(catalog instanceof PDFDict) || nameOf(catalog.lookup(pdfName('Type'))) !== 'Catalog') {
    throw new CannotClean('damaged');
  }
  const seen = new Set<PDFObject>();
  const toVisit: (PDFObject | undefined)[] = [catalog.lookup(pdfName('Pages'))];
  let pages = 0;
  while (toVisit.length > 0) {
    const node = toVisit.pop();
    if (!(node instanceof PDFDict) || seen.has(node) || seen.size > MOST_PAGES) {
      throw new CannotClean('damaged');
    }
    seen.add(node);
    const kids = node.lookup(pdfName('Kids'));
    if (kids instanceof PDFArray) {
      kids.asArray().forEach((_, at) => toVisit.push(kids.lookup(at)));
    } else {
      pages += 1;
    }
  }
  if (pages === 0) {
    throw new CannotClean('damaged');
  }
  return pages;
}

/**
 * Writes the length of each stream into the stream itself. Where it stood in another object that was not found in time,
 * the end of the stream has been guessed, and has to turn out to be right.
 */
function settleLengths(context: PDFContext): void {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream) {
      const length = object.dict.get(pdfName('Length'));
      if (length instanceof PDFRef && numberOf(context.lookup(length)) !== object.contents.length) {
        throw new CannotClean('damaged');
      }
      object.updateDict();
    }
  }
}

/** Two objects of one number, in different generations: only one of them could be found again. */
function refuseTwins(context: PDFContext): void {
  const numbers = context.enumerateIndirectObjects().map(([ref]) => ref.objectNumber);
  if (new Set(numbers).size !== numbers.length) {
    throw new CannotClean('damaged');
  }
}
