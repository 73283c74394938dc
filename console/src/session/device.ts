/**
 * A key remembered on this device: an age file that only a passkey opens, kept in the browser's local storage. Without
 * the passkey (a fingerprint, a face, the device's PIN) the file is as closed as any other age file.
 */
import { webauthn } from 'age-encryption';
import type { PlainStanza } from '../worker/messages';
import { fromBase64, toBase64 } from '../protocol/base64';
import { Stanza } from 'age-encryption';
import { ConsoleError } from './errors';

const PLACE = 'candor.remembered-key';

interface Remembered {
  /** Names the passkey; no secret. */
  readonly credential: string;
  /** The age file, in base64. */
  readonly file: string;
}

function read(): Remembered | null {
  try {
    const value = JSON.parse(localStorage.getItem(PLACE) ?? 'null') as Partial<Remembered> | null;
    return typeof value?.credential === 'string' && typeof value.file === 'string'
      ? { credential: value.credential, file: value.file }
      : null;
  } catch {
    // Storage may be forbidden or hold something else: then nothing is remembered.
    return null;
  }
}

export function isRemembered(): boolean {
  return read() !== null;
}

export function rememberedFile(): Uint8Array {
  const remembered = read();
  if (remembered === null) {
    throw new ConsoleError('passkey-unavailable');
  }
  return fromBase64(remembered.file);
}

export function remember(credential: string, file: Uint8Array): void {
  localStorage.setItem(PLACE, JSON.stringify({ credential, file: toBase64(file) } satisfies Remembered));
}

export function forget(): void {
  localStorage.removeItem(PLACE);
}

/** Whether this browser has passkeys at all; whether they can seal shows when one is made. */
export function passkeysPossible(): boolean {
  // Passkeys are tied to a name; a bare address has none.
  const named = !/^[\d.]+$|^\[/u.test(location.hostname);
  return named && window.isSecureContext && typeof PublicKeyCredential === 'function';
}

/** Makes a passkey for this console. Asks the person. Gives its name. */
export async function makePasskey(): Promise<string> {
  return translated(() => webauthn.createCredential({ keyName: 'Candor console', rpId: location.hostname }));
}

/** Wraps a file key with a passkey. Asks the person. */
export async function wrap(credential: string, fileKey: Uint8Array): Promise<PlainStanza[]> {
  const stanzas = await translated(() => new webauthn.WebAuthnRecipient({ identity: credential }).wrapFileKey(fileKey));
  return stanzas.map(({ args, body }) => ({ args, body }));
}

/** Unwraps the file key of the remembered file. Asks the person. */
export async function unwrap(stanzas: readonly PlainStanza[]): Promise<Uint8Array | null> {
  const identity = read()?.credential;
  if (identity === undefined) {
    throw new ConsoleError('passkey-unavailable');
  }
  return translated(() =>
    new webauthn.WebAuthnIdentity({ identity }).unwrapFileKey(stanzas.map(({ args, body }) => new Stanza(args, body))),
  );
}

async function translated<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DOMException) {
      // Browsers answer alike whether a person said no or had no passkey: more must not be told to a page.
      throw new ConsoleError(
        error.name === 'NotAllowedError' || error.name === 'AbortError' ? 'passkey-cancelled' : 'passkey-unavailable',
      );
    }
    throw new ConsoleError('passkey-without-prf');
  }
}
