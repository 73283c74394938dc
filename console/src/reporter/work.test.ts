import { expect, test } from 'vitest';
import { doWork, readWork } from './work';

test('the work is the one that the server looks for', async () => {
  const work = { challenge: '07'.repeat(16), bits: 12 };
  expect(readWork(JSON.parse(JSON.stringify(work)))).toEqual(work);
  // As server/src/web/flood/work.rs finds it.
  expect(await doWork(work, new Uint8Array(32).fill(1))).toBe(200);
  expect(await doWork(work, new Uint8Array(32).fill(2))).not.toBe(200);
});

test.each([undefined, null, 5, {}, { challenge: 'x', bits: 3 }, { challenge: '07'.repeat(16), bits: 40 }])(
  'what is no offer is none: %j',
  (offered) => {
    expect(readWork(offered)).toBeNull();
  },
);
