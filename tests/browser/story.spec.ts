import { expect, test } from './support/fixtures.js';
import { check, fillIn, fullConcern, report, send, shownWords, standing } from './support/reporter.js';
import { Watch } from './support/watch.js';

for (const javaScriptEnabled of [false, true]) {
test.describe(javaScriptEnabled ? 'With scripts' : 'Without scripts', () => {
test.use({ javaScriptEnabled });

test('a reporter reports, keeps 12 words, adds a message, and reads the reply later', async ({ page, context, demo }) => {
  const watch = new Watch(context, [demo.url]);
  const casesBefore = new Set((await demo.cases('chair')).map(({ id }) => id));

  await test.step('begins on the start page and fills in everything', async () => {
    await page.goto(demo.url);
    await page.locator('main a[href="/report"]').click();
    await expect(page.locator('[name=name]')).toBeHidden();
    await fillIn(page, fullConcern);
    await expect(page.locator('[name=name]')).toBeVisible();
    await send(page);
  });

  const words = await test.step('gets 12 words and the days to come back', async () => {
    const shown = await shownWords(page);
    expect(new Set(shown.map((word) => /^[a-z]{3,8}$/.test(word)))).toEqual(new Set([true]));
    const days = await page.locator('main dl time').evaluateAll((times) =>
      times.map((time) => Date.parse(time.getAttribute('datetime') ?? '') / 86_400_000));
    expect(days).toHaveLength(3);
    expect(Number(days[1]) - Number(days[0])).toBe(7);
    return shown;
  });

  await test.step('tries them with one click', async () => {
    await page.locator('main form').getByRole('button').click();
    await expect(standing(page)).toContainText('Received');
  });

  await test.step('adds a message, which is not shown again', async () => {
    await fillIn(page, { message: 'There was a second contract.' });
    await send(page);
    await expect(page.getByRole('status')).toBeVisible();
    await expect(page.locator('[name=message]')).toHaveValue('');
    await expect(page.locator('main')).not.toContainText('second contract');
    await expect(page.locator('main')).not.toContainText('relative');
  });

  await test.step('meanwhile the chair reads it, the excluded alternate sees nothing, and a reply is written', async () => {
    const id = (await demo.cases('chair')).map((listed) => listed.id).find((id) => !casesBefore.has(id)) ?? 'none';
    const read = await demo.recipient('chair', 'show', id, '--json');
    expect(read).toContain('belongs to a relative');
    expect(read).toContain('There was a second contract.');
    expect(read).not.toContain('private@example.com');
    expect(await demo.recipient('chair', 'show', id, '--json', '--reveal-identity')).toContain('private@example.com');
    expect((await demo.cases('alternate')).map((listed) => listed.id)).not.toContain(id);
    await demo.recipient('chair', 'status', id, 'acknowledged');
    await demo.recipient('chair', 'reply', id, '--text', 'Which contract was the second?');
  });

  await test.step('comes back another day and types the words in capitals, with commas', async () => {
    await page.goto(demo.url);
    await page.locator('main a[href="/check"]').click();
    await fillIn(page, { words: words.map((word) => word.toUpperCase()).join(', ') });
    await send(page);
    await expect(standing(page)).toContainText('Acknowledged');
    await expect(page.getByRole('article')).toContainText('Which contract was the second?');
    expect(page.url()).toBe(`${demo.url}/check`);
  });

  expect(await watch.faults()).toEqual([]);
});

test('a question is asked and can be looked up by the first letters of the words', async ({ page, demo }) => {
  await page.goto(demo.url);
  await page.locator('main a[href="/ask"]').click();
  await fillIn(page, { narrative: 'May I keep a gift worth 60?', chosen: 'compliance' });
  await send(page);
  const words = await shownWords(page);
  await check(page, demo.url, words.map((word, at) => `${at + 1}. ${word.slice(0, 4)}`).join('\n'));
  await expect(standing(page)).toContainText('Received');
});

});
}

test.describe('Without scripts', () => {
test.use({ javaScriptEnabled: false });

test('the same form sent twice is one report with the same words', async ({ page, demo }) => {
  const words = await report(page, demo.url, 'Sent once, arrived twice.');
  const cases = (await demo.cases('chair')).length;
  await page.reload();
  expect(await shownWords(page)).toEqual(words);
  expect(await demo.cases('chair')).toHaveLength(cases);
});
});
