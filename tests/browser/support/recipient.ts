import { expect, type BrowserContext, type CDPSession, type Page } from '@playwright/test';
import { join } from 'node:path';
import type { Service } from './service.js';

/** The service under the name that browsers tie passkeys to. */
export function named(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}

/** Opens the console and unlocks it with a key file of the demonstration, which has no passphrase. */
export async function unlock(page: Page, demo: Service, role: string): Promise<void> {
  await page.goto(`${named(demo.url)}/console`);
  await page.getByLabel('Key file').setInputFiles(join(demo.folder, 'keys', `${role}.key`));
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Cases', level: 1 })).toBeVisible();
}

/** Opens the case whose subject holds these words. */
export async function openCase(page: Page, words: string): Promise<void> {
  await page.getByRole('link', { name: words }).click();
  await expect(page.locator('article.case')).toBeVisible();
}

/** A passkey of the device that can seal, always there and always willing. */
export async function addPasskeys(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      hasPrf: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return session;
}

/** Everything that a browser sends and gets: addresses, headers, bodies. */
export class NetworkLog {
  private readonly pieces: Promise<string>[] = [];

  constructor(context: BrowserContext) {
    context.on('request', (request) => {
      this.pieces.push(
        request.allHeaders().then((headers) =>
          [request.method(), request.url(), JSON.stringify(headers), request.postData() ?? ''].join('\n')),
      );
    });
    context.on('response', (response) => {
      // Scripts and styles are the console itself; everything else is about cases.
      if (!new URL(response.url()).pathname.startsWith('/console')) {
        this.pieces.push(response.text().catch(() => ''));
      }
    });
  }

  async text(): Promise<string> {
    return (await Promise.allSettled(this.pieces)).map((piece) => (piece.status === 'fulfilled' ? piece.value : '')).join('\n');
  }
}
