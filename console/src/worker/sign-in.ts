/** Signing in: the service seals a secret to the recipient's public key, and whoever brings it back holds the key. */
import type { Api } from '../api/client';
import { ApiProblem, ServerAway } from '../api/problem';
import { fromBase64, toBase64 } from '../protocol/base64';
import { openChallenge } from '../protocol/open';
import { ConsoleError, type ErrorCode } from '../session/errors';
import type { Keyring } from './keyring';

/**
 * Begins a session. The secret is sent back only if the challenge is exactly what the protocol says: otherwise a server
 * could have other sealed things opened under this name.
 */
export async function signIn(api: Api, keyring: Keyring): Promise<void> {
  const challenge = await api.challenge(keyring.publicKey);
  const opened = await openChallenge(fromBase64(challenge.sealed), keyring.opener);
  if (opened.answer !== 'opened') {
    throw new ConsoleError('challenge-refused');
  }
  await api.beginSession(challenge.challenge, toBase64(opened.secret));
}

/**
 * Runs a request, and once more after signing in again if the session has ended: while the key is at hand nobody needs
 * to notice.
 */
export async function withSession<T>(api: Api, keyring: Keyring, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'sign_in_first') {
      return translated(async () => {
        await signIn(api, keyring);
        return request();
      });
    }
    throw translate(error);
  }
}

/** Runs a request and says in the console's words what went wrong. */
export async function translated<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw translate(error);
  }
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  sign_in_first: 'session-ended',
  wrong_answer: 'challenge-refused',
  not_a_public_key: 'challenge-refused',
  key_not_registered: 'key-not-registered',
  not_found: 'not-found',
  changed: 'changed',
  not_allowed: 'not-allowed',
  outcome: 'not-allowed',
  conclusion_missing: 'not-allowed',
  not_permitted: 'not-permitted',
  nobody_left: 'nobody-left',
  second_taken_off: 'second-taken-off',
  left_for_good: 'not-theirs',
  not_their_key: 'changed',
  unavailable: 'unavailable',
  too_large: 'file-too-large',
  incomplete: 'file-broke-off',
  upload_gone: 'file-broke-off',
};

function translate(error: unknown): ConsoleError {
  if (error instanceof ConsoleError) {
    return error;
  }
  if (error instanceof ServerAway) {
    return new ConsoleError('server-away');
  }
  if (error instanceof ApiProblem) {
    return new ConsoleError(CODES[error.code] ?? 'unexpected');
  }
  return new ConsoleError('unexpected');
}
