/** Files of real programs, cleaned: the same findings as the Rust crate has, from the same list. */
import { readdirSync, readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { clean, CannotClean, inspect, type TraceKind, type WhyNot } from './clean';

const CORPUS = new URL('../../../clean/corpus/', import.meta.url);

interface Expected {
  readonly format: string;
  readonly traces: readonly TraceKind[];
  readonly removed?: readonly TraceKind[];
  readonly left?: readonly TraceKind[];
  readonly why_not?: WhyNot;
}

const expected = JSON.parse(readFileSync(new URL('expected.json', CORPUS), 'utf8')) as Record<string, Expected>;
const names = Object.keys(expected);
const cleanable = names.filter((name) => expected[name]?.why_not === undefined);

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, CORPUS)));
}

async function cleaned(name: string): Promise<Uint8Array> {
  return (await clean(read(name))).file;
}

function endingWith(...endings: readonly string[]): readonly string[] {
  return cleanable.filter((name) => endings.some((ending) => name.endsWith(ending)));
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

test('every file of the corpus is in the list', () => {
  const files = readdirSync(CORPUS).filter((name) => !['README.md', 'expected.json', 'make'].includes(name));
  expect(files.sort()).toEqual(names.sort());
});

test.each(names)('%s tells, and loses, what the list says', async (name) => {
  const file = read(name);
  const found = await inspect(file);
  const kinds = [...new Set(found.traces.map(({ kind }) => kind))].sort();
  const whyNot = expected[name]?.why_not;
  if (whyNot === undefined) {
    const { removed, left } = await clean(file);
    expect(found.canClean).toBe(true);
    expect({ format: found.format, traces: kinds, removed, left }).toEqual(expected[name]);
  } else {
    await expect(clean(file)).rejects.toThrow(new CannotClean(whyNot));
    expect({ format: found.format, traces: kinds, why_not: found.whyNot }).toEqual(expected[name]);
  }
  expect(file, 'the file itself is not changed').toEqual(read(name));
});

test.each(cleanable)('%s has nothing to remove once it is cleaned, and cleans to the same bytes', async (name) => {
  const once = await cleaned(name);
  const twice = await clean(once);
  expect(twice.removed).toEqual([]);
  expect(Buffer.compare(twice.file, once)).toBe(0);
});

test.each(cleanable)('no value that was put into %s is left in its bytes', async (name) => {
  const file = await cleaned(name);
  const parts = text(file.subarray(0, 2)) === 'PK' ? Object.values(unzipSync(file)) : [file];
  for (const value of [
    'Accounts payable clerk',
    'Head of accounts',
    'workstation-17',
    'SN-0042',
    'econd-floor',
    '0a1b',
  ]) {
    for (const part of parts.map(text)) {
      expect(part).not.toContain(value);
      expect(part).not.toContain([...value].map((letter) => `\0${letter}`).join(''));
    }
  }
});

describe('what is seen stays, bit by bit', () => {
  test.each(endingWith('.jpg'))('%s: tables and coded data', async (name) => {
    expect(codedJpeg(await cleaned(name))).toEqual(codedJpeg(read(name)));
  });

  test.each(endingWith('.png'))('%s: the chunks of the picture', async (name) => {
    expect(chunks(await cleaned(name), 8, 'big')).toEqual(chunks(read(name), 8, 'big'));
  });

  test.each(endingWith('.webp'))('%s: the chunks of the picture', async (name) => {
    expect(chunks(await cleaned(name), 12, 'little')).toEqual(chunks(read(name), 12, 'little'));
  });

  test.each(endingWith('.heic', '.avif'))('%s: its length, and everything that was not overwritten', async (name) => {
    const [before, after] = [read(name), await cleaned(name)];
    expect(after.length).toBe(before.length);
    // The Exif and XMP items, and nothing else, are other bytes now.
    const changed = [...after.keys()].filter((at) => after[at] !== before[at]);
    const [first = 0, last = 0] = [changed.at(0), changed.at(-1)];
    const overwritten = text(before.subarray(first, last + 1));
    expect(overwritten).toContain('xpacket');
    expect(overwritten).not.toMatch(/ftyp|iloc|iprp|hvcC|av1C/u);
  });

  test.each(endingWith('.docx', '.xlsx', '.pptx', '.odt', '.ods', '.odp'))(
    '%s: its parts and its text',
    async (name) => {
      const [before, after] = [read(name), await cleaned(name)].map((file) => unzipSync(file));
      const content = Object.keys(before ?? {}).filter((part) => !/humbnail|printerSettings|layout-cache/u.test(part));
      expect(Object.keys(after ?? {}).sort()).toEqual(content.sort());
      const [textBefore, textAfter] = [before, after].map((parts) => words(parts ?? {}));
      expect(textBefore).toMatch(/Invoice|Paid twice/u);
      expect(textAfter).toBe(textBefore);
    },
  );

  test('an earlier state of a PDF is gone, and its pages are not', async () => {
    const file = text(await cleaned('letter-edited.pdf'));
    expect(file.match(/%%EOF/gu)).toHaveLength(1);
    expect(file).toContain('/Contents');
  });
});

test('a picture that stands on its side still does', async () => {
  const file = text(await cleaned('photo-phone.jpg'));
  expect(text(read('photo-phone.jpg'))).toContain('Exif');
  expect(file).toContain('Exif\0\0MM\0*\0\0\0\b\0\x01\x01\x12\0\x03\0\0\0\x01\0');
});

test('values are told as people read them', async () => {
  const { traces } = await inspect(read('photo-phone.jpg'));
  expect(traces.find(({ kind }) => kind === 'place')?.value).toMatch(/^-?\d+\.\d{5}, -?\d+\.\d{5}$/u);
  expect(traces.find(({ kind }) => kind === 'dates')?.value).toMatch(/^\d{4}:\d\d:\d\d/u);
});

/** Everything of a JPEG but APPn and COM segments, up to EOI: a way through it that is not the cleaner's. */
function codedJpeg(file: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 2; ;) {
    const marker = file[at + 1] ?? 0;
    const length = 2 + (file[at + 2] ?? 0) * 256 + (file[at + 3] ?? 0);
    if (!((marker >= 0xe0 && marker <= 0xef) || marker === 0xfe)) {
      pieces.push(Buffer.from(file.subarray(at, at + length)).toString('hex'));
    }
    at += length;
    if (marker === 0xda) {
      const end = text(file).search(/\xff\xd9/u);
      const scan = text(file)
        .slice(at)
        .search(/\xff\xd9/u);
      expect(end).toBeGreaterThan(0);
      return [...pieces, text(file).slice(at, at + scan)].join();
    }
  }
}

/** The chunks of PNG or WebP that make the picture; VP8X without its flags of metadata. */
function chunks(file: Uint8Array, from: number, order: 'big' | 'little'): readonly string[] {
  const view = new DataView(file.buffer, file.byteOffset);
  const found: string[] = [];
  for (let at = from; at + 8 <= file.length;) {
    const isBig = order === 'big';
    const length = view.getUint32(at + (isBig ? 0 : 4), !isBig);
    const kind = text(file.subarray(at + (isBig ? 4 : 0)).subarray(0, 4));
    const content = file.slice(at + 8, at + 8 + length);
    if (kind === 'VP8X') {
      content[0] = (content[0] ?? 0) & ~0x2c;
    }
    if (/^(?:IHDR|PLTE|IDAT|IEND|tRNS|acTL|fcTL|fdAT|VP8.|ALPH|ANIM)$/u.test(kind)) {
      found.push(kind + text(content));
    }
    at += isBig ? length + 12 : length + 8 + (length % 2);
    if (kind === 'ANMF') {
      // Frames are looked into: what is not the picture may go from them, too.
      at -= length + (length % 2) - 16;
    }
  }
  expect(found.length).toBeGreaterThan(0);
  return found;
}

/** The text of the parts that people read, without the names and dates that are replaced. */
function words(parts: Record<string, Uint8Array>): string {
  return Object.entries(parts)
    .filter(([name]) => /(?:document|omments\d*|sheet1|sharedStrings|slide1|content)\.xml$/u.test(name))
    .map(([, part]) =>
      Buffer.from(part)
        .toString('utf8')
        .replace(
          /<!--.*?-->|<(?:[a-z]+:)?(creator|date|author|creator-initials)(?:\s[^>]*)?>.*?<\/(?:[a-z]+:)?\1>/gsu,
          '',
        )
        .replace(/<[^>]*>/gu, '|')
        .replace(/\|+/gu, '|'),
    )
    .join('\n');
}
