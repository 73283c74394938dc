import { expect, type Page } from '@playwright/test';
import type { Service } from './service.js';
import { named, openCase, unlock } from './recipient.js';
import { fillIn, send } from './reporter.js';

/** A view of the console, and how to reach it in a fresh browser. */
export interface ConsoleState {
  readonly name: string;
  readonly reach: (page: Page, demo: Service) => Promise<void>;
}

/** What a hostile reporter may write: markup, scripts, control and bidirectional characters, emoji, endless words. */
export const HOSTILE = {
  narrative: [
    '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 2"> {{7*7}} ${7*7}',
    'javascript:alert(1) https://evil.example/?steal=1 data:text/html,<script>window.pwned=3</script>',
    'Reversed: \u202egnihton si siht\u202c, isolated: \u2067abc\u2069, zero\u200bwidth, bell\u0007, escape\u001b[31mred',
    'שלום, זה דיווח מימין לשמאל. تقرير من اليمين إلى اليسار.',
    '👩🏽‍💻 🏳️‍🌈 ❤️ 1️⃣ 😀'.repeat(20),
    'x'.repeat(5_000),
    'Z̷͇̐a̵l̸g̶o̷'.repeat(50),
    'line '.repeat(15_000),
  ].join('\n'),
  when: '"><svg onload=window.pwned=4>',
  where: 'y'.repeat(1_000),
  who_else_knows: '<a href="https://evil.example">click</a>',
  identity: 'confidential',
  name: '<b onmouseover="window.pwned=5">' + 'N'.repeat(160),
  contact: 'mailto:evil@example.com '.repeat(30),
} as const;

/** Sends a report from another browser, without scripts. */
export async function reportElsewhere(page: Page, demo: Service, answers: Parameters<typeof fillIn>[1]): Promise<void> {
  const context = await page.context().browser()?.newContext({ javaScriptEnabled: false });
  const reporter = await context?.newPage();
  if (context === undefined || reporter === undefined) throw new Error('no browser');
  await reporter.goto(`${demo.url}/report`);
  await fillIn(reporter, answers);
  await send(reporter);
  await expect(reporter.locator('main ol[translate=no] li')).toHaveCount(12);
  await context.close();
}

const BOOKED = 'Revenue of the spring was booked in winter.';
const BECAUSE = ['--measure', 'books_corrected', '--measure', 'warned', '--text', 'The ledger and the dates of delivery show it.'];

/** Sends a report from another browser; gives the id of its case. */
export async function newCase(page: Page, demo: Service, answers: Parameters<typeof fillIn>[1]): Promise<string> {
  const before = new Set((await demo.cases('chair')).map(({ id }) => id));
  await reportElsewhere(page, demo, answers);
  return (await demo.cases('chair')).find(({ id }) => !before.has(id))?.id ?? 'the new case';
}

async function start(page: Page, demo: Service): Promise<void> {
  await page.goto(`${named(demo.url)}/console`);
}

async function createTo(page: Page, demo: Service, step: 2 | 3): Promise<void> {
  await start(page, demo);
  await page.getByRole('button', { name: 'Create your key' }).click();
  await page.getByRole('button', { name: 'Use this one' }).click();
  if (step === 3) {
    await page.getByRole('button', { name: 'I have written it down' }).click();
    await expect(page.getByRole('heading', { name: 'Save your key file' })).toBeVisible({ timeout: 60_000 });
  }
}

export const consoleStates: readonly ConsoleState[] = [
  { name: 'unlock', reach: start },
  {
    name: 'unlock-wrong',
    async reach(page, demo) {
      await start(page, demo);
      const mimeType = 'text/plain';
      await page.getByLabel('Key file').setInputFiles({ name: 'minutes.docx', mimeType, buffer: Buffer.from('PK no key') });
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      await expect(page.getByText('This is not a key file.')).toBeVisible();
    },
  },
  {
    name: 'create-passphrase',
    async reach(page, demo) {
      await start(page, demo);
      await page.getByRole('button', { name: 'Create your key' }).click();
      await page.getByText('I would rather make up my own').click();
      await page.getByLabel('Your passphrase').fill('audit committee');
      await page.getByRole('button', { name: 'Use this passphrase' }).click();
      await expect(page.getByText('That is too easy to guess.')).toBeVisible();
    },
  },
  { name: 'create-write-down', reach: (page, demo) => createTo(page, demo, 2) },
  { name: 'create-keep', reach: (page, demo) => createTo(page, demo, 3) },
  {
    name: 'inbox',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await expect(page.locator('.line.open').first()).toBeVisible();
      await expect(page.locator('.line.sealed')).toHaveCount(0);
    },
  },
  {
    name: 'inbox-nothing-fits',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await page.getByLabel('Search in the reports').fill('no such word');
      await expect(page.getByText('No case fits')).toBeVisible();
    },
  },
  {
    name: 'addressed',
    async reach(page, demo) {
      await unlock(page, demo, 'supervisor-operations');
      await expect(page.getByRole('heading', { name: 'Addressed to you' })).toBeVisible();
    },
  },
  {
    name: 'case',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await openCase(page, 'After I asked a question about overtime');
    },
  },
  {
    name: 'case-files',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await openCase(page, 'After I asked a question about overtime');
      const report = page.getByRole('region', { name: 'The report' });
      for (const shown of [report.getByRole('img'), report.getByRole('region', { name: /^Text of/u })]) {
        await report.getByRole('button', { name: 'Show', exact: true }).first().click();
        await expect(shown).toBeVisible();
      }
      const mimeType = 'text/plain';
      await page.getByLabel('Attach files').setInputFiles([
        { name: 'Statement.txt', mimeType, buffer: Buffer.from('Please sign.') },
        { name: `${'what_was_agreed_on_the_telephone_'.repeat(6)}.txt`, mimeType, buffer: Buffer.alloc(2_000_000) },
      ]);
    },
  },
  {
    name: 'case-handling',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await openCase(page, 'The person who decides on the cleaning contract');
      await page.getByText('Change status').click();
      await page.getByRole('radio', { name: 'Concluded' }).check();
      await page.getByLabel('How it ended').selectOption({ label: 'Partly confirmed' });
      await page.getByRole('checkbox', { name: 'A process was changed' }).check();
      await page.getByLabel('Why it ends so').fill('Two of the five contracts had no second offer.');
      await page.getByText('Record a first assessment').click();
      await page.getByLabel('Your reply').fill('Who are you?');
      await page.getByRole('button', { name: 'Save readable copy' }).click();
      await expect(page.locator('.preview')).toBeVisible();
    },
  },
  {
    name: 'case-proposed-end',
    async reach(page, demo) {
      const id = await newCase(page, demo, { narrative: BOOKED, category: 'accounting' });
      await demo.recipient('chair', 'status', id, 'assessing');
      await demo.recipient('chair', 'status', id, 'concluded', '--outcome', 'substantiated', ...BECAUSE);
      await unlock(page, demo, 'alternate');
      await openCase(page, BOOKED);
      await expect(page.getByRole('button', { name: 'Agree and end the case' })).toBeVisible();
    },
  },
  {
    name: 'case-hostile',
    async reach(page, demo) {
      await reportElsewhere(page, demo, HOSTILE);
      await unlock(page, demo, 'chair');
      await page.locator('.line.open a', { hasText: 'window.pwned' }).first().click();
      await expect(page.locator('article.case')).toBeVisible();
    },
  },
  {
    name: 'case-unknown',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await page.goto(`${named(demo.url)}/console#/cases/00000000-0000-4000-8000-000000000000`);
      await expect(page.getByText('There is no such case')).toBeVisible();
    },
  },
  {
    name: 'overview',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await page.getByRole('link', { name: 'Overview' }).click();
      await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
    },
  },
  {
    name: 'locked',
    async reach(page, demo) {
      await unlock(page, demo, 'chair');
      await page.getByRole('button', { name: 'Lock' }).click();
      await expect(page.getByText('Locked. If you had typed something')).toBeVisible();
    },
  },
];
