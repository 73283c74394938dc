/** The sealed contents of a case's files, for an export. */
import type { Api } from '../api/client';
import { ApiProblem } from '../api/problem';
import type { CaseJson, FileRef } from '../api/shapes';
import { readAll } from '../protocol/read-all';
import { contentName, type ExportedContents } from '../export/sealed-zip';

/** So much of files goes into a zip file that is made in the tab's memory, in bytes. */
const MOST = 100 * 1024 * 1024;

/** Fetches them, unless they are too large together: then `candor case export` is the way. */
export async function contentsOf(api: Api, json: CaseJson): Promise<ExportedContents> {
  const files: { name: string; sealed: Uint8Array }[] = [];
  let total = 0;
  for await (const { ref, length, bytes } of all(api, json)) {
    if (length > MOST - total) {
      await bytes.cancel();
      return 'too_large';
    }
    // Something between here and the service may have left out how long it is.
    const sealed = await readAll(bytes, MOST - total);
    if (sealed === null) {
      return 'too_large';
    }
    total += sealed.length;
    files.push({ name: contentName(ref), sealed });
  }
  return files;
}

async function* all(
  api: Api,
  json: CaseJson,
): AsyncGenerator<{ ref: FileRef; length: number; bytes: ReadableStream<Uint8Array> }> {
  const { signal } = new AbortController();
  const { id } = json.case;
  for (const { kind, number } of json.entries) {
    if (kind === 'attachment') {
      const ref = { of: 'attachment', number } as const;
      yield { ref, ...(await api.content(id, ref, signal)) };
    }
    // How many files a reply has stands inside the seal; the service knows where they end, too.
    for (let part = 1; kind === 'reply'; part++) {
      const ref = { of: 'reply', number, part } as const;
      const content = await api.content(id, ref, signal).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'not_found') {
          return null;
        }
        throw error;
      });
      if (content === null) {
        break;
      }
      yield { ref, ...content };
    }
  }
}
