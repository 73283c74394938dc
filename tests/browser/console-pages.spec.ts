import { expect, test } from './support/fixtures.js';
import { consoleStates, HOSTILE, reportElsewhere } from './support/console-states.js';
import { objections, overflow } from './support/objections.js';
import { unlock } from './support/recipient.js';

for (const { name, reach } of consoleStates) {
  test(`The console's view "${name}" serves everyone, in light and dark, in narrow and wide windows`, async ({ page, demo }) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await reach(page, demo);
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

test('A hostile report runs nothing, links nowhere, and hides nothing', async ({ page, demo }) => {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(dialog.message()));
  page.on('request', (request) => {
    if (!request.url().startsWith(demo.url.replace('127.0.0.1', 'localhost')) && !request.url().startsWith('blob:')) {
      complaints.push(request.url());
    }
  });
  await reportElsewhere(page, demo, HOSTILE);
  await unlock(page, demo, 'chair');
  await page.locator('.line.open a', { hasText: 'window.pwned' }).first().click();
  const report = page.getByRole('region', { name: 'The report' });
  await expect(report).toContainText('<script>window.pwned = 1</script>');
  await expect(report).toContainText('\\u{202e}gnihton si siht');
  await expect(report).toContainText('escape\\u{1b}[31mred');
  await expect(report).toContainText('👩🏽‍💻 🏳️‍🌈 ❤️');
  expect(await report.locator('a, img, script, svg, b').count()).toBe(0);
  await page.getByText('Record a first assessment').click();
  await page.getByLabel('Belongs to another process').check();
  await page.getByRole('button', { name: 'Record the assessment' }).click();
  await page.getByRole('button', { name: 'Show name and contact' }).click();
  await expect(page.getByText('<b onmouseover=')).toBeVisible();
  expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  expect(complaints.filter((complaint) => !complaint.startsWith('verbose'))).toEqual([]);
});

test('The console refuses markup and scripts from anywhere, even to its own code', async ({ page, demo }) => {
  const answer = await page.goto(`${demo.url}/console`);
  const policy = answer?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  // The test's own code runs under the policy, too, except for being started.
  const refused = await page.evaluate(() => {
    const tries = [
      () => { document.body.innerHTML = '<b>x</b>'; },
      () => new Worker('/console/assets/other.js'),
      () => (window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }).trustedTypes.createPolicy('other', {}),
      () => { document.createElement('script').text = 'window.pwned = 6'; },
    ];
    return tries.map((attempt) => {
      try {
        attempt();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  expect(refused).toEqual(['TypeError', 'TypeError', 'TypeError', 'TypeError']);
});

test('Everything can be done by keys alone: unlock, search, open, read, change the status, come back', async ({ page, demo }) => {
  await unlock(page, demo, 'alternate');
  await expect(page.locator('.line.sealed')).toHaveCount(0);
  // A busy machine may show the list a moment before it listens.
  await expect(async () => {
    await page.keyboard.press('/');
    await expect(page.getByLabel('Search in the reports')).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.getByLabel('Search in the reports').fill('');
  await page.keyboard.type('reserve');
  await expect(page.locator('.line')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('.line a').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('article.case h1')).toBeFocused();
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    if (await page.locator('summary', { hasText: 'Change status' }).evaluate((summary) => summary === document.activeElement)) break;
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(page.getByRole('radio', { name: 'Being assessed' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Status' }).locator('.now')).toHaveText('Being assessed');
  await page.goBack();
  await expect(page.locator('.line a').first()).toBeFocused();
  await expect(page.getByLabel('Search in the reports')).toHaveValue('reserve');
});
