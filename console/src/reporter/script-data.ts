/** What the page tells the script: who can read, which limits hold, every sentence to show. Written by the server. */

/** A field: its limit in characters, and the sentence for each problem that it can have. */
export interface FieldData {
  /** The id of the element that an error summary leads to. */
  readonly anchor: string;
  readonly limit?: number;
  readonly problems: Readonly<Record<string, string>>;
}

/** A recipient, as far as the rules need to know. */
export interface RecipientData {
  readonly id: string;
  readonly kind: string;
  readonly public_key?: string;
  readonly choosable: boolean;
  readonly reads: boolean;
}

export interface ReportData {
  readonly kind: 'concern' | 'question';
  readonly recipients: readonly RecipientData[];
  readonly committee_only: readonly string[];
  readonly categories: readonly string[];
  readonly fields: Readonly<Record<string, FieldData>>;
  /** Why phrases may say who wrote, by their kind. */
  readonly review: Readonly<Record<string, string>>;
}

/** What holds for files, and the sentences about them. */
export interface FilesData {
  readonly most: number;
  /** The largest, in bytes. */
  readonly largest: number;
  readonly too_many: string;
  readonly sent_as: string;
  readonly empty: string;
  readonly too_large: string;
  /** Kinds of traces, code and words, in the order in which they are named. */
  readonly traces: readonly (readonly [string, string])[];
  /** Why a file could not be looked into, by the codes. */
  readonly why: Readonly<Record<string, string>>;
  readonly bytes: string;
  readonly kilobytes: string;
  readonly megabytes: string;
}

export interface ScriptData {
  readonly language: string;
  /** Between thousands. */
  readonly separator: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly token: {
    readonly empty: string;
    readonly one: string;
    readonly count: string;
    readonly word: string;
    readonly checksum: string;
  };
  readonly message: FieldData;
  readonly files: FilesData;
  readonly report?: ReportData;
}

/** Reads it from a page; `null` on a page that has none. */
export function readScriptData(page: Document): ScriptData | null {
  const text = page.getElementById('script-data')?.textContent;
  return text === undefined || text === null ? null : (JSON.parse(text) as ScriptData);
}

/** A sentence by its name. One that is missing shows as its name, which tests look for. */
export function textOf(data: ScriptData, name: string): string {
  return data.texts[name] ?? `⟦${name}⟧`;
}

/** Fills the blanks of a sentence: `{name}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/gu, (blank, name: string) => values[name] ?? blank);
}

/** A whole number as people write it: `100,000`. */
export function showNumber(data: ScriptData, number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/gu, data.separator);
}
