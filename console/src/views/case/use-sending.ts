import { useState } from 'preact/hooks';
import type { ErrorCode } from '../../session/errors';
import { codeOf } from '../Problem';

export type Sending =
  | { readonly at: 'rest' }
  | { readonly at: 'sending' }
  | { readonly at: 'sent' }
  | { readonly at: 'failed'; readonly code: ErrorCode };

/** Something that is sent: where it stands, and how to begin. Nothing is sent twice at a time. */
export function useSending(send: () => Promise<void>): {
  readonly sending: Sending;
  readonly begin: () => Promise<void>;
  readonly rest: () => void;
} {
  const [sending, setSending] = useState<Sending>({ at: 'rest' });
  const begin = async (): Promise<void> => {
    if (sending.at === 'sending') {
      return;
    }
    setSending({ at: 'sending' });
    try {
      await send();
      setSending({ at: 'sent' });
    } catch (error) {
      setSending({ at: 'failed', code: codeOf(error) });
    }
  };
  return { sending, begin, rest: () => setSending({ at: 'rest' }) };
}
