/** Sealing and sending the files of a form, each once: what has arrived need not be sent again when the rest fails. */
import { toBase64 } from '../protocol/base64';
import { NOTHING_FOUND } from '../protocol/payload';
import { sealContent } from '../protocol/seal-content';
import { sealAttachment } from '../protocol/seal-report';
import { element } from './element';
import type { ChosenFile, FileList } from './file-list';
import type { Findings } from './findings';
import { neutralName } from './neutral-name';
import { fill, textOf, type ScriptData } from './script-data';
import { upload } from './upload';

/** The case that files are sealed to. */
export interface CaseOfFiles {
  readonly caseId: string;
  readonly publicKey: string;
  readonly token: Uint8Array;
  /** The number of the first file. */
  readonly first: number;
}

/** A file that has arrived, as the JSON of a report or message names it. */
export interface SealedFile {
  readonly number: number;
  /** What it is, sealed: an age file in base64. */
  readonly sealed: string;
  /** What the service calls its content. */
  readonly upload: string;
}

/** What came of it: JSON for the report or message, or why not. */
export type Attached =
  | { readonly answer: 'attached'; readonly attachments: readonly SealedFile[] }
  | { readonly answer: 'failed'; readonly title: string; readonly text: string }
  | { readonly answer: 'cancelled' };

interface Arrived {
  readonly upload: string;
  readonly size: number;
  readonly sha256: string;
}

export class Attaching {
  // By content and case: a file that is cleaned anew is another content.
  private readonly arrived = new Map<string, WeakMap<Blob, Arrived>>();

  constructor(
    private readonly files: FileList,
    private readonly data: ScriptData,
  ) {}

  /** The service has lost what had arrived. */
  forget(): void {
    this.arrived.clear();
  }

  /** Sends what has not arrived, with a progress bar below `button`. */
  async send(to: CaseOfFiles, button: HTMLElement): Promise<Attached> {
    const going = this.files.going;
    const progress = new Progress(
      button,
      this.data,
      going.reduce((sum, each) => sum + each.file.size, 0),
    );
    try {
      const attachments: SealedFile[] = [];
      for (const [index, chosen] of going.entries()) {
        const sent = await this.sendOne(chosen, to, progress);
        if ('answer' in sent) {
          return sent;
        }
        attachments.push(await this.describe(chosen, sent, to, index));
      }
      return { answer: 'attached', attachments };
    } catch (error) {
      if (progress.signal.aborted) {
        return { answer: 'cancelled' };
      }
      throw error;
    } finally {
      progress.end();
    }
  }

  private async sendOne(chosen: ChosenFile, to: CaseOfFiles, progress: Progress): Promise<Arrived | Attached> {
    const { content } = await chosen.looked;
    const ofCase = this.arrived.get(to.publicKey) ?? new WeakMap<Blob, Arrived>();
    this.arrived.set(to.publicKey, ofCase);
    const before = ofCase.get(content);
    if (before !== undefined) {
      progress.finish(chosen.file.size);
      return before;
    }
    // Sealing is the first half of the way, sending the second.
    const { sealed, size, sha256 } = await sealContent(
      content,
      [to.publicKey],
      (done) => {
        progress.show(chosen.name, done / 2);
      },
      progress.signal,
    );
    const sent = await upload(
      sealed,
      (done) => {
        progress.show(chosen.name, size / 2 + Math.min(done, size) / 2);
      },
      progress.signal,
    );
    switch (sent.answer) {
      case 'taken': {
        const arrived = { upload: sent.upload, size, sha256 };
        ofCase.set(content, arrived);
        progress.finish(chosen.file.size);
        return arrived;
      }
      case 'refused':
        return { answer: 'failed', title: sent.title, text: sent.text };
      case 'unreachable':
        return {
          answer: 'failed',
          title: textOf(this.data, 'unreachable'),
          text: textOf(this.data, 'unreachable_files_text'),
        };
      case 'cancelled':
        return { answer: 'cancelled' };
    }
  }

  private async describe(chosen: ChosenFile, arrived: Arrived, to: CaseOfFiles, index: number): Promise<SealedFile> {
    const { findings } = await chosen.looked;
    const number = to.first + index;
    const body = {
      name: this.files.neutralNames ? neutralName(chosen.name, index + 1) : chosen.name,
      media_type: chosen.file.type,
      size: arrived.size,
      sha256: arrived.sha256,
      cleaned: cleanedOf(findings),
    };
    const envelope = { case: to.caseId, number, day: new Date().toISOString().slice(0, 10) };
    const sealed = await sealAttachment(envelope, body, to.token, to.publicKey);
    return { number, sealed: toBase64(sealed), upload: arrived.upload };
  }
}

/** What stands in the sealed description: what was removed, or that there was nothing to remove. */
function cleanedOf({ removed, left, whyNot }: Findings): readonly string[] {
  return removed.length + left.length === 0 && whyNot === null ? [NOTHING_FOUND] : removed;
}

/** Leaving now loses what was typed and chosen: the browser asks. */
function askToStay(event: Event): void {
  event.preventDefault();
}

/** A bar that says how far the files are, and a button that stops them. */
class Progress {
  private readonly abort = new AbortController();
  private readonly place = element('div', { class: 'progress' });
  private readonly bar = element('progress', { max: '100', value: '0' });
  private readonly words = element('p', { role: 'status' });
  private done = 0;

  constructor(
    button: HTMLElement,
    private readonly data: ScriptData,
    private readonly total: number,
  ) {
    if (total === 0) {
      return;
    }
    this.bar.setAttribute('aria-label', textOf(data, 'busy'));
    const cancel = element('button', { type: 'button', class: 'quiet' }, textOf(data, 'cancel'));
    cancel.addEventListener('click', () => {
      this.abort.abort();
    });
    this.place.append(this.words, this.bar, cancel);
    button.after(this.place);
    addEventListener('beforeunload', askToStay);
    // The button may stand at the very edge of the window.
    this.place.scrollIntoView({ block: 'nearest' });
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** `part` bytes of the file under way are done. */
  show(name: string, part: number): void {
    const percent = Math.min(100, Math.floor(((this.done + part) / Math.max(1, this.total)) * 100));
    this.bar.setAttribute('value', String(percent));
    const words = fill(textOf(this.data, 'progress'), { name, percent: String(percent - (percent % 10)) });
    // Said once for every ten percent, so that a screen reader can follow.
    if (this.words.textContent !== words) {
      this.words.textContent = words;
    }
  }

  finish(size: number): void {
    this.done += size;
  }

  end(): void {
    removeEventListener('beforeunload', askToStay);
    this.place.remove();
  }
}
