/** Bounds on what a small file can be made to unpack to. */
import { CannotClean } from './codes';

/** The largest file that is cleaned, in bytes. Documents may unpack to eight times that. */
export const LARGEST = 24 * 1024 * 1024;
/** Entries of an archive. Large presentations have some hundreds. */
export const MOST_ENTRIES = 10_000;
const LARGEST_PART = 64 * 1024 * 1024;
const LARGEST_UNPACKED = 8 * LARGEST;
/** Files in files: a picture in a table in a document is the third. */
const DEEPEST_FILE = 3;

/** What may still be unpacked: shared by a file and all files in it. */
export class Limits {
  #unpacked = LARGEST_UNPACKED;
  #depth = DEEPEST_FILE;

  /** How much the next part may have, in bytes. */
  get part(): number {
    return Math.min(this.#unpacked, LARGEST_PART);
  }

  /**
   * Counts what was unpacked, in bytes.
   *
   * @throws CannotClean `too_large` if that is more than is left.
   */
  spend(length: number): void {
    if (length > this.#unpacked) {
      throw new CannotClean('too_large');
    }
    this.#unpacked -= length;
  }

  /** Goes into a file that is part of this one; `null` if that is too deep. */
  async within<T>(inner: () => Promise<T>): Promise<T | null> {
    if (this.#depth === 0) {
      return null;
    }
    this.#depth -= 1;
    try {
      return await inner();
    } finally {
      this.#depth += 1;
    }
  }
}
