import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Download, Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { openCase, unlock } from './support/recipient.js';
import { fillIn, send } from './support/reporter.js';
import type { Service } from './support/service.js';

interface Sent {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Takes so long to open that it can be cancelled on the way. */
const LONG: Sent = { name: 'film.bin', mimeType: '', buffer: Buffer.alloc(24_000_000, 'candor\0') };
const NOTE: Sent = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Eland: three of them.') };
const PRETENDER: Sent = {
  name: 'photo.png',
  mimeType: 'image/png',
  buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned = 1"/>'),
};
const DAMAGED: Sent = { name: 'scan.png', mimeType: 'image/png', buffer: Buffer.from('\x89PNG\r\n\x1a\n and no more', 'latin1') };
const MISLEADING: Sent = { name: `invoice.pdf${' '.repeat(80)}\u202e.exe`, mimeType: 'application/pdf', buffer: Buffer.from('MZ') };
const HEIC: Sent = { name: 'IMG_1.HEIC', mimeType: 'image/heic', buffer: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1') };
const PICTURE = resolve('../../clean/corpus/palette.png');

async function report(browser: Browser, demo: Service, narrative: string, files: readonly Sent[] | string): Promise<void> {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative });
  await page.getByLabel('Choose files').setInputFiles(typeof files === 'string' ? files : [...files]);
  await send(page);
  const words = page.locator('main ol[translate=no] li');
  const look = page.getByRole('alert').filter({ hasText: 'Look at your files' });
  await expect(look.or(words.first())).toBeVisible();
  if (await look.isVisible()) {
    await send(page);
  }
  await expect(words).toHaveCount(12);
  await page.close();
}

function file(page: Page, name: string): Locator {
  return page.locator('.files li').filter({ has: page.locator('> .file-name', { hasText: name }) });
}

const button = (item: Locator, name: string): Locator => item.getByRole('button', { name, exact: true });

function downloads(page: Page): readonly Download[] {
  const seen: Download[] = [];
  page.on('download', (download) => seen.push(download));
  return seen;
}

/** Presses Cancel as soon as some of the file is opened; tells how many percent that was. */
async function cancelOnTheWay(page: Page): Promise<number> {
  return page.evaluate(() => new Promise<number>((done) => {
    const look = (): void => {
      const bar = document.querySelector<HTMLProgressElement>('.files progress');
      if (bar === null || bar.value === 0) {
        requestAnimationFrame(look);
        return;
      }
      const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Cancel');
      button?.focus();
      button?.click();
      done(bar.value);
    };
    look();
  }));
}

test('Files are saved by keyboard, once each, cancelled on the way, and out of reach after locking', async ({ page, browser, demo }) => {
  await report(browser, demo, 'Eland: a film, a note and a picture.', [LONG, NOTE]);
  await report(browser, demo, 'Gemsbok: a picture alone.', PICTURE);
  await unlock(page, demo, 'chair');
  await openCase(page, 'Eland');
  const seen = downloads(page);

  await test.step('the focus stays where it was when a file has been saved', async () => {
    await button(file(page, 'note.txt'), 'Save').focus();
    await page.keyboard.press('Enter');
    await expect(file(page, 'note.txt').getByRole('status')).toContainText('Saved to your downloads');
    await expect(button(file(page, 'note.txt'), 'Save')).toBeFocused();
    await expect(file(page, 'note.txt')).toContainText('It was looked into before it was sealed, and no hidden data was found in it.');
    await expect(file(page, 'film.bin')).toContainText('Nothing was removed from it before it was sealed. Look for hidden data');
    expect(seen.map((each) => each.suggestedFilename())).toEqual(['note.txt']);
  });

  await test.step('cancelled in the middle, nothing is saved, and the focus goes back', async () => {
    const film = file(page, 'film.bin');
    const [percent] = await Promise.all([cancelOnTheWay(page), button(film, 'Save').press('Enter')]);
    expect(percent).toBeLessThan(100);
    await expect(button(film, 'Cancel')).toHaveCount(0);
    await expect(button(film, 'Save')).toBeFocused();
    await expect(film.getByRole('status')).toHaveText('Stopped. Nothing was saved.');
    await expect(film.getByRole('alert')).toHaveCount(0);
    expect(seen).toHaveLength(1);
  });

  await test.step('two clicks save it once', async () => {
    await button(file(page, 'film.bin'), 'Save').dblclick();
    await expect(file(page, 'film.bin').getByRole('status')).toContainText('Saved to your downloads');
    expect(seen).toHaveLength(2);
  });

  await test.step('on paper the files are listed, without buttons', async () => {
    await page.emulateMedia({ media: 'print' });
    await expect(file(page, 'film.bin').locator('.file-name')).toBeVisible();
    await expect(file(page, 'film.bin').locator('.file-actions')).toBeHidden();
    await page.emulateMedia({ media: null });
  });

  await test.step('a picture that was shown cannot be loaded again once it is hidden or the console locked', async () => {
    const loads = (address: string): Promise<boolean> => page.evaluate((from) => new Promise<boolean>((done) => {
      const image = new Image();
      image.addEventListener('load', () => done(true));
      image.addEventListener('error', () => done(false));
      image.src = from;
    }), address);
    await page.getByRole('link', { name: 'Cases', exact: true }).first().click();
    await openCase(page, 'Gemsbok');
    const picture = page.getByRole('img', { name: 'Picture: palette.png' });
    for (const [name, within] of [['Hide', file(page, 'palette.png')], ['Lock', page.locator('body')]] as const) {
      await button(file(page, 'palette.png'), 'Show').click();
      await expect(picture).toHaveJSProperty('complete', true);
      const address = await picture.evaluate((image) => (image as HTMLImageElement).src);
      expect(await loads(address), `before ${name}`).toBe(true);
      await button(within, name).click();
      await expect(picture).toHaveCount(0);
      expect(await loads(address), `after ${name}`).toBe(false);
    }
  });
});

test('A file that only pretends, or was changed, moved or cut off on its way, harms nobody and does not vanish', async ({ page, browser, demo }) => {
  await report(browser, demo, 'Dugong: odd files.', [PRETENDER, DAMAGED, MISLEADING, NOTE, HEIC, { ...HEIC, name: 'beach.jpg' }]);
  await unlock(page, demo, 'chair');
  await openCase(page, 'Dugong');
  const seen = downloads(page);

  await test.step('markup is shown as text, and a damaged picture not at all', async () => {
    await button(file(page, 'photo.png'), 'Show').click();
    await expect(page.getByRole('region', { name: 'Text of photo.png' })).toContainText('<svg xmlns=');
    await button(file(page, 'scan.png'), 'Show').click();
    await expect(file(page, 'scan.png').getByRole('status')).toContainText('cannot show this picture');
    await expect(button(file(page, 'scan.png'), 'Show')).toBeVisible();
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  });

  await test.step('a picture that browsers do not draw is not offered to be shown, and said to be one', async () => {
    await expect(button(file(page, 'IMG_1.HEIC'), 'Save')).toBeVisible();
    await expect(button(file(page, 'IMG_1.HEIC'), 'Show')).toHaveCount(0);
    await button(file(page, 'beach.jpg'), 'Show').click();
    await expect(file(page, 'beach.jpg').getByRole('status')).toContainText('This kind of picture cannot be shown here.');
  });

  await test.step('an ending is not pushed out of sight', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(file(page, 'invoice'), 'Save').click()]);
    expect(download.suggestedFilename()).toBe('invoice.pdf .exe');
  });

  await test.step('one changed byte, another file or a missing end: nothing is given out', async () => {
    const before = seen.length;
    const note = file(page, 'note.txt');
    const changes: readonly ((sealed: Buffer) => Buffer)[] = [
      (sealed) => { sealed[sealed.length - 40] = (sealed[sealed.length - 40] ?? 0) ^ 1; return sealed; },
      (sealed) => sealed.subarray(0, sealed.length - 100),
    ];
    for (const change of changes) {
      await page.route('**/api/v1/cases/*/attachments/4', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: change(await response.body()) });
      });
      await button(note, 'Save').click();
      await expect(note.getByRole('alert')).toContainText('This file is not what was sealed.');
      await page.unrouteAll();
    }
    await page.route('**/api/v1/cases/*/attachments/4', async (route) => {
      await route.continue({ url: route.request().url().replace(/4$/u, '3') });
    });
    await button(note, 'Try again').click();
    await expect(button(note, 'Save')).toBeFocused();
    await expect(note.getByRole('alert')).toContainText('This file is not what was sealed.');
    await page.unrouteAll();
    expect(seen).toHaveLength(before);
  });

  await test.step('a file that the service puts elsewhere, or leaves out, is told of', async () => {
    await page.route(/\/api\/v1\/cases\/[0-9a-f-]{36}$/u, async (route) => {
      const response = await route.fetch();
      const whole = (await response.json()) as { entries: { kind: string; number: number; position: number }[] };
      const entries = whole.entries
        .filter(({ kind, number }) => kind !== 'attachment' || number !== 1)
        .map((entry) => (entry.kind === 'attachment' && entry.number === 4 ? { ...entry, position: 50 } : entry));
      await route.fulfill({ response, json: { ...whole, entries } });
    });
    await page.getByRole('link', { name: 'Cases', exact: true }).first().click();
    await openCase(page, 'Dugong');
    await expect(page.getByRole('alert')).toContainText('File 1 of the reporter is missing');
    await expect(page.getByRole('heading', { name: 'Files without what they came with' })).toBeVisible();
    await button(file(page, 'note.txt'), 'Show').click();
    await expect(page.getByRole('region', { name: 'Text of note.txt' })).toContainText('three of them');
  });
});

test('What is too much for a reply is said before anything is sent, and after locking files are asked for again', async ({ page, browser, demo }) => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-large-'));
  const large = join(folder, 'archive.zip');
  const handle = await open(large, 'w');
  await handle.truncate(250 * 1024 * 1024 + 1);
  await handle.close();
  await report(browser, demo, 'Kudu: please answer.', [NOTE]);
  await unlock(page, demo, 'chair');
  await openCase(page, 'Kudu');
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(new URL(request.url()).pathname));

  await page.getByLabel('Attach files').setInputFiles([large]);
  await expect(page.getByRole('alert')).toContainText('archive.zip is larger than 250 MB');
  const many = Array.from({ length: 21 }, (_, at) => ({ ...NOTE, name: `page ${String(at + 1)}.txt` }));
  await page.getByLabel('Attach files').setInputFiles(many);
  await expect(page.getByRole('alert')).toContainText('At most 20 files');
  await expect(page.locator('.chosen li')).toHaveCount(20);
  for (let left = 20; left > 1; left--) {
    await page.locator('.chosen').getByRole('button').last().click();
  }
  await expect(page.locator('.chosen li')).toHaveText([/page 1\.txt/u]);
  await expect(page.getByLabel('Attach files')).toBeFocused();
  await expect(page.getByText('At most 20 files')).toHaveCount(0);
  await page.getByLabel('Your reply').fill('Please read page one.');

  await page.route('**/api/v1/uploads', (route) => route.abort());
  await page.getByRole('button', { name: 'Seal and send' }).click();
  await expect(page.getByRole('alert')).toContainText('The service does not answer.');
  await expect(page.getByLabel('Your reply')).toHaveValue('Please read page one.');
  await expect(page.locator('.chosen li')).toHaveText([/page 1\.txt/u]);
  expect(sent.filter((path) => path.endsWith('/replies'))).toEqual([]);
  await page.unrouteAll();

  // Neither button that goes away takes the focus with it.
  await page.route('**/api/v1/uploads', () => new Promise(() => undefined));
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter');
  await page.locator('.textbox').getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Cancelled. Nothing was sent or saved.');
  await expect(page.getByRole('button', { name: 'Seal and send' })).toBeFocused();
  await page.unrouteAll();

  await page.getByRole('button', { name: 'Lock' }).click();
  await page.getByLabel('Key file').setInputFiles(join(demo.folder, 'keys', 'chair.key'));
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.locator('article.case')).toBeVisible();
  await expect(page.getByLabel('Your reply')).toHaveValue('Please read page one.');
  await expect(page.getByText('Choose again what is to go with the reply: page 1.txt')).toBeVisible();
  await page.getByLabel('Attach files').setInputFiles([{ ...NOTE, name: 'page 1.txt' }]);
  await expect(page.getByText('Choose again')).toHaveCount(0);
  await page.route('**/api/v1/uploads', (route) => route.abort(), { times: 1 });
  await page.getByRole('button', { name: 'Seal and send' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByText('Your reply was sent.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Seal and send' })).toBeFocused();
  await expect(file(page, 'page 1.txt')).toHaveCount(1);
  await rm(folder, { recursive: true });
});

test('The console does not lock while a file is on its way, and does once it is not', async ({ page, demo }) => {
  await page.clock.install();
  await unlock(page, demo, 'chair');
  await openCase(page, 'After I asked a question about overtime');
  await page.route('**/api/v1/cases/*/attachments/1', () => new Promise(() => undefined));
  const board = file(page, 'shift-board.png');
  await button(board, 'Save').click();
  await page.clock.runFor('16:00');
  await button(board, 'Cancel').click();
  await expect(button(board, 'Cancel')).toHaveCount(0);
  // The page scrolls a little as the bar goes, in real time, and scrolling is activity, too.
  await expect(async () => {
    await page.clock.runFor('15:01');
    await expect(page.getByText('Locked after 15 minutes without activity')).toBeVisible({ timeout: 1_000 });
  }).toPass();
});
