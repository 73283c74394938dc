/** age key pairs: the public key `age1…` and the private key `AGE-SECRET-KEY-1…` (protocol, section 3). */
import { x25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, randomBytes } from '@noble/hashes/utils.js';
import { bech32 } from '@scure/base';

const PUBLIC_KEY_LENGTH = 62;
const PRIVATE_KEY_LENGTH = 74;

export type KeyError = 'public_key' | 'weak_public_key' | 'private_key';

/** A key, or why the text is none. */
export type Parsed<T> =
  { readonly answer: 'parsed'; readonly key: T } | { readonly answer: 'error'; readonly error: KeyError };

/** Reads a public key. White space around it is ignored; a point of small order would open to everybody. */
export function parsePublicKey(text: string): Parsed<string> {
  const trimmed = text.trim();
  const point = trimmed.length === PUBLIC_KEY_LENGTH ? decode(trimmed, 'age') : null;
  if (point === null || trimmed !== trimmed.toLowerCase()) {
    return { answer: 'error', error: 'public_key' };
  }
  return isSmallOrder(point) ? { answer: 'error', error: 'weak_public_key' } : { answer: 'parsed', key: trimmed };
}

/** Reads a private key. White space around it is ignored. */
export function parsePrivateKey(text: string): Parsed<string> {
  const trimmed = text.trim();
  const secret = trimmed.length === PRIVATE_KEY_LENGTH ? decode(trimmed, 'age-secret-key-') : null;
  return secret === null || trimmed !== trimmed.toUpperCase()
    ? { answer: 'error', error: 'private_key' }
    : { answer: 'parsed', key: trimmed };
}

/** The public key of a private key. */
export function publicKeyOf(privateKey: string): string {
  return bech32.encodeFromBytes('age', x25519.scalarMultBase(secretOf(privateKey)));
}

export function generatePrivateKey(): string {
  return privateKeyOf(randomBytes(32));
}

/** The private key with these 32 bytes. */
export function privateKeyOf(secret: Uint8Array): string {
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase();
}

/** The 32 bytes of a private key. */
export function secretOf(privateKey: string): Uint8Array {
  const secret = decode(privateKey, 'age-secret-key-');
  if (secret === null) {
    throw new TypeError('not a private key');
  }
  return secret;
}

// PKCS #8 before the 32 bytes of an X25519 key (RFC 8410).
const PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

/**
 * The key as the browser keeps it: it can be used and not be read any more. Browsers without X25519 get it back as the
 * text that it was.
 */
export async function importCryptoKey(privateKey: string): Promise<CryptoKey | string> {
  const bytes = Uint8Array.from([...PKCS8, ...secretOf(privateKey)]);
  try {
    return await crypto.subtle.importKey('pkcs8', bytes, { name: 'X25519' }, false, ['deriveBits']);
  } catch {
    return privateKey;
  } finally {
    bytes.fill(0);
  }
}

function decode(text: string, prefix: string): Uint8Array | null {
  try {
    const decoded = bech32.decodeToBytes(text);
    return decoded.prefix.toLowerCase() === prefix && decoded.bytes.length === 32 ? decoded.bytes : null;
  } catch {
    return null;
  }
}

/**
 * The points for which every shared secret is zero, in hexadecimal, the top bit clear: cr.yp.to/ecdh.html#validate.
 * A list, because multiplying to find out takes as long as all the rest of opening a report.
 */
const SMALL_ORDER: ReadonlySet<string> = new Set([
  '00'.repeat(32),
  '01' + '00'.repeat(31),
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  // p - 1, p and p + 1 with p = 2^255 - 19.
  'ec' + 'ff'.repeat(30) + '7f',
  'ed' + 'ff'.repeat(30) + '7f',
  'ee' + 'ff'.repeat(30) + '7f',
]);

function isSmallOrder(point: Uint8Array): boolean {
  const clear = Uint8Array.from(point);
  // X25519 ignores the top bit.
  clear[31] = (clear[31] ?? 0) & 0x7f;
  return SMALL_ORDER.has(bytesToHex(clear));
}
