import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { bytesToNumberLE, concatBytes, numberToBytesLE } from '@noble/curves/utils.js';
import { expect, test } from 'vitest';
import { signingSeed, speakerKey } from './derive';
import { verify } from './signature';

const { Point } = ed25519;

/** A signature whose R has `part` added to it: only the holder of the key can make one. */
function signWith(part: InstanceType<typeof Point>, token: Uint8Array, signed: Uint8Array): Uint8Array {
  const { scalar } = ed25519.utils.getExtendedPublicKey(signingSeed(token));
  const nonce = 123_456_789n;
  const r = Point.BASE.multiply(nonce).add(part).toBytes();
  const challenge = Point.Fn.create(bytesToNumberLE(sha512(concatBytes(r, speakerKey(token), signed))));
  return concatBytes(r, numberToBytesLE(Point.Fn.create(nonce + challenge * scalar), 32));
}

test('a part of small order in R never verifies, though the equation times the cofactor holds', () => {
  const token = new Uint8Array(16).fill(3);
  const signed = new TextEncoder().encode('candor');
  const eighth = Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
  const odd = signWith(eighth, token, signed);
  expect(ed25519.verify(odd, signed, speakerKey(token), { zip215: false })).toBe(true);
  expect(verify(speakerKey(token), odd, signed)).toBe(false);
  expect(verify(speakerKey(token), signWith(Point.ZERO, token, signed), signed)).toBe(true);
});
