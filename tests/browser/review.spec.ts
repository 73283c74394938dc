import { expect, test } from './support/fixtures.js';
import { expectFilledIn, fillIn, send, shownWords } from './support/reporter.js';

test('Phrases that may say who wrote are pointed at once, beside what can be done, and nothing is sent before', async ({ page, demo }) => {
  const narrative = 'The invoice was paid twice.\n\nI am the only payroll clerk at the site. Write to me at clerk@example.org.';
  const cases = (await demo.cases('chair')).length;
  await page.goto(`${demo.url}/report`);
  await fillIn(page, { narrative });
  await send(page);
  const list = page.getByRole('alert');
  await expect(list).toBeFocused();
  await expect(list).toContainText('clerk@example.org');
  await expect(list).toContainText('payroll clerk');
  await expectFilledIn(page, { narrative });
  expect(await demo.cases('chair')).toHaveLength(cases);

  await list.getByRole('link', { name: 'clerk@example.org' }).click();
  const selected = await page.locator('#narrative').evaluate((field) => {
    const area = field as HTMLTextAreaElement;
    return area.value.slice(area.selectionStart, area.selectionEnd);
  });
  expect(selected).toContain('clerk@example.org');

  // The reporter decides: what was seen is not shown again.
  await send(page);
  await shownWords(page);
  expect(await demo.cases('chair')).toHaveLength(cases + 1);
});
