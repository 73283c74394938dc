/** Every vector of the protocol holds here as it does in Rust: crypto/tests/vectors, the negative ones too. */
import { hexToBytes, bytesToHex } from '@noble/hashes/utils.js';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Opener } from './age-file';
import { fromBase64, toBase64 } from './base64';
import { accessHash, accessKey, mailboxKey, replayTag, signingSeed, speakerKey } from './derive';
import { readKeyfile } from './keyfile';
import { importCryptoKey, parsePrivateKey, parsePublicKey, publicKeyOf } from './keys';
import { openChallenge, openEntry, openGrant } from './open';
import { openContent } from './open-content';
import { bucket } from './padding';
import type { AttachmentBody, Entry } from './payload';
import { checkShape } from './shape';
import { isFromSpeaker, sign, signedBytes, verify, type SignedKind } from './signature';
import { parseWords, toWords } from './token';

interface Vector {
  readonly name: string;
  readonly what: string;
  readonly operation: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each operation has an input of its own
  readonly input: any;
  readonly expect: unknown;
}

const folder = new URL('../../../crypto/tests/vectors/', import.meta.url);
const vectors = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Vector);

type Run = (input: Vector['input']) => unknown;

const OPERATIONS: Readonly<Record<string, Run>> = {
  token_to_words: ({ token }) => ({ words: toWords(hexToBytes(token)) }),
  parse_token: ({ typed }) => {
    const parsed = parseWords(typed);
    return parsed.answer === 'parsed' ? { ...parsed, token: bytesToHex(parsed.token) } : parsed;
  },
  access_key: ({ token }) => ({ access_key: bytesToHex(accessKey(hexToBytes(token))) }),
  access_hash: ({ access_key }) => ({ access_hash: bytesToHex(accessHash(hexToBytes(access_key))) }),
  mailbox_key: ({ token }) => {
    const key = mailboxKey(hexToBytes(token));
    return { private_key: key, public_key: publicKeyOf(key) };
  },
  speaker_key: ({ token }) => ({ speaker: toBase64(speakerKey(hexToBytes(token))) }),
  replay_tag: ({ token, content }) => ({
    replay_tag: bytesToHex(replayTag(hexToBytes(token), new TextEncoder().encode(content))),
  }),
  bucket: ({ lengths }) => ({ buckets: lengths.map(bucket) }),
  parse_public_key: ({ text }) => {
    const parsed = parsePublicKey(text);
    return parsed.answer === 'parsed' ? { answer: 'parsed', public_key: parsed.key } : parsed;
  },
  parse_private_key: ({ text }) => {
    const parsed = parsePrivateKey(text);
    return parsed.answer === 'parsed' ? { answer: 'parsed', public_key: publicKeyOf(parsed.key) } : parsed;
  },
  sign: ({ token, kind, case: id, number, fields }) => {
    const signed = signedBytes(kind as SignedKind, id, number, fields);
    const signature = sign(signingSeed(hexToBytes(token)), kind as SignedKind, id, number, fields);
    expect(verify(speakerKey(hexToBytes(token)), signature, signed)).toBe(true);
    return { signed_bytes: bytesToHex(signed), signature: toBase64(signature) };
  },
  verify_message: ({ speaker, case: id, number, text, signature }) => ({
    valid: verify(fromBase64(speaker), fromBase64(signature), signedBytes('message', id, number, [text])),
  }),
  open_entry: async ({ sealed, private_key, case: id, speaker }) => {
    const opened = await openEntry(fromBase64(sealed), await opener(private_key), id);
    if (opened.answer !== 'opened') {
      return opened;
    }
    const found = { answer: 'opened', entry: written(opened.entry) };
    return speaker === undefined ? found : { ...found, from_reporter: proof(opened.entry, fromBase64(speaker)) };
  },
  open_grant: async ({ sealed, private_key, case: id }) => {
    const opened = await openGrant(fromBase64(sealed), await opener(private_key), id);
    return opened.answer === 'opened'
      ? { answer: 'opened', private_key: opened.privateKey, public_key: publicKeyOf(opened.privateKey) }
      : opened;
  },
  open_challenge: async ({ sealed, private_key }) => {
    const opened = await openChallenge(fromBase64(sealed), await opener(private_key));
    return opened.answer === 'opened' ? { answer: 'opened', secret: toBase64(opened.secret) } : opened;
  },
  open_content: async ({ sealed, private_key, info }) => {
    const opened = await openContent(inPieces(fromBase64(sealed)), await opener(private_key), info as AttachmentBody);
    return opened.answer === 'opened'
      ? { answer: 'opened', content: bytesToHex(new Uint8Array(await opened.content.arrayBuffer())) }
      : opened;
  },
  from_stored: ({ type, sealed }) => checkShape(type, fromBase64(sealed)),
  read_keyfile: async ({ file, passphrase }) => {
    const read = await readKeyfile(new TextEncoder().encode(file), passphrase);
    return read.answer === 'opened' ? { answer: 'opened', public_key: publicKeyOf(read.privateKey) } : read;
  },
};

/** As a slow line brings it. */
function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at === bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(at, at + 777));
      at = Math.min(bytes.length, at + 777);
    },
  });
}

/** Opens with a key that cannot be read back, as the console does. */
async function opener(privateKey: string): Promise<Opener> {
  return new Opener(await importCryptoKey(privateKey));
}

/** An entry as it stands in JSON. */
function written(entry: Entry): object {
  const { kind, case: id, number, day } = entry;
  const head = { candor: 1, kind, case: id, number, day };
  switch (entry.kind) {
    case 'report':
      return { ...head, speaker: toBase64(entry.speaker), mailbox: entry.mailbox, body: entry.body };
    case 'note': {
      const { assessment, ...body } = entry.body;
      return { ...head, body: assessment === '' ? body : entry.body };
    }
    case 'reply': {
      const { attachments, ...body } = entry.body;
      return { ...head, body: attachments.length === 0 ? body : entry.body };
    }
    default:
      return { ...head, signature: toBase64(entry.signature), body: entry.body };
  }
}

function proof(entry: Entry, speaker: Uint8Array): boolean | null {
  return ['report', 'reply', 'note'].includes(entry.kind) ? null : isFromSpeaker(entry, speaker);
}

test('the vectors are here', () => {
  expect(vectors.length).toBeGreaterThan(150);
  expect(new Set(vectors.map((vector) => vector.operation))).toEqual(new Set(Object.keys(OPERATIONS)));
});

test.each(vectors)('$name: $what', async ({ operation, input, expect: expected }) => {
  expect(await OPERATIONS[operation]?.(input)).toEqual(expected);
});
