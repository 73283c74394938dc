import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { NetworkLog, openCase, unlock } from './support/recipient.js';
import { check, fillIn, send, shownWords } from './support/reporter.js';

const photo = resolve('../../clean/corpus/photo-phone.jpg');
const NARRATIVE = 'Pangolin: the pallets in the picture were counted twice.';
const LIST = 'pallet;numbat\n1;2\n<b>3</b>;4\n';
const TRICKY = 'quetzal\u200b<img src=x onerror=alert(1)>fdp.csv';
/** Two of the pieces in which contents are gathered, and a bit. */
const LONG = Buffer.from(Array.from({ length: 17_000_000 }, (_, at) => (at * 31 + (at >> 8)) & 0xff));
const STATEMENT = Buffer.from(`Kakapo statement.\n${'Please read and confirm.\n'.repeat(40_000)}`);

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

function file(page: Page, name: string): Locator {
  return page.locator('.files li').filter({ has: page.locator('> .file-name', { hasText: name }) });
}

async function saved(page: Page, item: Locator, button = 'Save'): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), item.getByRole('button', { name: button }).click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}

async function reportWithFiles(page: Page, url: string): Promise<string> {
  await page.goto(`${url}/report`);
  await fillIn(page, { narrative: NARRATIVE });
  await page.getByLabel('Choose files').setInputFiles([photo]);
  await page.getByLabel('Choose files').setInputFiles([
    { name: 'photo-phone.jpg', mimeType: 'image/jpeg', buffer: await readFile(photo) },
    { name: TRICKY, mimeType: 'text/csv', buffer: Buffer.from(LIST) },
    { name: 'film.bin', mimeType: '', buffer: LONG },
  ]);
  await send(page);
  await expect(page.getByRole('alert')).toContainText('Look at your files');
  await send(page);
  return (await shownWords(page)).join(' ');
}

test('The chair looks at files, saves them, sends some back, and the reporter saves those with and without scripts', async ({ browser, demo }) => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-files-'));
  const context = await browser.newContext({ acceptDownloads: true });
  const network = new NetworkLog(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  const plain = await browser.newPage({ javaScriptEnabled: false });
  const words = await test.step('somebody reports with files, without scripts', () => reportWithFiles(plain, demo.url));

  await test.step('the chair sees them beside the report, and what was removed', async () => {
    await unlock(page, demo, 'chair');
    await openCase(page, 'Pangolin');
    const report = page.getByRole('region', { name: 'The report' });
    await expect(report.locator('.file-name')).toHaveCount(3);
    await expect(file(page, 'photo-phone.jpg')).toContainText('Removed before it was sealed');
    await expect(file(page, 'photo-phone.jpg')).toContainText('the place');
    await expect(report).toContainText('Files from strangers can do harm');
  });

  await test.step('looks at a picture and at a text, which stay what they are', async () => {
    await file(page, 'photo-phone.jpg').getByRole('button', { name: 'Show' }).click();
    const picture = page.getByRole('img', { name: 'Picture: photo-phone.jpg' });
    await expect(picture).toHaveJSProperty('complete', true);
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(10);
    await file(page, 'quetzal').getByRole('button', { name: 'Show' }).click();
    await expect(page.getByRole('region', { name: 'Text of quetzal' })).toHaveText(/<b>3<\/b>;4/u);
    await expect(file(page, 'film.bin').getByRole('button', { name: 'Show' })).toHaveCount(0);
    await file(page, 'photo-phone.jpg').getByRole('button', { name: 'Hide' }).click();
    await expect(picture).toHaveCount(0);
  });

  await test.step('saves them whole, under names that do not mislead', async () => {
    const list = await saved(page, file(page, 'quetzal'));
    expect(list.name).not.toMatch(/[\u200b<>/\\]/u);
    expect(list.content.toString()).toBe(LIST);
    const film = await saved(page, file(page, 'film.bin'));
    expect(film.name).toBe('film.bin');
    expect(sha256(film.content)).toBe(sha256(LONG));
    const cleaned = await saved(page, file(page, 'photo-phone.jpg'));
    await writeFile(join(folder, 'cleaned.jpg'), cleaned.content);
    const told = execFileSync('exiftool', ['-s', join(folder, 'cleaned.jpg')]).toString();
    expect(told).not.toMatch(/GPS|Model|SerialNumber|Artist/u);
  });

  await test.step('cancels, loses the connection, tries again', async () => {
    const contents = '**/api/v1/cases/*/attachments/*';
    await page.route(contents, () => new Promise(() => undefined));
    await file(page, 'film.bin').getByRole('button', { name: 'Save' }).click();
    await file(page, 'film.bin').getByRole('button', { name: 'Cancel' }).click();
    await expect(file(page, 'film.bin').getByRole('button', { name: 'Save' })).toBeVisible();
    await page.unroute(contents);
    await page.route(contents, (route) => route.abort());
    await file(page, 'film.bin').getByRole('button', { name: 'Save' }).click();
    await expect(file(page, 'film.bin')).toContainText('The service does not answer.');
    await page.unroute(contents);
    const film = await saved(page, file(page, 'film.bin'), 'Try again');
    expect(sha256(film.content)).toBe(sha256(LONG));
  });

  await test.step('sends two files with a reply', async () => {
    await page.getByLabel('Your reply').fill('Please read the statement.');
    await page.getByLabel('Attach files').setInputFiles([
      { name: 'Kakapo statement.txt', mimeType: 'text/plain', buffer: STATEMENT },
      { name: 'wrong.txt', mimeType: 'text/plain', buffer: Buffer.from('left out') },
      { name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) },
    ]);
    await page.getByRole('button', { name: 'Remove wrong.txt' }).click();
    await page.getByRole('button', { name: 'Seal and send' }).click();
    await expect(page.getByText('Your reply was sent.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Remove Kakapo statement.txt' })).toHaveCount(0);
    const own = await saved(page, file(page, 'Kakapo statement.txt'));
    expect(sha256(own.content)).toBe(sha256(STATEMENT));
  });

  await test.step('the sealed copy holds them all, and stock age opens them', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save sealed copy' }).click(),
    ]);
    await download.saveAs(join(folder, 'case.zip'));
    execFileSync('python3', ['-m', 'zipfile', '-e', 'case.zip', 'case'], { cwd: folder });
    const key = join(demo.folder, 'keys/chair.key');
    const age = (...rest: string[]): Buffer => execFileSync('age', ['-d', ...rest], { cwd: join(folder, 'case'), maxBuffer: 1e8 });
    await writeFile(join(folder, 'case.key'), age('-i', key, 'grant.age'));
    for (const [name, content] of [['content-3', LONG], ['reply-1-content-1', STATEMENT]] as const) {
      const opened = age('-i', join(folder, 'case.key'), `${name}.age`);
      expect(sha256(opened.subarray(0, content.length)), name).toBe(sha256(content));
      expect(opened.subarray(content.length).every((byte) => byte === 0), name).toBe(true);
    }
    await page.getByRole('button', { name: 'Save readable copy' }).click();
    const [readable] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save it unsealed' }).click(),
    ]);
    const html = await readFile(await readable.path(), 'utf8');
    expect(html).toContain(sha256(LONG));
    expect(html).toContain('Kakapo statement.txt');
    expect(html).not.toContain('<img');
  });

  for (const reporter of [plain, await browser.newPage({ acceptDownloads: true })]) {
    await test.step(`the reporter saves the reply's files ${reporter === plain ? 'without' : 'with'} scripts`, async () => {
      const seen: string[] = [];
      reporter.on('request', (request) => seen.push(request.postData() ?? ''));
      await check(reporter, demo.url, words);
      const item = reporter.getByRole('listitem').filter({ hasText: 'Kakapo statement.txt' });
      await expect(item).toContainText('976 kB');
      const statement = await saved(reporter, item, 'Save this file');
      expect(statement.name).toBe('Kakapo statement.txt');
      expect(sha256(statement.content)).toBe(sha256(STATEMENT));
      const empty = reporter.getByRole('listitem').filter({ hasText: 'empty.txt' });
      expect((await saved(reporter, empty, 'Save this file')).content).toHaveLength(0);
      if (reporter !== plain) {
        expect(seen.join('\n')).not.toContain(words.split(' ')[0] ?? '');
        await reporter.route('**/check/file', () => undefined, { times: 1 });
        await item.getByRole('button', { name: 'Save this file' }).click();
        await expect(item.getByRole('status')).toHaveText('Fetching and opening the file… 0 %');
        await item.getByRole('button', { name: 'Stop' }).press('Enter');
        await expect(item.getByRole('status')).toHaveText('Stopped. Nothing was saved.');
        await expect(item.getByRole('button', { name: 'Save this file' })).toBeFocused();
        await reporter.route('**/check/file', (route) => route.abort());
        await item.getByRole('button', { name: 'Save this file' }).click();
        await expect(item.getByRole('status')).toContainText('did not arrive whole');
      }
      await reporter.close();
    });
  }

  await test.step('and nothing of the files or their names went over the chair’s line in clear', async () => {
    const log = (await network.text()).toLowerCase();
    expect(log).toContain('/api/v1/uploads');
    for (const secret of ['pangolin', 'numbat', 'quetzal', 'kakapo', 'photo-phone', 'read and confirm']) {
      expect(log.includes(secret), `“${secret}” in the network log`).toBe(false);
    }
  });
  // What the browser says of the connection that was broken off on purpose.
  expect(complaints.filter((each) => !each.includes('net::ERR_FAILED'))).toEqual([]);
  await context.close();
  await rm(folder, { recursive: true, force: true });
});
