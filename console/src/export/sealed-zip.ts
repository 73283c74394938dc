import { strToU8, zipSync, type Zippable, type ZippableFile } from 'fflate';
import { ConsoleError } from '../session/errors';
import type { FileRef } from '../session/types';
import { exportReadme } from '../texts/export-readme';

/** An entry as the service keeps it. */
export interface SealedEntry {
  readonly kind: string;
  readonly number: number;
  readonly sealed: Uint8Array;
}

/** The sealed contents of files, or why they are left out. */
export type ExportedContents = readonly { readonly name: string; readonly sealed: Uint8Array }[] | 'too_large';

/** What the sealed content of a file is called, as `candor case export` calls it. */
export function contentName(ref: FileRef): string {
  return ref.of === 'attachment'
    ? `content-${String(ref.number)}.age`
    : `reply-${String(ref.number)}-content-${String(ref.part)}.age`;
}

/** What an export is made of. */
export interface SealedCase {
  readonly caseId: string;
  readonly grant: Uint8Array;
  readonly entries: readonly SealedEntry[];
  readonly contents: ExportedContents;
  /** The case and its events as the service sends them. The sealed fields of the case are left out: they are files. */
  readonly caseJson: unknown;
  readonly eventsJson: unknown;
  /** The name of the reader's key file, for the commands in README.txt. */
  readonly keyFileName: string;
}

/**
 * A case as a zip file of sealed files, the same ones that `candor case export` writes. Nothing in it is opened; it is as
 * safe as the reader's key.
 *
 * @throws ConsoleError `unexpected` where the service sent an entry that no file can be named after, or one twice.
 */
export function sealedZip(whole: SealedCase): Uint8Array {
  const files = new Map<string, ZippableFile>();
  const add = (name: string, file: ZippableFile): void => {
    if (files.has(name)) {
      throw new ConsoleError('unexpected');
    }
    files.set(name, file);
  };

  add('grant.age', sealedFile(whole.grant));
  const names = whole.entries.map(({ kind, number }) => fileName(kind, number));
  whole.entries.forEach(({ sealed }, at) => add(names[at] ?? '', sealedFile(sealed)));
  const contents = whole.contents === 'too_large' ? [] : whole.contents;
  contents.forEach(({ name, sealed }) => add(name, sealedFile(sealed)));
  add('case.json', textFile(jsonText(withoutSealed(whole.caseJson))));
  add('events.json', textFile(jsonText(whole.eventsJson)));
  const about = whole.contents === 'too_large' ? 'too_large' : contents.length > 0 ? 'here' : 'none';
  const key = whole.keyFileName.trim() === '' ? 'chair.key' : whole.keyFileName.trim();
  add('README.txt', textFile(exportReadme(whole.caseId, oneLine(key), quoted(oneLine(key)), names, about)));
  return zipSync(Object.fromEntries(files) as Zippable);
}

/**
 * What an entry's file is called. The kind comes from the service, and must not lead out of the folder.
 *
 * @throws ConsoleError `unexpected` for a kind or number that cannot be.
 */
export function fileName(kind: string, number: number): string {
  if (!/^[a-z]{1,20}$/.test(kind) || !Number.isInteger(number) || number < 0 || number > 0xffff_ffff) {
    throw new ConsoleError('unexpected');
  }
  return number === 0 && (kind === 'report' || kind === 'identity') ? `${kind}.age` : `${kind}-${number}.age`;
}

/** A file name as a shell takes it. */
export function quoted(name: string): string {
  if (/^[A-Za-z0-9._/+@][A-Za-z0-9._/+@-]*$/.test(name)) {
    return name;
  }
  return `'${name.startsWith('-') ? './' : ''}${name.replaceAll("'", String.raw`'\''`)}'`;
}

// The day on which the calendar of zip files begins: when a case was read is nobody's business. The constructor with
// numbers, because the zip file keeps local time: the same bytes in every time zone.
const MTIME = new Date(1980, 0, 1);
// A regular file that only its owner may read, as the command line writes them; `os` 3 says that this is meant.
const ATTRIBUTES = { os: 3, attrs: (0o100600 << 16) >>> 0, mtime: MTIME };

function sealedFile(bytes: Uint8Array): ZippableFile {
  // Sealed bytes do not get any smaller.
  return [bytes, { ...ATTRIBUTES, level: 0 }];
}

function textFile(text: string): ZippableFile {
  return [strToU8(text), { ...ATTRIBUTES, level: 6 }];
}

function withoutSealed(caseJson: unknown): unknown {
  if (typeof caseJson !== 'object' || caseJson === null) {
    return caseJson;
  }
  const { grant: _grant, report: _report, ...rest } = caseJson as Record<string, unknown>;
  return rest;
}

/** Indented JSON with a line end; what could change how a terminal behaves is escaped. The value stays the same. */
function jsonText(value: unknown): string {
  const json = JSON.stringify(value, null, 2).replace(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu,
    (hidden) =>
      hidden === '\n' ? hidden : [...Array(hidden.length).keys()].map((at) => unit(hidden.charCodeAt(at))).join(''),
  );
  return `${json}\n`;
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}

// README.txt is read on terminals too, and its commands are pasted: a name must not bring a line of its own.
function oneLine(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '');
}
