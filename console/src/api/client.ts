import { ApiProblem, ServerAway } from './problem';
import type {
  CaseJson,
  ChallengeJson,
  FileRef,
  IndexJson,
  MeJson,
  NewEntryJson,
  ProblemJson,
  ReadersJson,
  SealedCasesJson,
  UploadJson,
} from './shapes';

const ROOT = '/api/v1';

const ALWAYS = { credentials: 'same-origin', cache: 'no-store', redirect: 'error' } as const;

/** A sealed content as it comes in, and how long it will be, in bytes (0 where that is not said). */
export interface SealedContent {
  readonly length: number;
  readonly bytes: ReadableStream<Uint8Array>;
}

/**
 * How long the service may take to answer, in milliseconds: long reports on a slow line need their time. With files it is
 * how long nothing at all may come or go.
 */
const PATIENCE = 60_000;

/** The service's interface for recipients. The session is a cookie that no script can read. */
export class Api {
  challenge(publicKey: string): Promise<ChallengeJson> {
    return this.send<ChallengeJson>('POST', '/challenges', { public_key: publicKey });
  }

  async beginSession(challenge: string, answer: string): Promise<void> {
    await this.send('POST', '/sessions', { challenge, answer });
  }

  me(): Promise<MeJson> {
    return this.send<MeJson>('GET', '/me');
  }

  index(progress: 'open' | 'closed', limit: number, after?: string): Promise<IndexJson> {
    const query = new URLSearchParams({ progress, limit: String(limit) });
    if (after !== undefined) {
      query.set('after', after);
    }
    return this.send<IndexJson>('GET', `/cases/index?${query.toString()}`);
  }

  sealed(cases: readonly string[]): Promise<SealedCasesJson> {
    return this.send<SealedCasesJson>('POST', '/cases/sealed', { cases });
  }

  case(id: string): Promise<CaseJson> {
    return this.send<CaseJson>('GET', `/cases/${encodeURIComponent(id)}`);
  }

  async addReply(id: string, number: number, sealed: string, contents: readonly string[]): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/replies`, { number, sealed, contents });
  }

  /** The sealed content of a file, as it comes in. */
  async content(id: string, ref: FileRef, signal: AbortSignal): Promise<SealedContent> {
    const path =
      ref.of === 'attachment'
        ? `attachments/${String(ref.number)}`
        : `replies/${String(ref.number)}/files/${String(ref.part)}`;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), PATIENCE);
    let response: Response;
    try {
      response = await fetch(`${ROOT}/cases/${encodeURIComponent(id)}/${path}`, {
        ...ALWAYS,
        signal: AbortSignal.any([signal, late.signal]),
      });
    } catch {
      signal.throwIfAborted();
      throw new ServerAway();
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok || response.body === null) {
      throw problemOf(await response.text().catch(() => ''), response.status);
    }
    return { length: Number(response.headers.get('content-length') ?? '0'), bytes: patient(response.body, signal) };
  }

  /** Sends the sealed content of a file of a reply; gives the name by which the reply claims it. */
  upload(sealed: Blob, tell: (sent: number) => void, signal: AbortSignal): Promise<string> {
    return new Promise((resolve, reject) => {
      // `fetch` does not tell how much has been sent.
      const request = new XMLHttpRequest();
      request.open('POST', `${ROOT}/uploads`);
      request.setRequestHeader('content-type', 'application/octet-stream');
      let timer: ReturnType<typeof setTimeout> | undefined;
      const wait = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          reject(new ServerAway());
          request.abort();
        }, PATIENCE);
      };
      request.upload.addEventListener('progress', (event) => {
        wait();
        tell(event.loaded);
      });
      request.addEventListener('loadend', () => clearTimeout(timer));
      request.addEventListener('load', () => {
        try {
          if (request.status !== 200) {
            throw problemOf(request.responseText, request.status);
          }
          resolve((parse(request.responseText) as UploadJson).upload);
        } catch (error) {
          reject(error instanceof Error ? error : new ServerAway());
        }
      });
      request.addEventListener('error', () => reject(new ServerAway()));
      request.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
      signal.addEventListener('abort', () => request.abort());
      if (signal.aborted) {
        reject(new DOMException('', 'AbortError'));
        return;
      }
      wait();
      request.send(sealed);
    });
  }

  async addNote(id: string, number: number, sealed: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/notes`, { number, sealed });
  }

  async changeStatus(id: string, from: string, to: string, outcome?: string, conclusion?: NewEntryJson): Promise<void> {
    const change = { from, to, outcome: outcome ?? null, conclusion: conclusion ?? null };
    await this.send('POST', `/cases/${encodeURIComponent(id)}/status`, change);
  }

  async answerEnd(id: string, agree: boolean, note: number): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/end`, { agree, note });
  }

  async takeTwo(id: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/takes-two`, {});
  }

  async readers(id: string): Promise<ReadersJson> {
    return this.send('GET', `/cases/${encodeURIComponent(id)}/readers`);
  }

  /** `sealed` is a grant of the case, to the key that is configured for the recipient. */
  async release(id: string, recipient: string, publicKey: string, sealed: string): Promise<void> {
    await this.send('POST', '/grants', { recipient, public_key: publicKey, grants: [{ case: id, sealed }] });
  }

  async takeOff(id: string, recipient: string, reason: NewEntryJson): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/take-off`, { recipient, reason });
  }

  async stepAside(id: string): Promise<void> {
    await this.send('POST', `/cases/${encodeURIComponent(id)}/step-aside`, {});
  }

  private async send<T>(method: string, path: string, body?: unknown): Promise<T> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(ROOT + path, {
        ...ALWAYS,
        method,
        signal: AbortSignal.timeout(PATIENCE),
        ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      text = await response.text();
    } catch {
      throw new ServerAway();
    }
    if (response.ok) {
      return (text === '' ? undefined : parse(text)) as T;
    }
    throw problemOf(text, response.status);
  }
}

/** Ends a stream that says nothing for too long. */
function patient(bytes: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = bytes.getReader();
  return new ReadableStream({
    async pull(controller) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      try {
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new ServerAway()), PATIENCE);
        });
        const { done, value } = await Promise.race([reader.read(), late]);
        if (done) {
          controller.close();
        } else {
          controller.enqueue(value);
        }
      } catch {
        void reader.cancel().catch(() => undefined);
        signal.throwIfAborted();
        throw new ServerAway();
      } finally {
        clearTimeout(timer);
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

function problemOf(text: string, status: number): Error {
  const problem = parse(text) as Partial<ProblemJson> | null;
  return typeof problem?.code === 'string' ? new ApiProblem(problem.code, status) : new ServerAway();
}

/** Ends the session; works while the tab is being closed. */
export function endSession(): void {
  void fetch(`${ROOT}/sessions/current`, { method: 'DELETE', credentials: 'same-origin', keepalive: true }).catch(
    () => undefined,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Something between here and the service answered in its place.
    throw new ServerAway();
  }
}
