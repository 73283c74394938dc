import type { Me } from '../../session/types';

/** A recipient's title; the id where it is nobody's any more. It may come out of a report: show it as hostile text. */
export function titleOf(me: Me, id: string): string {
  return me.recipients.find((recipient) => recipient.id === id)?.title ?? id;
}
