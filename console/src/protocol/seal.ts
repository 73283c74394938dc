/** Sealing entries: JSON, padded to its bucket, as an age file (protocol, section 4). */
import { sealTo } from './age-file';
import { padJson } from './padding';
import { LONGEST_PAYLOAD, VERSION, type Envelope, type NoteBody, type ReplyBody } from './payload';

/**
 * Seals a reply to the case and to the reporter's mailbox.
 * @throws as `sealEntry`.
 */
export function sealReply(
  envelope: Envelope,
  body: ReplyBody,
  casePublicKey: string,
  mailboxPublicKey: string,
): Promise<Uint8Array> {
  const { attachments, ...plain } = body;
  const sealed = attachments.length === 0 ? plain : body;
  return sealEntry('reply', envelope, {}, sealed, [casePublicKey, mailboxPublicKey]);
}

/**
 * Seals a note to the case.
 * @throws as `sealEntry`.
 */
export function sealNote(envelope: Envelope, body: NoteBody, casePublicKey: string): Promise<Uint8Array> {
  const { assessment, ...plain } = body;
  return sealEntry('note', envelope, {}, assessment === '' ? plain : body, [casePublicKey]);
}

/**
 * Seals an entry of any kind. `proof` holds the fields by which the reporter is known.
 * @throws RangeError if the day is finer than a day, or the entry longer than one may be.
 */
export async function sealEntry(
  kind: string,
  envelope: Envelope,
  proof: Readonly<Record<string, string>>,
  body: object,
  to: readonly string[],
): Promise<Uint8Array> {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(envelope.day)) {
    throw new RangeError('not a day');
  }
  const { case: id, number, day } = envelope;
  const padded = padJson({ candor: VERSION, kind, case: id, number, day, ...proof, body });
  try {
    if (padded.length > LONGEST_PAYLOAD) {
      throw new RangeError('too long to seal');
    }
    return await sealTo(padded, to);
  } finally {
    padded.fill(0);
  }
}
