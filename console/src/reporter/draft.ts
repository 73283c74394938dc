/** What the form holds, as it was typed. */

/** Text fields, in the order of the page. */
export const TEXT_FIELDS = [
  'narrative',
  'when',
  'where',
  'who_else_knows',
  'how_you_know',
  'how_many_know',
  'name',
  'contact',
] as const;

export type TextField = (typeof TEXT_FIELDS)[number];

export interface Draft extends Readonly<Record<TextField, string>> {
  /** Ids of the recipients the report is about. */
  readonly concerns: readonly string[];
  /** Id of the recipient that should be told; empty lets the Audit Committee decide. */
  readonly chosen: string;
  /** Code of the category; empty means not given. */
  readonly category: string;
  readonly confidential: boolean;
}

/** Reads a form. Line ends become one LF each, as they do on the server. */
export function readDraft(form: HTMLFormElement): Draft {
  const typed = new FormData(form);
  const value = (name: string): string => {
    const found = typed.get(name);
    return typeof found === 'string' ? found.replace(/\r\n?/gu, '\n') : '';
  };
  return {
    concerns: typed.getAll('concerns').filter((each) => typeof each === 'string'),
    chosen: value('chosen'),
    category: value('category'),
    narrative: value('narrative'),
    when: value('when'),
    where: value('where'),
    who_else_knows: value('who_else_knows'),
    how_you_know: value('how_you_know'),
    how_many_know: value('how_many_know'),
    confidential: value('identity') === 'confidential',
    name: value('name'),
    contact: value('contact'),
  };
}
