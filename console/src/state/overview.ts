import type { Day, Listed } from '../session/types';

/** A number of the overview: its name says what is counted, for example `outcome/referred/anonymous`. */
export type CellId = string;

/** Numbers that add up: whoever knows all but one of them knows that one too. */
export interface Sum {
  readonly total: CellId;
  readonly parts: readonly CellId[];
}

/** Counted cells, and how they hang together. */
export interface Counts {
  readonly cells: ReadonlyMap<CellId, number>;
  readonly sums: readonly Sum[];
  /** Cells that are counted for the sums and shown nowhere. */
  readonly unpublished: ReadonlySet<CellId>;
}

export type SectionId = 'age' | 'acknowledgement' | 'feedback' | 'month' | 'category' | 'outcome' | 'side_by_side';

/** A table of the overview. */
export interface Section {
  readonly id: SectionId;
  /** What the rows are of, in groups that each add up. One group, `all`, but for `side_by_side`. */
  readonly groups: readonly { readonly id: string; readonly rows: readonly Row[] }[];
}

/** A row: what it counts, and a cell for each column. `side_by_side` has the columns anonymous and confidential. */
export interface Row {
  readonly key: string;
  readonly cells: readonly CellId[];
}

/** What the overview shows. The cells of its heading are `cases`, `open`, `closed`, `sealed` and `unreadable`. */
export interface Overview extends Counts {
  readonly sections: readonly Section[];
}

/** The ages of open cases: the last day of each, counted from the day of receipt. */
export const AGES = [
  { key: '0-7', last: 7 },
  { key: '8-30', last: 30 },
  { key: '31-90', last: 90 },
  { key: 'over-90', last: Infinity },
] as const;

/** How a duty towards the reporter stands. `late` is also what is not done and overdue. */
export const DUTY_STATES = ['on_time', 'late', 'running'] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** The ends that a case can have. `other` is an end that this console does not know. */
export const ENDS = [
  'substantiated',
  'partly_substantiated',
  'not_substantiated',
  'insufficient_information',
  'referred',
  'answered',
  'passed',
  'other',
] as const;

/** The categories that are counted. `other` is one that this console does not know. */
export const CATEGORIES = [
  'accounting',
  'audit_obstruction',
  'disclosure',
  'management_fraud',
  'conflict_of_interest',
  'confidential_information',
  'misuse_of_assets',
  'legal',
  'pressure',
  'retaliation',
  'other_policy',
  'not_sure',
  'question',
  'other',
] as const;

/** How many months are shown one by one; what came before is one row, `earlier`. */
export const MONTHS = 12;

const SIDES = ['anonymous', 'confidential'] as const;
type Side = (typeof SIDES)[number] | 'unknown';

/**
 * How acknowledging a case stands on a day: `on_time` if it was acknowledged on its last day or before; `late` if it was
 * later, or if the last day is over and it still is not; `running` while there is time.
 */
export function acknowledgement(summary: Listed, today: Day): DutyState {
  return duty(summary.acknowledged, summary.acknowledgeBy, today);
}

/**
 * How feedback on a case stands on a day. Feedback counts as given when the case is closed, on the last day on which the
 * reporter was told something. What a reply says is not known here: one sent while the case is open is not taken for
 * feedback, and one sent after its end moves the day. Both err on the strict side, never towards a better number.
 */
export function feedback(summary: Listed, today: Day): DutyState {
  return duty(isOpen(summary) ? undefined : summary.updated, summary.feedbackBy, today);
}

/** Counts what can be counted. Content that was not opened is counted as that, never guessed. */
export function countOverview(listed: readonly Listed[], today: Day): Overview {
  const months = monthsUntil(today.slice(0, 7));
  const counts = new Counting();
  for (const one of listed) {
    const side: Side = one.state !== 'open' ? 'unknown' : one.confidential ? 'confidential' : 'anonymous';
    const closed = !isOpen(one);
    const acknowledged = acknowledgement(one, today);
    counts.add('cases', closed ? 'closed' : 'open', `acknowledgement/${acknowledged}`);
    counts.add(`feedback/${feedback(one, today)}`, `month/${monthOf(one.received, months)}`);
    counts.add(one.state === 'open' ? `category/${oneOf(CATEGORIES, one.category)}` : one.state);
    counts.add(`received/${side}`, `acknowledgement/${acknowledged}/${side}`);
    if (closed) {
      const end = endOf(one);
      counts.add(`outcome/${end}`, `outcome/${end}/${side}`, `closed/${side}`);
    } else {
      counts.add(`age/${ageOf(one.received, today)}`, `open/${side}`);
    }
  }
  return arranged(counts.cells, months);
}

/** Days from one to another. Days are read as UTC: there, each has the same length. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

class Counting {
  readonly cells = new Map<CellId, number>();

  add(...ids: readonly CellId[]): void {
    for (const id of ids) {
      this.cells.set(id, (this.cells.get(id) ?? 0) + 1);
    }
  }
}

function isOpen(summary: Listed): boolean {
  return summary.updateBy !== undefined;
}

// Days in this form sort as text.
function duty(done: Day | undefined, by: Day, today: Day): DutyState {
  if (done !== undefined) {
    return done <= by ? 'on_time' : 'late';
  }
  return today <= by ? 'running' : 'late';
}

function ageOf(received: Day, today: Day): string {
  const days = daysBetween(received, today);
  return (AGES.find((age) => days <= age.last) ?? AGES[3]).key;
}

function endOf(summary: Listed): string {
  if (summary.status === 'passed' || summary.status === 'answered') {
    return summary.status;
  }
  return oneOf(ENDS, summary.outcome ?? 'other');
}

function oneOf(known: readonly string[], code: string): string {
  return known.includes(code) ? code : 'other';
}

/** The last months, the one that is given included, oldest first. */
function monthsUntil(last: string): string[] {
  const end = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
  return Array.from({ length: MONTHS }, (_, at) => {
    const month = end - (MONTHS - 1) + at;
    return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
}

// A case from tomorrow, where two clocks differ, belongs to the last month.
function monthOf(received: Day, months: readonly string[]): string {
  const month = received.slice(0, 7);
  return months.includes(month) ? month : month < (months[0] ?? '') ? 'earlier' : (months.at(-1) ?? '');
}

/** Puts the cells into tables, and says which of them add up. Cells that nothing was counted in are 0. */
function arranged(counted: ReadonlyMap<CellId, number>, months: readonly string[]): Overview {
  const line = (name: string, keys: readonly string[]): Row[] =>
    keys.map((key) => ({ key, cells: [`${name}/${key}`] }));
  const beside = (name: string, key: string): Row => ({ key, cells: SIDES.map((side) => `${name}/${side}`) });
  // Ends and categories that are not known, and months before the last twelve, show only where there are any.
  const present = (name: string, keys: readonly string[], rare: string): readonly string[] =>
    keys.filter((key) => key !== rare || counted.has(`${name}/${rare}`));
  const ends = present('outcome', ENDS, 'other');
  const monthKeys = present('month', ['earlier', ...months], 'earlier');
  const categories = present('category', CATEGORIES, 'other');
  const notOpened: Row[] = ['sealed', 'unreadable'].map((key) => ({ key, cells: [key] }));

  const sections: Section[] = [
    {
      id: 'age',
      groups: [
        {
          id: 'all',
          rows: line(
            'age',
            AGES.map((age) => age.key),
          ),
        },
      ],
    },
    { id: 'acknowledgement', groups: [{ id: 'all', rows: line('acknowledgement', DUTY_STATES) }] },
    { id: 'feedback', groups: [{ id: 'all', rows: line('feedback', DUTY_STATES) }] },
    { id: 'month', groups: [{ id: 'all', rows: line('month', monthKeys) }] },
    { id: 'category', groups: [{ id: 'all', rows: [...line('category', categories), ...notOpened] }] },
    { id: 'outcome', groups: [{ id: 'all', rows: line('outcome', ends) }] },
    {
      id: 'side_by_side',
      groups: [
        { id: 'received', rows: [beside('received', 'received')] },
        { id: 'acknowledgement', rows: DUTY_STATES.map((key) => beside(`acknowledgement/${key}`, key)) },
        { id: 'standing', rows: [beside('open', 'open'), beside('closed', 'closed')] },
        { id: 'outcome', rows: ends.map((key) => beside(`outcome/${key}`, key)) },
      ],
    },
  ];

  const sides: readonly Side[] = [...SIDES, 'unknown'];
  const bySide = (name: string): Sum => ({ total: name, parts: sides.map((side) => `${name}/${side}`) });
  const adding = (total: CellId, id: SectionId): Sum => ({
    total,
    parts: sections.filter((section) => section.id === id).flatMap((section) => cellsOf(section)),
  });
  const sums: Sum[] = [
    { total: 'cases', parts: ['open', 'closed'] },
    adding('open', 'age'),
    adding('cases', 'acknowledgement'),
    adding('cases', 'feedback'),
    adding('cases', 'month'),
    adding('cases', 'category'),
    adding('closed', 'outcome'),
    { total: 'received/unknown', parts: ['sealed', 'unreadable'] },
    { total: 'cases', parts: sides.map((side) => `received/${side}`) },
    ...['open', 'closed', ...DUTY_STATES.map((key) => `acknowledgement/${key}`)].map(bySide),
    ...ends.map((key) => bySide(`outcome/${key}`)),
    ...sides.flatMap((side): Sum[] => [
      { total: `received/${side}`, parts: [`open/${side}`, `closed/${side}`] },
      { total: `received/${side}`, parts: DUTY_STATES.map((key) => `acknowledgement/${key}/${side}`) },
      { total: `closed/${side}`, parts: ends.map((key) => `outcome/${key}/${side}`) },
    ]),
  ];

  const ids = new Set(sums.flatMap((sum) => [sum.total, ...sum.parts]));
  const cells = new Map([...ids].map((id) => [id, counted.get(id) ?? 0]));
  const unpublished = new Set([...ids].filter((id) => id.endsWith('/unknown')));
  return { cells, sums, unpublished, sections };
}

/** Every cell of a table, row by row. */
export function cellsOf(section: Section): CellId[] {
  return section.groups.flatMap((group) => group.rows.flatMap((row) => row.cells));
}
