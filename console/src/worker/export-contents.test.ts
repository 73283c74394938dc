import { expect, test } from 'vitest';
import type { Api, SealedContent } from '../api/client';
import { ApiProblem, ServerAway } from '../api/problem';
import type { CaseJson, FileRef } from '../api/shapes';
import { contentsOf } from './export-contents';

const MEBIBYTE = 1024 * 1024;

const CASE = {
  case: { id: '6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11' },
  entries: [
    { kind: 'report', number: 0 },
    { kind: 'attachment', number: 1 },
    { kind: 'reply', number: 2 },
    { kind: 'attachment', number: 2 },
  ],
} as unknown as CaseJson;

const address = (ref: FileRef): string => (ref.of === 'attachment' ? `a${ref.number}` : `r${ref.number}.${ref.part}`);

/** A service with contents of these many mebibytes; `told` is whether it says how long they are. */
function serving(contents: Readonly<Record<string, number>>, told = true): Api {
  return {
    content(_: string, ref: FileRef): Promise<SealedContent> {
      const size = contents[address(ref)];
      if (size === undefined) {
        return Promise.reject(new ApiProblem('not_found', 404));
      }
      let left = size;
      const bytes = new ReadableStream<Uint8Array>({
        pull: (controller) => (left-- > 0 ? controller.enqueue(new Uint8Array(MEBIBYTE)) : controller.close()),
      });
      return Promise.resolve({ length: told ? size * MEBIBYTE : 0, bytes });
    },
  } as unknown as Api;
}

test('a sealed copy has the files of reports, messages and replies, however many a reply has', async () => {
  const contents = await contentsOf(serving({ a1: 1, a2: 2, 'r2.1': 3, 'r2.2': 0 }), CASE);
  const found = contents === 'too_large' ? [] : contents.map(({ name, sealed }) => [name, sealed.length / MEBIBYTE]);
  expect(found).toEqual([
    ['content-1.age', 1],
    ['reply-2-content-1.age', 3],
    ['reply-2-content-2.age', 0],
    ['content-2.age', 2],
  ]);
});

test.each([true, false])('too much for the memory of a tab is left out, where its length is told: %j', async (told) => {
  expect(await contentsOf(serving({ a1: 40, a2: 21, 'r2.1': 40 }, told), CASE)).toBe('too_large');
  expect(await contentsOf(serving({ a1: 40, a2: 20, 'r2.1': 40 }, told), CASE)).toHaveLength(3);
});

test('a file of a report that is not there ends the copy: it would look whole', async () => {
  await expect(contentsOf(serving({ a1: 1 }), CASE)).rejects.toThrow('not_found');
  const away = { content: () => Promise.reject(new ServerAway()) } as unknown as Api;
  await expect(contentsOf(away, CASE)).rejects.toThrow(ServerAway);
});
