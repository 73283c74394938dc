// What a large file costs, both ways, in a real browser: npm run large-file [MIB]
import { chromium as browserType, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { createHash, randomFillSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { chromium } from './support/chromium.js';
import { openCase, unlock } from './support/recipient.js';
import { fillIn, send, shownWords } from './support/reporter.js';
import { Service } from './support/service.js';

const MIB = 1024 * 1024;
const size = Number(process.argv[2] ?? 250);
const folder = await mkdtemp(join(tmpdir(), 'candor-large-'));
const film = join(folder, 'film.mp4');

async function hash(path: string): Promise<string> {
  const sum = createHash('sha256');
  await pipeline(createReadStream(path), sum);
  return sum.digest('hex');
}

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; value: T }> {
  const begun = performance.now();
  const value = await work();
  return { seconds: (performance.now() - begun) / 1000, value };
}

/** The most memory that the server has had, or has, in MiB. */
async function memory(demo: Service, field: 'VmHWM' | 'VmRSS'): Promise<number> {
  const status = await readFile(`/proc/${String(demo.process)}/status`, 'utf8');
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'mu').exec(status)?.[1] ?? NaN) / 1024;
}

function row(what: string, seconds: number, byAge: number): void {
  const speed = `${(size / seconds).toFixed(0)} MiB/s`.padStart(10);
  console.log(`${speed}  ${(byAge / seconds).toFixed(2)} of age  ${what}`);
}

/** Reports with the file; the seconds are those in which the file was sent and, where scripts run, sealed. */
async function report(page: Page, url: string, narrative: string): Promise<number> {
  page.setDefaultTimeout(600_000);
  await page.goto(`${url}/report`);
  await fillIn(page, { narrative });
  await page.getByLabel('Choose files').setInputFiles(film);
  const look = page.getByRole('alert').filter({ hasText: 'Look at your files' });
  const sending = timed(async () => {
    await send(page);
    await look.waitFor();
  });
  const first = (await sending).seconds;
  const { seconds } = await timed(async () => {
    await send(page);
    await page.locator('main ol[translate=no] li').first().waitFor();
  });
  await shownWords(page);
  return Math.max(first, seconds);
}

const file = await open(film, 'w');
const piece = Buffer.alloc(MIB);
for (let written = 0; written < size; written += 1) {
  await file.write(randomFillSync(piece));
}
await file.close();
const expected = await hash(film);
const key = execFileSync('age-keygen', [], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
const recipient = /public key: (age1\S+)/u.exec(key)?.[1] ?? '';
const sealedByAge = await timed(async () => execFileSync('age', ['-r', recipient, '-o', join(folder, 'film.age'), film]));

const demo = await Service.demo();
const browser = await browserType.launch(chromium);
try {
  console.log(`A file of ${size} MiB; the age command seals it at ${(size / sealedByAge.seconds).toFixed(0)} MiB/s.`);
  const idle = await memory(demo, 'VmRSS');
  const without = await browser.newPage({ javaScriptEnabled: false });
  row('sent without scripts and sealed by the service', await report(without, demo.url, 'Ocelot: the film, plain.'), sealedByAge.seconds);
  const withScripts = await browser.newPage();
  row('sealed in the browser and sent', await report(withScripts, demo.url, 'Serval: the film, sealed.'), sealedByAge.seconds);

  const chair = await browser.newPage({ acceptDownloads: true });
  chair.setDefaultTimeout(600_000);
  await unlock(chair, demo, 'chair');
  for (const words of ['Ocelot', 'Serval']) {
    await openCase(chair, words);
    const { seconds, value: download } = await timed(async () => {
      const [download] = await Promise.all([
        chair.waitForEvent('download', { timeout: 600_000 }),
        chair.locator('.files li').getByRole('button', { name: 'Save' }).click(),
      ]);
      await download.path();
      return download;
    });
    const same = (await hash(await download.path())) === expected;
    row(`opened in the console and saved (${words}): SHA-256 ${same ? 'equal' : 'DIFFERENT'}`, seconds, sealedByAge.seconds);
    if (!same) process.exitCode = 1;
    await chair.getByRole('link', { name: 'All cases' }).click();
  }
  const grown = (await memory(demo, 'VmHWM')) - idle;
  console.log(`${`${grown.toFixed(1)} MiB`.padStart(10)}  the most that the server's memory has grown`);
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
