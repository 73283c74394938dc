/** Files that mean harm, or are broken: refused within bounds, or cleaned, and no other error. */
import { readFileSync, readdirSync } from 'node:fs';
import { strToU8, zipSync, zlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { clean, CannotClean, inspect, LARGEST, type WhyNot } from './clean';

const CORPUS = new URL('../../../clean/corpus/', import.meta.url);
const names = readdirSync(CORPUS).filter((name) => /\.[a-z]+$/u.test(name) && !/\.(?:md|json)$/u.test(name));

const TYPES =
  '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, CORPUS)));
}

function word(parts: Record<string, Uint8Array | string>): Uint8Array {
  const files = Object.entries({ '[Content_Types].xml': TYPES, ...parts });
  return zipSync(
    Object.fromEntries(files.map(([name, part]) => [name, typeof part === 'string' ? strToU8(part) : part])),
  );
}

/** Why a file is refused, `null` if it is cleaned; a cleaned one has to be clean. */
async function whyNot(file: Uint8Array): Promise<WhyNot | null> {
  try {
    const { file: once } = await clean(file);
    expect((await clean(once)).removed).toEqual([]);
    return null;
  } catch (error) {
    if (error instanceof CannotClean) {
      return error.why;
    }
    throw error;
  }
}

describe.each(names)('%s', (name) => {
  test('cut off at every 97th byte', async () => {
    const file = read(name);
    for (let length = 0; length < file.length; length += 97) {
      await whyNot(file.subarray(0, length));
    }
  });

  test('with single bytes changed', async () => {
    const file = read(name);
    for (let at = 0; at < file.length; at += 211) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await whyNot(changed);
    }
  });
});

describe('archives', () => {
  test('a bomb is refused before it unpacks', async () => {
    const spaces = new Uint8Array(65 * 1024 * 1024).fill(0x20);
    expect(await whyNot(word({ 'word/document.xml': spaces }))).toBe('too_large');
    const part = spaces.subarray(0, 40 * 1024 * 1024);
    const many = word(Object.fromEntries([1, 2, 3, 4, 5, 6].map((number) => [`word/media/${number}.txt`, part])));
    expect(many.length).toBeLessThan(1024 * 1024);
    expect(await whyNot(many)).toBe('too_large');
  });

  test('a bomb that claims to be small is refused while it unpacks', async () => {
    const file = word({ 'word/a.txt': new Uint8Array(8 * 1024 * 1024) });
    const view = new DataView(file.buffer, file.byteOffset);
    const list = view.getUint32(file.length - 6, true);
    const second = list + 46 + '[Content_Types].xml'.length;
    expect(view.getUint32(second + 24, true)).toBe(8 * 1024 * 1024);
    view.setUint32(second + 24, 100, true);
    expect(await whyNot(file)).toBe('damaged');
  });

  test('archives in archives count with their outer ones, and are not followed for ever', async () => {
    const spaces = new Uint8Array(20 * 1024 * 1024).fill(0x20);
    const inner = word({ '1.txt': spaces, '2.txt': spaces, '3.txt': spaces, '4.txt': spaces });
    const middle = word({ 'word/embeddings/a.docx': inner, 'word/embeddings/b.docx': inner });
    expect((await clean(word({ 'word/embeddings/a.docx': middle }))).left).toEqual([]);
    expect(await whyNot(word({ 'a.docx': middle, 'b.docx': middle }))).toBe('too_large');

    let deep = word({});
    for (let level = 0; level < 10; level += 1) {
      deep = word({ 'word/embeddings/a.docx': deep });
    }
    expect((await clean(deep)).left).toEqual(['other']);
  });

  test('parts that share their bytes are refused', async () => {
    const file = word({ 'word/a.txt': strToU8('one'), 'word/b.txt': strToU8('two') });
    const view = new DataView(file.buffer, file.byteOffset);
    const list = view.getUint32(file.length - 6, true);
    const second = list + 46 + '[Content_Types].xml'.length;
    const third = second + 46 + 'word/a.txt'.length;
    view.setUint32(third + 42, view.getUint32(second + 42, true), true);
    expect(await whyNot(file)).toBe('damaged');
  });

  test('names that lead out of the archive are refused, and names twice', async () => {
    for (const name of ['../evil.xml', '/etc/passwd', 'word/../../x', 'C:/x.xml', 'word\\x.xml', 'word/\u0001.xml']) {
      expect(await whyNot(word({ [name]: '<a/>' })), name).toBe('damaged');
    }
    expect(await whyNot(word({ 'word/a.txt': '1', 'Word/A.txt': '2' }))).toBe('damaged');
    const twice = Buffer.from(word({ 'word/a.txt': '1', 'word/b.txt': '2' }));
    const same = Buffer.from(twice.toString('latin1').replaceAll('word/b.txt', 'word/a.txt'), 'latin1');
    expect(await whyNot(new Uint8Array(same))).toBe('damaged');
    const proto = Buffer.from(word({ 'word/aa.txt': '1' }).slice()).toString('latin1');
    const renamed = Buffer.from(proto.replaceAll('word/aa.txt', '__proto__/a'), 'latin1');
    expect(await whyNot(new Uint8Array(renamed))).toBeNull();
  });

  test('too many parts are refused by their number alone', async () => {
    const parts = Array.from({ length: 10_001 }, (_, number) => [`n${number}`, new Uint8Array()] as const);
    expect(await whyNot(zipSync(Object.fromEntries(parts)))).toBe('too_many_parts');
  });

  test('a damaged picture in a document is left, and told', async () => {
    const photo = read('photo-phone.jpg');
    const { removed, left } = await clean(word({ 'word/media/image1.jpg': photo.subarray(0, photo.length / 2) }));
    expect([removed, left]).toEqual([['dates'], ['other']]);
  });
});

test('entities are not resolved, nesting ends, and what is not well formed is refused', async () => {
  const document = async (xml: string): Promise<WhyNot | null> => whyNot(word({ 'word/document.xml': xml }));
  expect(await document('<!DOCTYPE d [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]><d>&b;</d>')).toBe('damaged');
  expect(await document('<a>'.repeat(257) + '</a>'.repeat(257))).toBe('damaged');
  expect(await document('<a>'.repeat(256) + '</a>'.repeat(256))).toBeNull();
  expect(await document(`<rsids>${'<a>'.repeat(300)}${'</a>'.repeat(300)}</rsids>`)).toBe('damaged');
  for (const broken of [
    '<a>',
    '</a>',
    '<a></b>',
    '<a b=c/>',
    '<a b="<"/>',
    '<a',
    '<a b="',
    '<!-- ',
    '<![CDATA[',
    '<?x',
    '< a/>',
  ]) {
    expect(await document(broken), broken).toBe('damaged');
  }
  expect(await whyNot(word({ 'word/document.xml': Uint8Array.of(0x3c, 0xff, 0x2f, 0x3e) }))).toBe('damaged');
});

test('an attribute that is looked like another in its quotes stays what it is', async () => {
  const xml = `<w:p w:rsidR="00A1" w:x='say "w:rsidR=&apos;1&apos;"'><w:t a=">">w:author="B"</w:t></w:p>`;
  const { file, removed } = await clean(word({ 'word/document.xml': xml }));
  const { unzipSync, strFromU8 } = await import('fflate');
  const after = strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array());
  expect(after).toBe(`<w:p w:x="say &quot;w:rsidR=&apos;1&apos;&quot;"><w:t a=">">w:author="B"</w:t></w:p>`);
  expect(removed).toContain('revisions');
});

test('files past the limit are named and refused', async () => {
  const file = new Uint8Array(LARGEST + 1);
  file.set(read('photo-phone.jpg'));
  expect(await inspect(file)).toEqual({ format: 'jpeg', traces: [], canClean: false, whyNot: 'too_large' });
});

test('text with markup is not taken for plain text', async () => {
  for (const markup of ['{\\rtf1{\\info{\\author A}}}', '<html>', '\ufeff <svg/>', '%!PS-Adobe-3.0', 'a\0b']) {
    expect(await whyNot(strToU8(markup)), markup).toBe('unknown_format');
  }
  expect(await whyNot(strToU8('Zwei Rechnungen wurden doppelt bezahlt – Nr. 17.\r\n'))).toBeNull();
});

describe('PDF', () => {
  const pdf = (body: string, ...more: readonly Uint8Array[]): Uint8Array =>
    new Uint8Array(
      Buffer.concat([
        Buffer.from(`%PDF-1.5\n${body}`, 'latin1'),
        ...more,
        Buffer.from(
          '\nendstream endobj\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj 3 0 obj<<>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
        ),
      ]),
    );

  test('streams of objects are measured however they are written', async () => {
    const bomb = zlibSync(strToU8('[1 '.repeat(3_000_000)), { level: 9 });
    for (const head of [
      '/Type /ObjStm',
      '/Type /Obj#53tm',
      '/#54ype/ObjStm',
      '/Type/ObjStm/X (obj)',
      '/Type/ObjStm/obj/obj',
      '/X (stream\n)/Type/ObjStm',
    ]) {
      expect(await whyNot(pdf(`9 0 obj <</N 1/First 4/Filter/FlateDecode ${head}>> stream\n`, bomb)), head).toBe(
        'too_large',
      );
    }
    const chain = zlibSync(bomb);
    const twice = '9 0 obj <</N 1/First 4/Filter[/FlateDecode/FlateDecode]/Type/ObjStm>> stream\n';
    expect(await whyNot(pdf(twice, chain))).toBe('damaged');
    expect(await whyNot(pdf('9 0 obj <</Filter/FlateDecode>> stream\n', bomb))).toBeNull();
  });

  test('an encrypted file is never taken for a cleaned one, however it is changed', async () => {
    const file = read('encrypted.pdf');
    expect(await whyNot(file)).toBe('encrypted');
    // What it was encrypted with, and the key that leads there, stand at the end.
    const end = file.length - 2048;
    const places = Array.from(file.keys()).filter((at) => at >= 5 && (at >= end || at % 97 === 0));
    for (const at of places) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x21;
      expect(await whyNot(changed), `byte ${at} changed`).not.toBeNull();
      expect(await whyNot(file.subarray(0, at)), `cut off at ${at}`).not.toBeNull();
    }
  });

  test('a length that leads back ends', async () => {
    const again = 'endstream endobj 9 0 obj <</Length -48>> stream\n';
    expect(again).toHaveLength(48);
    expect(await whyNot(pdf(`8 0 obj <</Length 0>> stream\n${again}`))).toBe('damaged');
  });

  test('a table of a thousand million entries is not read', async () => {
    const table = '9 0 obj <</Type/XRef/Root 1 0 R/W[1 2 1]/Size 1000000000/Index[0 1000000000]>> stream\n';
    expect(await whyNot(pdf(table))).toBeNull();
  });

  test('pages that lead in a circle, or are not there, are refused', async () => {
    const tree = (kids: string): Uint8Array =>
      strToU8(
        `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Kids[${kids}]>>endobj trailer<</Root 1 0 R>>\n%%EOF`,
      );
    expect(await whyNot(tree('2 0 R'))).toBe('damaged');
    expect(await whyNot(tree('7 0 R'))).toBe('damaged');
    expect(await whyNot(tree(''))).toBe('damaged');
    expect(await whyNot(tree('<<>>'))).toBeNull();
  });
});

describe('what repeats itself takes time by its length only', () => {
  const cases: Record<string, readonly [start: string, piece: string, end: string]> = {
    'JPEG segments': ['\xff\xd8\xff', '\xe1\0\x08Exif\0\0\xff', ''],
    'a JPEG scan': ['\xff\xd8\xff\xda\0\x02', '\xff', ''],
    boxes: ['\0\0\0\x0cftypheic', '\0\0\0\x08free', ''],
    'PDF streams without an end': ['%PDF-1.4\n', '1 0 obj stream ', '%%EOF'],
    'PDF streams in a row': ['%PDF-1.4\n', '1 0 obj<<>>stream\n', '%%EOF'],
    'PDF dictionaries': ['%PDF-1.4\n1 0 obj', '<<', '%%EOF'],
    'PDF arrays': ['%PDF-1.4\n1 0 obj', '[', '%%EOF'],
    'PDF strings': ['%PDF-1.4\n', '1 0 obj(', '%%EOF'],
    'PDF hex strings': ['%PDF-1.4\n', '1 0 obj<', '%%EOF'],
    'PDF objects': ['%PDF-1.4\n', '1 0 obj<</A 1>>endobj\n', 'trailer<</Root 1 0 R>>%%EOF'],
    'PDF digits': ['%PDF-1.4\n', '1', '%%EOF'],
    'PDF numbers': ['%PDF-1.4\nx ', '1 ', '%%EOF'],
    'PDF comments': ['%PDF-1.4\nx ', '%', '%%EOF'],
    'PDF digits and comments': ['%PDF-1.4\nx ', '1%', '%%EOF'],
    'PDF spaces': ['%PDF-1.4\nx', '      1', '%%EOF'],
    'PDF numbers of objects': ['%PDF-1.4\n', '1 0 ', '%%EOF'],
    'PDF trailers': ['%PDF-1.4\n', 'trailer<<>>', '%%EOF'],
    'PDF tables': ['%PDF-1.4\n', 'xref 0 1 0 0 n ', '%%EOF'],
    'PDF ends': ['%PDF-1.4\n', 'startxref 1 ', '%%EOF'],
  };

  function filled(length: number, [start, piece, end]: readonly [string, string, string]): Uint8Array {
    return new Uint8Array(Buffer.from(start + piece.repeat(length / piece.length) + end, 'latin1'));
  }

  async function took(file: Uint8Array): Promise<number> {
    const start = performance.now();
    await whyNot(file);
    return performance.now() - start;
  }

  // Others run beside the tests: the bound is far from what is measured, and further from what is not linear.
  const bound = (once: number): number => 12 * Math.max(once, 60);

  test.each(Object.entries(cases))('%s', async (_, pieces) => {
    const once = await took(filled(256 * 1024, pieces));
    expect(await took(filled(1024 * 1024, pieces))).toBeLessThan(bound(once));
  });

  test.each([
    ['attributes', '<a', " b='1'", '/>'],
    ['spaces in a tag', '<a', ' ', 'x'],
    ['names', '<', 'a', ''],
    ['entities', '<a>', '&#', '</a>'],
    ['people', '<a>', "<w author='x' date='y'/>", '</a>'],
    ['comments', '<a>', '<!--x-->', '</a>'],
  ])('XML %s', async (_, ...pieces) => {
    const file = (length: number): Uint8Array => word({ 'word/document.xml': filled(length, pieces) });
    const once = await took(file(256 * 1024));
    expect(await took(file(1024 * 1024))).toBeLessThan(bound(once));
  });
});
