/** The key of a case, out of the grant that came with it. */
import { identityToRecipient } from 'age-encryption';
import type { SealedCaseJson } from '../api/shapes';
import { fromBase64 } from '../protocol/base64';
import { importCryptoKey } from '../protocol/keys';
import { Opener } from '../protocol/age-file';
import { openGrant } from '../protocol/open';
import type { Unreadable } from '../session/types';
import type { Keyring } from './keyring';

export type CaseKey = { readonly opener: Opener } | { readonly reason: Unreadable };

/** Opens the grant, and checks that the service names the public key that belongs to it. */
export async function openCaseKey(json: SealedCaseJson, keyring: Keyring): Promise<CaseKey> {
  const grant = decode(json.grant);
  if (grant === null) {
    return { reason: 'grant_damaged' };
  }
  const opened = await openGrant(grant, keyring.opener, json.id);
  switch (opened.answer) {
    case 'not_mine':
      return { reason: 'not_sealed_to_your_key' };
    case 'error':
      return { reason: 'grant_damaged' };
    case 'opened': {
      // By the browser's own arithmetic: it takes a fraction of the time, and there may be thousands of cases.
      const key = await importCryptoKey(opened.privateKey);
      return (await identityToRecipient(key)) === json.public_key
        ? { opener: new Opener(key) }
        : { reason: 'other_case_key' };
    }
  }
}

/** Bytes out of base64; `null` if it is none. */
export function decode(base64: string): Uint8Array | null {
  try {
    return fromBase64(base64);
  } catch {
    return null;
  }
}
