/** What is derived from the retrieval token (protocol, section 2). */
import { ed25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { privateKeyOf } from './keys';

function derive(token: Uint8Array, info: string): Uint8Array {
  return hkdf(sha256, token, ascii('candor/v1'), ascii(info), 32);
}

/** Proves that somebody holds the token, without giving it away: 32 bytes. */
export function accessKey(token: Uint8Array): Uint8Array {
  return derive(token, 'access');
}

/** What the server keeps of the access key: 32 bytes. */
export function accessHash(key: Uint8Array): Uint8Array {
  return sha256(key);
}

/** The private key to which replies are sealed. */
export function mailboxKey(token: Uint8Array): string {
  return privateKeyOf(derive(token, 'mailbox'));
}

/** The seed of the key that signs what the reporter adds: 32 bytes. */
export function signingSeed(token: Uint8Array): Uint8Array {
  return derive(token, 'sign');
}

/** The public half of the signing key: 32 bytes. */
export function speakerKey(token: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(signingSeed(token));
}

/** Recognises a form that is sent again: 32 bytes. */
export function replayTag(token: Uint8Array, content: Uint8Array): Uint8Array {
  return hmac(sha256, derive(token, 'replay'), content);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
