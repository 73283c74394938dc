/** The files that were chosen: shown with what they tell, before anything is sent. */
import { plainFileName } from '../files/file-name';
import { Cleaner } from './cleaner';
import { element } from './element';
import { unchanged, type Findings, type Looked } from './findings';
import { neutralName } from './neutral-name';
import { fill, showNumber, textOf, type FilesData, type ScriptData } from './script-data';
import { startCleaner } from './trusted';

/** The most names in one sentence. */
const MOST_NAMES = 10;

/** A file that was chosen. */
export interface ChosenFile {
  readonly file: File;
  /** Its name as it is shown and sent. */
  readonly name: string;
  /** What goes of it, once it was looked into. */
  looked: Promise<Looked>;
  /** Whether it goes along. */
  readonly box: HTMLInputElement;
  /** Where its neutral name is shown. */
  readonly sentAs: HTMLElement;
  readonly findings: HTMLElement;
  /** Stops looking into it. */
  abort: AbortController;
}

/** Takes over the part of a form where files are chosen. */
export class FileList {
  private readonly chosen: ChosenFile[] = [];
  private readonly list = element('ul', { class: 'kept' });
  private readonly cleaner = new Cleaner(startCleaner);
  /** Something was found, or not looked into, that has not been on the page when the button was pressed. */
  private unseen = false;

  constructor(
    private readonly section: HTMLElement,
    private readonly data: ScriptData,
    private readonly rules: FilesData,
  ) {
    this.list.setAttribute('aria-label', textOf(data, 'files_kept'));
    this.list.setAttribute('aria-live', 'polite');
    const input = this.input;
    input?.closest('.field')?.before(this.list);
    input?.addEventListener('change', () => {
      this.add([...(input.files ?? [])]);
      // What is on the list is not in the field any more, so that the form never carries it as it is.
      input.value = '';
    });
    section.querySelector('[name="neutral_names"]')?.addEventListener('change', () => {
      this.nameAnew();
    });
    section.querySelector('[name="clean"]')?.addEventListener('change', () => {
      for (const each of this.chosen) {
        this.look(each);
      }
    });
  }

  private get input(): HTMLInputElement | null {
    return this.section.querySelector<HTMLInputElement>('[name="files"]');
  }

  private ticked(name: string): boolean {
    return this.section.querySelector<HTMLInputElement>(`[name="${name}"]`)?.checked === true;
  }

  /** Whether names are replaced. */
  get neutralNames(): boolean {
    return this.ticked('neutral_names');
  }

  /** The files that go along. */
  get going(): readonly ChosenFile[] {
    return this.chosen.filter((each) => each.box.checked);
  }

  /**
   * Waits until every file was looked into. Answers whether the reporter has yet to see what was found: it is then on the
   * page, and the next time it counts as seen.
   */
  async toLookAt(): Promise<boolean> {
    // Files may be ticked and looked into once more meanwhile.
    for (let waiting: readonly Promise<Looked>[] = []; ;) {
      const now = this.going.map((each) => each.looked);
      if (now.every((looked) => waiting.includes(looked))) {
        break;
      }
      waiting = now;
      await Promise.all(waiting);
    }
    const unseen = this.unseen;
    this.unseen = false;
    return unseen;
  }

  /** Everything was sent: nothing of the files stays where they were looked into. */
  sent(): void {
    this.cleaner.rest();
  }

  private add(files: readonly File[]): void {
    const problems: string[] = [];
    const tooMany: string[] = [];
    for (const file of files) {
      const name = plainFileName(file.name);
      if (file.size > this.rules.largest) {
        problems.push(fill(this.rules.too_large, { name }));
      } else if (file.size === 0) {
        problems.push(fill(this.rules.empty, { name }));
      } else if (this.going.length >= this.rules.most) {
        tooMany.push(name);
      } else {
        this.show(file, name);
      }
    }
    this.nameAnew();
    this.explain(tooMany.length > 0 ? [...problems, this.tooMany(tooMany)] : problems);
    const label = this.section.querySelector('label[for="files"]');
    if (label !== null && this.chosen.length > 0 && this.rules.most > 1) {
      label.textContent = textOf(this.data, 'files_more');
    }
  }

  private tooMany(names: readonly string[]): string {
    const quoted = names.slice(0, MOST_NAMES).map((name) => fill(textOf(this.data, 'review_phrase'), { phrase: name }));
    const shown = names.length > MOST_NAMES ? [...quoted, '…'] : quoted;
    return fill(this.rules.too_many, {
      most: showNumber(this.data, this.rules.most),
      names: shown.join(`${textOf(this.data, 'separator')} `),
    });
  }

  /** Shows what each file will be called, where names are replaced: they are counted as they go along. */
  private nameAnew(): void {
    for (const each of this.chosen) {
      const number = this.going.indexOf(each) + 1;
      const neutral = number > 0 && this.neutralNames ? neutralName(each.name, number) : '';
      each.sentAs.textContent = neutral === '' ? '' : `${fill(this.rules.sent_as, { name: neutral })} `;
    }
  }

  private show(file: File, name: string): void {
    const id = `file-${String(this.chosen.length + 1)}`;
    const box = element('input', { type: 'checkbox', id, 'aria-describedby': `${id}-hint` }) as HTMLInputElement;
    box.checked = true;
    const label = element('label', { for: id });
    const sentAs = element('span', { 'aria-live': 'off' });
    label.append(
      element('bdi', {}, name),
      ' ',
      sentAs,
      element('span', { class: 'size' }, showSize(this.rules, file.size)),
    );
    const findings = element('div', { class: 'hint', id: `${id}-hint` });
    // Read out whole where something in it changes: what was found means little without the file's name.
    const item = element('li', { class: 'choice', 'aria-atomic': 'true' });
    item.append(box, label, findings);
    this.list.append(item);
    const looked = Promise.resolve(unchanged(file, 'not_asked'));
    const chosen = { file, name, box, sentAs, findings, looked, abort: new AbortController() };
    this.chosen.push(chosen);
    box.addEventListener('change', () => {
      this.tick(chosen);
    });
    this.look(chosen);
  }

  /** Leaving a file out stops looking into it; taking it along again begins anew. */
  private tick(chosen: ChosenFile): void {
    if (this.going.length > this.rules.most) {
      chosen.box.checked = false;
      this.explain([this.tooMany([chosen.name])]);
      return;
    }
    this.nameAnew();
    if (!chosen.box.checked) {
      chosen.abort.abort();
      return;
    }
    void chosen.looked.then(({ findings }) => {
      if (findings.whyNot === 'stopped' && chosen.box.checked) {
        this.look(chosen);
      }
    });
  }

  private look(chosen: ChosenFile): void {
    chosen.abort.abort();
    const abort = new AbortController();
    chosen.abort = abort;
    if (!chosen.box.checked) {
      abort.abort();
    }
    const looked = this.ticked('clean')
      ? this.cleaner.look(chosen.file, abort.signal)
      : Promise.resolve(unchanged(chosen.file, 'not_asked'));
    chosen.looked = looked;
    const leaveOut = (): void => {
      chosen.box.checked = false;
      chosen.box.focus();
      this.nameAnew();
      abort.abort();
    };
    chosen.findings.replaceChildren(this.sentence('files_looking'), this.button('files_leave_out', chosen, leaveOut));
    void looked.then(({ findings }) => {
      // Looked into once more meanwhile, with another answer.
      if (chosen.looked === looked) {
        this.tell(chosen, findings);
      }
    });
  }

  private tell(chosen: ChosenFile, findings: Findings): void {
    const { removed, left, whyNot } = findings;
    this.unseen ||= removed.length + left.length > 0 || (whyNot !== null && whyNot !== 'stopped');
    chosen.findings.replaceChildren(...describe(findings, this.data, this.rules));
    if (whyNot === 'not_loaded') {
      const again = (): void => {
        chosen.box.focus();
        this.look(chosen);
      };
      chosen.findings.append(this.button('files_again', chosen, again));
    }
  }

  private sentence(name: string): HTMLElement {
    return element('p', {}, textOf(this.data, name));
  }

  /** A button below a file. Pressing it takes it away, so that `press` has to say where the focus goes. */
  private button(name: string, chosen: ChosenFile, press: () => void): HTMLElement {
    const words = textOf(this.data, name);
    const button = element('button', { type: 'button', class: 'quiet' }, words);
    // One of several with the same words.
    button.append(element('span', { class: 'unseen' }, ` ${chosen.name}`));
    button.addEventListener('click', press);
    return button;
  }

  private explain(problems: readonly string[]): void {
    this.section.querySelector('#files-error')?.remove();
    if (problems.length > 0) {
      const problem = element('p', { class: 'problem', id: 'files-error', role: 'alert' }, problems.join(' '));
      this.list.after(problem);
    }
  }
}

/** The same sentences as on the page without scripts. */
function describe({ removed, left, whyNot }: Findings, data: ScriptData, rules: FilesData): readonly HTMLElement[] {
  const names = (codes: readonly string[]): string => {
    const known = rules.traces.filter(([code]) => codes.includes(code));
    const unknown = codes.filter((code) => known.every(([each]) => each !== code));
    return [...known.map(([, name]) => name), ...unknown].join(`${textOf(data, 'separator')} `);
  };
  const found: HTMLElement[] = [];
  if (removed.length > 0) {
    found.push(element('p', {}, fill(textOf(data, 'files_removed'), { traces: names(removed) })));
  }
  if (left.length > 0) {
    found.push(element('p', { class: 'warning' }, fill(textOf(data, 'files_left'), { traces: names(left) })));
  }
  if (whyNot !== null) {
    found.push(element('p', whyNot === 'stopped' ? {} : { class: 'warning' }, rules.why[whyNot] ?? whyNot));
  }
  return found.length > 0 ? found : [element('p', {}, textOf(data, 'files_nothing_found'))];
}

/** A size as people write it, in the units that file managers show: `3.4 MB`. */
export function showSize(rules: FilesData, bytes: number): string {
  const MB = 1024 * 1024;
  if (bytes < 1024) {
    return fill(rules.bytes, { number: String(bytes) });
  }
  return bytes < MB
    ? fill(rules.kilobytes, { number: String(Math.floor(bytes / 1024)) })
    : fill(rules.megabytes, { number: String(Math.floor((bytes * 10) / MB) / 10) });
}
