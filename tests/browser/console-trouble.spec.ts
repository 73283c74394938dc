import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { expect, test } from './support/fixtures.js';
import { named, openCase, unlock } from './support/recipient.js';

const CASE = 'The press release about the new plant';

test('While the service is away nothing is lost: the text stays, and goes when it is back', async ({ page, context, demo }) => {
  await unlock(page, demo, 'chair');
  await openCase(page, CASE);
  await page.getByLabel('Your reply').fill('Which draft did you correct?');
  await context.route('**/api/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Seal and send' }).click();
  await expect(page.getByText('The service does not answer.')).toBeVisible();
  await expect(page.getByLabel('Your reply')).toHaveValue('Which draft did you correct?');
  await context.unroute('**/api/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('Your reply was sent.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'What happened' }).getByText('Which draft did you correct?')).toHaveCount(1);
});

test('An ended session is begun again unnoticed; where that is refused, the text comes back after unlocking', async ({ page, context, demo }) => {
  await unlock(page, demo, 'chair');
  await openCase(page, CASE);
  await context.clearCookies();
  await page.getByLabel('Your note').fill('Counsel has the drafts.');
  await page.getByRole('button', { name: 'Seal and save' }).click();
  await expect(page.getByText('Your note was saved.')).toBeVisible();

  await context.clearCookies();
  const refusal = { status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'key_not_registered', status: 403, title: '' }) };
  await context.route('**/api/v1/sessions', (route) => route.fulfill(refusal));
  await page.getByLabel('Your note').fill('Counsel wants the permits, too.');
  await page.getByRole('button', { name: 'Seal and save' }).click();
  await expect(page.getByText('it is not registered here')).toBeVisible();
  await page.getByRole('button', { name: 'Lock, and unlock again' }).click();
  await expect(page.getByText('Your session had ended')).toBeVisible();
  await context.unroute('**/api/v1/sessions');
  await page.getByLabel('Key file').setInputFiles(`${demo.folder}/keys/chair.key`);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByLabel('Your note')).toHaveValue('Counsel wants the permits, too.');
});

test('It locks itself after 15 idle minutes, after saying so, and ends the session on the server', async ({ page, demo }) => {
  await page.clock.install();
  await unlock(page, demo, 'chair');
  await page.clock.runFor('10:00');
  await page.mouse.move(200, 200);
  await page.clock.runFor('13:50');
  await expect(page.getByText('Nobody seems to be here')).toBeHidden();
  await page.clock.runFor('00:20');
  await expect(page.getByText('Nobody seems to be here')).toBeVisible();
  await page.keyboard.press('Shift');
  await expect(page.getByText('Nobody seems to be here')).toBeHidden();
  await page.clock.runFor('15:01');
  await expect(page.getByText('Locked after 15 minutes without activity')).toBeVisible();
  await expect.poll(async () => (await page.request.get(`${named(demo.url)}/api/v1/me`)).status()).toBe(401);
});

test('A case that does not open says why, and the others work', async ({ page, context, demo }) => {
  let spoiled = '';
  await change(context, '**/api/v1/cases/sealed', (json) => {
    const cases = json['cases'] as Record<string, string>[];
    const [first, second] = [cases[0], cases.at(-1)];
    if (first !== undefined && second !== undefined && first !== second) {
      spoiled ||= first['id'] ?? '';
      for (const each of cases) if (each['id'] === spoiled) each['report'] = second['report'] ?? '';
    }
  });
  await unlock(page, demo, 'chair');
  await page.getByText('All', { exact: true }).click();
  await expect(page.locator('.line.unreadable')).toHaveCount(1);
  await expect(page.locator('.line.unreadable')).toContainText('It belongs to another case');
  await expect(page.locator('.line.open').first()).toBeVisible();
  await expect(page.locator('.line.sealed')).toHaveCount(0);
});

test('A mailbox that the service swapped is noticed, and no reply can be sent to it', async ({ page, context, demo }) => {
  await change(context, /\/api\/v1\/cases\/[0-9a-f-]{36}$/, (json) => {
    (json['case'] as Record<string, string>)['mailbox_public_key'] = strangersKey();
  });
  await unlock(page, demo, 'chair');
  await openCase(page, CASE);
  await expect(page.getByText('The service names another mailbox')).toBeVisible();
  await expect(page.getByLabel('Your reply')).toBeHidden();
  await expect(page.getByLabel('Your note')).toBeVisible();
});

test('Messages of the reporter that the service leaves out are missed', async ({ page, context, demo }) => {
  await change(context, /\/api\/v1\/cases\/[0-9a-f-]{36}$/, (json) => {
    (json['case'] as Record<string, unknown>)['messages'] = 2;
  });
  await unlock(page, demo, 'chair');
  await openCase(page, CASE);
  await expect(page.getByText('Messages 1, 2 of the reporter are missing')).toBeVisible();
});

test('A key that the service does not know is named as such', async ({ page, demo }) => {
  await page.goto(`${named(demo.url)}/console`);
  const buffer = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'] });
  await page.getByLabel('Key file').setInputFiles({ name: 'other.key', mimeType: 'text/plain', buffer });
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByText('The key is right, but it is not registered here.')).toBeVisible();
  await expect(page.getByText('Give your public key to the operator')).toBeVisible();
});

test('A key file can be dropped onto the field', async ({ page, demo }) => {
  await page.goto(`${named(demo.url)}/console`);
  const dropped = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'dropped.key'));
    return transfer;
  }, readFileSync(`${demo.folder}/keys/alternate.key`, 'utf8'));
  await page.locator('.drop').dispatchEvent('drop', { dataTransfer: dropped });
  await expect(page.getByText('Chosen: dropped.key')).toBeVisible();
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByText('Unlocked for: Audit Committee alternate')).toBeVisible();
});

/** Changes what the service answers on its way to the console. */
async function change(
  context: BrowserContext,
  address: string | RegExp,
  how: (json: Record<string, unknown>) => void,
): Promise<void> {
  await context.route(address, async (route) => {
    const response = await route.fetch();
    const json = (await response.json()) as Record<string, unknown>;
    how(json);
    await route.fulfill({ response, json });
  });
}

function strangersKey(): string {
  const key = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  return /age1[0-9a-z]+/.exec(key)?.[0] ?? '';
}

