/** Who speaks: what the reporter adds is signed with a key that only the token gives (protocol, section 5). */
import { ed25519 } from '@noble/curves/ed25519.js';
import type { AttachmentBody, Entry, IdentityBody } from './payload';

export type SignedKind = 'message' | 'identity' | 'attachment';

/** The bytes that are signed. */
export function signedBytes(kind: SignedKind, caseId: string, number: number, fields: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const pieces = [encoder.encode(`candor/v1 sign\0${kind}\0`), uuidBytes(caseId), bigEndian(number, 4)];
  for (const field of fields) {
    const bytes = encoder.encode(field);
    pieces.push(bigEndian(bytes.length, 8), bytes);
  }
  const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export function identityFields(body: IdentityBody): readonly string[] {
  return [body.name, body.contact];
}

export function attachmentFields(body: AttachmentBody): readonly string[] {
  return [body.name, body.media_type, String(body.size), body.sha256, ...body.cleaned];
}

/** Signs with the seed that the token gives. */
export function sign(
  seed: Uint8Array,
  kind: SignedKind,
  caseId: string,
  number: number,
  fields: readonly string[],
): Uint8Array {
  return ed25519.sign(signedBytes(kind, caseId, number, fields), seed);
}

/**
 * Strict verification: a speaker key or an R of small order or not in its canonical form, and an S that is not reduced,
 * never verify. Libraries differ here; the vectors tell.
 */
export function verify(speaker: Uint8Array, signature: Uint8Array, signed: Uint8Array): boolean {
  try {
    const points = [ed25519.Point.fromBytes(speaker), ed25519.Point.fromBytes(signature.subarray(0, 32))];
    if (points.some((point) => point.isSmallOrder())) {
      return false;
    }
    // The library multiplies its equation by the cofactor, and so lets a part of small order pass; Rust does not.
    return (
      ed25519.verify(signature, signed, speaker, { zip215: false }) && points.every((point) => point.isTorsionFree())
    );
  } catch {
    return false;
  }
}

/** Whether the reporter with this speaker key wrote an entry. What carries no signature is nobody's. */
export function isFromSpeaker(entry: Entry, speaker: Uint8Array): boolean {
  switch (entry.kind) {
    case 'message':
      return holds(entry, entry.signature, [entry.body.text], speaker);
    case 'identity':
      return holds(entry, entry.signature, identityFields(entry.body), speaker);
    case 'attachment':
      return holds(entry, entry.signature, attachmentFields(entry.body), speaker);
    default:
      return false;
  }
}

function holds(
  entry: { readonly kind: SignedKind; readonly case: string; readonly number: number },
  signature: Uint8Array,
  fields: readonly string[],
  speaker: Uint8Array,
): boolean {
  return verify(speaker, signature, signedBytes(entry.kind, entry.case, entry.number, fields));
}

function uuidBytes(id: string): Uint8Array {
  return Uint8Array.from(id.replaceAll('-', '').match(/../gu) ?? [], (pair) => Number.parseInt(pair, 16));
}

function bigEndian(value: number, length: 4 | 8): Uint8Array {
  const view = new DataView(new ArrayBuffer(length));
  if (length === 4) {
    view.setUint32(0, value);
  } else {
    view.setBigUint64(0, BigInt(value));
  }
  return new Uint8Array(view.buffer);
}
