/** Sealing the content of a file as it is read (protocol, section 4): memory holds a piece of it at a time. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { sealStream } from './age-file';
import { BlobParts } from './blob-parts';
import { bucket } from './padding';

/** A content, sealed, and what its description has to say of it. */
export interface SealedContent {
  readonly sealed: Blob;
  readonly size: number;
  readonly sha256: string;
}

const ZEROS = new Uint8Array(64 * 1024);

/**
 * Seals a content to public keys: the case's, and for a file of a reply the mailbox's too. `tell` hears from time to time how many bytes are done.
 * @throws whatever reading the content throws, or the signal's reason.
 */
export async function sealContent(
  content: Blob,
  publicKeys: readonly string[],
  tell: (done: number) => void,
  signal: AbortSignal,
): Promise<SealedContent> {
  const hash = sha256.create();
  let size = 0;
  const source = content.stream().getReader();
  let padding = -1;
  const padded = new ReadableStream<Uint8Array>({
    async pull(controller) {
      signal.throwIfAborted();
      if (padding < 0) {
        const { done, value } = await source.read();
        if (!done) {
          hash.update(value);
          size += value.length;
          tell(size);
          controller.enqueue(value);
          return;
        }
        padding = bucket(size) - size;
      }
      if (padding === 0) {
        controller.close();
        return;
      }
      const piece = ZEROS.slice(0, Math.min(padding, ZEROS.length));
      padding -= piece.length;
      controller.enqueue(piece);
    },
    cancel: (reason) => source.cancel(reason),
  });
  const sealed = await gather(await sealStream(padded, publicKeys));
  return { sealed, size, sha256: bytesToHex(hash.digest()) };
}

async function gather(stream: ReadableStream<Uint8Array>): Promise<Blob> {
  const gathered = new BlobParts();
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return gathered.blob();
    }
    gathered.add(value);
  }
}
