import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { fillIn, send, shownWords } from './support/reporter.js';

interface Chosen {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

function note(name: string, text = 'Three of them.'): Chosen {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

async function open(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/report`);
  await fillIn(page, { narrative: 'See the files.' });
}

const choose = (page: Page, files: readonly Chosen[]): Promise<void> =>
  page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles([...files]);

test('Names on the list turn nothing around, and are shown as they will be called', async ({ page, demo }) => {
  const before = new Set((await demo.cases('chair')).map(({ id }) => id));
  await open(page, demo.url);
  await choose(page, [note('plan\u202efdp.TXT'), note('תקציב.csv'), note('list.csv')]);
  const labels = page.locator('.kept label');
  await expect(labels).toHaveText(['planfdp.TXT 14 bytes', 'תקציב.csv 14 bytes', 'list.csv 14 bytes']);
  await expect(labels.locator('bdi')).toHaveCount(3);
  await expect(page.getByLabel('Choose more files')).toHaveCSS('font-size', '0px');

  await page.getByRole('checkbox', { name: 'תקציב.csv' }).uncheck();
  await page.getByRole('checkbox', { name: 'Give the files neutral names' }).check();
  await expect(labels).toHaveText(['planfdp.TXT as “file 1.txt” 14 bytes', 'תקציב.csv 14 bytes', 'list.csv as “file 2.csv” 14 bytes']);
  // A screen reader is told of what is found together with the name of the file.
  await expect(page.locator('.kept[aria-live="polite"] > li[aria-atomic="true"]')).toHaveCount(3);
  await send(page);
  await shownWords(page);
  const id = (await demo.cases('chair')).map((listed) => listed.id).find((each) => !before.has(each)) ?? 'none';
  const shown = await demo.recipient('chair', 'show', id);
  expect(shown).toContain('| file 1.txt');
  expect(shown).toContain('removed from it  nothing: it was looked into, and no hidden data was found');
  expect(shown).toContain('| file 2.csv');
  expect(shown).not.toContain('planfdp');
});

test('Files beyond the limit are named, and those that were left out do not count', async ({ page, demo }) => {
  await open(page, demo.url);
  await choose(page, Array.from({ length: 21 }, (_, at) => note(`page ${String(at + 1)}.txt`)));
  const problem = page.locator('#files-error');
  await expect(problem).toHaveText('At most 20 files go along at once. Left out: “page 21.txt”. You can add them later, with a message.');
  await page.getByRole('checkbox', { name: 'page 3.txt', exact: false }).uncheck();
  await choose(page, [note('page 21.txt'), note('page 22.txt')]);
  await expect(problem).toContainText('Left out: “page 22.txt”.');
  await expect(page.getByRole('checkbox', { name: 'page 21.txt' })).toBeChecked();
  await page.getByRole('checkbox', { name: 'page 3.txt' }).click();
  await expect(page.getByRole('checkbox', { name: 'page 3.txt' })).not.toBeChecked();
  await expect(problem).toContainText('Left out: “page 3.txt”.');
});

test('Where the connection fails amid the files, the page says what became of them', async ({ page, demo }) => {
  await open(page, demo.url);
  await choose(page, [note('one.txt'), note('two.txt')]);
  let uploads = 0;
  await page.route('**/upload', (route) => ((uploads += 1) === 2 ? route.abort() : route.continue()));
  await send(page);
  await expect(page.getByRole('alert')).toContainText('the files that you chose are still here; what has arrived of them is not sent again.');
  await send(page);
  await shownWords(page);
  expect(uploads).toBe(3);
});
