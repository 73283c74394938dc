import { describe, expect, it } from 'vitest';
import type { DecryptedCase, ReportBody, TimelineItem } from '../session/types';
import { caseAsHtml, type ReadableContext } from './readable-html';

const HOSTILE = `</div></style><script>alert(1)</script><img src=x onerror=alert(2)> "'&amp; https://example.org/ \u202egpj.exe \u0000\u001b[31m`;

const CONTEXT: ReadableContext = {
  organisation: 'Example Ltd',
  recipients: [
    { id: 'chair', title: 'Audit Committee chair', kind: 'committee' },
    { id: 'compliance', title: 'Compliance Office', kind: 'office' },
  ],
  today: '2026-11-23',
  madeBy: 'Audit Committee chair',
};

const REPORT: ReportBody = {
  kind: 'concern',
  category: 'accounting',
  narrative: 'The same invoice was paid twice.\nסכום גדול 👩🏽\u200d💻',
  when: 'March',
  where: '',
  who_else_knows: 'nobody',
  how_you_know: 'I saw both payments',
  how_many_know: '',
  concerns: ['compliance', 'gone'],
  chosen: '',
  confidential: true,
  language: 'en',
  sealed_in: 'browser',
};

const TIMELINE: readonly TimelineItem[] = [
  { position: 1, day: '2026-11-01', type: 'received' },
  { position: 2, day: '2026-11-01', type: 'told', recipient: 'chair' },
  { position: 3, day: '2026-11-02', type: 'opened', recipient: 'chair' },
  { position: 3, day: '2026-11-08', type: 'missed', duty: 'acknowledge', due: '2026-11-08' },
  { position: 4, day: '2026-11-02', type: 'status', recipient: 'chair', status: 'concluded', outcome: 'referred' },
  { position: 5, day: '2026-11-03', type: 'message', number: 1, text: 'One more thing', fromReporter: true },
  { position: 6, day: '2026-11-03', type: 'message', number: 2, text: 'Write to me elsewhere', fromReporter: false },
  { position: 7, day: '2026-11-04', type: 'reply', number: 1, recipient: 'chair', title: 'Chair', text: 'Thank you' },
  {
    position: 8,
    day: '2026-11-04',
    type: 'note',
    number: 1,
    recipient: 'chair',
    title: 'Chair',
    text: 'Ask the bank',
    assessment: 'look_into',
  },
  {
    position: 10,
    day: '2026-11-06',
    type: 'note',
    number: 2,
    recipient: 'chair',
    title: 'Chair',
    text: 'The ledger shows it',
    conclusion: { status: 'concluded', disposition: 'substantiated', measures: ['books_corrected', '<later>'] },
  },
  { position: 11, day: '2026-11-06', type: 'ended_alone', recipient: 'chair' },
  { position: 9, day: '2026-11-05', type: 'unreadable', kind: 'attachment', number: 3, reason: 'broken' },
];

function made(changes: Partial<DecryptedCase> = {}): DecryptedCase {
  return {
    summary: {
      id: '3f2a9c1e-1111-4222-8333-444455556666',
      kind: 'concern',
      status: 'investigating',
      received: '2026-11-01',
      acknowledged: '2026-11-02',
      updated: '2026-11-04',
      acknowledgeTarget: '2026-01-13',
      acknowledgeBy: '2026-11-08',
      feedbackBy: '2027-02-02',
      updateBy: '2026-12-04',
      opened: true,
      unread: 0,
      messages: 2,
      replies: 1,
      revision: 9,
    },
    report: REPORT,
    hasIdentity: true,
    timeline: TIMELINE,
    files: [
      {
        ref: { of: 'attachment', number: 1 },
        position: 5,
        name: 'ledger <b>.xlsx',
        mediaType: '',
        size: 48_000,
        sha256: 'ab'.repeat(32),
        cleaned: ['author'],
        proven: true,
      },
    ],
    missingFiles: [],
    missingMessages: [],
    mailboxHolds: true,
    assessed: true,
    allowed: [],
    takesTwo: false,
    outcomes: [],
    ...changes,
  };
}

/** The tags of a page, in order, by a scan that knows no more than that tags begin with `<`. */
function tags(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

describe('caseAsHtml', () => {
  const html = caseAsHtml(made(), CONTEXT);

  it('is one file that calls nothing', () => {
    expect(html.startsWith('<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">')).toBe(true);
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(html).toContain('<meta name="referrer" content="no-referrer">');
    expect(html).toContain('<title>Case 3f2a9c1e</title>');
    expect(html).not.toMatch(/<script|<link|<img|<a[\s>]|\ssrc=|\shref=|\sstyle=|url\(|@import/);
  });

  it('has what is in the case', () => {
    for (const words of [
      'This file is not sealed any more',
      'Example Ltd',
      'Accounting, controls or audits',
      'Being looked into',
      'The same invoice was paid twice.\nסכום גדול 👩🏽\u200d💻',
      'I saw both payments',
      'Compliance Office\ngone',
      '23 November 2026',
      'Status: Concluded, set by',
      'Outcome: Handed on',
      'One more thing',
      'ledger &lt;b&gt;.xlsx</bdi>, 46 kB',
      'ab'.repeat(32),
      'names of authors',
      'Thank you',
      'Ask the bank',
      'First assessment: Enough to look into',
      'Deadline missed: acknowledgement, due by 8 November 2026',
      'In confidence',
    ]) {
      expect(html).toContain(words);
    }
    // What was not answered has no heading.
    expect(html).not.toContain('<h3>Where</h3>');
  });

  it('marks notes as internal, and nothing else', () => {
    const parts = html.split('<li').filter((part) => part.includes('Internal: never show this to the reporter'));
    expect(parts).toHaveLength(2);
    expect(parts[0]).toContain('Ask the bank');
    expect(parts[1]).toContain(
      'Conclusion: Concluded, Confirmed. What was done: Books or accounts were corrected; &lt;later&gt;',
    );
  });

  it('warns of what is not proven, missing or cannot be opened', () => {
    const part = html.split('<li').find((each) => each.includes('Write to me elsewhere'));
    expect(part).toContain('Not proven to be from the reporter');
    expect(html.split('<li').find((each) => each.includes('One more thing'))).not.toContain('Not proven');
    expect(html).toContain('<bdi>attachment</bdi> number 3 cannot be opened');
    expect(html).toContain('Not proven to be from the reporter: message 2.');
    const worse = caseAsHtml(made({ missingMessages: [3, 4], missingFiles: [2], mailboxHolds: false }), CONTEXT);
    expect(worse).toContain('file 2 of the reporter');
    expect(worse).toContain('message 3, 4');
    expect(worse).toContain('another mailbox');
    expect(caseAsHtml(made({ timeline: [] }), CONTEXT)).not.toContain('Take care');
  });

  it('says why a report cannot be opened', () => {
    const { report: _, ...rest } = made();
    const unopened = caseAsHtml({ ...rest, reportProblem: 'broken' }, CONTEXT);
    expect(unopened).toContain('The report cannot be opened. The seal is broken');
  });

  it('holds who the reporter is only if it is passed', () => {
    expect(html).not.toContain('Who the reporter is');
    const identity = { name: 'the night guard', contact: '', fromReporter: false };
    const named = caseAsHtml(made(), CONTEXT, identity);
    expect(named).toContain('<h2>Who the reporter is</h2>');
    expect(named).toContain('the night guard');
    expect(named).toContain('not given');
    expect(named).toContain('It is not proven that this comes from the reporter');
  });

  it('leaves out whether a name was given until the case is assessed', () => {
    const early = caseAsHtml(made({ assessed: false }), CONTEXT);
    expect(early).not.toContain('In confidence');
    expect(early).toContain('is left out until a first assessment is recorded');
  });

  it('is the same page, tag by tag, whatever is written in it', () => {
    // Every text of the case, made hostile: the tags must be those of the harmless page.
    const harmless = 'harmless';
    const fill = (text: string): string =>
      caseAsHtml(
        made({
          summary: { ...made().summary, status: text, outcome: text, received: text },
          report: {
            ...REPORT,
            category: text,
            narrative: text,
            when: text,
            where: text,
            who_else_knows: text,
            how_you_know: text,
            how_many_know: text,
            concerns: [text],
            chosen: text,
          },
          timeline: TIMELINE.map((item) => {
            const changed = { ...item, day: text } as Record<string, unknown>;
            for (const field of ['text', 'title', 'recipient', 'kind', 'status', 'outcome', 'reason', 'assessment']) {
              if (field in changed) {
                changed[field] = text;
              }
            }
            return changed as unknown as TimelineItem;
          }),
        }),
        { ...CONTEXT, organisation: text, madeBy: text },
        { name: text, contact: text, fromReporter: true },
      );
    const hostile = fill(HOSTILE);
    expect(tags(hostile)).toEqual(tags(fill(harmless)));
    expect(hostile).toContain(
      '&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; &quot;&#39;&amp;amp;',
    );
    expect(hostile).toContain('\\u{202e}gpj.exe \\u{0}\\u{1b}[31m');
    expect(hostile).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
  });

  it('isolates each text', () => {
    const start = HOSTILE.slice(0, 6).replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const hostile = caseAsHtml(made({ report: { ...REPORT, narrative: HOSTILE, category: HOSTILE } }), CONTEXT);
    expect(hostile).toContain(`<div class="written" dir="auto">${start}`);
    expect(hostile).toContain(`<bdi>${start}`);
  });
});
