/** Who can read a new case, and who is told of it: the rules of server/src/domain/routing.rs, held to the same table. */
import type { RecipientData } from './script-data';

export interface Choice {
  /** Whether the category is for the committee alone. */
  readonly committeeOnly: boolean;
  /** Empty lets the committee decide. */
  readonly chosen: string;
  readonly excluded: readonly string[];
}

/** Ids in the order of the configuration. */
export interface Route {
  readonly granted: readonly string[];
  readonly told: readonly string[];
  /** The chosen recipient, where it cannot read the case. */
  readonly addressed: string | null;
}

export type RoutingError = 'unknown_recipient' | 'excluded_and_chosen' | 'not_choosable' | 'nobody_can_read';

export type Routed =
  | { readonly answer: 'routed'; readonly route: Route }
  | { readonly answer: 'error'; readonly error: RoutingError; readonly id: string };

/** Decides who reads and who is told. */
export function route(recipients: readonly RecipientData[], choice: Choice): Routed {
  const known = (id: string): RecipientData | undefined => recipients.find((each) => each.id === id);
  const stranger = choice.excluded.find((id) => known(id) === undefined);
  if (stranger !== undefined) {
    return { answer: 'error', error: 'unknown_recipient', id: stranger };
  }
  const chosen = known(choice.chosen);
  const refused = choice.chosen === '' ? null : refuseChosen(chosen, choice);
  if (refused !== null) {
    return { answer: 'error', error: refused, id: choice.chosen };
  }
  const canRead = (each: RecipientData): boolean => each.public_key !== undefined && !choice.excluded.includes(each.id);
  const committee = recipients.filter((each) => each.kind === 'committee' && canRead(each));
  const fallback =
    committee.length === 0 ? recipients.filter((each) => each.kind === 'counsel' && canRead(each)).slice(0, 1) : [];
  const granted = [...committee, ...fallback];
  if (chosen !== undefined && readsWhenChosen(chosen, choice.committeeOnly)) {
    granted.push(chosen);
  }
  if (granted.length === 0) {
    return { answer: 'error', error: 'nobody_can_read', id: '' };
  }
  const told = [...(chosen === undefined ? [] : [chosen]), ...fallback];
  if (choice.committeeOnly || !told.some((each) => granted.includes(each))) {
    // The chair, or whoever takes its place.
    told.push(...[...committee, ...fallback].slice(0, 1));
  }
  const inOrder = (list: readonly RecipientData[]): readonly string[] =>
    recipients.filter((each) => list.includes(each)).map((each) => each.id);
  const addressed = chosen !== undefined && !granted.includes(chosen) ? chosen.id : null;
  return { answer: 'routed', route: { granted: inOrder(granted), told: inOrder(told), addressed } };
}

function refuseChosen(chosen: RecipientData | undefined, choice: Choice): RoutingError | null {
  if (chosen === undefined) {
    return 'unknown_recipient';
  }
  if (choice.excluded.includes(chosen.id)) {
    return 'excluded_and_chosen';
  }
  return chosen.choosable ? null : 'not_choosable';
}

function readsWhenChosen(recipient: RecipientData, committeeOnly: boolean): boolean {
  return recipient.public_key !== undefined && !committeeOnly && (recipient.kind !== 'supervisor' || recipient.reads);
}
