import { expect, test } from 'vitest';
import { readPaddedJson } from './json';
import { readEntry } from './payload';

const CASE = '6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11';

function read(json: string): ReturnType<typeof readEntry> {
  return readEntry(new TextEncoder().encode(json), CASE);
}

function note(version: number, more: string): string {
  const body = '{"recipient":"chair","title":"Chair","text":"x"}';
  return `{"candor":${version},"kind":"note","case":"${CASE}","number":1,"day":"2026-11-23",${more}"body":${body}}`;
}

test.each(['"number":2,', '"n\\u0075mber":2,', '"later":{"a":1,"a":2},'])('a field that occurs twice: %s', (more) => {
  expect(read(note(1, more))).toEqual({ error: 'content' });
});

test('the same name in another object, or as a value, is no repetition', () => {
  expect(read(note(1, '"later":[{"a":"a"},{"a":{"a":":"}}],'))).toMatchObject({ value: { kind: 'note', number: 1 } });
});

test('what another version wrote is not looked into, even where this one would refuse it', () => {
  expect(read(note(2, '"number":2,'))).toEqual({ error: 'version' });
});

test('a string that never ends is refused without beginning again at each quote', { timeout: 5000 }, () => {
  expect(readPaddedJson(new TextEncoder().encode('{"' + '\\"'.repeat(500_000)))).toEqual({ error: 'not_json' });
});

test('half a surrogate pair is no text, in a list either', () => {
  const body = '{"name":"a","media_type":"b","size":1,"sha256":"c","cleaned":["\\ud800"]}';
  const signature = 'A'.repeat(86) + '==';
  const json = `{"candor":1,"kind":"attachment","case":"${CASE}","number":1,"day":"2026-11-23","signature":"${signature}"`;
  expect(read(`${json},"body":${body}}`)).toEqual({ error: 'content' });
  expect(read(`${json},"body":${body.replace('\\ud800', '\\ud83d\\ude00')}}`)).toHaveProperty('value');
});
