/** Padmé buckets (protocol, section 4): lengths say little. */

const SMALLEST = 4096;

/** The length that a plaintext of `length` bytes is padded to. */
export function bucket(length: number): number {
  if (length <= SMALLEST) {
    return SMALLEST;
  }
  const e = Math.floor(Math.log2(length));
  const s = Math.floor(Math.log2(e)) + 1;
  const step = 2 ** (e - s);
  return Math.ceil(length / step) * step;
}

/** JSON in UTF-8 with spaces up to its bucket. */
export function padJson(value: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(value));
  const padded = new Uint8Array(bucket(json.length)).fill(0x20);
  padded.set(json);
  json.fill(0);
  return padded;
}
