import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What axe objects to and where. Contrast that it cannot judge counts as well. */
export async function objections(page: Page): Promise<readonly string[]> {
  // Fields that the head covers while the page is scrolled are not what is looked for.
  await page.evaluate(() => scrollTo(0, 0));
  const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations, incomplete, passes } = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze();
  expect(passes.map(({ id }) => id).concat(violations.map(({ id }) => id))).toContain('color-contrast-enhanced');
  return [...violations, ...incomplete.filter(({ id }) => id.startsWith('color-contrast'))].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
}

/** How far the page reaches beyond the window, in CSS pixels, and what sticks out. */
export async function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((part) => part.getBoundingClientRect().right > clientWidth + 0.5);
    return [`${scrollWidth} > ${clientWidth}`, ...wide.map((part) => part.outerHTML.slice(0, 80))];
  });
}
