/** What was found in a file that a reporter chose. */
import type { TraceKind, WhyNot } from '../clean/codes';

/** Why a file was not looked into: what the cleaner says, and what only the page knows. */
export type WhyNotLooked =
  | WhyNot
  /** The reporter said not to. */
  | 'not_asked'
  /** A part of the page did not load. That may work another time. */
  | 'not_loaded'
  /** This device took too long over it, or had too little memory. */
  | 'gave_up'
  /** The reporter left the file out meanwhile. */
  | 'stopped';

/** What was found in a file. */
export interface Findings {
  readonly removed: readonly TraceKind[];
  readonly left: readonly TraceKind[];
  /** `null` if it was looked into. */
  readonly whyNot: WhyNotLooked | null;
}

/** A file as it goes, and what was found in it. */
export interface Looked {
  readonly content: Blob;
  readonly findings: Findings;
}

/** A file that goes as it is. */
export function unchanged(file: Blob, whyNot: WhyNotLooked, left: readonly TraceKind[] = []): Looked {
  return { content: file, findings: { removed: [], left, whyNot } };
}
