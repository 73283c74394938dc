/** Whether what was typed can be accepted: the rules of server/src/domain/report.rs. */
import { TEXT_FIELDS, type Draft } from './draft';
import { route, type Route, type RoutingError } from './route';
import type { ReportData } from './script-data';

/** A field, what is wrong with it, and for a text that is too long how many characters it has. */
export interface Problem {
  readonly field: string;
  readonly problem: string;
  readonly found?: number;
}

export type Checked =
  | { readonly answer: 'accepted'; readonly category: string; readonly route: Route }
  | { readonly answer: 'problems'; readonly problems: readonly Problem[] };

/** The fields in the order of the page. */
const ORDER = [
  'concerns',
  'chosen',
  'category',
  'narrative',
  'when',
  'where',
  'who_else_knows',
  'how_you_know',
  'how_many_know',
  'identity',
  'name',
  'contact',
];

const ROUTING: Readonly<Record<RoutingError, Problem>> = {
  unknown_recipient: { field: 'chosen', problem: 'unknown' },
  excluded_and_chosen: { field: 'chosen', problem: 'excluded_and_chosen' },
  not_choosable: { field: 'chosen', problem: 'not_choosable' },
  nobody_can_read: { field: 'concerns', problem: 'nobody_can_read' },
};

/** Checks a draft and finds its way: all problems at once, in the order of the page. */
export function check(draft: Draft, rules: ReportData): Checked {
  const problems: Problem[] = [];
  const known = draft.concerns.filter((id) => rules.recipients.some((each) => each.id === id));
  if (known.length < draft.concerns.length) {
    problems.push({ field: 'concerns', problem: 'unknown' });
  }
  const category = draft.category === '' ? (rules.kind === 'question' ? 'question' : 'not_sure') : draft.category;
  if (!rules.categories.includes(category)) {
    problems.push({ field: 'category', problem: 'unknown' });
  }
  const choice = { committeeOnly: rules.committee_only.includes(category), chosen: draft.chosen, excluded: known };
  const routed = route(rules.recipients, choice);
  if (routed.answer === 'error') {
    problems.push(ROUTING[routed.error]);
  }
  problems.push(...checkTexts(draft, rules));
  if (routed.answer === 'routed' && problems.length === 0) {
    return { answer: 'accepted', category, route: routed.route };
  }
  const place = (each: Problem): number => ORDER.indexOf(each.field);
  return { answer: 'problems', problems: [...problems].sort((one, other) => place(one) - place(other)) };
}

function checkTexts(draft: Draft, rules: ReportData): readonly Problem[] {
  const problems: Problem[] = [];
  for (const field of TEXT_FIELDS) {
    const limit = rules.fields[field]?.limit;
    const found = count(draft[field]);
    if (limit !== undefined && found > limit) {
      problems.push({ field, problem: 'too_long', found });
    }
  }
  if (isBlank(draft.narrative)) {
    problems.push({ field: 'narrative', problem: 'empty' });
  }
  const identified = !isBlank(draft.name) || !isBlank(draft.contact);
  if (draft.confidential && !identified) {
    problems.push({ field: 'name', problem: 'empty' });
  }
  if (!draft.confidential && identified) {
    problems.push({ field: 'identity', problem: 'contradictory' });
  }
  return problems;
}

/** What is wrong with a message that is to be added. */
export function checkMessage(
  text: string,
  limit: number,
): { readonly problem: string; readonly found?: number } | null {
  if (isBlank(text)) {
    return { problem: 'empty' };
  }
  const found = count(text);
  return found > limit ? { problem: 'too_long', found } : null;
}

/** How many characters (Unicode scalar values) a text has. */
export function count(text: string): number {
  let characters = 0;
  for (const _ of text) {
    characters += 1;
  }
  return characters;
}

/** White space as Unicode has it, which is what the server goes by. */
function isBlank(text: string): boolean {
  return /^\p{White_Space}*$/u.test(text);
}
