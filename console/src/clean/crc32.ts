/** The checksum of PNG chunks and zip entries (ISO 3309). fflate has one and keeps it to itself. */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit += 1) {
    sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  }
  return sum;
});

/** The checksum of these bytes, one piece after the other. */
export function crc32(...pieces: readonly Uint8Array[]): number {
  let sum = 0xffff_ffff;
  for (const piece of pieces) {
    for (const byte of piece) {
      sum = (TABLE[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
    }
  }
  return ~sum >>> 0;
}
