import type { Page } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from './support/fixtures.js';
import { check, expectFilledIn, fillIn, send, shownWords } from './support/reporter.js';

const corpus = resolve('../../clean/corpus');
const photo = join(corpus, 'photo-phone.jpg');

/** Chooses files on the page. */
async function choose(page: Page, files: readonly (string | { name: string; mimeType: string; buffer: Buffer })[]): Promise<void> {
  await page.getByLabel(/^Choose (?:more )?files$/u).setInputFiles(files as string[]);
}

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'With scripts' : 'Without scripts', () => {
    test.use({ javaScriptEnabled });

    test('a photo is shown with what it tells, and goes without it', async ({ page, demo }) => {
      const before = await readdir(join(demo.folder, 'blobs'));
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { narrative: 'See the photo.' });
      await choose(page, [photo]);
      await send(page);
      await expect(page.getByRole('alert')).toContainText('Look at your files before you send');
      await expect(page.getByRole('listitem').filter({ hasText: 'photo-phone.jpg' })).toContainText('the place');
      await expectFilledIn(page, { narrative: 'See the photo.' });
      await send(page);
      const words = await shownWords(page);
      const after = await readdir(join(demo.folder, 'blobs'));
      expect(after).toHaveLength(before.length + 1);
      const name = after.find((each) => !before.includes(each)) ?? '';
      const stored = await readFile(join(demo.folder, 'blobs', name));
      expect(stored.subarray(0, 21).toString()).toBe('age-encryption.org/v1');

      await check(page, demo.url, words.join(' '));
      await fillIn(page, { message: 'And the list.' });
      await choose(page, [{ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') }]);
      await send(page);
      await expect(page.getByRole('status')).toContainText('Your message was added.');
      expect(await readdir(join(demo.folder, 'blobs'))).toHaveLength(before.length + 2);
    });

    test('a file that was unticked stays behind, and what cannot be looked into is named', async ({ page, demo }) => {
      const before = await readdir(join(demo.folder, 'blobs'));
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { narrative: 'One of two.' });
      await choose(page, [join(corpus, 'letter.doc'), join(corpus, 'encrypted.pdf')]);
      await send(page);
      await expect(page.getByRole('listitem').filter({ hasText: 'letter.doc' })).toContainText('old kind of Office file');
      await expect(page.getByRole('listitem').filter({ hasText: 'encrypted.pdf' })).toContainText('has a password of its own');
      await page.getByRole('checkbox', { name: 'letter.doc' }).uncheck();
      await page.getByRole('checkbox', { name: 'encrypted.pdf' }).uncheck();
      await send(page);
      await shownWords(page);
      if (javaScriptEnabled) expect(await readdir(join(demo.folder, 'blobs'))).toHaveLength(before.length);
    });
  });
}
