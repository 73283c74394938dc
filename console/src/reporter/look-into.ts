/** What a file tells of whoever made it, and the file without it. The cleaner is loaded when the first file is chosen. */

/** What was found in a file, in the codes of docs/protocol.md. */
export interface Findings {
  readonly removed: readonly string[];
  readonly left: readonly string[];
  /** Why it could not be looked into; empty if it was. */
  readonly whyNot: string;
}

/** A file as it goes, and what was found in it. */
export interface Looked {
  readonly content: Blob;
  readonly findings: Findings;
}

/** Cleans a file, or says why it cannot be cleaned. `wanted` is false where the reporter said not to. */
export async function lookInto(file: Blob, wanted: boolean): Promise<Looked> {
  if (!wanted) {
    return { content: file, findings: { removed: [], left: [], whyNot: 'not_asked' } };
  }
  const { clean, CannotClean, inspect, LARGEST } = await import('../clean/clean');
  if (file.size > LARGEST) {
    // Whatever is known by its first bytes is named as too large, everything else as unknown.
    const { whyNot } = await inspect(new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
    const unknown = whyNot === 'unknown_format';
    return { content: file, findings: { removed: [], left: [], whyNot: unknown ? 'unknown_format' : 'too_large' } };
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const cleaned = await clean(bytes);
    const content = new Blob([Uint8Array.from(cleaned.file)]);
    return { content, findings: { removed: cleaned.removed, left: cleaned.left, whyNot: '' } };
  } catch (error) {
    const whyNot = error instanceof CannotClean ? error.why : 'damaged';
    const told = (await inspect(bytes).catch(() => null))?.traces ?? [];
    const left = [...new Set(told.map((trace) => trace.kind))].sort();
    return { content: file, findings: { removed: [], left, whyNot } };
  } finally {
    bytes.fill(0);
  }
}
