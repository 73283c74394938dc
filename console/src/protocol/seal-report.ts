/** What the reporter's side seals: the report, who they are, what they add, and who may read it (protocol, 3 to 5). */
import { sealTo } from './age-file';
import { toBase64 } from './base64';
import { mailboxKey, signingSeed, speakerKey } from './derive';
import { publicKeyOf } from './keys';
import { GRANT_COMMENT, type AttachmentBody, type Envelope, type IdentityBody, type ReportBody } from './payload';
import { sealEntry } from './seal';
import { attachmentFields, identityFields, sign, type SignedKind } from './signature';

/** A report or an identity: their number is always 0. */
export type First = Omit<Envelope, 'number'>;

/**
 * Seals a report to its case. It names the keys that the reporter is known by, which follow from the token.
 * @throws as `sealEntry`.
 */
export function sealReport(
  first: First,
  body: ReportBody,
  token: Uint8Array,
  casePublicKey: string,
): Promise<Uint8Array> {
  const proof = { speaker: toBase64(speakerKey(token)), mailbox: publicKeyOf(mailboxKey(token)) };
  return sealEntry('report', { ...first, number: 0 }, proof, body, [casePublicKey]);
}

/**
 * Seals who a confidential reporter is, signed.
 * @throws as `sealEntry`.
 */
export function sealIdentity(
  first: First,
  body: IdentityBody,
  token: Uint8Array,
  casePublicKey: string,
): Promise<Uint8Array> {
  const envelope = { ...first, number: 0 };
  const proof = signed('identity', envelope, identityFields(body), token);
  return sealEntry('identity', envelope, proof, body, [casePublicKey]);
}

/**
 * Seals what the reporter adds, signed.
 * @throws as `sealEntry`.
 */
export function sealMessage(
  envelope: Envelope,
  text: string,
  token: Uint8Array,
  casePublicKey: string,
): Promise<Uint8Array> {
  return sealEntry('message', envelope, signed('message', envelope, [text], token), { text }, [casePublicKey]);
}

/** Seals a case's private key to somebody who may read the case. */
export async function sealGrant(
  caseId: string,
  casePrivateKey: string,
  recipientPublicKey: string,
): Promise<Uint8Array> {
  const file = new TextEncoder().encode(`${GRANT_COMMENT}${caseId}\n${casePrivateKey}\n`);
  try {
    return await sealTo(file, [recipientPublicKey]);
  } finally {
    file.fill(0);
  }
}

function signed(
  kind: SignedKind,
  envelope: Envelope,
  fields: readonly string[],
  token: Uint8Array,
): { readonly signature: string } {
  const seed = signingSeed(token);
  const signature = sign(seed, kind, envelope.case, envelope.number, fields);
  seed.fill(0);
  return { signature: toBase64(signature) };
}

/**
 * Seals what a file is, signed. Its content is sealed on its own.
 * @throws as `sealEntry`.
 */
export function sealAttachment(
  envelope: Envelope,
  body: AttachmentBody,
  token: Uint8Array,
  casePublicKey: string,
): Promise<Uint8Array> {
  const proof = signed('attachment', envelope, attachmentFields(body), token);
  return sealEntry('attachment', envelope, proof, body, [casePublicKey]);
}
