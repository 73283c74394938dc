import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { measureName } from '../texts/terms';
import { MEASURES, takesTwo } from './ending';

const rules = readFileSync(new URL('../../../docs/case-rules.md', import.meta.url), 'utf8');

test('measures, their words and their ends are those of the service', () => {
  const rows = [...rules.matchAll(/^\| `([a-z_]+)` \| (.+) \| ([a-z, ]+) \|$/gmu)];
  expect(rows.map(([, code]) => code)).toEqual(Object.keys(MEASURES));
  for (const [, code = '', words = '', ends = ''] of rows) {
    expect(measureName(code)).toBe(words.charAt(0).toUpperCase() + words.slice(1));
    expect(MEASURES[code]).toEqual(ends.split(', '));
  }
});

test('the categories that take two are those of the service', () => {
  const listed = /^Categories: (.+)\.$/mu.exec(rules)?.[1] ?? '';
  const codes = listed.split(', ').map((code) => code.replaceAll('`', ''));
  expect(codes.length).toBe(4);
  expect(codes.every(takesTwo)).toBe(true);
  expect(['legal', 'question', 'not_sure'].some(takesTwo)).toBe(false);
});
