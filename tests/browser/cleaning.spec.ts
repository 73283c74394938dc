import type { Locator, Page } from '@playwright/test';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from './support/fixtures.js';
import { writePdfOfManyObjects } from './support/many-objects.js';
import { expectFilledIn, fillIn, send, shownWords } from './support/reporter.js';

const corpus = resolve('../../clean/corpus');
const photo = join(corpus, 'photo-phone.jpg');
const letter = join(corpus, 'letter.pdf');

let folder = '';
let large = '';

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candor-cleaning-'));
  large = join(folder, 'large.pdf');
  await writePdfOfManyObjects(large, 100_000);
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

/** Chooses files on the page. */
async function choose(page: Page, ...files: readonly string[]): Promise<void> {
  await page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles([...files]);
}

/** What the page says of a file. */
function listed(page: Page, name: string): Locator {
  return page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name }) });
}

/** The longest time that the page did not answer since it was loaded, in milliseconds. */
async function longestTask(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((found) => {
    let longest = 0;
    new PerformanceObserver((list) => {
      longest = Math.max(longest, ...list.getEntries().map((entry) => entry.duration));
    }).observe({ type: 'longtask', buffered: true });
    // Where there was none, none is told of.
    setTimeout(() => found(longest), 1_000);
  }));
}

test('The page goes on answering while a file with very many parts is looked into', async ({ page, demo }) => {
  await page.goto(`${demo.url}/report`);
  await choose(page, large);
  const file = listed(page, 'large.pdf');
  await expect(file).toContainText('Looking into it…');
  await page.locator('#narrative').pressSequentially('Typed meanwhile.');
  await expectFilledIn(page, { narrative: 'Typed meanwhile.' });
  // All of that while the file was being looked into.
  await expect(file).toContainText('Looking into it…');
  await expect(file).toContainText('Removed: names of authors', { timeout: 90_000 });
  expect(await longestTask(page)).toBeLessThan(200);

  // The measure would have noticed.
  await page.evaluate(() => {
    setTimeout(() => {
      for (const until = performance.now() + 300; performance.now() < until; ) void 0;
    }, 0);
  });
  expect(await longestTask(page)).toBeGreaterThan(250);
});

test('A file that is left out while it is looked into stops that, and can be taken along again', async ({ page, demo }) => {
  const before = await readdir(join(demo.folder, 'blobs'));
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative: 'The photo alone.' });
  await choose(page, large, photo);
  const file = listed(page, 'large.pdf');
  const box = page.getByRole('checkbox', { name: 'large.pdf' });
  await expect.poll(() => page.workers().length).toBe(1);
  await file.getByRole('button', { name: 'Leave it out' }).click();
  await expect(file).toContainText('You left it out before it was looked into.');
  await expect(box).not.toBeChecked();
  await expect(box).toBeFocused();
  // The next file has a worker of its own, which did not have to wait.
  await expect(listed(page, 'photo-phone.jpg')).toContainText('the place');

  await box.check();
  await expect(file).toContainText('Looking into it…');
  // Sending waits for it, and goes on when it is left out.
  await send(page);
  await box.uncheck();
  await expect(page.getByRole('alert')).toContainText('Look at your files before you send');
  await send(page);
  await shownWords(page);
  expect(await readdir(join(demo.folder, 'blobs'))).toHaveLength(before.length + 1);
});

for (const part of ['clean-worker', 'pdf']) {
  test(`A file is not called damaged where the part "${part}" of the page does not load, and trying again helps`, async ({ page, context, demo }) => {
    await context.route(`**/assets/${part}-*.js`, (route) => route.abort());
    await page.goto(`${demo.url}/report`);
    await choose(page, letter);
    const file = listed(page, 'letter.pdf');
    await expect(file).toContainText('a part of this page did not load');
    await file.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('checkbox', { name: 'letter.pdf' })).toBeFocused();
    await expect(file).toContainText('a part of this page did not load');
    await context.unroute(`**/assets/${part}-*.js`);
    await file.getByRole('button', { name: 'Try again' }).click();
    await expect(file).toContainText('Removed:');
    await expect(file.getByRole('button')).toHaveCount(0);
  });
}

test('A worker that dies over a file costs that file its cleaning, and the page nothing', async ({ page, context, demo }) => {
  await context.route('**/assets/clean-worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: 'postMessage({ looked: null }); onmessage = () => { throw new Error("no memory"); };' });
  }, { times: 1 });
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative: 'Two files.' });
  await choose(page, letter, photo);
  await expect(listed(page, 'letter.pdf')).toContainText('could not be looked into on this device');
  await expect(listed(page, 'photo-phone.jpg')).toContainText('the place');
  await send(page);
  await expect(page.getByRole('alert')).toContainText('Look at your files before you send');
  await send(page);
  await shownWords(page);
});
