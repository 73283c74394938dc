import { expect, test } from 'vitest';
import type { CaseJson, EntryJson } from '../api/shapes';
import { Opener, sealTo } from '../protocol/age-file';
import { toBase64 } from '../protocol/base64';
import { mailboxKey, signingSeed, speakerKey } from '../protocol/derive';
import { generatePrivateKey, publicKeyOf } from '../protocol/keys';
import { padJson } from '../protocol/padding';
import { attachmentFields, sign } from '../protocol/signature';
import type { TimelineItem } from '../session/types';
import { openWhole } from './case-view';

const CASE = '6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11';
const TOKEN = new Uint8Array(16).fill(7);
const KEY = generatePrivateKey();
const MAILBOX = publicKeyOf(mailboxKey(TOKEN));

async function entry(kind: string, number: number, position: number, inside: object): Promise<EntryJson> {
  const payload = { candor: 1, kind, case: CASE, number, day: '2026-11-23', ...inside };
  const sealed = toBase64(await sealTo(padJson(payload), [publicKeyOf(KEY)]));
  return { kind, number, position, day: '2026-11-23', sealed };
}

const report = (): Promise<EntryJson> =>
  entry('report', 0, 0, {
    speaker: toBase64(speakerKey(TOKEN)),
    mailbox: MAILBOX,
    body: { kind: 'concern', category: 'legal', narrative: 'What happened.' },
  });

function message(number: number, position: number, text: string, token = TOKEN): Promise<EntryJson> {
  const signature = toBase64(sign(signingSeed(token), 'message', CASE, number, [text]));
  return entry('message', number, position, { signature, body: { text } });
}

const note = (number: number, position: number, assessment?: string): Promise<EntryJson> =>
  entry('note', number, position, {
    body: { recipient: 'chair', title: 'Chair', text: 'Noted.', assessment: assessment ?? '' },
  });

const NEXT = { allowed: [], outcomes: [], unanswered_from: null, takes_two: false, proposed_end: null };

async function open(entries: readonly EntryJson[], status = 'received', messages = 0, events: readonly object[] = []) {
  const known = {
    id: CASE,
    kind: 'concern',
    status,
    mailbox_public_key: MAILBOX,
    public_key: publicKeyOf(KEY),
    messages,
  };
  const json = { case: known, entries, events, ...NEXT } as unknown as CaseJson;
  const recipients = [{ id: 'chair', title: 'Audit Committee chair', kind: 'committee' }];
  return openWhole(json, new Opener(KEY), recipients);
}

const seen = (items: readonly TimelineItem[]): readonly string[] =>
  items.map(
    (item) =>
      `${item.type}${'reason' in item ? ` ${item.reason}` : ''}${'fromReporter' in item ? ` ${item.fromReporter}` : ''}`,
  );

test('only what the reporter signed is taken as theirs', async () => {
  const stranger = new Uint8Array(16).fill(8);
  const whole = await open([await report(), await message(1, 2, 'Mine.'), await message(2, 3, 'Not mine.', stranger)]);
  expect(seen(whole.timeline)).toEqual(['message true', 'message false']);
  expect(whole.mailboxHolds).toBe(true);
});

test('without the report nothing is proved and no reply goes out', async () => {
  const whole = await open([await message(1, 2, 'Mine.')]);
  expect(whole.reportProblem).toBe('missing');
  expect(seen(whole.timeline)).toEqual(['message false']);
  expect(whole.mailboxHolds).toBe(false);
});

test('two reports are one too many', async () => {
  const whole = await open([await report(), await report()]);
  expect(whole.reportProblem).toBe('twice');
  expect(whole.report).toBeUndefined();
});

test('what was swapped, repeated or left out is shown where it belongs, and the rest opens', async () => {
  const wrong = { ...(await note(1, 2)), kind: 'reply' };
  const again = await note(2, 4);
  const broken = { ...(await note(3, 6)), sealed: toBase64(new Uint8Array(300)) };
  const entries = [await report(), wrong, again, { ...again, position: 5 }, broken, await message(2, 7, 'Second.')];
  const whole = await open(entries, 'received', 2);
  expect(seen(whole.timeline)).toEqual([
    'unreadable misfiled',
    'note',
    'unreadable twice',
    'unreadable broken',
    'message true',
  ]);
  expect(whole.missingMessages).toEqual([1]);
});

test('a first assessment, or a status that follows one, shows whether a name was given', async () => {
  expect((await open([await report(), await note(1, 1)])).assessed).toBe(false);
  expect((await open([await report(), await note(1, 1, 'of_later_versions')])).assessed).toBe(false);
  expect((await open([await report(), await note(1, 1, 'ask_first')])).assessed).toBe(true);
  expect((await open([await report()], 'investigating')).assessed).toBe(true);
});

test('who wrote a reply is what the sign-in says, not what the writer put inside', async () => {
  const body = { recipient: 'counsel', title: 'Outside counsel', text: 'Call me.' };
  const reply = await entry('reply', 1, 3, { body });
  const events = [{ kind: 'reply', position: 3, day: '2026-11-23', actor: 'chair', detail: '' }];
  const whole = await open([await report(), reply], 'received', 0, events);
  expect(whole.timeline).toMatchObject([{ type: 'reply', recipient: 'chair', title: 'Audit Committee chair' }]);
});

test('files stay in sight where what they came with is left out, moved or cannot be opened', async () => {
  const body = { name: 'ledger.xlsx', media_type: '', size: 5, sha256: 'ab'.repeat(32), cleaned: [] };
  const file = (number: number, position: number): Promise<EntryJson> => {
    const signature = toBase64(sign(signingSeed(TOKEN), 'attachment', CASE, number, attachmentFields(body)));
    return entry('attachment', number, position, { signature, body });
  };
  const broken = { ...(await message(1, 3, 'Damaged.')), sealed: toBase64(new Uint8Array(300)) };
  const whole = await open([
    await report(),
    await file(1, 0),
    await file(2, 3),
    broken,
    await note(1, 5),
    await file(3, 5),
  ]);
  expect(seen(whole.timeline)).toEqual(['unreadable broken', 'files', 'note', 'files']);
  expect(seen((await open([await file(1, 0)])).timeline)).toEqual(['files']);
});

test('files come with what they were sent with, and one that the reporter did not sign says so', async () => {
  const body = { name: 'ledger.xlsx', media_type: '', size: 5, sha256: 'ab'.repeat(32), cleaned: ['author'] };
  const file = (number: number, position: number, token: Uint8Array): Promise<EntryJson> => {
    const fields = attachmentFields(body);
    const signature = toBase64(sign(signingSeed(token), 'attachment', CASE, number, fields));
    return entry('attachment', number, position, { signature, body });
  };
  const reply = entry('reply', 1, 6, {
    body: { recipient: 'chair', title: 'Chair', text: 'Sign this.', attachments: [{ ...body, cleaned: [] }] },
  });
  const whole = await open([
    await report(),
    await file(1, 0, TOKEN),
    await file(3, 4, new Uint8Array(16)),
    await message(1, 4, 'With a file.'),
    await reply,
  ]);
  expect(whole.files.map(({ ref, position, proven }) => ({ ref, position, proven }))).toEqual([
    { ref: { of: 'attachment', number: 1 }, position: 0, proven: true },
    { ref: { of: 'attachment', number: 3 }, position: 4, proven: false },
    { ref: { of: 'reply', number: 1, part: 1 }, position: 6, proven: true },
  ]);
  expect(whole.files[0]).toMatchObject({ name: 'ledger.xlsx', size: 5, cleaned: ['author'] });
  expect(whole.missingFiles).toEqual([2]);
  expect(seen(whole.timeline)).toEqual(['message true', 'reply']);
});
