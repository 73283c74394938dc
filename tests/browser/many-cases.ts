// How the console feels with many cases: npm run many-cases [N]
import { chromium as browserType } from '@playwright/test';
import { join } from 'node:path';
import { chromium } from './support/chromium.js';
import { named } from './support/recipient.js';
import { Service } from './support/service.js';

declare global {
  interface Window {
    longTasks: number[];
  }
}

const cases = Number(process.argv[2] ?? 10_000);
console.log(`Filling a demonstration with ${cases} cases…`);
const demo = await Service.demo(cases);
const browser = await browserType.launch(chromium);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // Whatever keeps the page from answering for 50 ms or more.
  await page.addInitScript(() => {
    window.longTasks = [];
    new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration))).observe({ type: 'longtask' });
  });
  await page.goto(`${named(demo.url)}/console`);
  await page.getByLabel('Key file').setInputFiles(join(demo.folder, 'keys', 'chair.key'));
  await page.getByText('Chosen: chair.key').waitFor();

  const begun = Date.now();
  const since = (): string => `${Date.now() - begun} ms`.padStart(10);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.locator('.line').first().waitFor();
  console.log(`${since()}  from pressing "Unlock" to the first lines`);
  await page.locator('.line.open').first().waitFor();
  console.log(`${since()}  to the first reports opened`);
  await page.waitForFunction(() => document.querySelectorAll('.line.sealed').length === 0);
  console.log(`${since()}  to all of the first page opened`);
  await page.locator('.opening').waitFor({ state: 'detached', timeout: 600_000 });
  console.log(`${since()}  to all ${cases} opened in the background`);
  const tasks = await page.evaluate(() => window.longTasks);
  console.log(`${`${Math.round(Math.max(0, ...tasks))} ms`.padStart(10)}  the longest that the page did not answer meanwhile (${tasks.length} times over 50 ms)`);

  const searched = Date.now();
  await page.getByLabel('Search in the reports').fill(`made-up case ${cases - 1}`);
  await page.waitForFunction(() => document.querySelectorAll('.line').length < 3);
  console.log(`${`${Date.now() - searched} ms`.padStart(10)}  to search through all of them`);
} finally {
  await browser.close();
  await demo.stop();
}
