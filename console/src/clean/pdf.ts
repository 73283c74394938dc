/** PDF (ISO 32000): read, swept, and written anew as one file without earlier states. Loaded when a PDF is met. */
import { PDFArray, type PDFContext, PDFDict, type PDFObject, PDFRawStream, PDFRef, PDFWriter } from '@cantoo/pdf-lib';
import { concat, find, latin1 } from './bytes';
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
  restoreLengths(context);
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

/** Earlier states of the file, each with an end of its own. They are not written again. */
function tellEarlierStates(file: Uint8Array, traces: Traces): void {
  let ends = 0;
  for (let at = find(file, '%%EOF'); at !== -1; at = find(file, '%%EOF', at + 5)) {
    ends += 1;
  }
  // A file that is made to be read from its start has two ends in its first state.
  const inFirst = latin1(file.subarray(0, 1024)).includes('/Linearized') ? 2 : 1;
  if (ends > inFirst) {
    traces.removed('revisions', `${ends - inFirst} earlier`);
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
 * Where the length of a stream stands in another object, the library looks for the end, and takes a last byte that
 * happens to be a carriage return for a line end. The length is written into the stream itself, and the other object is
 * needed no longer.
 */
function restoreLengths(context: PDFContext): void {
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFRawStream && object.dict.get(pdfName('Length')) instanceof PDFRef) {
      const length = numberOf(object.dict.lookup(pdfName('Length')));
      if (length === object.contents.length + 1) {
        object.contents = concat([object.contents, Uint8Array.of(0x0d)]);
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
