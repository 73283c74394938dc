import { base64 } from '@scure/base';

/** Standard alphabet, with padding. */
export function toBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/**
 * Reads what `toBase64` writes, strictly.
 * @throws if it is anything else.
 */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(base64.decode(text));
}
