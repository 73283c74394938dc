/** Checking on a report where scripts run: the words stay here, and what comes back opens here. */
import { Opener } from '../protocol/age-file';
import { toBase64 } from '../protocol/base64';
import { accessKey, mailboxKey, replayTag } from '../protocol/derive';
import { openAnswer, openEntry } from '../protocol/open';
import type { Answer } from '../protocol/payload';
import { sealMessage } from '../protocol/seal-report';
import { parseWords, type ParsedToken } from '../protocol/token';
import { whileBusy } from './busy';
import { checkMessage } from './check';
import type { SealedFile } from './attach';
import { attach, filesOf, unreachableText, type FilesOfForm } from './files-of-form';
import { forgetWhenLeft, showPage } from './page';
import { clearProblems, describe, showNotice, showProblems } from './problems';
import { enhanceRecordProof } from './record-proof';
import { enhanceReplyFiles } from './reply-files';
import { fill, showNumber, textOf, type ScriptData } from './script-data';
import { send, type Sent } from './send';
import { parsePage } from './trusted';

/** Takes over the form in which words are typed. */
export function enhanceCheckForm(form: HTMLFormElement, data: ScriptData): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = form.querySelector<HTMLTextAreaElement>('[name="words"]')?.value ?? '';
    const parsed = parseWords(typed);
    if (parsed.answer === 'error') {
      showProblems(data, [{ field: 'words', anchor: 'words', text: explain(parsed, data) }]);
      return;
    }
    void whileBusy(form, textOf(data, 'checking'), () => lookUp(parsed.token, data));
  });
}

/** Takes over the button of the page that shows the words. */
export function enhanceTry(form: HTMLFormElement, token: Uint8Array, data: ScriptData, left: () => void): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void whileBusy(form, textOf(data, 'checking'), () => lookUp(token, data, left));
  });
}

function explain(parsed: Exclude<ParsedToken, { answer: 'parsed' }>, data: ScriptData): string {
  switch (parsed.error) {
    case 'word_count':
      return parsed.found === 0
        ? data.token.empty
        : parsed.found === 1
          ? data.token.one
          : fill(data.token.count, { shown: showNumber(data, parsed.found) });
    case 'unknown_word':
      return fill(data.token.word, { position: showNumber(data, parsed.position) });
    case 'checksum':
      return data.token.checksum;
  }
}

async function lookUp(token: Uint8Array, data: ScriptData, left?: () => void): Promise<void> {
  await guarded(data, async () => {
    const sent = await send('/check', JSON.stringify({ access_key: toBase64(accessKey(token)) }));
    if (sent.answer === 'refused' && sent.code === 'unknown') {
      showProblems(data, [{ field: 'words', anchor: 'words', text: sent.text }]);
    } else if (sent.answer === 'sealed') {
      await showStatus(sent.bytes, token, data, left);
    } else {
      explainFailure(sent, data);
    }
  });
}

/** Nothing that goes wrong here ends in silence, or in a form that is sent as it was typed. */
async function guarded(data: ScriptData, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch {
    showNotice(textOf(data, 'answer_failed'), textOf(data, 'answer_failed_text'));
  }
}

function explainFailure(sent: Sent, data: ScriptData, files: FilesOfForm | null = null): void {
  if (sent.answer === 'refused') {
    showNotice(sent.title, sent.text);
  } else {
    showNotice(textOf(data, 'unreachable'), textOf(data, unreachableText(files)));
  }
}

/** Opens an answer, puts the replies where they belong, and shows the page. */
async function showStatus(sealed: Uint8Array, token: Uint8Array, data: ScriptData, left?: () => void): Promise<void> {
  const opener = new Opener(mailboxKey(token));
  const opened = await openAnswer(sealed, opener);
  if (opened.answer !== 'opened') {
    throw new TypeError('the answer does not open');
  }
  const { content } = opened;
  const page = parsePage(content.page);
  for (const [index, place] of page.querySelectorAll('.reply').entries()) {
    const reply = content.replies[index];
    const opened = reply === undefined ? null : await openEntry(reply, opener, content.case);
    const body = opened?.answer === 'opened' && opened.entry.kind === 'reply' ? opened.entry.body : null;
    const typed = place.querySelector('.typed');
    if (typed !== null) {
      typed.textContent = body?.text ?? textOf(data, 'reply_failed');
    }
    enhanceReplyFiles(place, body?.attachments ?? [], { token, opener }, data);
  }
  enhanceRecordProof(page, { token, opener }, data);
  left?.();
  showPage(page, '/check');
  forgetWhenLeft(() => token.fill(0));
  const form = document.querySelector<HTMLFormElement>('form[action="/check/message"]');
  if (form !== null) {
    enhanceMessageForm(form, token, content, data);
  }
}

function enhanceMessageForm(form: HTMLFormElement, token: Uint8Array, content: Answer, data: ScriptData): void {
  let number = content.number;
  const files = filesOf(form, data);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed = form.querySelector<HTMLTextAreaElement>('[name="message"]')?.value ?? '';
    const text = typed.replace(/\r\n?/gu, '\n').replace(/\p{Cs}/gu, '\ufffd');
    const problem = checkMessage(text, data.message.limit ?? 0);
    if (problem !== null) {
      showProblems(data, [describe(data, 'message', data.message, problem)]);
      return;
    }
    clearProblems();
    void whileBusy(form, textOf(data, 'busy'), () =>
      guarded(data, async () => {
        const attached = await attach(form, data, files, {
          caseId: content.case,
          publicKey: content.publicKey,
          token,
          first: content.attachment,
        });
        if (attached === null) {
          return;
        }
        const sent = await send('/check/message', await sealedMessage(token, content, number, text, attached));
        if (sent.answer === 'sealed') {
          await showStatus(sent.bytes, token, data);
          return;
        }
        if (sent.answer === 'refused' && sent.code === 'upload') {
          files?.attaching.forget();
        }
        // Another message of theirs arrived first: the next number is free, and pressing again sends it.
        if (sent.answer === 'refused' && sent.status === 409 && sent.code === 'notice') {
          number += 1;
        }
        explainFailure(sent, data, files);
      }),
    );
  });
}

async function sealedMessage(
  token: Uint8Array,
  content: Answer,
  number: number,
  text: string,
  attachments: readonly SealedFile[],
): Promise<string> {
  const envelope = { case: content.case, number, day: new Date().toISOString().slice(0, 10) };
  // The number, too: two messages with the same text must not look alike. And a file that was added since must not be
  // taken for sent.
  const files = attachments.map((each) => each.upload).join(' ');
  const tag = replayTag(token, new TextEncoder().encode(`${String(number)}\n${files}\n${text}`));
  return JSON.stringify({
    access_key: toBase64(accessKey(token)),
    number,
    attachments,
    replay_tag: toBase64(tag),
    sealed: toBase64(await sealMessage(envelope, text, token, content.publicKey)),
  });
}
