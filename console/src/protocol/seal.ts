/** Sealing entries: JSON, padded to its bucket, as an age file (protocol, section 4). */
import { sealTo } from './age-file';
import { padJson } from './padding';
import { VERSION, type Envelope, type NoteBody, type ReplyBody } from './payload';

/** Seals a reply to the case and to the reporter's mailbox. */
export function sealReply(
  envelope: Envelope,
  body: ReplyBody,
  casePublicKey: string,
  mailboxPublicKey: string,
): Promise<Uint8Array> {
  return seal('reply', envelope, body, [casePublicKey, mailboxPublicKey]);
}

/** Seals a note to the case. */
export function sealNote(envelope: Envelope, body: NoteBody, casePublicKey: string): Promise<Uint8Array> {
  const { assessment, ...plain } = body;
  return seal('note', envelope, assessment === '' ? plain : body, [casePublicKey]);
}

async function seal(kind: string, envelope: Envelope, body: object, to: readonly string[]): Promise<Uint8Array> {
  const padded = padJson({
    candor: VERSION,
    kind,
    case: envelope.case,
    number: envelope.number,
    day: envelope.day,
    body,
  });
  const sealed = await sealTo(padded, to);
  padded.fill(0);
  return sealed;
}
