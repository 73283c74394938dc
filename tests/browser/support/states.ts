import type { Page } from '@playwright/test';
import { fileStates } from './file-states.js';
import type { Services } from './fixtures.js';
import { check, fillIn, fullConcern, report, send } from './reporter.js';

/** A page in one of its states, and how a reporter gets there. */
export interface State {
  readonly name: string;
  /** The status code that it comes with. */
  readonly status: number;
  readonly reach: (page: Page, services: Services) => Promise<void>;
  /** Where scripts run, this state is never met. */
  readonly scriptless?: true;
  /** Without our script, this state is never met. */
  readonly scripted?: true;
}

/** Both ways in which the pages work. */
export const ways = [
  { way: 'without our script', scripts: false },
  { way: 'with our script', scripts: true },
] as const;

/** The states that are met in one of these ways. */
export function statesMet(scripts: boolean): readonly State[] {
  return [...states, ...fileStates].filter((state) => (scripts ? state.scriptless : state.scripted) !== true);
}

/** Leaves out our script and nothing else, so that tests can look at a page as it is without. */
export async function withoutOurScript(page: Page): Promise<void> {
  await page.route('**/assets/reporter-*.js', async (route) => {
    await route.fulfill({ response: await route.fetch(), body: '' });
  });
}

/** No space, no hyphen: nothing that a line could break at. */
export const unbroken = (length: number): string => 'W'.repeat(length);

const open = (path: string) => async (page: Page, { demo }: Services): Promise<void> => {
  await page.goto(demo.url + path);
};

const openClosed = (path: string) => async (page: Page, { closed }: Services): Promise<void> => {
  await page.goto(closed.url + path);
};

const someone = { concerns: ['chair'], chosen: 'chair' };

/** Pages that reporters can meet, but for those with files on them. */
export const states: readonly State[] = [
  { name: 'start', status: 200, reach: open('/') },
  { name: 'privacy', status: 200, reach: open('/privacy') },
  { name: 'report', status: 200, reach: open('/report') },
  {
    name: 'report-filled-in',
    status: 200,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      await fillIn(page, fullConcern);
    },
  },
  {
    name: 'report-with-problems',
    status: 422,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { ...fullConcern, ...someone, narrative: '', name: '', contact: '' });
      await send(page);
    },
  },
  {
    name: 'report-with-unbroken-text',
    status: 422,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      const typed = ['narrative', 'when', 'where', 'who_else_knows', 'how_you_know', 'how_many_know', 'name', 'contact'];
      await fillIn(page, { identity: 'confidential', ...Object.fromEntries(typed.map((name) => [name, unbroken(1_500)])) });
      await send(page);
    },
  },
  {
    name: 'report-arrived-damaged',
    scriptless: true,
    status: 400,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { narrative: 'Typed once' });
      await page.locator('main form').evaluate((form) => {
        const again = document.createElement('input');
        again.name = 'narrative';
        form.append(again);
      });
      await send(page);
    },
  },
  { name: 'ask', status: 200, reach: open('/ask') },
  {
    name: 'ask-with-problems',
    status: 422,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/ask`);
      await send(page);
    },
  },
  {
    name: 'confirmation',
    status: 200,
    reach: async (page, { demo }) => {
      await report(page, demo.url, 'Sales were booked that never happened.');
    },
  },
  {
    name: 'ask-confirmation',
    status: 200,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/ask`);
      await fillIn(page, { narrative: 'May I accept an invitation to dinner?' });
      await send(page);
    },
  },
  { name: 'check', status: 200, reach: open('/check') },
  {
    name: 'check-with-problem',
    status: 422,
    reach: (page, { demo }) => check(page, demo.url, demo.sampleWords.replace(/ \S+$/, ` ${unbroken(300)}`)),
  },
  { name: 'check-unknown', status: 404, reach: (page, { demo }) => check(page, demo.url, `${'abandon '.repeat(11)}about`) },
  { name: 'status', status: 200, reach: (page, { demo }) => check(page, demo.url, demo.sampleWords) },
  {
    name: 'status-with-problem',
    status: 422,
    reach: async (page, { demo }) => {
      await check(page, demo.url, demo.sampleWords);
      await fillIn(page, { message: unbroken(100_001) });
      await send(page);
    },
  },
  {
    name: 'status-message-added',
    status: 200,
    reach: async (page, { demo }) => {
      const words = await report(page, demo.url, 'Invoices are split to stay under the limit.');
      await check(page, demo.url, words.join(' '));
      await fillIn(page, { message: 'It happened again on Friday.' });
      await send(page);
    },
  },
  {
    name: 'status-concluded',
    status: 200,
    reach: async (page, { demo }) => {
      const before = new Set((await demo.cases('chair')).map(({ id }) => id));
      const words = await report(page, demo.url, 'The same hotel nights were paid twice.');
      const id = (await demo.cases('chair')).find((listed) => !before.has(listed.id))?.id ?? 'the new case';
      for (const status of ['acknowledged', 'assessing', 'investigating', 'deciding']) {
        await demo.recipient('chair', 'status', id, status);
      }
      await demo.recipient('chair', 'reply', id, '--text', `First line\n\n<script>alert(1)</script> ${unbroken(300)}`);
      await demo.recipient('chair', 'status', id, 'concluded', '--outcome', 'partly_substantiated', '--measure', 'trained', '--text', 'Two of the five nights.');
      await check(page, demo.url, words.join(' '));
    },
  },
  { name: 'not-found', status: 404, reach: open('/no-such-page') },
  { name: 'method-not-allowed', status: 405, reach: open('/check/message') },
  {
    name: 'wrong-type',
    scriptless: true,
    status: 415,
    reach: async (page, { demo }) => {
      await page.goto(`${demo.url}/report`);
      await fillIn(page, { narrative: 'Sent in another format' });
      await page.locator('main form').evaluate((form) => form.setAttribute('enctype', 'text/plain'));
      await send(page);
    },
  },
  { name: 'closed', status: 503, reach: openClosed('/report') },
  { name: 'closed-ask', status: 503, reach: openClosed('/ask') },
  { name: 'closed-start', status: 200, reach: openClosed('/') },
];
