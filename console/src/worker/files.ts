/** Files of a case: fetched and opened as they come in, sealed and sent as they are read. */
import type { Api } from '../api/client';
import { ServerAway } from '../api/problem';
import type { CaseJson } from '../api/shapes';
import type { Opener } from '../protocol/age-file';
import { openContent } from '../protocol/open-content';
import type { AttachmentBody } from '../protocol/payload';
import { sealContent } from '../protocol/seal-content';
import { ConsoleError } from '../session/errors';
import type { FileRef } from '../session/types';
import { open } from './entries';

/** Hears how many bytes of how many are done. */
export type Tell = (done: number, total: number) => void;

/** A file of a reply that has arrived sealed. */
export interface SentFile {
  readonly upload: string;
  readonly body: AttachmentBody;
}

/**
 * Opens the content of a file.
 * @throws ConsoleError, or what `Api.content` throws.
 */
export async function openFile(
  api: Api,
  { json, opener }: { readonly json: CaseJson; readonly opener: Opener },
  ref: FileRef,
  tell: Tell,
  signal: AbortSignal,
): Promise<Blob> {
  const info = await describedBy(json, opener, ref);
  const content = await api.content(json.case.id, ref, signal);
  const opened = await openContent(content.bytes, opener, info, (done) => tell(done, info.size)).catch(
    (error: unknown) => {
      // The connection ended in the middle: that is not a service that is away.
      throw error instanceof ServerAway ? new ConsoleError('file-broke-off') : error;
    },
  );
  if (opened.answer !== 'opened') {
    throw new ConsoleError('file-damaged');
  }
  return opened.content;
}

async function describedBy(json: CaseJson, opener: Opener, ref: FileRef): Promise<AttachmentBody> {
  const filed = json.entries.find(({ kind, number }) => kind === ref.of && number === ref.number);
  const opened = filed && (await open(filed, opener, json.case.id));
  const entry = opened !== undefined && 'entry' in opened ? opened.entry : undefined;
  const info =
    ref.of === 'attachment'
      ? entry?.kind === 'attachment' && entry.body
      : entry?.kind === 'reply' && entry.body.attachments[ref.part - 1];
  if (info === undefined || info === false) {
    throw new ConsoleError('not-readable');
  }
  return info;
}

/**
 * Seals files to `keys` and sends them, one after the other.
 * @throws ConsoleError, or what `Api.upload` throws.
 */
export async function sendFiles(
  api: Api,
  files: readonly File[],
  keys: readonly string[],
  tell: Tell,
  signal: AbortSignal,
): Promise<readonly SentFile[]> {
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const sent: SentFile[] = [];
  let before = 0;
  for (const file of files) {
    // Sealing is the first half of the way, sending the second.
    const half = (part: number): void => tell(before + part / 2, total);
    const { sealed, size, sha256 } = await sealContent(file, keys, half, signal).catch((error: unknown) => {
      signal.throwIfAborted();
      throw error instanceof DOMException ? new ConsoleError('file-unreadable') : error;
    });
    const upload = await api.upload(sealed, (part) => half(size + Math.min(part, size)), signal);
    const body = { name: file.name, media_type: file.type, size, sha256, cleaned: [] };
    sent.push({ upload, body });
    before += size;
  }
  return sent;
}
