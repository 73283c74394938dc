// Pictures of every page: npm run screenshots -- OUT_DIR
import { chromium as browserType } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from './support/chromium.js';
import { Service } from './support/service.js';
import { states } from './support/states.js';

const folder = process.argv[2];
if (folder === undefined) {
  console.error('Usage: npm run screenshots -- OUT_DIR');
  process.exit(2);
}
await mkdir(folder, { recursive: true });

const widths = [1280, 390];
const schemes = ['light', 'dark'] as const;
const [demo, closed, browser] = await Promise.all([Service.demo(), Service.closed(), browserType.launch(chromium)]);
let count = 0;
try {
  const page = await browser.newPage({ javaScriptEnabled: false, locale: 'en-GB' });
  const shoot = async (name: string): Promise<void> => {
    await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
    count += 1;
  };
  for (const { name, reach } of states) {
    await reach(page, { demo, closed });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width > 600 ? 800 : 844 });
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        await shoot(`${name}-${width}-${colorScheme}`);
      }
    }
    if (name === 'confirmation') {
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      await shoot(`${name}-print`);
      await page.emulateMedia({ media: null });
    }
  }
} finally {
  await browser.close();
  await Promise.all([demo.stop(), closed.stop()]);
}
console.log(`${count} pictures in ${folder}`);
