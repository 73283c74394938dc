import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Api } from './client';
import { ServerAway } from './problem';

const FILE = { of: 'attachment', number: 1 } as const;
const never = new AbortController().signal;

/** A service whose answer begins after `first` milliseconds and brings one piece after each of `pauses`, then stops. */
function answering(first: number, pauses: readonly number[]): void {
  vi.stubGlobal('fetch', (_: string, { signal }: { signal: AbortSignal }) => {
    let at = 0;
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const pause = pauses[at++];
        if (pause !== undefined) {
          await new Promise((done) => setTimeout(done, pause));
          controller.enqueue(Uint8Array.of(at));
        } else {
          await new Promise(() => undefined);
        }
      },
    });
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
      setTimeout(() => resolve(new Response(body, { headers: { 'content-length': '3' } })), first);
    });
  });
}

async function read(signal = never): Promise<readonly number[]> {
  const { bytes } = await new Api().content('6f1a5f0e', FILE, signal);
  const got: number[] = [];
  for await (const piece of bytes) {
    got.push(...piece);
    if (got.length === 3) {
      break;
    }
  }
  return got;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a file may take long, as long as something comes', async () => {
  answering(50_000, [50_000, 50_000, 50_000]);
  const reading = read();
  await vi.advanceTimersByTimeAsync(250_000);
  expect(await reading).toEqual([1, 2, 3]);
});

test.each([
  ['does not begin', 70_000, []],
  ['stops in the middle', 10, [10, 70_000, 10]],
  ['stops before its end', 10, [10, 10]],
])('a file that %s is given up', async (_, first, pauses) => {
  answering(first, pauses);
  const reading = expect(read()).rejects.toThrow(ServerAway);
  await vi.advanceTimersByTimeAsync(200_000);
  await reading;
});

test('a file that is cancelled before it begins is not taken for a service that is away', async () => {
  answering(1_000, []);
  const abort = new AbortController();
  const reading = expect(read(abort.signal)).rejects.toMatchObject({ name: 'AbortError' });
  abort.abort();
  await reading;
});
