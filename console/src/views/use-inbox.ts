import { useEffect, useReducer } from 'preact/hooks';
import type { Inbox } from '../state/inbox';

/** Draws again whenever the inbox changes. */
export function useInbox(inbox: Inbox): Inbox {
  const [, draw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => inbox.subscribe(() => draw(undefined)), [inbox]);
  return inbox;
}
