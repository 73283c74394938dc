/** Gathers a long content. Parts of it go to the browser as they fill, which may keep them elsewhere than in memory. */
export class BlobParts {
  private readonly parts: Blob[] = [];
  private part: Uint8Array<ArrayBuffer>[] = [];
  private length = 0;

  /** Adds bytes, which are copied. */
  add(bytes: Uint8Array): void {
    this.part.push(Uint8Array.from(bytes));
    this.length += bytes.length;
    if (this.length >= PART) {
      this.hand();
    }
  }

  /** The whole. */
  blob(): Blob {
    this.hand();
    return new Blob(this.parts);
  }

  private hand(): void {
    this.parts.push(new Blob(this.part));
    this.part = [];
    this.length = 0;
  }
}

/** So much is gathered before it is handed over, in bytes. */
const PART = 8 * 1024 * 1024;
