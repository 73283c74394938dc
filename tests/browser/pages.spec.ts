import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { report, shownWords } from './support/reporter.js';
import { states } from './support/states.js';

for (const { name, reach } of states) {
  test(`The page "${name}" serves everyone, in light and dark, in narrow and wide windows`, async ({ page, demo, closed }) => {
    await reach(page, { demo, closed });
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await objections(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 390, height: 700 });
    expect(await objections(page), 'dark').toEqual([]);
    for (const width of [320, 390, 1280]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await overflow(page), `${width} pixels wide`).toEqual([]);
    }
  });
}

test('The check above notices text that is a little too pale', async ({ page, demo }) => {
  await page.goto(demo.url);
  await page.locator('main > p').first().evaluate((text) => text.style.setProperty('color', '#5c5c5c'));
  expect(await objections(page)).toEqual([expect.stringContaining('color-contrast-enhanced')]);
});

test('On paper the words stand alone: one sheet, no navigation, nothing to press', async ({ page, demo }) => {
  await report(page, demo.url, 'To be printed.');
  await page.emulateMedia({ media: 'print' });
  expect(await shownWords(page)).toHaveLength(12);
  await expect(page.locator('main ol[translate=no] li').last()).toBeVisible();
  for (const control of await page.locator('a, button, input').all()) await expect(control).toBeHidden();
  const sheets = (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type\s*\/Page\b/g);
  expect(sheets).toHaveLength(1);
});

/** What axe objects to and where. Contrast that it cannot judge counts as well. */
async function objections(page: Page): Promise<readonly string[]> {
  // Fields that the head covers while the page is scrolled are not what is looked for.
  await page.evaluate(() => scrollTo(0, 0));
  const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations, incomplete, passes } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze();
  expect(passes.map(({ id }) => id).concat(violations.map(({ id }) => id))).toContain('color-contrast-enhanced');
  return [...violations, ...incomplete.filter(({ id }) => id.startsWith('color-contrast'))].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** How far the page reaches beyond the window, in CSS pixels, and what sticks out. */
async function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth} > ${clientWidth}`, ...wide.map((part) => part.outerHTML.slice(0, 80))];
  });
}
