import { x25519 } from '@noble/curves/ed25519.js';
import { bech32 } from '@scure/base';
import { hexToBytes } from '@noble/hashes/utils.js';
import { expect, test } from 'vitest';
import { generatePrivateKey, importCryptoKey, parsePublicKey, publicKeyOf } from './keys';

const SMALL = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
];

test.each(SMALL)('%s is of small order, with the top bit set too', (hex) => {
  const point = hexToBytes(hex);
  expect(() => x25519.scalarMult(new Uint8Array(32).fill(9), point)).toThrow();
  for (const top of [0, 0x80]) {
    const bytes = Uint8Array.from(point);
    bytes[31] = (bytes[31] ?? 0) | top;
    expect(parsePublicKey(bech32.encodeFromBytes('age', bytes))).toEqual({
      answer: 'error',
      error: 'weak_public_key',
    });
  }
});

test('points beside those, and fresh keys, are not', () => {
  for (const first of [2, 9]) {
    const point = new Uint8Array(32);
    point[0] = first;
    expect(parsePublicKey(bech32.encodeFromBytes('age', point))).toHaveProperty('answer', 'parsed');
  }
  expect(parsePublicKey(publicKeyOf(generatePrivateKey()))).toHaveProperty('answer', 'parsed');
});

test('a key that the browser keeps is not given back', async () => {
  const key = await importCryptoKey(generatePrivateKey());
  expect(key).toBeInstanceOf(CryptoKey);
  await expect(crypto.subtle.exportKey('pkcs8', key as CryptoKey)).rejects.toThrow();
});
