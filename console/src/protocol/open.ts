/** Opening what is sealed: here it is, not sealed to this key, or broken (protocol, section 8). */
import type { FileError, Opener } from './age-file';
import { parsePrivateKey } from './keys';
import { GRANT_COMMENT, LONGEST_PAYLOAD, readAnswer, readChallenge, readEntry } from './payload';
import type { Answer, Entry, PayloadError, Read } from './payload';
import { grantShape, type ShapeError } from './shape';

const LONGEST_CHALLENGE = 4096;
/** Many times what a case's replies weigh. */
const LONGEST_ANSWER = 256 * 1024 * 1024;
const GRANT_LENGTH = 129;

export type OpenError = FileError | PayloadError | ShapeError['error'] | 'content_mismatch';

export type NotOpened = { readonly answer: 'not_mine' } | { readonly answer: 'error'; readonly error: OpenError };

/** Opens an entry of `caseId` with the case's private key, or a reply with the mailbox key. */
export async function openEntry(
  sealed: Uint8Array,
  opener: Opener,
  caseId: string,
): Promise<{ readonly answer: 'opened'; readonly entry: Entry } | NotOpened> {
  const opened = await openWith(sealed, opener, LONGEST_PAYLOAD, (plaintext) => readEntry(plaintext, caseId));
  return opened.answer === 'opened' ? { answer: 'opened', entry: opened.value } : opened;
}

/** Opens a sign-in challenge, which must be exactly one: other sealed things must not be opened under this name. */
export async function openChallenge(
  sealed: Uint8Array,
  opener: Opener,
): Promise<{ readonly answer: 'opened'; readonly secret: Uint8Array } | NotOpened> {
  const opened = await openWith(sealed, opener, LONGEST_CHALLENGE, readChallenge);
  return opened.answer === 'opened' ? { answer: 'opened', secret: opened.value } : opened;
}

/** Opens the answer to a check-back with the mailbox key. */
export async function openAnswer(
  sealed: Uint8Array,
  opener: Opener,
): Promise<{ readonly answer: 'opened'; readonly content: Answer } | NotOpened> {
  const opened = await openWith(sealed, opener, LONGEST_ANSWER, readAnswer);
  return opened.answer === 'opened' ? { answer: 'opened', content: opened.value } : opened;
}

/** Opens a grant, and checks that it is of this case. */
export async function openGrant(
  sealed: Uint8Array,
  opener: Opener,
  caseId: string,
): Promise<{ readonly answer: 'opened'; readonly privateKey: string } | NotOpened> {
  const shape = grantShape(sealed);
  if (shape !== null) {
    return { answer: 'error', error: shape.error };
  }
  const opened = await openWith(sealed, opener, GRANT_LENGTH, (plaintext) => readGrant(plaintext, caseId));
  return opened.answer === 'opened' ? { answer: 'opened', privateKey: opened.value } : opened;
}

async function openWith<T>(
  sealed: Uint8Array,
  opener: Opener,
  limit: number,
  read: (plaintext: Uint8Array) => Read<T>,
): Promise<{ readonly answer: 'opened'; readonly value: T } | NotOpened> {
  const opened = await opener.open(sealed, limit);
  if (opened.answer !== 'opened') {
    return opened;
  }
  const found = read(opened.plaintext);
  opened.plaintext.fill(0);
  return 'error' in found ? { answer: 'error', error: found.error } : { answer: 'opened', value: found.value };
}

function readGrant(plaintext: Uint8Array, caseId: string): Read<string> {
  const lines = new TextDecoder().decode(plaintext).split('\n');
  const [comment = '', identity = '', end, ...more] = lines;
  if (end !== '' || more.length > 0 || !comment.startsWith(GRANT_COMMENT)) {
    return { error: 'content' };
  }
  const granted = comment.slice(GRANT_COMMENT.length).toLowerCase();
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(granted)) {
    return { error: 'content' };
  }
  if (granted !== caseId.toLowerCase()) {
    return { error: 'case' };
  }
  const key = parsePrivateKey(identity);
  return key.answer === 'parsed' ? { value: key.key } : { error: 'content' };
}
