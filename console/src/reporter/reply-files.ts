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
    this.bar.setAttribute('aria-label', textOf(data, 'file_opening'));
    this.cancel = element('button', { type: 'button', class: 'quiet' }, textOf(data, 'cancel'));
    this.cancel.addEventListener('click', () => this.abort?.abort());
    form.after(this.place);
    this.place.append(this.words);
  }

  async begin(): Promise<void> {
    if (this.abort !== null) {
      return;
    }
    const { signal } = (this.abort = new AbortController());
    this.say(textOf(this.data, 'file_opening'));
    this.place.className = 'progress';
    this.place.append(this.bar, this.cancel);
    try {
      this.say(await this.save(signal));
    } catch {
      this.say(signal.aborted ? '' : textOf(this.data, 'file_broke_off'));
    } finally {
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
      this.bar.setAttribute('value', String(Math.floor((done / Math.max(1, this.info.size)) * 100)));
    });
    if (opened.answer !== 'opened') {
      return textOf(this.data, 'file_damaged');
    }
    offer(safeFileName(this.info.name), opened.content);
    return fill(textOf(this.data, 'file_saved'), { name: safeFileName(this.info.name) });
  }

  private say(words: string): void {
    this.words.textContent = words;
  }
}
