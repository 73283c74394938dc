import { describe, expect, it } from 'vitest';
import { formatDay, formatMonth, shortDay, shortMonth } from './days';

describe('days', () => {
  it('are written as people read them', () => {
    expect(formatDay('2026-11-23')).toBe('23 November 2026');
    expect(shortDay('2026-11-23')).toBe('23 Nov 2026');
    expect(formatDay('2027-01-01')).toBe('1 January 2027');
    expect(shortDay('2024-02-29')).toBe('29 Feb 2024');
  });

  it('become months', () => {
    expect(formatMonth('2026-05')).toBe('May 2026');
    expect(shortMonth('2026-12')).toBe('Dec');
  });

  it('are left alone when they are none', () => {
    for (const text of ['', 'soon', '2026-13-01', '2026-00-10', '2026-11-23T10:00']) {
      expect(formatDay(text)).toBe(text);
      expect(shortDay(text)).toBe(text);
      expect(formatMonth(text)).toBe(text);
    }
  });
});
