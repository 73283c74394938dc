/** What was typed and not sent yet, by case. It survives a lock: sealed to the recipient's own key meanwhile. */
import type { Assessment } from '../session/types';

export interface Draft {
  readonly reply: string;
  readonly note: string;
  readonly assessment?: Assessment;
  /** Why the case ends as it is to. */
  readonly reasons?: string;
  /** Why somebody is to be taken off the case. */
  readonly whyTakenOff?: string;
  /** Names of files chosen to go with the reply. The files themselves are not kept. */
  readonly files?: readonly string[];
}

const NOTHING: Draft = { reply: '', note: '' };

export class Drafts {
  private constructor(private readonly drafts: Map<string, Draft>) {}

  static none(): Drafts {
    return new Drafts(new Map());
  }

  /** Reads what `text` wrote; nothing if it is not that. */
  static read(text: string): Drafts {
    try {
      return new Drafts(new Map(JSON.parse(text) as [string, Draft][]));
    } catch {
      return Drafts.none();
    }
  }

  get(caseId: string): Draft {
    return this.drafts.get(caseId) ?? NOTHING;
  }

  set(caseId: string, draft: Draft): void {
    const { reply, note, assessment, reasons = '', files = [] } = draft;
    if (reply === '' && note === '' && reasons === '' && assessment === undefined && files.length === 0) {
      this.drafts.delete(caseId);
    } else {
      this.drafts.set(caseId, draft);
    }
  }

  get empty(): boolean {
    return this.drafts.size === 0;
  }

  text(): string {
    return JSON.stringify([...this.drafts]);
  }
}
