import type { Page } from '@playwright/test';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from './support/fixtures.js';
import { openCase, unlock } from './support/recipient.js';
import { check, expectFilledIn, fillIn, fullConcern, report, send, shownWords, standing } from './support/reporter.js';
import { openWithStockAge } from './support/stock-age.js';
import { Wire } from './support/wire.js';

/** A concern that no other test sends, so that it can be told apart where tests share a service. */
const concern = { ...fullConcern, narrative: 'The tender was opened early for a firm that belongs to a relative.\n\nNobody compared the other two offers.' };

const photo = resolve('../../clean/corpus/photo-phone.jpg');

/** A text file, as a browser takes it. */
function textFile(name: string, text: string): { name: string; mimeType: string; buffer: Buffer } {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(text) };
}

/**
 * The words of a text that somebody who looks for it would know it by. Shorter ones turn up by chance where that many
 * sealed bytes are sent: one of five letters once in some hundred runs.
 */
function tellingWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]{6,}/g) ?? [];
}

/** Pieces of a file, taken all over it, that could not stand elsewhere by chance. */
function piecesOf(file: Buffer): readonly Buffer[] {
  const every = Math.max(1, Math.floor(file.length / 500));
  return Array.from({ length: Math.floor((file.length - 16) / every) }, (_, at) => file.subarray(at * every, at * every + 16))
    .filter((piece) => new Set(piece).size > 8);
}

test('Where scripts run, nothing that leaves the browser can be read, and stock age opens what arrived', async ({ page, demo }) => {
  const wire = await Wire.before(demo.url);
  const before = new Set((await demo.cases('chair')).map(({ id }) => id));
  await page.goto(`${wire.url}/report`);
  await expect(page.locator('#way')).toContainText('seals what you write before it leaves this device');
  const hidden = await page.locator('[name=form]').inputValue();
  await fillIn(page, concern);
  const payments = textFile('secret-payments.csv', 'recipient,amount\nbrother-in-law,forty thousand\n'.repeat(40));
  const picture = { name: 'whiteboard-basement.jpg', mimeType: 'image/jpeg', buffer: await readFile(photo) };
  await page.getByLabel('Choose files').setInputFiles([payments, picture]);
  await send(page);
  await expect(page.getByRole('alert')).toContainText('Look at your files before you send');
  await send(page);
  const words = await shownWords(page);
  await page.locator('main form').getByRole('button').click();
  await expect(standing(page)).toContainText('Received');
  await fillIn(page, { message: 'Yesterday somebody shredded the minutes.' });
  const memo = textFile('dismissal-threat.txt', 'Whoever speaks about this will regret it.\n');
  await page.getByLabel('Choose files').setInputFiles(memo);
  await send(page);
  await expect(page.getByRole('status')).toContainText('Your message was added.');
  const id = (await demo.cases('chair')).map((listed) => listed.id).find((id) => !before.has(id)) ?? 'none';
  await demo.recipient('chair', 'reply', id, '--text', 'Thank you, shredding is noted.');
  await check(page, wire.url, words.join(' '));
  await expect(page.getByRole('article')).toContainText('shredding is noted');

  const { sent } = wire;
  await wire.cut();
  // Report, message and three files crossed this wire, bodies included, and are what is looked through.
  expect(sent.includes('"access_hash"')).toBe(true);
  expect(sent.toString('latin1').match(/POST \/upload HTTP/g)).toHaveLength(3);
  expect(sent.toString('latin1').match(/age-encryption\.org\/v1\n/g)).toHaveLength(3);
  const files = [payments, picture, memo];
  const typed = [...Object.values(concern).flat(), 'Yesterday somebody shredded the minutes.'];
  const texts = [...typed, ...files.map(({ name }) => name), payments.buffer.toString(), memo.buffer.toString()];
  // Who is to be told is for the service to know; everything else is for the readers.
  const open = ['compliance', 'alternate', 'supervisor', 'finance', 'reporter', 'recipient'];
  const telling = texts.flatMap(tellingWords).filter((word) => !open.includes(word));
  expect(telling.length).toBeGreaterThan(40);
  const readable = new Set(tellingWords(sent.toString('latin1')));
  expect([...telling, 'shredding'].filter((word) => readable.has(word))).toEqual([]);
  expect(sent.includes(hidden)).toBe(false);
  // One of the words alone may turn up: by chance, or because it stands in every request, as "report" does. Two in a row
  // do not, and neither do many.
  expect(words.filter((word) => word.length >= 6 && readable.has(word)).length).toBeLessThan(4);
  for (const [at, word] of words.slice(0, -1).entries()) {
    expect(sent.toString('latin1')).not.toMatch(new RegExp(`${word}[^a-z]{1,3}${words[at + 1] ?? ''}`, 'i'));
  }
  for (const { name, buffer } of files) {
    const pieces = piecesOf(buffer);
    expect(pieces.length).toBeGreaterThan(20);
    expect(pieces.filter((piece) => sent.includes(piece)), name).toEqual([]);
  }

  const read = await demo.recipient('chair', 'show', id, '--json');
  expect(read).toContain('belongs to a relative');
  expect(read).toContain('"sealed_in": "browser"');
  expect(read).toContain('shredded the minutes');
  const folder = await mkdtemp(join(tmpdir(), 'candor-sealed-'));
  await demo.recipient('chair', 'export', id, '--output', join(folder, 'case'));
  expect(await openWithStockAge(join(folder, 'case'), join(demo.folder, 'keys', 'chair.key'), 'report')).toContain('belongs to a relative');
  await rm(folder, { recursive: true, force: true });

  await unlock(page, demo, 'chair');
  await openCase(page, 'The tender was opened early');
  await expect(page.locator('article.case')).toContainText('Yesterday somebody shredded the minutes.');
});

test('Without scripts the same wire carries the text in the open, which shows that it is looked at', async ({ browser, demo }) => {
  const wire = await Wire.before(demo.url);
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${wire.url}/report`);
  await fillIn(page, { narrative: 'Somebody shredded the minutes.' });
  await page.getByLabel('Choose files').setInputFiles(textFile('secret-payments.csv', 'forty thousand\n'));
  await send(page);
  await shownWords(page);
  await page.close();
  const { sent } = wire;
  await wire.cut();
  expect(tellingWords(sent.toString('latin1'))).toEqual(expect.arrayContaining(['shredded', 'payments', 'thousand']));
  expect(piecesOf(Buffer.from('Somebody shredded the minutes.')).every((piece) => sent.includes(piece))).toBe(true);
});

test('A report that does not get through stays in the form, and arrives once when it is sent again', async ({ page, context, demo }) => {
  const cases = (await demo.cases('chair')).length;
  await page.goto(`${demo.url}/report`);
  await fillIn(page, fullConcern);
  await context.setOffline(true);
  await send(page);
  await expect(page.getByRole('alert')).toContainText('This was not sent');
  await expect(page.getByRole('alert')).toBeFocused();
  await expectFilledIn(page, fullConcern);
  await context.setOffline(false);
  // This time it arrives, and only the answer is lost.
  await page.route('**/report', async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await send(page);
  await expect(page.getByRole('alert')).toContainText('This was not sent');
  await expectFilledIn(page, fullConcern);
  await send(page);
  const words = await shownWords(page);
  expect(await demo.cases('chair')).toHaveLength(cases + 1);
  await check(page, demo.url, words.join(' '));
  await expect(standing(page)).toContainText('Received');
});

test('A page that is older than the recipients it names seals anew by itself', async ({ page, demo }) => {
  await page.route('**/report', async (route) => {
    const answer = await route.fetch();
    // As if the alternate had another key when this page was made.
    const html = await answer.text();
    const [, key = ''] = /"id":"compliance","kind":"compliance","public_key":"([^"]+)"/u.exec(html) ?? [];
    const old = html.replace(/("id":"alternate","kind":"committee","public_key":")[^"]+/u, `$1${key}`);
    expect(old).not.toBe(html);
    await route.fulfill({ response: answer, body: old });
  }, { times: 1 });
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative: 'Sealed twice, stored once.' });
  await send(page);
  await shownWords(page);
  expect(await demo.recipient('alternate', 'list')).toContain('Sealed twice, stored once.');
});

test('News and no news are answered alike to whoever counts bytes, with scripts and without', async ({ browser, demo }) => {
  for (const javaScriptEnabled of [true, false]) {
    const page = await browser.newPage({ javaScriptEnabled });
    const sizes = new Set<number>();
    const before = new Set((await demo.cases('chair')).map(({ id }) => id));
    const words = (await report(page, demo.url, 'Is there news?')).join(' ');
    const id = (await demo.cases('chair')).map((listed) => listed.id).find((id) => !before.has(id)) ?? 'none';
    sizes.add(await answerSize(page, demo.url, words));
    await demo.recipient('chair', 'status', id, 'acknowledged');
    await demo.recipient('chair', 'reply', id, '--text', `There is news. ${'Much of it. '.repeat(100)}`);
    sizes.add(await answerSize(page, demo.url, words));
    await expect(page.getByRole('article')).toContainText('There is news.');
    // age adds a stanza of random length now and then, which says nothing of the content.
    const [least = 0, most = least] = [...sizes].sort((one, other) => one - other);
    expect(least).toBeGreaterThan(32_000);
    expect(most - least).toBeLessThan(javaScriptEnabled ? 1_000 : 1);
    await page.close();
  }
});

async function answerSize(page: Page, url: string, words: string): Promise<number> {
  await page.goto(`${url}/check`);
  await fillIn(page, { words });
  const [answer] = await Promise.all([page.waitForResponse(`${url}/check`), send(page)]);
  const size = (await answer.body()).length;
  await expect(standing(page)).toBeVisible();
  return size;
}

test('Who comes back to a page with words or replies finds it empty', async ({ page, demo }) => {
  await report(page, demo.url, 'Gone when left.');
  await page.goto(`${demo.url}/privacy`);
  await page.goBack();
  await expect(page.locator('main ol[translate=no] li')).toHaveCount(0);
});

test('Where reports crowd, the browser does some work by itself and the report goes through, with nothing lost', async ({ page, demo }) => {
  const bodies: Record<string, unknown>[] = [];
  // The work may be done before anybody looks at the page: everything that it says is kept.
  await page.addInitScript(() => {
    const said: string[] = ((window as unknown as Record<string, unknown>)['said'] = []);
    const listen = (): void => {
      for (const alert of document.querySelectorAll('[role=alert]')) said.push(alert.textContent);
    };
    new MutationObserver(listen).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.route('**/report', async (route) => {
    const json = route.request().method() === 'POST' ? (route.request().postDataJSON() as Record<string, unknown>) : null;
    if (json === null) return route.continue();
    bodies.push(json);
    if (bodies.length > 1) return route.continue();
    const refusal = { code: 'notice', title: 'Later', text: 'Nothing was stored.', work: { challenge: '07'.repeat(16), bits: 16 } };
    return route.fulfill({ status: 503, json: refusal });
  });
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative: 'Amid a crowd.' });
  await send(page);
  await shownWords(page);
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.join('\n')).toContain('your browser has some work to do first');
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).not.toHaveProperty('work');
  expect(bodies[1]?.['work']).toEqual(expect.any(Number));
  expect(bodies[1]?.['access_hash']).toBe(bodies[0]?.['access_hash']);
});
