/** Opening the content of a file as it comes in (protocol, section 8): memory holds a piece of it at a time. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Opener } from './age-file';
import { BlobParts } from './blob-parts';
import type { NotOpened } from './open';
import type { AttachmentBody } from './payload';

/**
 * Opens a content, and gives it only once all of it is known to be what `info` describes. `tell` hears from time to time
 * how many bytes are done.
 * @throws whatever reading `sealed` throws.
 */
export async function openContent(
  sealed: ReadableStream<Uint8Array>,
  opener: Opener,
  info: Pick<AttachmentBody, 'size' | 'sha256'>,
  tell: (done: number) => void = () => undefined,
): Promise<{ readonly answer: 'opened'; readonly content: Blob } | NotOpened> {
  // What goes wrong on the way is not what is wrong with the file.
  let broken: unknown;
  const source = sealed.getReader();
  const watched = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await source.read();
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      } catch (error) {
        broken = { error };
        controller.error(error);
      }
    },
    cancel: (reason) => source.cancel(reason),
  });
  const away = (): void => {
    if (broken !== undefined) {
      throw (broken as { error: unknown }).error;
    }
  };
  const opened = await opener.stream(watched);
  away();
  if (opened.answer !== 'opened') {
    void source.cancel().catch(() => undefined);
    return opened;
  }
  const hash = sha256.create();
  const gathered = new BlobParts();
  let left = info.size;
  const reader = opened.plaintext.getReader();
  for (;;) {
    let piece: Uint8Array | undefined;
    try {
      piece = (await reader.read()).value;
    } catch {
      away();
      return { answer: 'error', error: 'broken' };
    }
    if (piece === undefined) {
      break;
    }
    const content = piece.subarray(0, Math.min(left, piece.length));
    if (piece.subarray(content.length).some((byte) => byte !== 0)) {
      await reader.cancel();
      return { answer: 'error', error: 'padding' };
    }
    hash.update(content);
    gathered.add(content);
    left -= content.length;
    tell(info.size - left);
  }
  return left === 0 && bytesToHex(hash.digest()) === info.sha256
    ? { answer: 'opened', content: gathered.blob() }
    : { answer: 'error', error: 'content_mismatch' };
}
