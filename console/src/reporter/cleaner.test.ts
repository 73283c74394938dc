import { expect, test, vi } from 'vitest';
import { Cleaner, type CleanerCall, type CleanerWord, type CleanerWorker } from './cleaner';
import { unchanged, type Looked } from './findings';

/** A worker that does what the test says. */
class Hand implements CleanerWorker {
  onmessage: ((event: MessageEvent<CleanerWord>) => void) | null = null;
  onmessageerror: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly asked: Blob[] = [];
  ended = false;

  postMessage({ file }: CleanerCall): void {
    this.asked.push(file);
  }

  terminate(): void {
    this.ended = true;
  }

  say(looked: Looked | null): void {
    this.onmessage?.({ data: { looked } } as MessageEvent<CleanerWord>);
  }

  fail(): void {
    this.onerror?.(new Event('error', { cancelable: true }) as ErrorEvent);
  }
}

function bench(patience?: number): { hands: Hand[]; hand: (number: number) => Promise<Hand>; cleaner: Cleaner } {
  const hands: Hand[] = [];
  const start = (): Hand => {
    const hand = new Hand();
    hands.push(hand);
    return hand;
  };
  const hand = (number: number): Promise<Hand> => vi.waitUntil(() => hands[number]);
  return { hands, hand, cleaner: new Cleaner(start, patience) };
}

const file = new Blob(['as it was']);
const cleaned: Looked = { content: new Blob(['clean']), findings: { removed: ['author'], left: [], whyNot: null } };
const patient = new AbortController().signal;

test('one worker looks into files one after another', async () => {
  const { hands, hand, cleaner } = bench();
  const first = cleaner.look(file, patient);
  const second = cleaner.look(new Blob(['other']), patient);
  const worker = await hand(0);
  worker.say(null);
  expect(worker.asked).toEqual([file]);
  worker.say(cleaned);
  expect(await first).toBe(cleaned);
  await vi.waitUntil(() => worker.asked.length === 2);
  worker.say(cleaned);
  await second;
  expect(hands).toHaveLength(1);
  expect(worker.ended).toBe(false);
});

test('a file that is left out ends the worker, and the next one gets another', async () => {
  const { hand, cleaner } = bench();
  const abort = new AbortController();
  const first = cleaner.look(file, abort.signal);
  const second = cleaner.look(file, patient);
  const worker = await hand(0);
  worker.say(null);
  abort.abort();
  expect(await first).toEqual(unchanged(file, 'stopped'));
  expect(worker.ended).toBe(true);
  (await hand(1)).say(cleaned);
  expect(await second).toBe(cleaned);
});

test('a file that is left out before its turn is answered at once, and ends nothing', async () => {
  const { hands, hand, cleaner } = bench();
  const abort = new AbortController();
  const first = cleaner.look(file, patient);
  const second = cleaner.look(file, abort.signal);
  const worker = await hand(0);
  abort.abort();
  expect(await second).toEqual(unchanged(file, 'stopped'));
  worker.say(cleaned);
  expect(await first).toBe(cleaned);
  const third = cleaner.look(file, patient);
  await vi.waitUntil(() => worker.asked.length === 2);
  worker.say(cleaned);
  await third;
  expect(hands.map((each) => [each.asked.length, each.ended])).toEqual([[2, false]]);
});

test('a worker that may rest is ended when its last file is done, and made anew when it is needed', async () => {
  const { hand, cleaner } = bench();
  const first = cleaner.look(file, patient);
  cleaner.rest();
  const worker = await hand(0);
  expect(worker.ended).toBe(false);
  worker.say(cleaned);
  expect(await first).toBe(cleaned);
  await vi.waitUntil(() => worker.ended);
  const second = cleaner.look(file, patient);
  (await hand(1)).say(cleaned);
  expect(await second).toBe(cleaned);
});

test.each([
  ['does not load', false, 'not_loaded'],
  ['dies over a file', true, 'gave_up'],
] as const)('a worker that %s is named so, and not asked again', async (_, ready, whyNot) => {
  const { hand, cleaner } = bench();
  const first = cleaner.look(file, patient);
  const worker = await hand(0);
  if (ready) {
    worker.say(null);
  }
  worker.fail();
  expect(await first).toEqual(unchanged(file, whyNot));
  expect(worker.ended).toBe(true);
  const second = cleaner.look(file, patient);
  (await hand(1)).say(cleaned);
  expect(await second).toBe(cleaned);
});

test('a worker that could not load a part of its own is not asked again, since it would not load it again', async () => {
  const { hand, cleaner } = bench();
  const first = cleaner.look(file, patient);
  const worker = await hand(0);
  worker.say(null);
  worker.say(unchanged(file, 'not_loaded'));
  expect((await first).findings.whyNot).toBe('not_loaded');
  expect(worker.ended).toBe(true);
});

test('a file that takes too long is given up', async () => {
  const { hand, cleaner } = bench(500);
  const looked = cleaner.look(file, patient);
  const worker = await hand(0);
  worker.say(null);
  expect(await looked).toEqual(unchanged(file, 'gave_up'));
  expect(worker.ended).toBe(true);
});

test('a browser that starts no worker is answered, too', async () => {
  const cleaner = new Cleaner(() => {
    throw new Error('no workers here');
  });
  expect(await cleaner.look(file, patient)).toEqual(unchanged(file, 'not_loaded'));
});
