/** What is sealed: JSON with an envelope around a body (protocol, section 4). */
import { fromBase64 } from './base64';
import { readPaddedJson, type Json, type JsonError } from './json';
import { parsePublicKey } from './keys';

export const VERSION = 1;

/** The most that is sealed as JSON, after padding, in bytes. */
export const LONGEST_PAYLOAD = 4 * 1024 * 1024;

/** Begins the first line of a grant; the case id follows. */
export const GRANT_COMMENT = '# candor/v1 case ';

/** What every entry says about itself, inside the seal: a swapped entry is noticed. */
export interface Envelope {
  readonly case: string;
  readonly number: number;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

/** The reporter's answers. Empty text means "not answered". */
export interface ReportBody {
  readonly kind: string;
  readonly category: string;
  readonly narrative: string;
  readonly when: string;
  readonly where: string;
  readonly who_else_knows: string;
  readonly how_you_know: string;
  readonly how_many_know: string;
  /** Ids of recipients whom the report is about. */
  readonly concerns: readonly string[];
  /** Id of the recipient to be told, or empty. */
  readonly chosen: string;
  readonly confidential: boolean;
  readonly language: string;
  /** `server` or `browser`. */
  readonly sealed_in: string;
}

export interface IdentityBody {
  readonly name: string;
  readonly contact: string;
}

/** What a recipient wrote. */
export interface WrittenBody {
  readonly recipient: string;
  readonly title: string;
  readonly text: string;
}

export interface ReplyBody extends WrittenBody {
  /** The files that come with it, in order. */
  readonly attachments: readonly AttachmentBody[];
}

export interface NoteBody extends WrittenBody {
  /** How a first assessment came out; empty for an ordinary note. */
  readonly assessment: string;
  /** How its writer ends the case, or proposes to. */
  readonly conclusion?: ConclusionBody;
}

/** How a case ends, as its readers see it; the reasons are the text of the note. */
export interface ConclusionBody {
  readonly status: string;
  readonly disposition: string;
  readonly measures: readonly string[];
}

/** Stands alone in `cleaned` where a file was looked into and nothing that could be hidden was in it. */
export const NOTHING_FOUND = 'nothing_found';

export interface AttachmentBody {
  readonly name: string;
  readonly media_type: string;
  readonly size: number;
  /** 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  readonly cleaned: readonly string[];
}

/** An entry that was opened. What is inside was written by others: every text is hostile. */
export type Entry = Envelope &
  (
    | { readonly kind: 'report'; readonly speaker: Uint8Array; readonly mailbox: string; readonly body: ReportBody }
    | { readonly kind: 'identity'; readonly signature: Uint8Array; readonly body: IdentityBody }
    | { readonly kind: 'message'; readonly signature: Uint8Array; readonly body: { readonly text: string } }
    | { readonly kind: 'reply'; readonly body: ReplyBody }
    | { readonly kind: 'note'; readonly body: NoteBody }
    | { readonly kind: 'attachment'; readonly signature: Uint8Array; readonly body: AttachmentBody }
  );

export type PayloadError = JsonError | 'version' | 'kind' | 'case';

export type Read<T> = { readonly value: T } | { readonly error: PayloadError };

/** Reads an entry of `caseId`, and refuses in the order of section 8. */
export function readEntry(plaintext: Uint8Array, caseId: string): Read<Entry> {
  return readPayload(plaintext, (json) => {
    const kind = text(json, 'kind');
    const read = Object.hasOwn(READERS, kind) ? READERS[kind as keyof typeof READERS] : undefined;
    if (read === undefined) {
      throw new Refusal('kind');
    }
    const envelope = { case: caseOf(json), number: numberOf(json), day: text(json, 'day') };
    if (envelope.case !== caseId.toLowerCase()) {
      throw new Refusal('case');
    }
    return read(json, envelope);
  });
}

/** Reads the 32 bytes of a sign-in challenge (section 6). */
export function readChallenge(plaintext: Uint8Array): Read<Uint8Array> {
  return readPayload(plaintext, (json) => {
    if (text(json, 'kind') !== 'challenge') {
      throw new Refusal('kind');
    }
    return bytes(json, 'secret', 32);
  });
}

/** What a check-back is answered with. */
export interface Answer {
  readonly case: string;
  /** The case's public key, to which a further message is sealed. */
  readonly publicKey: string;
  /** The number of the reporter's next message. */
  readonly number: number;
  /** The number of the reporter's next attachment. */
  readonly attachment: number;
  /** The status page, without the text of any reply. */
  readonly page: string;
  /** The replies, sealed to the mailbox, oldest first. */
  readonly replies: readonly Uint8Array[];
}

/** Reads the answer to a check-back. */
export function readAnswer(plaintext: Uint8Array): Read<Answer> {
  return readPayload(plaintext, (json) => {
    if (text(json, 'kind') !== 'answer') {
      throw new Refusal('kind');
    }
    const key = parsePublicKey(text(json, 'public_key'));
    if (key.answer === 'error') {
      throw new Refusal('content');
    }
    const replies = texts(json, 'replies').map((reply) => {
      try {
        return fromBase64(reply);
      } catch {
        throw new Refusal('content');
      }
    });
    const attachment = json['attachment'];
    if (!isWhole(attachment)) {
      throw new Refusal('content');
    }
    const page = text(json, 'page');
    return { case: caseOf(json), publicKey: key.key, number: numberOf(json), attachment, page, replies };
  });
}

class Refusal extends Error {
  constructor(readonly error: PayloadError) {
    super(error);
  }
}

function readPayload<T>(plaintext: Uint8Array, read: (json: Json) => T): Read<T> {
  const found = readPaddedJson(plaintext);
  if ('error' in found) {
    return found;
  }
  try {
    const version = found.json['candor'];
    if (!isWhole(version)) {
      throw new Refusal('content');
    }
    if (version !== VERSION) {
      throw new Refusal('version');
    }
    if (found.repeated) {
      throw new Refusal('content');
    }
    return { value: read(found.json) };
  } catch (error) {
    if (error instanceof Refusal) {
      return { error: error.error };
    }
    throw error;
  }
}

const READERS = {
  report: (json: Json, envelope: Envelope): Entry => {
    const body = bodyOf(json);
    const report: ReportBody = {
      kind: text(body, 'kind'),
      category: text(body, 'category'),
      narrative: text(body, 'narrative'),
      when: text(body, 'when', ''),
      where: text(body, 'where', ''),
      who_else_knows: text(body, 'who_else_knows', ''),
      how_you_know: text(body, 'how_you_know', ''),
      how_many_know: text(body, 'how_many_know', ''),
      concerns: texts(body, 'concerns'),
      chosen: text(body, 'chosen', ''),
      confidential: flag(body, 'confidential'),
      language: text(body, 'language', ''),
      sealed_in: text(body, 'sealed_in', ''),
    };
    const mailbox = parsePublicKey(text(json, 'mailbox'));
    if (mailbox.answer === 'error') {
      throw new Refusal('content');
    }
    const speaker = bytes(json, 'speaker', 32);
    return { ...first(envelope), kind: 'report', speaker, mailbox: mailbox.key, body: report };
  },
  identity: (json: Json, envelope: Envelope): Entry => {
    const body = bodyOf(json);
    const identity = { name: text(body, 'name'), contact: text(body, 'contact', '') };
    return { ...first(envelope), kind: 'identity', signature: bytes(json, 'signature', 64), body: identity };
  },
  message: (json: Json, envelope: Envelope): Entry => ({
    ...envelope,
    kind: 'message',
    signature: bytes(json, 'signature', 64),
    body: { text: text(bodyOf(json), 'text') },
  }),
  reply: (json: Json, envelope: Envelope): Entry => ({
    ...envelope,
    kind: 'reply',
    body: { ...written(bodyOf(json)), attachments: attachmentsOf(bodyOf(json)) },
  }),
  note: (json: Json, envelope: Envelope): Entry => {
    const body = bodyOf(json);
    const note = { ...written(body), assessment: text(body, 'assessment', ''), ...conclusionOf(body) };
    return { ...envelope, kind: 'note', body: note };
  },
  attachment: (json: Json, envelope: Envelope): Entry => ({
    ...envelope,
    kind: 'attachment',
    signature: bytes(json, 'signature', 64),
    body: attachment(bodyOf(json)),
  }),
} as const;

function attachment(body: Json): AttachmentBody {
  const size = body['size'];
  if (!isWhole(size)) {
    throw new Refusal('content');
  }
  return {
    name: text(body, 'name'),
    media_type: text(body, 'media_type'),
    size,
    sha256: text(body, 'sha256'),
    cleaned: texts(body, 'cleaned'),
  };
}

function attachmentsOf(body: Json): readonly AttachmentBody[] {
  const values = Object.hasOwn(body, 'attachments') ? body['attachments'] : [];
  if (!Array.isArray(values)) {
    throw new Refusal('content');
  }
  return values.map((value) => attachment(bodyOf({ body: value as Json })));
}

function conclusionOf(body: Json): { readonly conclusion?: ConclusionBody } {
  // Absent and empty are the same to the other implementation.
  if (!Object.hasOwn(body, 'conclusion') || body['conclusion'] === null) {
    return {};
  }
  const conclusion = bodyOf({ body: body['conclusion'] as Json });
  const [status, disposition] = [text(conclusion, 'status'), text(conclusion, 'disposition')];
  return { conclusion: { status, disposition, measures: texts(conclusion, 'measures') } };
}

function written(body: Json): WrittenBody {
  return { recipient: text(body, 'recipient'), title: text(body, 'title'), text: text(body, 'text') };
}

function first(envelope: Envelope): Envelope {
  if (envelope.number !== 0) {
    throw new Refusal('content');
  }
  return envelope;
}

function bodyOf(json: Json): Json {
  const body = json['body'];
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal('content');
  }
  return body as Json;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function numberOf(json: Json): number {
  const number = json['number'];
  if (!isWhole(number) || number > 0xffff_ffff) {
    throw new Refusal('content');
  }
  return number;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

function caseOf(json: Json): string {
  const id = text(json, 'case').toLowerCase();
  if (!UUID.test(id)) {
    throw new Refusal('content');
  }
  return id;
}

function text(json: Json, field: string, missing?: string): string {
  const value = Object.hasOwn(json, field) ? json[field] : missing;
  if (!isText(value)) {
    throw new Refusal('content');
  }
  return value;
}

// Half of a surrogate pair is no text, however it is escaped.
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Cs}/u.test(value);
}

function texts(json: Json, field: string): readonly string[] {
  const values = Object.hasOwn(json, field) ? json[field] : [];
  if (!Array.isArray(values) || !values.every(isText)) {
    throw new Refusal('content');
  }
  return values;
}

function flag(json: Json, field: string): boolean {
  const value = Object.hasOwn(json, field) ? json[field] : false;
  if (typeof value !== 'boolean') {
    throw new Refusal('content');
  }
  return value;
}

function bytes(json: Json, field: string, length: number): Uint8Array {
  try {
    const value = fromBase64(text(json, field));
    if (value.length === length) {
      return value;
    }
  } catch {
    // Not base64, or no text at all: refused below.
  }
  throw new Refusal('content');
}
