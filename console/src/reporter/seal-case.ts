/** A report, sealed: the same steps as the server's, in the browser (protocol, sections 2 to 4). */
import { accessHash, accessKey, mailboxKey, replayTag } from '../protocol/derive';
import { generatePrivateKey, publicKeyOf } from '../protocol/keys';
import { sealGrant, sealIdentity, sealReport } from '../protocol/seal-report';
import { toBase64 } from '../protocol/base64';
import type { Draft } from './draft';
import type { Route } from './route';
import type { ReportData } from './script-data';

/** What a case is known by: fresh for each report, and kept while the same report is being sent again. */
export interface Beginnings {
  /** 16 bytes: the reporter's twelve words. */
  readonly token: Uint8Array;
  readonly caseId: string;
  /** The case's key. The browser forgets it with the page. */
  readonly privateKey: string;
}

/** Fresh ones. */
export function begin(): Beginnings {
  const token = crypto.getRandomValues(new Uint8Array(16));
  return { token, caseId: randomUuid(), privateKey: generatePrivateKey() };
}

/** `crypto.randomUUID` is missing where a page is not reached over TLS, such as an onion service. */
function randomUuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5');
}

/** The JSON that the server takes. Nothing in it can be read by anyone but those who are granted. */
export async function sealCase(
  { token, caseId, privateKey }: Beginnings,
  draft: Draft,
  category: string,
  route: Route,
  rules: ReportData,
  language: string,
  attachments: readonly object[],
  work?: number,
): Promise<string> {
  const publicKey = publicKeyOf(privateKey);
  const first = { case: caseId, day: new Date().toISOString().slice(0, 10) };
  const report = {
    kind: rules.kind,
    category,
    narrative: draft.narrative,
    when: draft.when,
    where: draft.where,
    who_else_knows: draft.who_else_knows,
    how_you_know: draft.how_you_know,
    how_many_know: draft.how_many_know,
    concerns: draft.concerns,
    chosen: draft.chosen,
    confidential: draft.confidential,
    language,
    sealed_in: 'browser',
  };
  const identity = { name: draft.name, contact: draft.contact };
  return JSON.stringify({
    case: caseId,
    access_hash: toBase64(accessHash(accessKey(token))),
    mailbox: publicKeyOf(mailboxKey(token)),
    public_key: publicKey,
    replay_tag: toBase64(replayTag(token, new TextEncoder().encode(JSON.stringify(draft)))),
    report: toBase64(await sealReport(first, report, token, publicKey)),
    identity: draft.confidential ? toBase64(await sealIdentity(first, identity, token, publicKey)) : null,
    grants: await sealGrants(route.granted, caseId, privateKey, rules),
    attachments,
    told: route.told,
    addressed: route.addressed,
    ...(work === undefined ? {} : { work }),
  });
}

function sealGrants(
  granted: readonly string[],
  caseId: string,
  privateKey: string,
  rules: ReportData,
): Promise<readonly object[]> {
  const readers = rules.recipients.filter((each) => granted.includes(each.id));
  return Promise.all(
    readers.map(async ({ id, public_key: key = '' }) => ({
      recipient: id,
      public_key: key,
      sealed: toBase64(await sealGrant(caseId, privateKey, key)),
    })),
  );
}
