/** The proof that a report is in the public record: fetched sealed, opened here, saved from here. */
import { toBase64 } from '../protocol/base64';
import { accessKey } from '../protocol/derive';
import { openAnswer } from '../protocol/open';
import { whileBusy } from './busy';
import { element } from './element';
import { offer } from './offer';
import type { Mailbox } from './reply-files';
import { fill, textOf, type ScriptData } from './script-data';
import { send } from './send';

/** Under which name it is saved: one that says little. */
const NAME = 'record.json';

/** Takes over the button that saves the proof, if the page has one. */
export function enhanceRecordProof(page: ParentNode, mailbox: Mailbox, data: ScriptData): void {
  const form = page.querySelector<HTMLFormElement>('form[action="/check/record"]');
  if (form === null) {
    return;
  }
  const words = element('p', { role: 'status' });
  form.after(words);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    words.textContent = '';
    void whileBusy(form, textOf(data, 'file_opening'), async () => {
      words.textContent = await save(mailbox, data);
    });
  });
}

async function save(mailbox: Mailbox, data: ScriptData): Promise<string> {
  try {
    const sent = await send('/check/record', JSON.stringify({ access_key: toBase64(accessKey(mailbox.token)) }));
    if (sent.answer === 'refused') {
      return sent.text;
    }
    const opened = sent.answer === 'sealed' ? await openAnswer(sent.bytes, mailbox.opener) : null;
    if (opened?.answer === 'opened') {
      offer(NAME, new Blob([opened.content.page]));
      return fill(textOf(data, 'file_saved'), { name: NAME });
    }
  } catch {
    // Said below.
  }
  return textOf(data, 'file_broke_off');
}
