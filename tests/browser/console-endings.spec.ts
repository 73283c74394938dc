import { expect, test } from './support/fixtures.js';
import { openCase, unlock } from './support/recipient.js';
import { newCase, reportElsewhere } from './support/console-states.js';

const NARRATIVE = 'Sales of January were booked in December.';

test('An accounting case ends once a second member of the committee has read the conclusion and agreed', async ({ browser, demo }) => {
  const page = await (await browser.newContext()).newPage();
  await reportElsewhere(page, demo, { narrative: NARRATIVE, category: 'accounting' });
  await unlock(page, demo, 'chair');
  await openCase(page, NARRATIVE);
  const status = page.getByRole('region', { name: 'Status' });
  const history = page.getByRole('region', { name: 'What happened' });
  await test.step('the chair’s program marks it, since the service cannot know what it is about', async () => {
    await expect(status).toContainText('Two have to agree to how it ends.');
    await expect(history).toContainText('marked that two have to agree');
  });

  await test.step('the chair proposes the end, and is told what is missing', async () => {
    await page.getByText('Change status').click();
    await page.getByRole('radio', { name: 'Being assessed' }).check();
    await page.getByRole('button', { name: 'Change the status' }).click();
    await expect(status.locator('.now')).toHaveText('Being assessed');
    await page.getByText('Change status').click();
    await page.getByRole('radio', { name: 'Concluded' }).check();
    await expect(status).toContainText('To end it for want of information, ask the reporter first');
    await page.getByRole('button', { name: 'Propose this end' }).click();
    await expect(status.getByRole('alert')).toHaveText([
      'Choose how it ended.',
      'Tick what was done; “Nothing had to be done” is an answer, too.',
      'Write in a sentence or two why it ends so.',
    ]);
    await expect(page.getByLabel('How it ended')).toBeFocused();
    await page.getByLabel('How it ended').selectOption({ label: 'Confirmed' });
    await page.getByRole('checkbox', { name: 'Books or accounts were corrected' }).check();
    await page.getByLabel('Why it ends so').fill('The ledger shows <b>it</b>.');
    await page.getByRole('button', { name: 'Propose this end' }).click();
    await expect(status).toContainText('Proposed end: Concluded, Confirmed');
    await expect(status).toContainText('Somebody else has to agree');
    await expect(page.getByRole('button', { name: 'Agree and end the case' })).toBeHidden();
  });

  const other = await (await browser.newContext()).newPage();
  await test.step('the alternate reads what was done and why, and agrees', async () => {
    await unlock(other, demo, 'alternate');
    await openCase(other, NARRATIVE);
    const proposed = other.getByRole('region', { name: 'Status' });
    await expect(proposed).toContainText('Books or accounts were corrected');
    await expect(proposed).toContainText('The ledger shows <b>it</b>.');
    await other.getByRole('button', { name: 'Agree and end the case' }).click();
    await expect(proposed.locator('.now')).toHaveText('Concluded: Confirmed');
    await expect(other.getByRole('region', { name: 'What happened' })).toContainText('Conclusion: Concluded, Confirmed');
  });
  await page.context().close();
  await other.context().close();
});

test('A service that names another end than the conclusion does is refused', async ({ page, demo }) => {
  const id = await newCase(page, demo, { narrative: 'The auditors were given other books.', category: 'audit_obstruction' });
  await demo.recipient('chair', 'status', id, 'assessing');
  await demo.recipient('chair', 'status', id, 'concluded', '--outcome', 'substantiated', '--measure', 'warned', '--text', 'So it was.');
  await page.route(`**/api/v1/cases/${id}`, async (route) => {
    const answer = await route.fetch();
    const json = (await answer.json()) as { proposed_end: { outcome: string } };
    json.proposed_end.outcome = 'not_substantiated';
    await route.fulfill({ response: answer, json });
  });
  await unlock(page, demo, 'alternate');
  await openCase(page, 'The auditors were given other books.');
  await expect(page.getByRole('alert')).toContainText('does not say this. Do not agree.');
  await expect(page.getByRole('button', { name: 'Agree and end the case' })).toBeHidden();
});
