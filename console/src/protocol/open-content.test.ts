import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { beforeAll, expect, test } from 'vitest';
import { Opener } from './age-file';
import { generatePrivateKey, publicKeyOf } from './keys';
import { openContent } from './open-content';
import { sealContent } from './seal-content';

const KEY = generatePrivateKey();
/** One of the parts in which contents are gathered, and a bit. */
const CONTENT = Uint8Array.from({ length: 9_000_001 }, (_, at) => (at * 31 + (at >> 8)) & 0xff);
const INFO = { size: CONTENT.length, sha256: bytesToHex(sha256(CONTENT)) };

let sealed: Uint8Array;
beforeAll(async () => {
  const none = new AbortController().signal;
  const made = await sealContent(new Blob([CONTENT]), [publicKeyOf(KEY)], () => undefined, none);
  expect(made).toMatchObject(INFO);
  sealed = new Uint8Array(await made.sealed.arrayBuffer());
});

/** The bytes in pieces of these sizes, over and over; `end` says what happens where it is given. */
function arriving(sizes: readonly number[], end = sealed.length, failure?: Error): ReadableStream<Uint8Array> {
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < end) {
        const size = sizes[turn++ % sizes.length] ?? 1;
        controller.enqueue(sealed.slice(at, Math.min(end, at + size)));
        at += size;
      } else if (failure === undefined) {
        controller.close();
      } else {
        controller.error(failure);
      }
    },
  });
}

test.each([[[1_000_003]], [[65_536]], [[65_535, 1, 65_537]], [[1, 7, 99_991]]])(
  'a long content is the same whatever pieces it arrives in: %j',
  async (sizes) => {
    const told: number[] = [];
    const opened = await openContent(arriving(sizes), new Opener(KEY), INFO, (done) => told.push(done));
    const content = opened.answer === 'opened' ? new Uint8Array(await opened.content.arrayBuffer()) : null;
    expect(content?.length).toBe(CONTENT.length);
    expect(content && bytesToHex(sha256(content))).toBe(INFO.sha256);
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBe(CONTENT.length);
  },
);

test('a line that breaks off is told from a file that is damaged', async () => {
  const cut = new Error('the line broke');
  for (const end of [10, 150, 5_000_000]) {
    await expect(openContent(arriving([65_536], end, cut), new Opener(KEY), INFO)).rejects.toBe(cut);
  }
  const ended = await openContent(arriving([65_536], 5_000_000), new Opener(KEY), INFO);
  expect(ended).toEqual({ answer: 'error', error: 'broken' });
});

test('nothing is given out of a content that is not the one described, however late that shows', async () => {
  const other = { size: INFO.size, sha256: `${INFO.sha256.slice(0, -1)}${INFO.sha256.endsWith('0') ? '1' : '0'}` };
  const mismatch = { answer: 'error', error: 'content_mismatch' };
  expect(await openContent(arriving([500_000]), new Opener(KEY), other)).toEqual(mismatch);
  // Longer than the whole with its padding, and shorter than what is there.
  const longer = { ...INFO, size: INFO.size * 2 };
  expect(await openContent(arriving([500_000]), new Opener(KEY), longer)).toEqual(mismatch);
  const shorter = { ...INFO, size: INFO.size - 1 };
  expect(await openContent(arriving([500_000]), new Opener(KEY), shorter)).toEqual({
    answer: 'error',
    error: 'padding',
  });
});

test('a content for somebody else is not read to its end', async () => {
  let read = 0;
  const counted = arriving([65_536]).pipeThrough(
    new TransformStream({
      transform(piece: Uint8Array, controller) {
        read += piece.length;
        controller.enqueue(piece);
      },
    }),
  );
  const opened = await openContent(counted, new Opener(generatePrivateKey()), INFO);
  expect(opened).toEqual({ answer: 'not_mine' });
  expect(read).toBeLessThan(1_000_000);
});
