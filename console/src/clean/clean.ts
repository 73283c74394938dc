/**
 * Finds and removes what files tell on whoever made them.
 *
 * A photograph names the place it was taken and the camera it was taken with; a document names its writer, the writer's
 * company, and everybody who changed it. {@link inspect} says what is in a file, {@link clean} takes it out and leaves
 * the picture or the text as it is. Nothing leaves the page.
 */
import { find, startsWith, utf8 } from './bytes';
import { CannotClean, CannotLoad, type Format, type Trace, type TraceKind, type WhyNot } from './codes';
import { cleanHeif, isHeif } from './heif';
import { cleanJpeg } from './jpeg';
import { LARGEST, Limits } from './limits';
import { cleanOffice } from './office';
import { cleanOpenDocument } from './opendocument';
import { documentFormat } from './package-part';
import { isZip, Package } from './package-read';
import { cleanPng, PNG_START } from './png';
import { Traces } from './traces';
import { cleanWebp, isWebp } from './webp';

export { CannotClean, CannotLoad, type Format, type Trace, type TraceKind, type WhyNot } from './codes';
export { LARGEST } from './limits';

/** What was found in a file. */
export interface Inspection {
  readonly format: Format;
  /** What it tells, in the order it stands in the file; each value once, and no more than fit on a page. */
  readonly traces: readonly Trace[];
  /** Whether {@link clean} takes it. */
  readonly canClean: boolean;
  /** Why it does not. */
  readonly whyNot: WhyNot | null;
}

/** A file without what told on its maker. */
export interface Cleaned {
  readonly file: Uint8Array;
  /** Kinds of traces that were in it and are gone, sorted. */
  readonly removed: readonly TraceKind[];
  /** Kinds of traces that had to stay, sorted. */
  readonly left: readonly TraceKind[];
}

/**
 * Says what is in a file. Costs as much as cleaning it.
 *
 * @throws CannotLoad if the part of the page that reads PDF could not be loaded.
 */
export async function inspect(file: Uint8Array): Promise<Inspection> {
  const traces = new Traces();
  const found = await goThrough(file, traces, new Limits());
  const whyNot = found.file instanceof Uint8Array ? null : found.file;
  return { format: found.format, traces: traces.told, canClean: whyNot === null, whyNot };
}

/**
 * Takes out of a file what tells on its maker. A cleaned file cleans to the same bytes. The file itself is not changed.
 *
 * @throws CannotClean if the format is not known, or the file cannot be understood well enough to be sure.
 * @throws CannotLoad if the part of the page that reads PDF could not be loaded.
 */
export async function clean(file: Uint8Array): Promise<Cleaned> {
  const traces = new Traces();
  const cleaned = await cleanedFile(file, traces, new Limits());
  return { file: cleaned, removed: traces.kindsRemoved, left: traces.kindsLeft };
}

interface Found {
  readonly format: Format;
  /** The cleaned file, or why there is none. */
  readonly file: Uint8Array | WhyNot;
}

async function cleanedFile(file: Uint8Array, traces: Traces, limits: Limits): Promise<Uint8Array> {
  const found = await goThrough(file, traces, limits);
  if (typeof found.file === 'string') {
    throw new CannotClean(found.file);
  }
  return found.file;
}

/** One way through a file serves both, so that they cannot disagree. */
async function goThrough(file: Uint8Array, traces: Traces, limits: Limits): Promise<Found> {
  let format: Format = recognise(file) ?? 'unknown';
  try {
    const pdf = format === 'pdf' ? await loadPdf() : null;
    if (isZip(file)) {
      refuseLarge(file);
      const archive = new Package(file);
      format = documentFormat(archive, limits);
      return { format, file: await cleanDocument(format, archive, traces, limits) };
    }
    if (format !== 'unknown') {
      refuseLarge(file);
    }
    const cleaned = pdf === null ? cleanKnown(format, file, traces) : await pdf.cleanPdf(file, traces, limits);
    return { format, file: cleaned };
  } catch (error) {
    if (error instanceof CannotLoad) {
      throw error;
    }
    // Nothing but a refusal is expected here. Should anything else go wrong with a file, it has not been understood.
    return { format, file: error instanceof CannotClean ? error.why : 'damaged' };
  }
}

async function loadPdf(): Promise<typeof import('./pdf')> {
  try {
    return await import('./pdf');
  } catch (cause) {
    throw new CannotLoad('pdf', { cause });
  }
}

function refuseLarge(file: Uint8Array): void {
  if (file.length > LARGEST) {
    throw new CannotClean('too_large');
  }
}

function cleanKnown(format: Format, file: Uint8Array, traces: Traces): Uint8Array {
  switch (format) {
    case 'jpeg':
      return cleanJpeg(file, traces);
    case 'png':
      return cleanPng(file, traces);
    case 'webp':
      return cleanWebp(file, traces);
    case 'heic':
      return cleanHeif(file, traces);
    case 'text':
      return file.slice();
    case 'old_office':
      throw new CannotClean(oldOffice(file));
    default:
      throw new CannotClean('unknown_format');
  }
}

async function cleanDocument(format: Format, archive: Package, traces: Traces, limits: Limits): Promise<Uint8Array> {
  switch (format) {
    case 'docx':
    case 'xlsx':
    case 'pptx':
      return cleanOffice(archive, traces, limits, cleanedFile);
    case 'odt':
    case 'ods':
    case 'odp':
      return cleanOpenDocument(archive, traces, limits, cleanedFile);
    default:
      throw new CannotClean('unknown_format');
  }
}

/** How far into a file PDF's header may stand, in bytes. */
const PDF_HEADER_WITHIN = 1024;
const COMPOUND_FILE = '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1';

/** What a file is, by what is in it: names and media types are claims. `null` for archives, which take a look inside. */
function recognise(file: Uint8Array): Format | null {
  if (startsWith(file, '\xff\xd8\xff')) {
    return 'jpeg';
  }
  if (startsWith(file, PNG_START)) {
    return 'png';
  }
  if (isWebp(file)) {
    return 'webp';
  }
  if (isHeif(file)) {
    return 'heic';
  }
  if (isZip(file)) {
    return null;
  }
  if (startsWith(file, COMPOUND_FILE)) {
    return 'old_office';
  }
  if (find(file.subarray(0, PDF_HEADER_WITHIN), '%PDF-') !== -1) {
    return 'pdf';
  }
  return isPlainText(file) ? 'text' : 'unknown';
}

// Lines that programs write and people do not: mail's, with who sent it from where by which way, and those of cards.
const TELLING_LINE =
  /^(?:received:|return-path:|delivered-to:|message-id:|mime-version:|x-originating-ip:|x-mailer:|dkim-signature:|thread-index:|begin:vcard|begin:vcalendar)/imu;

/**
 * Text that has nothing but its text: no markup that could carry a writer's name (RTF, HTML, SVG, PostScript), no saved
 * mail, address card or calendar entry.
 */
function isPlainText(file: Uint8Array): boolean {
  const text = utf8(file);
  return (
    text !== null && !/^\s*(?:\{\\rtf|<|%!)/u.test(text) && !/[^\P{Cc}\t\n\r\f]/u.test(text) && !TELLING_LINE.test(text)
  );
}

/** Newer documents come in the old container when they are encrypted: it then holds a stream of this name. */
function oldOffice(file: Uint8Array): WhyNot {
  const utf16 = [...'EncryptedPackage'].map((letter) => `${letter}\0`).join('');
  return find(file, utf16) === -1 ? 'old_office' : 'encrypted';
}
