import type { BrowserContext, Page, Request } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './support/fixtures.js';
import { openCase, unlock } from './support/recipient.js';
import { check, expectFilledIn, fillIn, fullConcern, report, send, shownWords, standing } from './support/reporter.js';
import { openWithStockAge } from './support/stock-age.js';

/** Everything that a browser sends: addresses, headers and bodies. */
function recordRequests(context: BrowserContext): () => Promise<string> {
  const requests: Request[] = [];
  context.on('request', (request) => requests.push(request));
  return async () => {
    const sent = await Promise.all(requests.map(async (request) =>
      [request.url(), JSON.stringify(await request.allHeaders()), request.postDataBuffer()?.toString('latin1') ?? ''].join('\n')));
    return sent.join('\n').toLowerCase();
  };
}

/** The words of a text that somebody who looks for it would know it by. */
function tellingWords(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]{5,}/g) ?? [];
}

test('Where scripts run, nothing that leaves the browser can be read, and stock age opens what arrived', async ({ page, context, demo }) => {
  const sent = recordRequests(context);
  const before = new Set((await demo.cases('chair')).map(({ id }) => id));
  await page.goto(`${demo.url}/report`);
  await expect(page.locator('#way')).toContainText('seals what you write before it leaves this device');
  const hidden = await page.locator('[name=form]').inputValue();
  await fillIn(page, fullConcern);
  await send(page);
  const words = await shownWords(page);
  await page.locator('main form').getByRole('button').click();
  await expect(standing(page)).toContainText('Received');
  await fillIn(page, { message: 'Yesterday somebody shredded the minutes.' });
  await send(page);
  await expect(page.getByRole('status')).toBeVisible();
  const id = (await demo.cases('chair')).map((listed) => listed.id).find((id) => !before.has(id)) ?? 'none';
  await demo.recipient('chair', 'reply', id, '--text', 'Thank you, shredding is noted.');
  await check(page, demo.url, words.join(' '));
  await expect(page.getByRole('article')).toContainText('shredding is noted');

  const requests = await sent();
  expect(requests).toContain('"access_hash"');
  const typed = [...Object.values(fullConcern).flat(), 'Yesterday somebody shredded the minutes.'];
  // Who is to be told is for the service to know; everything else is for the readers.
  const open = ['compliance', 'alternate', 'supervisor', 'finance', 'reporter'];
  const telling = typed.flatMap(tellingWords).filter((word) => !open.includes(word));
  expect(telling.length).toBeGreaterThan(20);
  expect([...telling, 'noted', hidden.toLowerCase()].filter((word) => requests.includes(word))).toEqual([]);
  expect(words.filter((word) => new RegExp(String.raw`\b${word}\b`).test(requests))).toEqual([]);

  const read = await demo.recipient('chair', 'show', id, '--json');
  expect(read).toContain('belongs to a relative');
  expect(read).toContain('"sealed_in": "browser"');
  expect(read).toContain('shredded the minutes');
  const folder = await mkdtemp(join(tmpdir(), 'candor-sealed-'));
  await demo.recipient('chair', 'export', id, '--output', join(folder, 'case'));
  expect(await openWithStockAge(join(folder, 'case'), join(demo.folder, 'keys', 'chair.key'), 'report')).toContain('belongs to a relative');
  await rm(folder, { recursive: true, force: true });

  await unlock(page, demo, 'chair');
  await openCase(page, 'The contract went to a firm');
  await expect(page.locator('article.case')).toContainText('Yesterday somebody shredded the minutes.');
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
  await expect(page.getByRole('alert')).toContainText('your browser has some work to do first');
  await shownWords(page);
  expect(bodies).toHaveLength(2);
  expect(bodies[0]).not.toHaveProperty('work');
  expect(bodies[1]?.['work']).toEqual(expect.any(Number));
  expect(bodies[1]?.['access_hash']).toBe(bodies[0]?.['access_hash']);
});
