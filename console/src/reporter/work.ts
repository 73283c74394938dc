/** Voluntary work, where so many reports arrive that some are turned away: twin of server/src/web/flood/work.rs. */
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js';

/** What is to be done: find a nonce whose hash begins with so many zero bits. */
export interface WorkToDo {
  /** Hexadecimal. */
  readonly challenge: string;
  readonly bits: number;
}

/** So long does the page not answer at a time, in milliseconds. */
const AT_A_TIME = 20;

/** Reads what a refusal offers; `null` where it offers nothing, or nothing that ends. */
export function readWork(offered: unknown): WorkToDo | null {
  const { challenge, bits } = (offered ?? {}) as Partial<Record<keyof WorkToDo, unknown>>;
  return typeof challenge === 'string' && /^[0-9a-f]{32}$/u.test(challenge) && typeof bits === 'number' && bits <= 28
    ? { challenge, bits }
    : null;
}

/** Does the work for the report with this access hash. The page goes on answering meanwhile. */
export async function doWork({ challenge, bits }: WorkToDo, accessHash: Uint8Array): Promise<number> {
  const block = concatBytes(hexToBytes(challenge), accessHash, new Uint8Array(4));
  const view = new DataView(block.buffer, block.byteOffset);
  let pause = performance.now() + AT_A_TIME;
  for (let nonce = 0; nonce <= 0xffff_ffff; nonce += 1) {
    view.setUint32(block.length - 4, nonce, true);
    const hash = sha256(block);
    const first = ((hash[0] ?? 0) << 24) | ((hash[1] ?? 0) << 16) | ((hash[2] ?? 0) << 8) | (hash[3] ?? 0);
    if (Math.clz32(first) >= bits) {
      return nonce;
    }
    // The clock costs more than a hash.
    if ((nonce & 0xff) === 0 && performance.now() > pause) {
      await new Promise((go) => setTimeout(go));
      pause = performance.now() + AT_A_TIME;
    }
  }
  throw new RangeError('no such work');
}
