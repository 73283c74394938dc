/** What is pointed at before a report is sent: phrases that may say who wrote it. */

export const PHRASE_KINDS = [
  'own_job',
  'only_i_know',
  'signature',
  'email',
  'phone',
  'exact_time',
  'employee_number',
  'family',
  'address',
  'handle',
] as const;

/**
 * Why a phrase may say who wrote: by the writer's job; because few others know the same; by name; by a way to reach the
 * writer (`email`, `phone`, `address`, `handle`); by where the writer was at a time; by a number that stands for the
 * writer; by the writer's family.
 */
export type PhraseKind = (typeof PHRASE_KINDS)[number];

/** A place in the text. */
export interface Phrase {
  /** Where it begins, counted as JavaScript counts (UTF-16). */
  readonly start: number;
  /** Where it has ended. */
  readonly end: number;
  readonly kind: PhraseKind;
}

/** What a language has to look for: a table a kind. Kinds that are the same in every language may be left out. */
export type Tables = Readonly<Partial<Record<PhraseKind, readonly RegExp[]>>>;
