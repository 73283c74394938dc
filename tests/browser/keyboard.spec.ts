import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { states } from './support/states.js';

test.use({ javaScriptEnabled: false });

/** The element that has the focus. */
function focused(page: Page): Locator {
  return page.locator(':focus');
}

test('The first keys reach the way out, the way past the head, and the first thing to do', async ({ page, demo }) => {
  await page.goto(demo.url);
  const leave = page.getByRole('link', { name: /^leave/i });
  const skip = page.locator('a[href="#content"]');
  await page.keyboard.press('Tab');
  await expect(leave).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const first = page.locator('main a').first();
  await expect(first).toBeFocused();
  await expect(first).toHaveAttribute('href', '/report');
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=narrative]')).toBeVisible();
});

for (const name of ['start', 'report-with-problems', 'confirmation', 'check', 'status']) {
  test(`On the page "${name}" the focus can be seen wherever the Tab key takes it, forwards and backwards`, async ({ page, demo, closed }) => {
    await page.setViewportSize({ width: 390, height: 700 });
    await states.find((state) => state.name === name)?.reach(page, { demo, closed });
    const stops = await page.locator('a[href], button, textarea, input:not([type=hidden], [type=radio]), [type=radio]:checked').count();
    for (const key of ['Tab', 'Shift+Tab']) {
      for (let stop = 0; stop < stops; stop += 1) {
        await page.keyboard.press(key);
        if (await focused(page).count() === 0) continue;
        const seen = await focused(page).evaluate(whatIsSeen);
        expect(seen, `${key} ${stop + 1}`).toMatchObject({ covered: false, marked: true });
      }
    }
  });
}

/** Runs in the page: whether something lies over the element, and whether a line is drawn around it or what it is in. */
function whatIsSeen(element: Element): { element: string; covered: boolean; marked: boolean } {
  const box = element.getBoundingClientRect();
  const visible = Math.min(box.bottom, innerHeight);
  const over = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top, 0) + (visible - Math.max(box.top, 0)) / 2);
  const marks = [element, element.closest('li')].map((part) => part !== null && getComputedStyle(part).outlineStyle !== 'none');
  return {
    element: element.outerHTML.slice(0, 120),
    covered: over === null || !(element === over || element.contains(over) || over.contains(element)),
    marked: marks.includes(true),
  };
}
