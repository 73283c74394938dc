/** What is wrong with a form, shown as the server shows it: beside the field, and in a summary that leads there. */
import { element } from './element';
import { fill, showNumber, textOf, type FieldData, type ScriptData } from './script-data';

/** A field and the sentence about it. */
export interface Shown {
  readonly field: string;
  readonly anchor: string;
  readonly text: string;
}

/** The sentence for a problem. */
export function describe(
  data: ScriptData,
  field: string,
  rules: FieldData | undefined,
  problem: { readonly problem: string; readonly found?: number },
): Shown {
  const found = problem.found ?? 0;
  const text = fill(rules?.problems[problem.problem] ?? `⟦${field}⟧`, {
    found: showNumber(data, found),
    over: showNumber(data, found - (rules?.limit ?? 0)),
  });
  return { field, anchor: rules?.anchor ?? field, text };
}

/** Shows problems, in place of those shown before, and leads there. */
export function showProblems(data: ScriptData, problems: readonly Shown[]): void {
  clearProblems();
  for (const field of new Set(problems.map((each) => each.field))) {
    const sentences = problems.filter((each) => each.field === field).map((each) => each.text);
    showBeside(data, field, sentences.join(' '));
  }
  const list = element('ul', {});
  for (const { anchor, text } of problems) {
    const item = element('li', {});
    item.append(element('a', { href: `#${anchor}` }, text));
    list.append(item);
  }
  const prefix = textOf(data, 'prefix');
  document.title = document.title.startsWith(prefix) ? document.title : `${prefix} ${document.title}`;
  showSummary('problems', textOf(data, 'summary'), textOf(data, 'summary_text'), list);
}

/** Shows why nothing was taken, above the form that keeps what was typed. */
export function showNotice(title: string, text: string): void {
  clearProblems();
  showSummary('notice', title, text);
}

/** Takes away what was shown. */
export function clearProblems(): void {
  for (const old of document.querySelectorAll('#problems, #notice, #review, .success, p.problem')) {
    old.remove();
  }
  for (const wrong of document.querySelectorAll('.wrong')) {
    wrong.classList.remove('wrong');
  }
  for (const field of document.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
  }
  for (const described of document.querySelectorAll('[aria-describedby*="-error"]')) {
    const others = (described.getAttribute('aria-describedby') ?? '').split(' ').filter((id) => !id.endsWith('-error'));
    if (others.length === 0) {
      described.removeAttribute('aria-describedby');
    } else {
      described.setAttribute('aria-describedby', others.join(' '));
    }
  }
}

/** Asks the reporter to look at something before sending: nothing is wrong. */
export function showQuestion(id: string, title: string, text: string, more: HTMLElement): void {
  clearProblems();
  showSummary(id, title, text, more, 'summary asking');
}

/** Shows something to be read before going on, above the form, and leads there. */
function showSummary(id: string, title: string, text: string, more?: HTMLElement, look = 'summary'): void {
  const summary = element('div', { class: look, role: 'alert', tabindex: '-1', id });
  summary.append(element('h2', {}, title), element('p', {}, text));
  if (more !== undefined) {
    summary.append(more);
  }
  document.querySelector('main')?.prepend(summary);
  summary.focus();
  summary.scrollIntoView({ block: 'start' });
}

function showBeside(data: ScriptData, name: string, text: string): void {
  const field = document.getElementById(name);
  if (field === null) {
    return;
  }
  const id = `${name}-error`;
  const sentence = element('p', { class: 'problem', id });
  sentence.append(element('span', { class: 'unseen' }, textOf(data, 'prefix')), ` ${text}`);
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby') ?? ''} ${id}`.trim());
  if (field instanceof HTMLFieldSetElement) {
    field.classList.add('wrong');
    (field.querySelector(':scope > .hint') ?? field.querySelector('legend'))?.after(sentence);
  } else {
    field.closest('.field')?.classList.add('wrong');
    field.setAttribute('aria-invalid', 'true');
    field.before(sentence);
  }
}
