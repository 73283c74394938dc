import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { addPasskeys, named, NetworkLog, openCase } from './support/recipient.js';
import { check, fillIn, send, standing } from './support/reporter.js';
import { Service } from './support/service.js';
import { onTerminal } from './support/stock-age.js';

const NARRATIVE = 'Zebrafinch: the stock count of March was made up at a desk.';
const REPLY = 'Which warehouse was it, quokka or the other?';
const NOTE = 'Axolotl: ask the auditors for their own count.';

test('A chair makes a key, reads, answers, moves a case along, takes a copy, locks, and comes back by passkey', async ({ browser, demo }) => {
  const folder = await mkdtemp(join(tmpdir(), 'candor-console-'));
  const context = await browser.newContext({ acceptDownloads: true });
  const network = new NetworkLog(context);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));

  const key = await test.step('makes a key in the browser', () => makeKey(page, named(demo.url), folder));

  await test.step('which stock age opens with the passphrase', async () => {
    expect(await onTerminal(`age -d -o plain.key ${key.file}`, key.passphrase, folder)).toBe(0);
    expect(execFileSync('age-keygen', ['-y', join(folder, 'plain.key')]).toString().trim()).toBe(key.publicKey);
  });

  const service = await Service.withChair(key.publicKey);
  try {
    const words = await test.step('somebody reports without scripts', async () => {
      const reporter = await browser.newPage({ javaScriptEnabled: false });
      await reporter.goto(`${service.url}/report`);
      await fillIn(reporter, { narrative: NARRATIVE, identity: 'confidential', name: 'Marmoset' });
      await send(reporter);
      const shown = await reporter.locator('main ol[translate=no] li').allInnerTexts();
      await reporter.close();
      return shown.join(' ');
    });

    await addPasskeys(page);
    await test.step('the chair unlocks with file and passphrase, and has the key remembered', async () => {
      await page.goto(`${named(service.url)}/console`);
      await page.getByLabel('Key file').setInputFiles(join(folder, key.file));
      await page.getByLabel('Passphrase', { exact: true }).fill('not this one');
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      await expect(page.getByText('This passphrase does not open the key file.')).toBeVisible();
      await page.getByLabel('Passphrase', { exact: true }).fill(key.passphrase);
      await page.getByLabel('Remember this key on this device').check();
      await page.getByRole('button', { name: 'Unlock', exact: true }).click();
      await expect(page.getByRole('heading', { name: 'Cases', level: 1 })).toBeVisible();
      await expect(page.getByText('Your key is not remembered')).toBeHidden();
    });

    await test.step('reads the report, and not yet whether a name was given', async () => {
      await expect(page.getByRole('link', { name: 'Unread: Zebrafinch' })).toContainText('acknowledge by');
      await openCase(page, 'Zebrafinch');
      await expect(page.getByRole('region', { name: 'The report' })).toContainText(NARRATIVE);
      await expect(page.getByText('Hidden until a first assessment is recorded')).toBeVisible();
      await expect(page.locator('article')).not.toContainText('In confidence');
    });

    await test.step('records a first assessment, and asks for the name', async () => {
      await page.getByText('Record a first assessment').click();
      await page.getByRole('button', { name: 'Record the assessment' }).click();
      await expect(page.getByText('Choose what you make of it.')).toBeVisible();
      await page.getByLabel('Enough to look into').check();
      await page.getByRole('button', { name: 'Record the assessment' }).click();
      await page.getByRole('button', { name: 'Show name and contact' }).click();
      await expect(page.getByRole('region', { name: 'Who reported' })).toContainText('Marmoset');
    });

    await test.step('is warned about asking who it was, replies, and writes a note', async () => {
      await page.getByLabel('Your reply').fill('Thank you. What is your name?');
      await expect(page.getByText('People stop answering when they are asked that')).toBeVisible();
      await page.getByLabel('Your reply').fill(REPLY);
      await expect(page.getByText('People stop answering when they are asked that')).toBeHidden();
      await page.getByRole('button', { name: 'Seal and send' }).click();
      await expect(page.getByText('Your reply was sent.')).toBeVisible();
      await expect(page.getByLabel('Your reply')).toHaveValue('');
      await page.getByLabel('Your note').fill(NOTE);
      await page.getByRole('button', { name: 'Seal and save' }).click();
      await expect(page.getByRole('region', { name: 'What happened' })).toContainText(NOTE);
    });

    await test.step('sees what the reporter will read, and changes the status', async () => {
      await page.getByText('Change status').click();
      await page.getByRole('radio', { name: 'Acknowledged' }).check();
      await expect(page.locator('.preview')).toContainText('Someone who reads it has confirmed that they have it.');
      await page.getByRole('button', { name: 'Change the status' }).click();
      await expect(page.getByRole('region', { name: 'Status' })).toContainText('Acknowledged');
      await expect(page.getByRole('region', { name: 'What happened' })).toContainText('set the status to “Acknowledged”');
    });

    await test.step('the reporter reads the reply and the status with the words, and not the note', async () => {
      const reporter = await browser.newPage({ javaScriptEnabled: false });
      await check(reporter, service.url, words);
      await expect(standing(reporter)).toContainText('Acknowledged');
      await expect(reporter.locator('main')).toContainText(REPLY);
      await expect(reporter.locator('main')).not.toContainText('Axolotl');
      await fillIn(reporter, { message: 'It was the warehouse by the river.' });
      await send(reporter);
      await reporter.close();
    });

    await test.step('saves a sealed copy, which stock age opens', async () => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save sealed copy' }).click(),
      ]);
      await download.saveAs(join(folder, 'case.zip'));
      execFileSync('python3', ['-m', 'zipfile', '-e', 'case.zip', 'case'], { cwd: folder });
      expect(await onTerminal(`age -d -i ${key.file} -o case.key case/grant.age`, key.passphrase, folder)).toBe(0);
      for (const [file, words] of [['report', NARRATIVE], ['reply-1', REPLY], ['note-2', NOTE], ['message-1', 'by the river']]) {
        const opened = execFileSync('age', ['-d', '-i', join(folder, 'case.key'), join(folder, 'case', `${file}.age`)]);
        expect(JSON.stringify(JSON.parse(opened.toString()))).toContain(words);
      }
    });

    await test.step('saves a readable copy after being told what that means', async () => {
      await page.getByRole('button', { name: 'Save readable copy' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Save it unsealed' }).click(),
      ]);
      const html = await contentOf(download);
      expect(html).toContain(NARRATIVE);
      expect(html).toContain(REPLY);
      expect(html).not.toMatch(/<script|Marmoset/);
    });

    await test.step('leaves a draft, locks, and unlocks by passkey: the draft is back', async () => {
      await page.getByLabel('Your reply').fill('Half a sentence about the river');
      await page.getByRole('button', { name: 'Lock' }).click();
      await expect(page.getByRole('heading', { name: 'Unlock the console' })).toBeVisible();
      expect(await page.content()).not.toMatch(/Zebrafinch|quokka|Half a sentence/);
      // The page does not wait for the service to end the session; it ends a moment later.
      await expect.poll(async () => (await page.request.get(`${named(service.url)}/api/v1/me`)).status()).toBe(401);
      await page.getByRole('button', { name: 'Unlock with your passkey' }).click();
      await expect(page.getByRole('region', { name: 'What happened' })).toContainText('by the river');
      await expect(page.getByText('From the same reporter')).toBeVisible();
      await expect(page.getByLabel('Your reply')).toHaveValue('Half a sentence about the river');
    });

    await test.step('is locked by leaving the page, and forgets the key on this device', async () => {
      // The browser asks first, since a draft would be lost.
      page.once('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await page.getByRole('button', { name: 'Forget the key on this device' }).click();
      await expect(page.getByRole('button', { name: 'Unlock with your passkey' })).toBeHidden();
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
    });

    await test.step('and of all this nothing that was opened, and no key, went over the line', async () => {
      const log = await network.text();
      for (const there of ['/api/v1/challenges', '/api/v1/cases/sealed', '/replies', '/notes', '/status']) {
        expect(log).toContain(there);
      }
      const secrets = ['zebrafinch', 'quokka', 'axolotl', 'marmoset', 'by the river', 'half a sentence', 'age-secret-key'];
      // A single word of the passphrase may be one that the service says by itself; two of them in a row are not.
      const words = key.passphrase.split('-');
      const pairs = words.slice(1).map((word, at) => `${words[at]}-${word}`);
      expect(pairs.length).toBeGreaterThan(3);
      for (const secret of [...secrets, key.passphrase, ...pairs]) {
        expect(log.toLowerCase().includes(secret.toLowerCase()), `“${secret}” in the network log`).toBe(false);
      }
    });
    expect(complaints).toEqual([]);
  } finally {
    await service.stop();
    await context.close();
    await rm(folder, { recursive: true, force: true });
  }
});

interface MadeKey {
  readonly file: string;
  readonly passphrase: string;
  readonly publicKey: string;
}

async function makeKey(page: Page, url: string, folder: string): Promise<MadeKey> {
  await page.goto(`${url}/console`);
  await page.getByRole('button', { name: 'Create your key' }).click();
  const passphrase = (await page.locator('.offered').innerText()).trim();
  await page.getByRole('button', { name: 'Use this one' }).click();
  await page.getByRole('button', { name: 'I have written it down' }).click();
  await page.getByRole('button', { name: 'Next: try it' }).click({ timeout: 60_000 });
  await expect(page.getByText('Save the file first')).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the key file' }).click(),
  ]);
  const file = download.suggestedFilename();
  expect(file).toMatch(/^candor-\d{4}-\d\d-\d\d\.key$/);
  await download.saveAs(join(folder, file));
  const publicKey = (await page.locator('.locked p.key').innerText()).trim();
  await page.getByRole('button', { name: 'Next: try it' }).click();
  await page.getByLabel('Key file').setInputFiles(join(folder, file));
  await page.getByLabel('Passphrase', { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: 'Try it' }).click();
  await expect(page.getByText('Your key works')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Go to unlocking' }).click();
  return { file, passphrase, publicKey };
}

async function contentOf(download: Download): Promise<string> {
  return readFileSync(await download.path(), 'utf8');
}
