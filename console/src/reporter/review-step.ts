/** Before a report is sent: phrases in it that may say who wrote. Computed in the page, sent nowhere. */
import { TEXT_FIELDS, type Draft, type TextField } from './draft';
import { element } from './element';
import { showQuestion } from './problems';
import { fill, textOf, type ScriptData } from './script-data';

/** Name and contact say who wrote, on purpose. */
const REVIEWED = TEXT_FIELDS.filter((field) => field !== 'name' && field !== 'contact');

interface Telling {
  readonly field: TextField;
  readonly start: number;
  readonly end: number;
  readonly kind: string;
  readonly phrase: string;
}

export class ReviewStep {
  private readonly seen = new Set<string>();

  constructor(private readonly data: ScriptData) {}

  /** Shows phrases that were not shown before. Answers whether there were any. */
  async show(draft: Draft): Promise<boolean> {
    const found = await find(draft);
    const fresh = found.filter((each) => !this.seen.has(`${each.field} ${each.phrase}`));
    if (fresh.length === 0) {
      return false;
    }
    for (const each of found) {
      this.seen.add(`${each.field} ${each.phrase}`);
    }
    const list = element('ul', {});
    list.append(...found.map((each) => this.line(each)));
    showQuestion('review', textOf(this.data, 'review'), textOf(this.data, 'review_text'), list);
    return true;
  }

  private line(telling: Telling): HTMLElement {
    const words = fill(textOf(this.data, 'review_phrase'), { phrase: telling.phrase });
    const link = element('a', { href: `#${telling.field}` }, words);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      const field = document.getElementById(telling.field);
      if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) {
        field.focus();
        field.setSelectionRange(telling.start, telling.end);
      }
    });
    const item = element('li', {});
    item.append(link, ` ${this.data.report?.review[telling.kind] ?? ''}`);
    return item;
  }
}

async function find(draft: Draft): Promise<readonly Telling[]> {
  const { findTellingPhrases } = await import('../review/find-phrases');
  return REVIEWED.flatMap((field) =>
    findTellingPhrases(draft[field]).map(({ start, end, kind }) => ({
      field,
      start,
      end,
      kind,
      phrase: shorten(draft[field].slice(start, end)),
    })),
  );
}

function shorten(phrase: string): string {
  const line = phrase.replace(/\s+/gu, ' ').trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
