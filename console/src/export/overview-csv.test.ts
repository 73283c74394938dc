import { describe, expect, it } from 'vitest';
import type { Listed } from '../session/types';
import { countOverview } from '../state/overview';
import { field, overviewCsv } from './overview-csv';

function cases(count: number, category: string, confidential: boolean): Listed[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${category}-${at}`,
    kind: 'concern',
    status: 'received',
    received: '2026-11-20',
    updated: '2026-11-20',
    acknowledgeTarget: '2026-01-13',
    acknowledgeBy: '2026-11-27',
    feedbackBy: '2027-02-27',
    updateBy: '2026-12-20',
    opened: false,
    unread: 0,
    messages: 0,
    replies: 0,
    revision: 1,
    state: 'open',
    category,
    subject: '=SUBJECT()',
    searchable: 'secret words',
    confidential,
  }));
}

describe('overviewCsv', () => {
  const overview = countOverview([...cases(12, 'legal', false), ...cases(3, '=cmd|calc', true)], '2026-11-23');
  const csv = overviewCsv(overview, '2026-11-23');
  const lines = csv.split('\r\n');

  it('has a number a line, small ones left out', () => {
    expect(csv.startsWith('\ufeffTable,Group,What,Reports,Cases\r\n')).toBe(true);
    expect(lines).toContain('Overview,,Cases,All,15');
    expect(lines).toContain('By category,,Another category,All,under 5');
    expect(lines).toContain('By category,,Breaking another law,All,not shown');
    expect(lines).toContain('Anonymous and confidential reports,Received,Reports,Confidential,under 5');
    expect(lines).toContain('Received by month,,November 2026,All,15');
    expect(lines).toContain('Acknowledged on time,,Still running,All,15');
    expect(lines.at(-1)).toBe('');
  });

  it('holds no number from 1 to 4 and nothing of what was written', () => {
    for (const line of lines.slice(1, -2)) {
      expect(line).toMatch(/,(0|[5-9]|[1-9]\d+|under 5|not shown)$/);
    }
    expect(csv).not.toMatch(/SUBJECT|secret|cmd/);
  });

  it('says the rule', () => {
    expect(csv).toContain('so that nobody can be recognised');
  });
});

describe('field', () => {
  it('does not begin like a formula', () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '|calc', '＝1']) {
      expect(field(text)).toBe(`"'${text}"`);
    }
    expect(field('=HYPERLINK("http://a","b")')).toBe(`"'=HYPERLINK(""http://a"",""b"")"`);
  });

  it('is quoted where it has to be', () => {
    expect(field('plain')).toBe('plain');
    expect(field('a,b')).toBe('"a,b"');
    expect(field('a "b"')).toBe('"a ""b"""');
    expect(field('a\nb')).toBe('"a\nb"');
  });
});
