import { expect, test } from 'vitest';
import type { CaseFile } from '../session/types';
import { offersPreview, previewOf } from './preview';

const bytes = (...parts: (string | number[])[]): Blob =>
  new Blob(
    parts.map((part) =>
      Uint8Array.from(typeof part === 'string' ? Array.from(part, (each) => each.charCodeAt(0)) : part),
    ),
  );

test.each([
  ['image/png', bytes([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13])],
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
  ['image/gif', bytes('GIF89a', [1, 0, 1, 0])],
  ['image/webp', bytes('RIFF', [4, 0, 0, 0], 'WEBP')],
])('%s is told by what is in it', async (type, content) => {
  const preview = await previewOf(content);
  expect(preview).toMatchObject({ picture: { type } });
});

test('markup is shown as the text that it is, and never as a picture', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  expect(await previewOf(new Blob([svg]))).toEqual({ text: svg });
});

test.each([
  ['half a character', bytes([0xe2, 0x82])],
  ['control characters', bytes('a\u0000b')],
  ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
  ['a PDF file with binary parts', bytes('%PDF-1.7\n', [0xe2, 0xe3, 0xcf, 0xd3])],
  ['a long text', new Blob(['x'.repeat(1024 * 1024 + 1)])],
])('%s is not shown', async (_, content) => {
  expect(await previewOf(content)).toBeNull();
});

test.each([
  ['HEIC', bytes([0, 0, 0, 24], 'ftypheic', [0, 0, 0, 0])],
  ['AVIF', bytes([0, 0, 0, 28], 'ftypavif', [0, 0, 0, 0])],
  ['TIFF', bytes('II*', [0, 8, 0, 0, 0])],
])('%s is a picture that browsers do not draw, whatever its name says', async (_, content) => {
  expect(await previewOf(content)).toBe('undrawn');
});

test('a preview is offered where the name or type promises one, and the size allows it', () => {
  const file = (name: string, size: number, mediaType = ''): CaseFile => ({
    ref: { of: 'attachment', number: 1 },
    position: 0,
    name,
    mediaType,
    size,
    sha256: '',
    cleaned: [],
    proven: true,
  });
  expect(offersPreview(file('IMG_1.JPG', 3_000_000))).toBe(true);
  expect(offersPreview(file('scan', 3_000_000, 'image/png'))).toBe(true);
  expect(offersPreview(file('IMG_2.HEIC', 3_000_000, 'image/heic'))).toBe(false);
  expect(offersPreview(file('scan.tif', 10, 'image/tiff'))).toBe(false);
  expect(offersPreview(file('drawing', 10, 'image/svg+xml'))).toBe(true);
  expect(offersPreview(file('notes.txt', 10))).toBe(true);
  expect(offersPreview(file('notes.txt', 3_000_000))).toBe(false);
  expect(offersPreview(file('plan.pdf', 10))).toBe(false);
  expect(offersPreview(file('huge.png', 200_000_000))).toBe(false);
});
