import { expect, test } from './support/fixtures.js';
import { openCase, unlock } from './support/recipient.js';
import { reportElsewhere } from './support/console-states.js';

const NARRATIVE = 'The chair signed for both sides.';

test('The alternate releases a case about the chair, takes the office off again, and cannot leave it without a reader', async ({ page, demo }) => {
  await reportElsewhere(page, demo, { narrative: NARRATIVE, category: 'accounting', concerns: 'chair' });
  await unlock(page, demo, 'alternate');
  await openCase(page, NARRATIVE);
  const box = page.getByRole('region', { name: 'Who can read it' });
  const history = page.getByRole('region', { name: 'What happened' });
  await expect(box.getByRole('listitem')).toHaveText(['Audit Committee alternate (you)']);

  await test.step('to whom it is about it cannot be released', async () => {
    await box.getByText('Release to somebody else').click();
    await expect(box.getByLabel('To whom').getByRole('option')).toHaveText(['', 'Compliance Office', 'Supervisor, Finance', 'Supervisor, Operations']);
    await box.getByRole('button', { name: 'Release the case' }).click();
    await expect(box.getByRole('alert')).toHaveText('Choose to whom.');
    await box.getByLabel('To whom').selectOption({ label: 'Compliance Office' });
    await box.getByRole('button', { name: 'Release the case' }).click();
    await expect(box.getByRole('listitem')).toHaveText(['Audit Committee alternate (you)', 'Compliance Office']);
    await expect(history).toContainText('released the case to Compliance Office');
    expect(await demo.recipient('compliance', 'list')).toContain('The chair signed');
  });

  await test.step('stepping aside would leave nobody who may end it on the committee’s behalf', async () => {
    await box.getByText('Take somebody off').click();
    await box.getByRole('button', { name: 'Take them off the case' }).click();
    await expect(box.getByRole('alert')).toHaveText(['Choose whom.', 'Write in a sentence why.']);
    await box.getByLabel('Whom', { exact: true }).selectOption({ label: 'Compliance Office' });
    await box.getByLabel('Why', { exact: true }).fill('They worked with <b>the chair</b>.');
    await box.getByRole('button', { name: 'Take them off the case' }).click();
    await expect(history).toContainText('took Compliance Office off the case');
    await expect(history).toContainText('They worked with <b>the chair</b>.');
    await expect(box.getByRole('listitem')).toHaveText(['Audit Committee alternate (you)']);
    expect(await demo.recipient('compliance', 'list')).not.toContain('The chair signed');
    await box.getByText('Step aside', { exact: true }).click();
    await box.getByRole('button', { name: 'Leave this case for good' }).click();
    await expect(box.getByRole('alert')).toContainText('Nobody would be left who can bring this case to its end.');
  });
});

test('Whoever steps aside is back in the list, without the case', async ({ page, demo }) => {
  await reportElsewhere(page, demo, { narrative: 'A cousin of the alternate won the tender.', category: 'conflict_of_interest' });
  await unlock(page, demo, 'alternate');
  await openCase(page, 'A cousin of the alternate');
  await page.getByText('Step aside', { exact: true }).click();
  await page.getByRole('button', { name: 'Leave this case for good' }).click();
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('cousin');
  await expect(page.getByRole('link', { name: 'A cousin of the alternate' })).toBeHidden();
  expect(await demo.recipient('alternate', 'list')).not.toContain('cousin');
  expect(await demo.recipient('chair', 'list')).toContain('cousin');
});
