import type { BrowserContext, Response } from '@playwright/test';

/** What every answer must carry, and must not. */
const required: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /^default-src 'none';.*frame-ancestors 'none'/,
  'referrer-policy': /^no-referrer$/,
  'cache-control': /^no-store$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-embedder-policy': /^require-corp$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\).*geolocation=\(\).*microphone=\(\)/,
};
const forbidden = ['set-cookie', 'server', 'etag', 'last-modified', 'x-powered-by', 'clear-site-data'];

/** Listens to everything that pages ask for, are answered and complain about. */
export class Watch {
  private readonly found: string[] = [];
  private readonly answers: Response[] = [];

  constructor(
    private readonly context: BrowserContext,
    private readonly origins: readonly string[],
  ) {
    context.on('request', (request) => {
      if (!origins.includes(new URL(request.url()).origin)) this.found.push(`asked another origin: ${request.url()}`);
    });
    context.on('response', (response) => this.answers.push(response));
    context.on('console', (message) => {
      // Chromium logs every page with a status from 400 on; those are expected here.
      if (/^Failed to load resource: .* status of (4\d\d|503)/.test(message.text())) return;
      this.found.push(`console ${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.found.push(`script error: ${error.error().message}`));
  }

  /** How many answers came. */
  get answered(): number {
    return this.answers.length;
  }

  /** Everything that should not have happened; empty when all is well. */
  async faults(): Promise<readonly string[]> {
    const faults = [...this.found];
    for (const response of this.answers) {
      if (!this.origins.includes(new URL(response.url()).origin)) continue;
      for (const name of Object.keys(await response.request().allHeaders()).filter((name) => ['cookie', 'referer'].includes(name))) {
        faults.push(`${response.url()} was sent a ${name}`);
      }
      const headers = await response.allHeaders();
      for (const [name, pattern] of Object.entries(required)) {
        if (!pattern.test(headers[name] ?? '')) faults.push(`${response.url()}: ${name} is ${headers[name]}`);
      }
      if (/unsafe-|https?:|\*/.test(headers['content-security-policy'] ?? '')) {
        faults.push(`${response.url()}: a loose content security policy`);
      }
      for (const name of forbidden.filter((name) => name in headers)) faults.push(`${response.url()}: has ${name}`);
    }
    for (const cookie of await this.context.cookies()) faults.push(`cookie ${cookie.name}`);
    for (const page of this.context.pages()) {
      const stored = await page.evaluate(async () =>
        [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length]);
      if (stored.some((count) => count > 0)) faults.push(`${page.url()} keeps something in the browser`);
    }
    return faults;
  }
}
