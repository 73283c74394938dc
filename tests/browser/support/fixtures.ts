import { test as base } from '@playwright/test';
import { Service } from './service.js';

/** The programs that tests talk to: one of each for every worker, started on first use. */
export interface Services {
  /** A demonstration with sample cases. */
  readonly demo: Service;
  /** A service that cannot take reports, since nobody could read them. */
  readonly closed: Service;
}

export const test = base.extend<object, Services>({
  demo: [
    async ({}, use) => {
      const service = await Service.demo();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
  closed: [
    async ({}, use) => {
      const service = await Service.closed();
      await use(service);
      await service.stop();
    },
    { scope: 'worker' },
  ],
});

export { expect } from '@playwright/test';
