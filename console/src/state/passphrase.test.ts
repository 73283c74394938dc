import { expect, test } from 'vitest';
import { ENOUGH, makePassphrase, weigh } from './passphrase';

test('a made-up passphrase is seven words of the list, each as likely as the others', () => {
  const counts = new Map<string, number>();
  let next = 0;
  const every = (numbers: Uint16Array): void => {
    for (let at = 0; at < numbers.length; at++) {
      numbers[at] = next++ % 65_536;
    }
  };
  for (let made = 0; made < 65_536 / 7; made++) {
    const words = makePassphrase(every).split('-');
    expect(words).toHaveLength(7);
    for (const word of words) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  expect(counts.size).toBe(2048);
  expect(Math.max(...counts.values()) - Math.min(...counts.values())).toBeLessThanOrEqual(1);
});

test('a made-up passphrase is strong enough, what everybody uses is not', async () => {
  const chance = makePassphrase((numbers) => crypto.getRandomValues(numbers));
  expect((await weigh(chance)).score).toBe(4);
  for (const weak of ['password', 'Candor2026', 'audit committee', 'qwertyuiop', 'aaaaaaaaaaaaaaaa']) {
    expect((await weigh(weak)).score, weak).toBeLessThan(ENOUGH);
  }
});
