import { expect, type Page } from '@playwright/test';
import { mkdtempSync } from 'node:fs';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Services } from './fixtures.js';
import { check, fillIn, fullConcern, send } from './reporter.js';
import type { State } from './states.js';

const corpus = resolve('../../clean/corpus');

/** Files of every sort: cleaned, of no kind that is known, with a password, damaged, and with a name that does not break. */
const sorts = ['photo-phone.jpg', 'letter-word.docx', 'letter.doc', 'encrypted.pdf'].map((name) => join(corpus, name));
const damaged = { name: 'half-a-photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('\xff\xd8\xff\xe0\x00\x10JFIF', 'latin1') };
const unknown = { name: `${'recording_'.repeat(12)}.mp3`, mimeType: 'audio/mpeg', buffer: Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1') };
const plain = { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') };

type Chosen = string | typeof plain;

async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
  for (const file of files) await page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles(file);
}

async function startWith(page: Page, { demo }: Services, files: readonly Chosen[], scripts: boolean): Promise<void> {
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative: 'See the files.' });
  if (scripts) await choose(page, files);
  else await page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles(files as string[]);
}

/** Waits until nothing is being looked into any more. */
async function looked(page: Page): Promise<void> {
  await expect(page.getByText('Looking into it…')).toHaveCount(0);
}

/** What the script asks for next is neither answered nor refused. */
async function holdNext(page: Page, address: string): Promise<void> {
  await page.route(address, () => undefined, { times: 1 });
}

/** What the script asks for next is refused, by something between here and the service. */
async function refuseNext(page: Page, address: string, url: string): Promise<void> {
  const response = await page.request.get(url);
  await page.route(address, (route) => route.fulfill({ response, status: 503, body: '' }), { times: 1 });
}

/** Two files as large as one finds them: too large to be looked into, and too large to be sent. */
async function withLargeFiles(use: (files: readonly string[]) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'candor-files-'));
  const scan = join(folder, 'scan.jpg');
  const film = join(folder, 'film.mov');
  await writeFile(scan, Buffer.from('\xff\xd8\xff\xe0', 'latin1'));
  await truncate(scan, 30 * 1024 * 1024);
  await writeFile(film, '');
  await truncate(film, 300 * 1024 * 1024);
  try {
    await use([scan, film]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Pages with files on them. */
export const fileStates: readonly State[] = [
  {
    name: 'report-with-files',
    status: 200,
    reach: async (page, services) => {
      await startWith(page, services, [join(corpus, 'photo-phone.jpg')], false);
      await send(page);
      await expect(page.getByRole('alert')).toContainText('Look at your files');
    },
  },
  {
    name: 'status-with-files',
    status: 200,
    reach: async (page, { demo }) => {
      await check(page, demo.url, demo.sampleWords);
      await fillIn(page, { message: 'Here is the contract.' });
      await page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles([join(corpus, 'letter.pdf')]);
      await send(page);
      await expect(page.getByRole('alert')).toContainText('Look at your files');
    },
  },
  {
    name: 'files-of-every-sort',
    scripted: true,
    status: 200,
    reach: (page, services) => withLargeFiles(async (large) => {
      await startWith(page, services, [...sorts, damaged, unknown, plain, ...large], true);
      await looked(page);
    }),
  },
  {
    name: 'files-being-looked-into',
    scripted: true,
    status: 200,
    reach: async (page, services) => {
      await holdNext(page, '**/assets/clean-worker-*.js');
      await startWith(page, services, [sorts[0] ?? '', plain], true);
      await page.getByRole('checkbox', { name: 'list.csv' }).uncheck();
    },
  },
  {
    name: 'files-to-try-again',
    scripted: true,
    status: 200,
    reach: async (page, services) => {
      await refuseNext(page, '**/assets/clean-worker-*.js', services.demo.url);
      await startWith(page, services, [sorts[0] ?? ''], true);
      await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'files-under-way',
    scripted: true,
    status: 200,
    reach: async (page, services) => {
      await startWith(page, services, [plain, unknown], true);
      await looked(page);
      await send(page);
      await holdNext(page, '**/upload');
      await send(page);
      await expect(page.getByRole('progressbar')).toBeVisible();
    },
  },
  {
    name: 'files-not-sent',
    scripted: true,
    status: 200,
    reach: async (page, services) => {
      await startWith(page, services, [plain], true);
      await looked(page);
      await refuseNext(page, '**/upload', services.demo.url);
      await send(page);
      await expect(page.getByRole('alert')).toContainText('This was not sent');
    },
  },
  {
    name: 'review',
    scripted: true,
    status: 200,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      const narrative = 'I am the only payroll clerk at the site, and only I know of it.\nWrite to clerk@example.org or call 020 7946 0000.\nIt was on 3 May at 14:35.';
      await fillIn(page, { ...fullConcern, narrative });
      await send(page);
      await expect(page.getByRole('alert')).toContainText('Before you send');
    },
  },
];
