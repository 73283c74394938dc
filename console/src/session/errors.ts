/** What can go wrong for a person at the console. `texts/en.ts` has a sentence for each code. */
export type ErrorCode =
  | 'wrong-passphrase'
  | 'needs-passphrase'
  | 'not-a-key-file'
  | 'several-keys'
  | 'other-kind-of-key'
  | 'too-much-work'
  | 'damaged-key-file'
  | 'key-not-registered'
  | 'challenge-refused'
  | 'session-ended'
  | 'server-away'
  | 'unavailable'
  | 'changed'
  | 'overtaken'
  | 'not-permitted'
  | 'nobody-left'
  | 'second-taken-off'
  | 'not-theirs'
  | 'not-found'
  | 'not-allowed'
  | 'not-readable'
  | 'mailbox-swapped'
  | 'too-long'
  | 'file-damaged'
  | 'file-broke-off'
  | 'file-too-large'
  | 'file-unreadable'
  | 'cancelled'
  | 'passkey-unavailable'
  | 'passkey-cancelled'
  | 'passkey-without-prf'
  | 'locked'
  | 'unexpected';

/** An error with a code; the text for people is chosen where it is shown. */
export class ConsoleError extends Error {
  constructor(readonly code: ErrorCode) {
    super(code);
    this.name = 'ConsoleError';
  }
}
