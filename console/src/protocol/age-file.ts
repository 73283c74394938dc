/** Opening and sealing age files. */
import { Decrypter, Encrypter } from 'age-encryption';
import { readAll } from './read-all';

/** A private key that opens: as text, or as a key that the browser does not give back. */
export type AgeIdentity = string | CryptoKey;

/** Why an age file does not open, where it is meant for this key. */
export type FileError = 'not_age_file' | 'broken' | 'too_long';

/** What came of opening an age file: it opened, it is not sealed to this key, or it is damaged. */
export type OpenedFile =
  | { readonly answer: 'opened'; readonly plaintext: Uint8Array }
  | { readonly answer: 'not_mine' }
  | { readonly answer: 'error'; readonly error: FileError };

/** The same for a file that is opened as it comes in. */
export type OpenedStream =
  | { readonly answer: 'opened'; readonly plaintext: ReadableStream<Uint8Array> }
  | Exclude<OpenedFile, { answer: 'opened' }>;

/** Opens files with one key. Making one costs as much as opening a file: keep it where many are opened. */
export class Opener {
  private readonly decrypter = new Decrypter();

  constructor(identity: AgeIdentity) {
    this.decrypter.addIdentity(identity);
  }

  /** Opens a file of at most `limit` bytes of plaintext. */
  async open(sealed: Uint8Array, limit: number): Promise<OpenedFile> {
    const opened = await this.stream(streamOf(sealed));
    if (opened.answer !== 'opened') {
      return opened;
    }
    try {
      const plaintext = await readAll(opened.plaintext, limit);
      return plaintext === null ? { answer: 'error', error: 'too_long' } : { answer: 'opened', plaintext };
    } catch {
      return { answer: 'error', error: 'broken' };
    }
  }

  /** Begins to open a file as it comes in. A seal that does not hold ends the plaintext with an error. */
  async stream(sealed: ReadableStream<Uint8Array>): Promise<OpenedStream> {
    try {
      return { answer: 'opened', plaintext: await this.decrypter.decrypt(sealed) };
    } catch (error) {
      return headerProblem(error);
    }
  }
}

/** Seals bytes to public keys. */
export async function sealTo(plaintext: Uint8Array, publicKeys: readonly string[]): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  for (const key of publicKeys) {
    encrypter.addRecipient(key);
  }
  return encrypter.encrypt(plaintext);
}

/** Seals a stream to public keys. */
export async function sealStream(
  plaintext: ReadableStream<Uint8Array>,
  publicKeys: readonly string[],
): Promise<ReadableStream<Uint8Array>> {
  const encrypter = new Encrypter();
  for (const key of publicKeys) {
    encrypter.addRecipient(key);
  }
  return encrypter.encrypt(plaintext);
}

// The library says these two apart from a damaged header by their messages alone; the vectors hold it to them.
function headerProblem(error: unknown): Exclude<OpenedFile, { answer: 'opened' }> {
  const message = error instanceof Error ? error.message : '';
  if (message.startsWith('no identity matched')) {
    return { answer: 'not_mine' };
  }
  return { answer: 'error', error: message === 'invalid header HMAC' ? 'broken' : 'not_age_file' };
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}
