/** Opening entries of a case, which must be what the service calls them. */
import type { Opener } from '../protocol/age-file';
import { openEntry } from '../protocol/open';
import type { Entry } from '../protocol/payload';
import type { Unreadable } from '../session/types';
import { decode } from './case-key';

export type OpenedEntry = { readonly entry: Entry } | { readonly reason: Unreadable };

/** Opens one entry that the service calls `kind` and `number`. */
export async function open(
  filed: { readonly kind: string; readonly number: number; readonly sealed: string },
  opener: Opener,
  caseId: string,
): Promise<OpenedEntry> {
  const sealed = decode(filed.sealed);
  if (sealed === null) {
    return { reason: 'broken' };
  }
  const opened = await openEntry(sealed, opener, caseId);
  switch (opened.answer) {
    case 'not_mine':
      return { reason: 'not_this_case' };
    case 'error':
      return {
        reason: opened.error === 'version' ? 'another_version' : opened.error === 'case' ? 'not_this_case' : 'broken',
      };
    case 'opened':
      return opened.entry.kind === filed.kind && opened.entry.number === filed.number
        ? { entry: opened.entry }
        : { reason: 'misfiled' };
  }
}
