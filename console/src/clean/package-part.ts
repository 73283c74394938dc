/** What holds for the parts of both kinds of documents that are zip archives. */
import { latin1, utf8 } from './bytes';
import { CannotClean, type Format } from './codes';
import type { Limits } from './limits';
import type { Package } from './package-read';
import { Traces } from './traces';

/** Goes through a file inside of another. */
export type GoThrough = (file: Uint8Array, traces: Traces, limits: Limits) => Promise<Uint8Array>;

/** Fonts in documents: in forms of their own, and without a maker among the writers. */
const FONT = /\.(?:odttf|fntdata|ttf|otf)$/iu;

/**
 * A part that is a file of its own: a picture, a table. It is cleaned like any other, or left as it is and told.
 *
 * @throws CannotClean only where the whole has to stop: what is unpacked grows too large.
 */
export async function cleanPart(
  name: string,
  file: Uint8Array,
  traces: Traces,
  limits: Limits,
  goThrough: GoThrough,
): Promise<Uint8Array> {
  if (file.length === 0 || FONT.test(name)) {
    return file;
  }
  try {
    const attempted = new Traces();
    const cleaned = await limits.within(() => goThrough(file, attempted, limits));
    if (cleaned !== null) {
      traces.absorb(attempted);
      return cleaned;
    }
  } catch (error) {
    if (!(error instanceof CannotClean) || error.why === 'too_large') {
      throw error;
    }
  }
  traces.left('other', name);
  return file;
}

/** Whether a document's part is XML that rules are applied to. */
export function isXml(name: string): boolean {
  return /\.(?:xml|rels|rdf)$/iu.test(name);
}

const OPEN_DOCUMENT: Readonly<Record<string, Format>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' };

/** Which document an archive is. */
export function documentFormat(archive: Package, limits: Limits): Format {
  if (archive.has('mimetype')) {
    const type = latin1(archive.read('mimetype', limits)).trim();
    const [, kind = ''] = /^application\/vnd\.oasis\.opendocument\.([a-z]+?)(?:-template)?$/u.exec(type) ?? [];
    return Object.hasOwn(OPEN_DOCUMENT, kind) ? (OPEN_DOCUMENT[kind] ?? 'unknown') : 'unknown';
  }
  if (!archive.has('[Content_Types].xml')) {
    return 'unknown';
  }
  const types = utf8(archive.read('[Content_Types].xml', limits)) ?? '';
  if (/wordprocessingml\.|ms-word\./u.test(types)) {
    return 'docx';
  }
  if (/spreadsheetml\.|ms-excel\./u.test(types)) {
    return 'xlsx';
  }
  return /presentationml\.|ms-powerpoint\./u.test(types) ? 'pptx' : 'unknown';
}
