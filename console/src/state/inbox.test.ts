import { expect, test } from 'vitest';
import { ConsoleError } from '../session/errors';
import type { CaseSummary } from '../session/types';
import type { IndexPage, Opened } from '../worker/messages';
import { Inbox } from './inbox';
import { NO_WISHES, choose } from './listing';

function summary(number: number): CaseSummary {
  const closed = number % 10 === 9;
  return {
    id: String(number).padStart(5, '0'),
    kind: 'concern',
    status: closed ? 'concluded' : 'received',
    received: '2026-01-10',
    updated: '2026-01-10',
    acknowledgeTarget: '2026-01-13',
    acknowledgeBy: '2026-01-17',
    feedbackBy: '2026-04-17',
    ...(closed ? {} : { updateBy: '2026-02-09' }),
    opened: false,
    unread: 0,
    messages: 0,
    replies: 0,
    revision: 1,
  };
}

/** A service with so many cases, which notes what is opened and may be away. */
class Service {
  readonly batches: (readonly string[])[] = [];
  away = false;

  constructor(private readonly cases: readonly CaseSummary[]) {}

  index(progress: 'open' | 'closed', limit: number, after?: string): Promise<IndexPage> {
    const fitting = this.cases.filter((each) => (each.updateBy !== undefined) === (progress === 'open'));
    const from = after === undefined ? 0 : Number(after);
    const next = from + limit < fitting.length ? { next: String(from + limit) } : {};
    return Promise.resolve({ cases: fitting.slice(from, from + limit), ...next });
  }

  openReports(ids: readonly string[]): Promise<readonly Opened[]> {
    if (this.away) {
      return Promise.reject(new ConsoleError('server-away'));
    }
    this.batches.push(ids);
    return Promise.resolve(
      ids.map((id) => ({
        id,
        gist: { category: 'legal', subject: `Report ${id}`, searchable: `report ${id}`, confidential: false },
      })),
    );
  }
}

async function settled(inbox: Inbox, until: () => boolean): Promise<void> {
  for (let waited = 0; waited < 2_000 && !until(); waited++) {
    await new Promise((next) => setTimeout(next, 1));
  }
  expect(until()).toBe(true);
  inbox.stop();
}

test('what is on the screen is opened first, then what is open, then the rest, each once', async () => {
  const service = new Service(Array.from({ length: 500 }, (_, number) => summary(number)));
  const inbox = new Inbox(service);
  inbox.look(['00300', '00301', '00309']);
  await inbox.load();
  await settled(inbox, () => inbox.progress.done === 500);
  const opened = service.batches.flat();
  expect(new Set(opened).size).toBe(500);
  expect(opened).toHaveLength(500);
  expect(opened.indexOf('00300')).toBeLessThan(50);
  const firstClosed = opened.findIndex((id) => id.endsWith('9') && id !== '00309');
  expect(opened.slice(0, firstClosed).length).toBeGreaterThanOrEqual(450);
  expect(inbox.cases.every((each) => each.state === 'open')).toBe(true);
});

test('while the service is away, what is known stays, and a later look goes on where it stopped', async () => {
  const service = new Service(Array.from({ length: 60 }, (_, number) => summary(number)));
  const inbox = new Inbox(service);
  service.away = true;
  await inbox.load();
  for (let waited = 0; waited < 500 && inbox.problem === null; waited++) {
    await new Promise((next) => setTimeout(next, 1));
  }
  expect(inbox.problem).toBe('server-away');
  expect(inbox.cases).toHaveLength(60);
  service.away = false;
  await inbox.load();
  await settled(inbox, () => inbox.progress.done === 60);
  expect(inbox.problem).toBeNull();
});

test('search wants every word, finds nothing in what is not opened, and filters narrow', () => {
  const listed = [
    {
      ...summary(1),
      state: 'open',
      category: 'legal',
      subject: '',
      searchable: 'two invoices paid twice',
      confidential: false,
    },
    {
      ...summary(2),
      state: 'open',
      category: 'accounting',
      subject: '',
      searchable: 'one invoice',
      confidential: false,
    },
    { ...summary(3), state: 'sealed' },
    {
      ...summary(9),
      state: 'open',
      category: 'legal',
      subject: '',
      searchable: 'paid invoices',
      confidential: false,
      opened: true,
    },
  ] as const;
  const found = (wishes: object): readonly string[] =>
    choose(listed, { ...NO_WISHES, ...wishes }, '2026-01-11').map(({ id }) => id);
  expect(found({})).toEqual(['00001', '00002', '00003']);
  expect(found({ shown: 'all', search: 'Invoices PAID' })).toEqual(['00001', '00009']);
  expect(found({ shown: 'closed' })).toEqual(['00009']);
  expect(found({ category: 'accounting' })).toEqual(['00002']);
  expect(found({ shown: 'all', unread: true })).toEqual(['00001', '00002', '00003']);
  expect(found({ shown: 'all', search: '0000' })).toHaveLength(4);
});
