/** The report page where scripts run: what is typed is sealed here, and only then sent. */
import { parseWords, toWords } from '../protocol/token';
import { accessHash, accessKey } from '../protocol/derive';
import { publicKeyOf } from '../protocol/keys';
import { whileBusy } from './busy';
import { check } from './check';
import { enhanceTry } from './check-form';
import { readDraft } from './draft';
import { attach, filesOf, unreachableText, type FilesOfForm } from './files-of-form';
import { forgetWhenLeft, showPage } from './page';
import { clearProblems, describe, showNotice, showProblems } from './problems';
import { ReviewStep } from './review-step';
import { readScriptData, textOf, type ScriptData } from './script-data';
import { begin, sealCase, type Beginnings } from './seal-case';
import { readPage, send } from './send';
import { parsePage } from './trusted';
import { doWork } from './work';

/** So often is a report sealed anew, where the page was out of date or a random value was taken. */
const ATTEMPTS = 3;

/** Takes over the form. */
export function enhanceReportForm(form: HTMLFormElement, data: ScriptData): void {
  let current = data;
  let beginnings = begin();
  const files = filesOf(form, data);
  const review = new ReviewStep(data);
  form.addEventListener('submit', (event) => {
    // Whatever happens from here on, the form is not sent as it was typed.
    event.preventDefault();
    void whileBusy(form, textOf(current, 'busy'), async () => {
      try {
        let work: number | undefined;
        for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
          const next = await attemptToSend(form, current, beginnings, files, review, work);
          if (next === 'done') {
            return;
          }
          current = next.data ?? current;
          beginnings = next.beginnings ?? beginnings;
          work = next.work;
        }
        showNotice(textOf(current, 'failed'), textOf(current, 'failed_text'));
      } catch {
        showNotice(textOf(current, 'failed'), textOf(current, 'failed_text'));
      }
    });
  });
}

type Next =
  | 'done'
  | { readonly data?: ScriptData; readonly beginnings?: Beginnings; /** Work that was done. */ readonly work?: number };

async function attemptToSend(
  form: HTMLFormElement,
  data: ScriptData,
  beginnings: Beginnings,
  files: FilesOfForm | null,
  review: ReviewStep,
  work: number | undefined,
): Promise<Next> {
  const rules = data.report;
  if (rules === undefined) {
    throw new TypeError('a report page without its rules');
  }
  const draft = readDraft(form);
  const checked = check(draft, rules);
  if (checked.answer === 'problems') {
    showProblems(
      data,
      checked.problems.map((each) => describe(data, each.field, rules.fields[each.field], each)),
    );
    return 'done';
  }
  clearProblems();
  if (await review.show(draft)) {
    return 'done';
  }
  const attached = await attach(form, data, files, {
    caseId: beginnings.caseId,
    publicKey: publicKeyOf(beginnings.privateKey),
    token: beginnings.token,
    first: 1,
  });
  if (attached === null) {
    return 'done';
  }
  const sealed = await sealCase(
    beginnings,
    draft,
    checked.category,
    checked.route,
    rules,
    data.language,
    attached,
    work,
  );
  const address = form.getAttribute('action') ?? location.pathname;
  const sent = await send(address, sealed);
  if (sent.answer === 'page') {
    showWords(parsePage(sent.html), address, beginnings.token, data);
    return 'done';
  }
  if (sent.answer === 'refused' && sent.code === 'stale') {
    const html = await readPage(address);
    const fresh = html === null ? null : readScriptData(parsePage(html));
    // A page that cannot be read again says so in the server's words.
    return fresh?.report === undefined ? notice(sent.title, sent.text) : { data: fresh };
  }
  if (sent.answer === 'refused' && sent.code === 'upload') {
    files?.attaching.forget();
    return {};
  }
  if (sent.answer === 'refused' && sent.code === 'taken') {
    return { beginnings: begin() };
  }
  if (sent.answer === 'refused' && sent.work !== null && work === undefined) {
    showNotice(textOf(data, 'work'), textOf(data, 'work_text'));
    const done = await doWork(sent.work, accessHash(accessKey(beginnings.token)));
    clearProblems();
    return { work: done };
  }
  return sent.answer === 'refused'
    ? notice(sent.title, sent.text)
    : notice(textOf(data, 'unreachable'), textOf(data, unreachableText(files)));
}

function notice(title: string, text: string): 'done' {
  showNotice(title, text);
  return 'done';
}

/** Puts the words where the server left room for them, and shows the page. */
function showWords(page: Document, address: string, token: Uint8Array, data: ScriptData): void {
  const phrase = toWords(token);
  const words = phrase.split(' ');
  for (const [index, place] of page.querySelectorAll('.words li').entries()) {
    place.textContent = words[index] ?? '';
  }
  showPage(page, address);
  document.documentElement.classList.add('keep');
  const keepOnReload = (event: KeyboardEvent): void => {
    // Loading the page again would lose the words, which stand nowhere else.
    if (event.key === 'F5' || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'r')) {
      event.preventDefault();
    }
  };
  window.addEventListener('keydown', keepOnReload);
  forgetWhenLeft(() => token.fill(0));
  const form = document.querySelector<HTMLFormElement>('form[action="/check"]');
  const parsed = parseWords(phrase);
  if (form !== null && parsed.answer === 'parsed') {
    enhanceTry(form, parsed.token, data, () => {
      window.removeEventListener('keydown', keepOnReload);
      document.documentElement.classList.remove('keep');
    });
  }
}
