// Pictures of every page, or of those with a part in their names: npm run screenshots -- OUT_DIR [console|sealing|files|…]
import { chromium as browserType, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from './support/chromium.js';
import { consoleStates } from './support/console-states.js';
import { Service } from './support/service.js';
import { statesMet } from './support/states.js';

const [folder, part = ''] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: npm run screenshots -- OUT_DIR [PART_OF_NAME]');
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const widths = [1280, 390];
const schemes = ['light', 'dark'] as const;
/** Pages that are made to be printed. */
const printed = ['confirmation', 'console-create-keep', 'console-case', 'console-overview'];

const [demo, closed, browser] = await Promise.all([Service.demo(), Service.closed(), browserType.launch(chromium)]);
let count = 0;

async function shoot(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: width > 600 ? 800 : 844 });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(folder ?? '.', `${name}-${width}-${colorScheme}.png`), fullPage: true });
      count += 1;
    }
  }
  if (printed.includes(name)) {
    await page.setViewportSize({ width: 794, height: 1123 });
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    await page.screenshot({ path: join(folder ?? '.', `${name}-print.png`), fullPage: true });
    await page.emulateMedia({ media: null });
    count += 1;
  }
}

try {
  for (const scripts of [false, true]) {
    const page = await browser.newPage({ javaScriptEnabled: scripts, locale: 'en-GB' });
    for (const { name, reach } of statesMet(scripts)) {
      const named = scripts ? `sealing-${name}` : name;
      if (!named.includes(part)) continue;
      await reach(page, { demo, closed });
      await shoot(page, named);
    }
    await page.close();
  }
  for (const { name, reach } of consoleStates) {
    if (!`console-${name}`.includes(part)) continue;
    const page = await browser.newPage({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
    await reach(page, demo);
    await shoot(page, `console-${name}`);
    await page.close();
  }
} finally {
  await browser.close();
  await Promise.all([demo.stop(), closed.stop()]);
}
console.log(`${count} pictures in ${folder}`);
