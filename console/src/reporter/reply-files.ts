/** Files that came with a reply: fetched sealed, opened here, saved from here. */
import type { Opener } from '../protocol/age-file';
import { toBase64 } from '../protocol/base64';
import { accessKey } from '../protocol/derive';
import { openContent } from '../protocol/open-content';
import type { AttachmentBody } from '../protocol/payload';
import { safeFileName } from '../files/file-name';
import { element } from './element';
import { showSize } from './file-list';
import { offer } from './offer';
import { fill, textOf, type ScriptData } from './script-data';

/** With what a reply's files open. */
export interface Mailbox {
  readonly token: Uint8Array;
  readonly opener: Opener;
}

/** Puts names and sizes where the page has places for the files of `reply`, and takes over its buttons. */
export function enhanceReplyFiles(
  place: Element,
  attachments: readonly AttachmentBody[],
  mailbox: Mailbox,
  data: ScriptData,
): void {
  for (const [index, form] of place.querySelectorAll<HTMLFormElement>('form[action="/check/file"]').entries()) {
    const info = attachments[index];
    const name = form.querySelector('.file-name');
    const size = form.querySelector('.size');
    if (info === undefined || name === null || size === null) {
      form.remove();
      continue;
    }
    name.textContent = safeFileName(info.name);
    size.textContent = showSize(data.files, info.size);
    const saving = new Saving(form, info, mailbox, data);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void saving.begin();
    });
  }
}

class Saving {
  private readonly place = element('div', {});
  private readonly words = element('p', { role: 'status' });
  private readonly bar = element('progress', { max: '100', value: '0' });
  private readonly cancel: HTMLElement;
  private abort: AbortController | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly info: AttachmentBody,
    private readonly mailbox: Mailbox,
    private readonly data: ScriptData,
  ) {
    this.bar.setAttribute('aria-label', safeFileName(info.name));
    this.cancel = element('button', { type: 'button', class: 'quiet' }, textOf(data, 'file_stop'));
    this.cancel.append(element('span', { class: 'unseen' }, ` ${safeFileName(info.name)}`));
    this.cancel.addEventListener('click', () => {
      this.keepFocus();
      this.abort?.abort();
    });
    form.after(this.place);
    this.place.append(this.words);
  }

  async begin(): Promise<void> {
    if (this.abort !== null) {
      return;
    }
    const { signal } = (this.abort = new AbortController());
    this.show(0);
    this.place.className = 'progress';
    this.place.append(this.bar, this.cancel);
    try {
      this.say(await this.save(signal));
    } catch {
      this.say(textOf(this.data, signal.aborted ? 'file_stopped' : 'file_broke_off'));
    } finally {
      this.keepFocus();
      this.place.className = '';
      this.bar.remove();
      this.cancel.remove();
      this.abort = null;
    }
  }

  private async save(signal: AbortSignal): Promise<string> {
    const number = (name: string): number =>
      Number(this.form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? '0');
    const response = await fetch('/check/file', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        access_key: toBase64(accessKey(this.mailbox.token)),
        reply: number('reply'),
        part: number('part'),
      }),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
      signal,
    });
    if (!response.ok || response.body === null) {
      return response.status === 404 ? textOf(this.data, 'file_damaged') : textOf(this.data, 'file_broke_off');
    }
    const opened = await openContent(response.body, this.mailbox.opener, this.info, (done) => {
      this.show(Math.min(100, Math.floor((done / Math.max(1, this.info.size)) * 100)));
    });
    signal.throwIfAborted();
    if (opened.answer !== 'opened') {
      return textOf(this.data, 'file_damaged');
    }
    offer(safeFileName(this.info.name), opened.content);
    return fill(textOf(this.data, 'file_saved'), { name: safeFileName(this.info.name) });
  }

  /** The button that stops goes away, and must not take the focus with it. */
  private keepFocus(): void {
    if (document.activeElement === this.cancel) {
      this.form.querySelector('button')?.focus();
    }
  }

  private show(percent: number): void {
    this.bar.setAttribute('value', String(percent));
    // Said once for every ten percent, so that a screen reader can follow.
    this.say(fill(textOf(this.data, 'file_opening'), { percent: String(percent - (percent % 10)) }));
  }

  private say(words: string): void {
    if (this.words.textContent !== words) {
      this.words.textContent = words;
    }
  }
}
