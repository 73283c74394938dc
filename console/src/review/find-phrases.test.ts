import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findTellingPhrases } from './find-phrases';
import { PHRASE_KINDS, type PhraseKind } from './phrase';

/** What the page says of each kind. */
const sentences = readFileSync(new URL('../../../server/locales/en/sealing.ftl', import.meta.url), 'utf8');

/** A report that says all that is needed and nothing of who wrote it. */
const REPORT = `Since about March 2024 the plant in the north has paid invoices from a consulting firm for work that nobody can describe. The firm is called Northbridge Advisory. Its invoices, numbers 4711, 4712 and 4790, come to 48,500.00 euros each and are always just below the limit of 50,000 at which a second signature is required. In total 12 invoices were paid between March and November, about 0.6 million euros, or 3.5% of the budget. The ratio of consulting to maintenance costs went from 1:10 to 1:4 within a year.

The finance director approves all of them as the regional manager asked. He told the accounts department that the board knows about it, such as the chairman and a member of the audit committee. The purchase orders were created afterwards; on 3 March and on 17 May 2024 three of them were dated back. The documents are in the folder "Consulting 2024" on the shared drive, and account 4420 shows the payments. The case ID: 20240317 in the ticket system refers to it, and so does order ID: 88123.

According to the commercial register the firm was founded in January 2024 and has one shareholder, who lives at the same address as the director's brother. It has no employees and no website. The contract was extended twice without a tender; the contract extension 2025 is already signed. A former auditor asked about the invoices in April and was told that this is none of his business. No one else was paid in this way.

I have attached copies of four invoices and two e-mails. I think that the payments should be stopped, and that somebody from outside should look at the bank statements of 2024 and 2025, IBAN ending 0532 0130 00. At 3.50 euros per unit, the price is far above the market. I am worried that the files will be deleted, and I would like to know whether this can be looked into before the annual accounts are closed in May. I may add more later; please ask your questions here.`;

function kinds(text: string): readonly PhraseKind[] {
  return findTellingPhrases(text).map(({ kind }) => kind);
}

function marked(text: string): readonly string[] {
  return findTellingPhrases(text).map(({ start, end }) => text.slice(start, end));
}

test('a report of 300 words that names no writer raises no alarm', () => {
  expect(REPORT.split(/\s+/u).length).toBeGreaterThan(300);
  expect(marked(REPORT)).toEqual([]);
});

const HITS: Readonly<Record<PhraseKind, readonly string[]>> = {
  own_job: [
    'As the payroll clerk, I see all transfers.',
    'I noticed it as the payroll clerk.',
    'They ask my team to sign.',
    'I am the only woman on the night shift.',
    'In my role I see the invoices.',
    'My manager told us to wait.',
    'My line manager knows.',
    'I work in accounts payable.',
    'I worked at the Leeds branch.',
    'I’ve been working as a driver for years.',
    'I am currently employed in the warehouse.',
    'I am a senior nurse.',
    'When I joined in 2019 this was already so.',
    'It began after I was promoted.',
    'I have been here for twelve years.',
    'I supervise the cleaners.',
    'They shouted at us in our\n office.',
  ],
  only_i_know: [
    'Only I know the password.',
    'Nobody else knows about this.',
    'No one else has seen the letter.',
    'There was just me and the director.',
    'I was the only one in the room.',
    'He told me alone.',
    'She told me in confidence that it was fake.',
    'I am one of three people with a key.',
    'It was just the two of us.',
    'Everyone except me signed.',
  ],
  signature: [
    'Please look into it.\n\nRegards,\nErika Mustermann',
    'Kind regards\nE. Mustermann\n',
    'Yours sincerely,\n\nMax Mustermann',
    'Thanks, Max',
    'My name is Max.',
    'Hello, this is Max from accounting.',
    'I am Max Mustermann.',
  ],
  email: ['Write to max.mustermann@example.org, please.', 'x@y.co'],
  phone: [
    'Call +44 20 7946 0958.',
    'It is +49 (0)30 1234567 in the evening.',
    '0044 20 7946 0958',
    'My number: 020 7946 0958',
    'Mobile 07700 900123',
    '07700900123',
    '(212) 555-0100',
    '212-555-0100',
    'Try ext. 4711.',
    'I am on extension 4711.',
    'Phone: 55 51 23',
  ],
  exact_time: [
    'They met at 14:35.',
    'at 2.30 pm',
    'It was 7pm.',
    'yesterday at noon',
    'On 3 March at 9 he came in.',
    'On March 3rd, 2024, around ten he came.',
    'last Friday at four',
    'half past eight',
    'at nine o’clock',
    'at 9:05',
  ],
  employee_number: [
    'employee no. 12345',
    'Staff number: A-4711',
    'badge 4711',
    'badge #4711',
    'ID: 47110815',
    'my login is mm47',
  ],
  family: ['My wife works there too.', 'my brother works in the same plant', 'my mother-in-law', 'my neighbour saw it'],
  address: ['12 Mill Lane', '221b Upper Baker Street', 'PO Box 17', 'LS1 4AP'],
  handle: ['Find me as @max_m on there.', 'https://www.linkedin.com/in/max-m'],
};

describe.each(PHRASE_KINDS)('%s', (kind) => {
  test.each(HITS[kind])('%j', (text) => {
    expect(kinds(text)).toEqual([kind]);
  });

  test('has a sentence that stays calm', () => {
    const id = `review-${kind.replaceAll('_', '-')} = `;
    const line = sentences.split('\n').find((each) => each.startsWith(id)) ?? '';
    expect(line.slice(id.length)).toMatch(/^[A-Z][^!]{40,220}\.$/u);
  });
});

test.each([
  'The finance director works as the buyer of the plant.',
  'He was introduced as the new finance director.',
  'Suppliers such as a driver, a cleaner and an engineer were paid.',
  'The invoices 4711 and 4712 of 2024 came to 1 200 000 euros.',
  'They paid €020 300 4000 and $212.555.01 in 2023.',
  'On 03-05-2024, 2024-03-05 and 03/05/2024 nothing was booked.',
  'Account 0532 and invoice 0012-3345 do not match.',
  'It happened in March 2024, and again in May.',
  'The rate rose from 2.30 to 2.45.',
  'The invoice ID: 123456 is missing, as is the supplier ID: 998877.',
  'Regards to nobody,\na concerned employee',
  'Kind regards,\nA concerned employee',
  'Thanks,\nAnonymous',
  'Thank you. The Board should know.',
  'My report is about fraud. My question is whether I can add more. My concern is serious.',
  'His wife and her brother own the company.',
  'The manager told his team; their department paid.',
  'No one else was paid. Only the director signs.',
  'I report this to the committee. I managed to copy it.',
  'The score was 3:2 and the scale is 1:100.',
  'price @ 30 euros each',
  'The money went to DE89 3704 0044 0532 0130 00 and to GB29 NWBK 6016 1331 9268 19.',
  'As an employee I have a duty to say this. The card ends in 4111 1111 1111 1111.',
  'I was told that I am not the first one who asks. I worry about what comes next.',
  'Since 2019, at 40 sites in 12 countries, 1.5 million were spent at 3.50 each.',
])('no alarm: %j', (text) => {
  expect(marked(text)).toEqual([]);
});

test('places are counted as the page counts them, and hold what was found', () => {
  const text = 'Ünïcode 👩🏽‍💻 first. I’m Max Mustermann. Write to max@example.org';
  expect(marked(text)).toEqual(['I’m Max Mustermann', 'max@example.org']);
});

test('phrases that overlap become one, in order', () => {
  const text =
    'My brother saw it at 14:35. As the payroll clerk I work in the payroll office with my team. max@example.org';
  const found = findTellingPhrases(text);
  expect(found.map(({ kind }) => kind)).toEqual(['family', 'exact_time', 'own_job', 'own_job', 'own_job', 'email']);
  for (const [at, { start, end }] of found.entries()) {
    expect(end).toBeGreaterThan(start);
    expect(found[at + 1]?.start ?? Infinity).toBeGreaterThanOrEqual(end);
  }
  expect(marked('tel. 020 7946 0958')).toEqual(['tel. 020 7946 0958']);
});

test('no more than fifty are pointed at, the first ones', () => {
  const found = findTellingPhrases('my wife, at 14:35; '.repeat(500));
  expect(found).toHaveLength(50);
  expect(found.at(-1)?.start).toBeLessThan(19 * 25);
});

describe('a text takes time by its length only', () => {
  test.each([
    'a',
    ' ',
    '\n',
    '0',
    '0 ',
    '+1 ',
    '@',
    'a@',
    'a.',
    'a@a.',
    'as the ',
    'I ',
    'I am the ',
    'I have been ',
    'I work at the ',
    'Aa ',
    'Regards,\n',
    'Regards, Aa Aa Aa ',
    'my own ',
    '1 Aa ',
    '12:',
    'at ',
    'ed as the ',
    'employee no. ',
    '\u{1f469}',
  ])('%j', (piece) => {
    const took = (length: number): number => {
      const text = piece.repeat(length / piece.length);
      const start = performance.now();
      findTellingPhrases(text);
      return performance.now() - start;
    };
    took(10_000);
    const once = took(100_000);
    // Four times the length: sixteen times the time if it were not linear, and others run beside the tests.
    expect(took(400_000)).toBeLessThan(10 * Math.max(once, 20));
    expect(once).toBeLessThan(3_000);
  });
});
