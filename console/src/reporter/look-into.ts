/** Looking into a file and cleaning it. Takes its time, and holds the file in memory. */
import { clean, CannotClean, CannotLoad, inspect, LARGEST } from '../clean/clean';
import { unchanged, type Looked } from './findings';

/** Cleans a file, or says why it cannot be cleaned. */
export async function lookInto(file: Blob): Promise<Looked> {
  try {
    return file.size > LARGEST ? await nameLarge(file) : await cleanOrName(file);
  } catch (error) {
    // Whatever else keeps it from being read, such as a file that was deleted since it was chosen.
    return unchanged(file, error instanceof CannotLoad ? 'not_loaded' : 'damaged');
  }
}

/** Whatever is known by its first bytes is named as too large, everything else as unknown. */
async function nameLarge(file: Blob): Promise<Looked> {
  const { whyNot } = await inspect(new Uint8Array(await file.slice(0, 4096).arrayBuffer()));
  return unchanged(file, whyNot === 'unknown_format' ? 'unknown_format' : 'too_large');
}

async function cleanOrName(file: Blob): Promise<Looked> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    const { file: cleaned, removed, left } = await clean(bytes);
    return { content: new Blob([Uint8Array.from(cleaned)]), findings: { removed, left, whyNot: null } };
  } catch (error) {
    if (!(error instanceof CannotClean)) {
      throw error;
    }
    const { traces } = await inspect(bytes);
    const left = [...new Set(traces.map((trace) => trace.kind))].sort();
    return unchanged(file, error.why, left);
  } finally {
    bytes.fill(0);
  }
}
