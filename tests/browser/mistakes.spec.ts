import { expect, test } from './support/fixtures.js';
import { check, expectFilledIn, fillIn, fullConcern, send, shownWords } from './support/reporter.js';

for (const javaScriptEnabled of [false, true]) {
  test.describe(javaScriptEnabled ? 'With scripts' : 'Without scripts', () => {
    test.use({ javaScriptEnabled });

    test('A report that cannot be accepted comes back with everything that was typed, and each problem leads to its field', async ({ page, demo }) => {
      const answers = { ...fullConcern, chosen: 'supervisor-finance', narrative: ' \n ', when: 'x'.repeat(1_001) };
      await page.goto(`${demo.url}/report`);
      await fillIn(page, answers);
      if (javaScriptEnabled) {
        await send(page);
      } else {
        const [answer] = await Promise.all([page.waitForResponse(`${demo.url}/report`), send(page)]);
        expect(answer.status()).toBe(422);
      }
      await expectFilledIn(page, answers);
      await expect(page).toHaveTitle(/^Error/);

      const summary = page.getByRole('alert');
      await expect(summary).toBeFocused();
      const links = summary.getByRole('link');
      await expect(links).toHaveCount(3);
      for (const [at, name] of ['chosen', 'narrative', 'when'].entries()) {
        const problem = await links.nth(at).innerText();
        await links.nth(at).click();
        const field = page.locator(`[name="${name}"]:target`);
        await expect(field).toBeFocused();
        await expect(field).toBeInViewport();
        // The sentence stands at the field as well, and belongs to it for those who listen to the page.
        await expect(page.getByText(problem)).toHaveCount(2);
        const described = page.locator(`fieldset[aria-describedby]:has([name="${name}"]), :not([type=radio])[name="${name}"][aria-invalid]`);
        await expect(described).toHaveAccessibleDescription(new RegExp(escape(problem)));
      }

      await fillIn(page, { narrative: fullConcern.narrative, chosen: 'chair', when: fullConcern.when });
      await expectFilledIn(page, { ...fullConcern, chosen: 'chair' });
      await send(page);
      await shownWords(page);
    });

    test('Nothing typed is ever read as part of the page', async ({ page, demo }) => {
      const hostile = '</textarea>"><img src=x onerror=alert(1)><script>alert(2)</script>&amp;\' {{7*7}}';
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { where: hostile, identity: 'confidential', name: hostile, contact: hostile, how_you_know: hostile });
      await send(page);
      await expectFilledIn(page, { where: hostile, name: hostile, contact: hostile, how_you_know: hostile });
      await expect(page.locator('script:not([src], [type="application/json"]), img')).toHaveCount(0);
      await check(page, demo.url, hostile);
      await expectFilledIn(page, { words: hostile });
    });

    test('A mistyped word is named by its position, and what was typed stays', async ({ page, demo }) => {
      const words = demo.sampleWords.split(' ');
      const typed = words.with(4, 'candour').join(' ');
      await check(page, demo.url, typed);
      const summary = page.getByRole('alert');
      await expect(summary).toBeFocused();
      await expect(summary).toContainText(/\b5\b/);
      await expect(summary).not.toContainText('candour');
      await expectFilledIn(page, { words: typed });
      await summary.getByRole('link').click();
      await expect(page.locator('[name=words]')).toBeFocused();

      await check(page, demo.url, words.slice(1).join(' '));
      await expect(summary).toContainText(/\b11\b/);
      await fillIn(page, { words: words.join(' ') });
      await send(page);
      await expect(page.getByRole('article')).toHaveCount(1);
    });

    test('A message that cannot be accepted comes back as typed, on the same case', async ({ page, demo }) => {
      const message = 'x'.repeat(100_001);
      await check(page, demo.url, demo.sampleWords);
      await fillIn(page, { message });
      await send(page);
      await expect(page.getByRole('alert')).toContainText('100,001');
      await expectFilledIn(page, { message });
      await expect(page.getByRole('article')).toHaveCount(1);
    });

    test('The Enter key in a one-line field does not send a report that is not finished', async ({ page, demo }) => {
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { narrative: 'Not finished', when: 'Yesterday' });
      await page.locator('[name=when]').press('Enter');
      await page.locator('[name=where]').fill('Still writing', { timeout: 5_000 });
      await expectFilledIn(page, { narrative: 'Not finished', when: 'Yesterday', where: 'Still writing' });
    });

    test('No link beside a form takes away what was typed into it', async ({ page, context, demo }) => {
      const forms = {
        report: { reach: () => page.goto(`${demo.url}/report`), typed: { narrative: 'Half a report' } },
        question: { reach: () => page.goto(`${demo.url}/ask`), typed: { narrative: 'Half a question' } },
        message: { reach: () => check(page, demo.url, demo.sampleWords), typed: { message: 'Half a message' } },
      };
      for (const [name, { reach, typed }] of Object.entries(forms)) {
        await test.step(name, async () => {
          await reach();
          await fillIn(page, typed);
          for (const link of await page.locator('a[href^="/"]').all()) {
            const opened = context.waitForEvent('page', { timeout: 5_000 });
            await link.click();
            await (await opened).close();
            await expectFilledIn(page, typed);
          }
        });
      }
    });
  });
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
