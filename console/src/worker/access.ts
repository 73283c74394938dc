/** Letting somebody else read a case. Whom the report is about only its readers know, so it is looked at here. */
import type { Api } from '../api/client';
import type { CaseJson } from '../api/shapes';
import type { Opener } from '../protocol/age-file';
import { toBase64 } from '../protocol/base64';
import { openGrant } from '../protocol/open';
import { sealGrant } from '../protocol/seal-report';
import { ConsoleError } from '../session/errors';
import type { Readers } from '../session/types';
import { decode } from './case-key';
import { open } from './entries';
import type { Keyring } from './keyring';

/** Who reads a case, and who could: nobody whom the report is about. */
export async function readersOf(api: Api, json: CaseJson, opener: Opener): Promise<Readers> {
  const known = await api.readers(json.case.id);
  const concerned = await concernedBy(json, opener);
  return {
    readers: known.readers,
    candidates: known.candidates.filter(({ id }) => !concerned.includes(id)),
    mayRelease: known.may_release,
    mayTakeOff: known.may_take_off,
  };
}

/** Seals the case's key to somebody else. */
export async function release(
  api: Api,
  keyring: Keyring,
  json: CaseJson,
  opener: Opener,
  recipient: string,
): Promise<void> {
  const { id } = json.case;
  const concerned = await concernedBy(json, opener);
  const { candidates } = await api.readers(id);
  const to = candidates.find((candidate) => candidate.id === recipient);
  if (to === undefined || concerned.includes(recipient)) {
    throw new ConsoleError('not-theirs');
  }
  const grant = decode(json.case.grant);
  const opened = grant && (await openGrant(grant, keyring.opener, id));
  if (opened?.answer !== 'opened') {
    throw new ConsoleError('not-readable');
  }
  const sealed = await sealGrant(id, opened.privateKey, to.public_key);
  await api.release(id, recipient, to.public_key, toBase64(sealed));
}

/** The ids of those whom the report is about. A report that does not open keeps the case from everybody. */
async function concernedBy(json: CaseJson, opener: Opener): Promise<readonly string[]> {
  const [filed, ...more] = json.entries.filter((entry) => entry.kind === 'report');
  const report = filed && more.length === 0 ? await open(filed, opener, json.case.id) : undefined;
  if (report === undefined || 'reason' in report || report.entry.kind !== 'report') {
    throw new ConsoleError('not-readable');
  }
  return report.entry.body.concerns;
}
