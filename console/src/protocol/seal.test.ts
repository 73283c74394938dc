/** What is sealed here opens here, has the shape that the server asks for, and opens with stock age. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Opener } from './age-file';
import { mailboxKey, speakerKey } from './derive';
import { generatePrivateKey, publicKeyOf } from './keys';
import { openEntry, openGrant } from './open';
import type { Entry, ReportBody } from './payload';
import { sealNote, sealReply } from './seal';
import { sealGrant, sealIdentity, sealMessage, sealReport } from './seal-report';
import { checkShape } from './shape';
import { isFromSpeaker } from './signature';

const CASE = '6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11';
const DAY = '2026-11-23';
const token = new Uint8Array(16).fill(5);
const caseKey = generatePrivateKey();
const casePublic = publicKeyOf(caseKey);
const first = { case: CASE, day: DAY };
const third = { ...first, number: 3 };
const text = 'Which month was it? 🙂\u202e';
const written = { recipient: 'chair', title: 'Audit Committee chair', text };
const report: ReportBody = {
  kind: 'concern',
  category: 'accounting',
  narrative: 'The same invoice was paid twice. '.repeat(200),
  when: 'March',
  where: 'Leeds',
  who_else_knows: '',
  how_you_know: '',
  how_many_know: '',
  concerns: ['compliance'],
  chosen: '',
  confidential: true,
  language: 'en',
  sealed_in: 'browser',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function opened(sealed: Uint8Array, key = caseKey): Promise<Entry> {
  const found = await openEntry(sealed, new Opener(key), CASE);
  if (found.answer !== 'opened') {
    throw new Error(JSON.stringify(found));
  }
  return found.entry;
}

/** What stock age finds inside, given the private key. */
function byAge(sealed: Uint8Array, key: string): string {
  writeFileSync(join(folder, 'key'), `${key}\n`);
  writeFileSync(join(folder, 'sealed.age'), sealed);
  return execFileSync('age', ['-d', '-i', 'key', 'sealed.age'], { cwd: folder, encoding: 'utf8' });
}

test('a report names the keys that the reporter is known by', async () => {
  const sealed = await sealReport(first, report, token, casePublic);
  expect(await opened(sealed)).toEqual({
    ...first,
    number: 0,
    kind: 'report',
    speaker: speakerKey(token),
    mailbox: publicKeyOf(mailboxKey(token)),
    body: report,
  });
  expect(checkShape('report', sealed)).toEqual({ answer: 'accepted', x25519_stanzas: 1, plaintext_length: 7168 });
  expect(JSON.parse(byAge(sealed, caseKey))).toMatchObject({ candor: 1, number: 0, body: report });
});

test('an identity and a message are from the holder of the token, and from nobody else', async () => {
  const identity = await opened(await sealIdentity(first, { name: 'R', contact: 'r@example.org' }, token, casePublic));
  const message = await opened(await sealMessage(third, text, token, casePublic));
  expect(identity).toMatchObject({ kind: 'identity', number: 0, body: { name: 'R', contact: 'r@example.org' } });
  expect(message).toMatchObject({ kind: 'message', number: 3, body: { text } });
  for (const entry of [identity, message]) {
    expect(isFromSpeaker(entry, speakerKey(token))).toBe(true);
    expect(isFromSpeaker(entry, speakerKey(new Uint8Array(16)))).toBe(false);
    expect(isFromSpeaker({ ...entry, number: 1 }, speakerKey(token))).toBe(false);
  }
});

test('a reply opens with the case key and with the mailbox key', async () => {
  const sealed = await sealReply(third, { ...written, attachments: [] }, casePublic, publicKeyOf(mailboxKey(token)));
  expect(checkShape('reply', sealed)).toHaveProperty('answer', 'accepted');
  for (const key of [caseKey, mailboxKey(token)]) {
    expect(await opened(sealed, key)).toEqual({ ...third, kind: 'reply', body: { ...written, attachments: [] } });
    expect(byAge(sealed, key).trimEnd().length).toBeLessThan(4096);
  }
  expect(await openEntry(sealed, new Opener(generatePrivateKey()), CASE)).toEqual({ answer: 'not_mine' });
});

test('a note carries an assessment or a conclusion only if there is one', async () => {
  const plain = await sealNote(third, { ...written, assessment: '' }, casePublic);
  expect(byAge(plain, caseKey)).not.toContain('assessment');
  const assessed = await sealNote(third, { ...written, assessment: 'ask_first' }, casePublic);
  expect(await opened(assessed)).toMatchObject({ kind: 'note', body: { ...written, assessment: 'ask_first' } });
  const conclusion = { status: 'concluded', disposition: 'substantiated', measures: ['warned'] };
  const ending = await sealNote(third, { ...written, assessment: '', conclusion }, casePublic);
  expect(await opened(ending)).toEqual({ ...third, kind: 'note', body: { ...written, assessment: '', conclusion } });
});

test('a grant gives the private key of its case, here and as an identity file for stock age', async () => {
  const recipient = generatePrivateKey();
  const grant = await sealGrant(CASE, caseKey, publicKeyOf(recipient));
  expect(checkShape('grant', grant)).toEqual({ answer: 'accepted', x25519_stanzas: 1, plaintext_length: 129 });
  expect(await openGrant(grant, new Opener(recipient), CASE)).toEqual({
    answer: 'opened',
    privateKey: caseKey,
  });
  const file = byAge(grant, recipient);
  expect(byAge(await sealMessage(third, text, token, casePublic), file)).toContain('"kind":"message"');
});

test('what no reader would take is not sealed', async () => {
  await expect(sealMessage({ ...third, day: '2026-11-23T10:00' }, text, token, casePublic)).rejects.toThrow(RangeError);
  await expect(sealMessage(third, 'x'.repeat(4 * 1024 * 1024), token, casePublic)).rejects.toThrow(RangeError);
});
