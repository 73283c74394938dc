import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  assessmentName,
  CATEGORY_CODES,
  categoryName,
  kindName,
  OUTCOME_CODES,
  outcomeName,
  outcomeSentence,
  STATUS_CODES,
  statusName,
  statusSentence,
} from './terms';

/** The messages of one of the reporter's language files, by key. */
function messages(file: string): Map<string, string> {
  const text = readFileSync(new URL(`../../../server/locales/en/${file}`, import.meta.url), 'utf8');
  const found = [...text.matchAll(/^([a-z][a-z-]*) = (.+)$/gm)];
  return new Map(found.map(([, key, words]) => [key ?? '', words ?? '']));
}

const key = (code: string): string => code.replaceAll('_', '-');

describe('the words of the reporter’s pages', () => {
  it('are the words for statuses and outcomes', () => {
    const expected = messages('statuses.ftl');
    const found = new Map([
      ...STATUS_CODES.flatMap((code): [string, string][] => [
        [`status-${key(code)}`, statusName(code)],
        [`status-${key(code)}-text`, statusSentence(code)],
      ]),
      ...OUTCOME_CODES.flatMap((code): [string, string][] => [
        [`outcome-${key(code)}`, outcomeName(code)],
        [`outcome-${key(code)}-text`, outcomeSentence(code)],
      ]),
    ]);
    expect(expected.size).toBeGreaterThan(30);
    expect(found).toEqual(expected);
  });

  it('are the words for categories, in their order', () => {
    const expected = [...messages('categories.ftl')].filter(
      ([name]) =>
        !name.endsWith('-example') && name !== 'category-committee-only' && name !== 'category-not-a-supervisor',
    );
    const found = CATEGORY_CODES.filter((code) => code !== 'question').map((code) => [
      `category-${key(code)}`,
      categoryName(code),
    ]);
    expect(expected.length).toBe(12);
    expect(found).toEqual(expected);
  });
});

describe('codes', () => {
  it('that are not known come back as they are', () => {
    for (const code of ['constructor', '__proto__', 'later', '']) {
      expect([statusName(code), outcomeName(code), categoryName(code), kindName(code), assessmentName(code)]).toEqual(
        Array(5).fill(code),
      );
      expect(statusSentence(code) + outcomeSentence(code)).toBe('');
    }
  });

  it('have words for kinds and assessments', () => {
    expect(kindName('question')).toBe('Question');
    expect(assessmentName('look_into')).toBe('Enough to look into');
    expect(assessmentName('ask_first')).toBe('More facts are needed first');
    expect(assessmentName('belongs_elsewhere')).toBe('Belongs to another process');
  });
});
