import { readFileSync } from 'node:fs';
import { zipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { CannotLoad, clean, inspect } from './clean';

vi.mock('./pdf', () => {
  throw new Error('offline');
});

const CORPUS = new URL('../../../clean/corpus/', import.meta.url);

test('a part of the page that does not load is not taken for a damaged file', async () => {
  const pdf = new Uint8Array(readFileSync(new URL('letter.pdf', CORPUS)));
  await expect(inspect(pdf)).rejects.toThrow(CannotLoad);
  const types = new TextEncoder().encode('<Types><Default ContentType="wordprocessingml."/></Types>');
  const document = zipSync({ '[Content_Types].xml': types, 'word/embeddings/letter.pdf': pdf });
  await expect(clean(document)).rejects.toThrow(CannotLoad);
});

test('what is no PDF is cleaned without it', async () => {
  const photo = new Uint8Array(readFileSync(new URL('photo-phone.jpg', CORPUS)));
  expect((await clean(photo)).removed).toContain('place');
});
