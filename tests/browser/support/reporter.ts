import { expect, type Locator, type Page } from '@playwright/test';

/** What a reporter fills in, by the name of the field; lists are boxes to tick. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** A concern with every question answered. */
export const fullConcern = {
  concerns: ['alternate', 'supervisor-finance'],
  chosen: 'compliance',
  category: 'conflict_of_interest',
  narrative: 'The contract went to a firm that belongs to a relative.\n\nNobody compared the other two offers.',
  when: 'Every spring since 2023',
  where: 'Purchasing, second floor',
  who_else_knows: 'Two people in purchasing\nand one in the mail room',
  how_you_know: 'I saw the offers & the <b>minutes</b>',
  how_many_know: 'Perhaps “five”',
  identity: 'confidential',
  name: 'A. Reporter',
  contact: 'after 18:00, private@example.com',
} as const satisfies Answers;

/** Fills in the form on the page. */
export async function fillIn(page: Page, answers: Answers): Promise<void> {
  for (const [name, answer] of Object.entries(answers)) {
    if (await choices(page, name).count()) {
      for (const value of [answer].flat()) await choices(page, name, `[value="${value}"]`).check();
    } else {
      await page.locator(`[name="${name}"]`).fill(answer as string);
    }
  }
}

/** Checks that the form on the page holds exactly these answers. */
export async function expectFilledIn(page: Page, answers: Answers): Promise<void> {
  for (const [name, answer] of Object.entries(answers)) {
    if (await choices(page, name).count()) {
      const ticked = await choices(page, name, ':checked').evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value));
      expect(ticked, name).toEqual([answer].flat());
    } else {
      await expect(page.locator(`[name="${name}"]`), name).toHaveValue(answer as string);
    }
  }
}

/** Presses the button of the form on the page. */
export async function send(page: Page): Promise<void> {
  await page.locator('main form:not([action="/check/file"]) [type=submit]:enabled').click();
}

/** Fills in a short concern and sends it. */
export async function report(page: Page, url: string, narrative: string): Promise<readonly string[]> {
  await page.goto(`${url}/report`);
  await fillIn(page, { narrative });
  await send(page);
  return shownWords(page);
}

/** The words on the confirmation page. */
export async function shownWords(page: Page): Promise<readonly string[]> {
  const words = page.locator('main ol[translate=no] li');
  await expect(words).toHaveCount(12);
  return (await words.allInnerTexts()).map((word) => word.trim());
}

/** Types words into the check page and sends them. */
export async function check(page: Page, url: string, words: string): Promise<void> {
  await page.goto(`${url}/check`);
  await fillIn(page, { words });
  await send(page);
}

/** The part of a status page that says where the case stands. */
export function standing(page: Page): Locator {
  return page.getByRole('region', { name: /where it stands/i });
}

/** The boxes or buttons of a question that is answered by ticking. */
function choices(page: Page, name: string, which = ''): Locator {
  return page.locator(`input[name="${name}"]:is([type=checkbox], [type=radio])${which}`);
}
