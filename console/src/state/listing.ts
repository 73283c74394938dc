/** Which cases the inbox shows, and in which order. Pure, and quick enough for ten thousand at each keystroke. */
import type { Day, Listed } from '../session/types';
import { deadlines, isOpen } from './badges';

export type Shown = 'open' | 'closed' | 'all';
export type Order = 'due' | 'newest' | 'oldest';

export interface Wishes {
  readonly shown: Shown;
  /** A status code, or empty for all. */
  readonly status: string;
  /** A category code, or empty for all. */
  readonly category: string;
  /** Only cases with something that this recipient has not read. */
  readonly unread: boolean;
  /** Words that all have to occur. */
  readonly search: string;
  readonly order: Order;
}

export const NO_WISHES: Wishes = { shown: 'open', status: '', category: '', unread: false, search: '', order: 'due' };

/** Whether something waits that this recipient has not seen. */
export function isUnread(listed: Listed): boolean {
  return !listed.opened || listed.unread > 0;
}

/** The cases that fit, in order. Cases that are not opened yet fit no category and no search. */
export function choose(cases: readonly Listed[], wishes: Wishes, today: Day): readonly Listed[] {
  const words = wishes.search
    .toLocaleLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const chosen = cases.filter(
    (each) =>
      (wishes.shown === 'all' || isOpen(each) === (wishes.shown === 'open')) &&
      (wishes.status === '' || each.status === wishes.status) &&
      (wishes.category === '' || (each.state === 'open' && each.category === wishes.category)) &&
      (!wishes.unread || isUnread(each)) &&
      words.every((word) => contains(each, word)),
  );
  return chosen.sort(ORDERS[wishes.order](today));
}

function contains(listed: Listed, word: string): boolean {
  return listed.id.startsWith(word) || (listed.state === 'open' && listed.searchable.includes(word));
}

type Comparison = (one: Listed, other: Listed) => number;

/** The newest day first; within a day by id, which tells nothing. */
const newest: Comparison = (one, other) => compare(other.received, one.received) || compare(one.id, other.id);

const ORDERS: Readonly<Record<Order, (today: Day) => Comparison>> = {
  newest: () => newest,
  oldest: () => (one, other) => compare(one.received, other.received) || compare(one.id, other.id),
  due: (today) => {
    const days = new Map<string, Day>();
    const due = (listed: Listed): Day => {
      let day = days.get(listed.id);
      if (day === undefined) {
        // What is closed owes nothing and comes last.
        day = deadlines(listed, today)[0]?.by ?? '9999-12-31';
        days.set(listed.id, day);
      }
      return day;
    };
    return (one, other) => compare(due(one), due(other)) || newest(one, other);
  },
};

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
