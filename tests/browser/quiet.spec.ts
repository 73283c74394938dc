import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { check } from './support/reporter.js';
import { statesMet, ways, withoutOurScript } from './support/states.js';
import { Watch } from './support/watch.js';

for (const { way, scripts } of ways) test(`No page ${way} sets a cookie, asks anyone else, keeps anything, or breaks its own rules`, async ({ page, context, demo, closed }) => {
  const watch = new Watch(context, [demo.url, closed.url]);
  if (!scripts) await withoutOurScript(page);
  for (const { name, status, reach } of statesMet(scripts)) {
    await test.step(name, async () => {
      const codes: number[] = [];
      const note = (answer: { status(): number; request(): { isNavigationRequest(): boolean } }): void => {
        if (answer.request().isNavigationRequest()) codes.push(answer.status());
      };
      page.on('response', note);
      await reach(page, { demo, closed });
      page.off('response', note);
      // Our script shows the same pages without leaving the one that it stands on.
      if (!scripts) expect(codes.at(-1)).toBe(status);
      await expect(leaveLink(page)).toBeInViewport();
      expect(await watch.faults()).toEqual([]);
    });
  }
  expect(watch.answered).toBeGreaterThan(statesMet(scripts).length);
});

test('A script or a picture smuggled into a page does nothing, and the watch of these tests would notice', async ({ page, context, demo }) => {
  const watch = new Watch(context, [demo.url]);
  await page.goto(demo.url);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.append('document.title = "taken over"');
    const picture = document.createElement('img');
    picture.src = 'https://elsewhere.invalid/pixel.png';
    document.body.append(script, picture);
  });
  await expect(page).not.toHaveTitle('taken over');
  await expect.poll(async () => (await watch.faults()).filter((fault) => /Content Security Policy|will not be executed/.test(fault)).length).toBe(2);
});

test('Leaving goes to an ordinary page at once and does not say where from', async ({ page, context, demo }) => {
  let asked: Record<string, string> = {};
  await context.route('https://www.wikipedia.org/', async (route) => {
    asked = await route.request().allHeaders();
    await route.fulfill({ contentType: 'text/html', body: '<title>An encyclopedia</title>' });
  });
  await check(page, demo.url, demo.sampleWords);
  await leaveLink(page).click();
  await expect(page).toHaveTitle('An encyclopedia');
  expect(asked).toHaveProperty('user-agent');
  expect(asked).not.toHaveProperty('referer');
  expect(await page.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);
});

/** The way out, at the top of every page. */
function leaveLink(page: Page): Locator {
  return page.getByRole('banner').getByRole('link', { name: /^leave/i });
}
