import { expect, test } from './support/fixtures.js';
import { objections, overflow } from './support/objections.js';
import { report, shownWords } from './support/reporter.js';
import { statesMet, ways, withoutOurScript } from './support/states.js';

for (const { way, scripts } of ways) for (const { name, reach } of statesMet(scripts)) {
  test(`The page "${name}" ${way} serves everyone, in light and dark, in narrow and wide windows`, async ({ page, demo, closed }) => {
    if (!scripts) await withoutOurScript(page);
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
