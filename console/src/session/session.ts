/** The page's side of an unlocked console. It never sees a key: the worker holds those. */
import { endSession } from '../api/client';
import type { PageCalls, WorkerCalls } from '../worker/messages';
import { Line, type Remote } from '../worker/rpc';
import * as device from './device';
import { ConsoleError, type ErrorCode } from './errors';
import { startWorker } from './trusted';
import type { FileRef, Me } from './types';

/** What came of unlocking. */
export interface Unlocked {
  readonly session: Session;
  /** Why the key is not remembered on this device, if it was to be. */
  readonly notRemembered?: ErrorCode;
}

/** Who wants to hear how far work is, by its name. */
type Listeners = Map<string, (done: number, total: number) => void>;

/** A console that is unlocked, until `lock`. */
export class Session {
  private ended = false;
  private works = 0;

  private constructor(
    private readonly worker: Worker,
    private readonly line: Line<WorkerCalls>,
    /** Who is signed in. */
    readonly me: Me,
    /** `age1…` */
    readonly publicKey: string,
    private readonly listeners: Listeners,
  ) {}

  /** The worker's functions. */
  get desk(): Remote<WorkerCalls> {
    return this.line.remote;
  }

  /** Whether a file is on its way. */
  get busy(): boolean {
    return this.listeners.size > 0;
  }

  /** Opens the content of a file. `tell` hears how many bytes are done. */
  openFile(id: string, ref: FileRef, tell: (done: number, total: number) => void, signal: AbortSignal): Promise<Blob> {
    return this.atWork(tell, signal, (work) => this.desk.openFile(id, ref, work));
  }

  /** Sends a reply with files. `tell` hears how many bytes of the files are done. */
  reply(
    id: string,
    text: string,
    files: readonly File[],
    tell: (done: number, total: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.atWork(tell, signal, (work) => this.desk.reply(id, text, files, work));
  }

  private async atWork<T>(
    tell: (done: number, total: number) => void,
    signal: AbortSignal,
    begin: (work: string) => Promise<T>,
  ): Promise<T> {
    const work = String(++this.works);
    const stop = (): void => void this.desk.cancel(work).catch(() => undefined);
    this.listeners.set(work, tell);
    signal.addEventListener('abort', stop);
    try {
      return await begin(work);
    } finally {
      signal.removeEventListener('abort', stop);
      this.listeners.delete(work);
    }
  }

  /** Unlocks with a key file, and remembers the key on this device if asked to. */
  static async unlock(file: Uint8Array, passphrase: string, remember: boolean): Promise<Unlocked> {
    let credential = '';
    const listeners: Listeners = new Map();
    const { worker, line } = connect({
      progress: (work, done, total) => listeners.get(work)?.(done, total),
      wrapFileKey: (fileKey) => device.wrap(credential, fileKey),
      unwrapFileKey: () => Promise.resolve(null),
    });
    try {
      const me = await line.remote.unlock(file, passphrase);
      let notRemembered: ErrorCode | undefined;
      if (remember) {
        try {
          credential = await device.makePasskey();
          device.remember(credential, await line.remote.sealToPasskey());
        } catch (error) {
          notRemembered = error instanceof ConsoleError ? error.code : 'passkey-unavailable';
        }
      }
      await line.remote.settle();
      const session = new Session(worker, line, me, await line.remote.publicKey(), listeners);
      return notRemembered === undefined ? { session } : { session, notRemembered };
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Unlocks with the key that is remembered on this device. */
  static async unlockWithPasskey(): Promise<Session> {
    const listeners: Listeners = new Map();
    const { worker, line } = connect({
      progress: (work, done, total) => listeners.get(work)?.(done, total),
      wrapFileKey: () => Promise.reject(new ConsoleError('unexpected')),
      unwrapFileKey: (stanzas) => device.unwrap(stanzas),
    });
    try {
      const me = await line.remote.unlockWithPasskey(device.rememberedFile());
      return new Session(worker, line, me, await line.remote.publicKey(), listeners);
    } catch (error) {
      worker.terminate();
      throw error;
    }
  }

  /** Makes a key and its protected file. Nothing is sent anywhere. */
  static createKey(passphrase: string, today: string): Promise<{ publicKey: string; keyFile: string }> {
    return once((line) => line.remote.createKey(passphrase, today));
  }

  /** Opens a key file to see whether passphrase and file fit; gives its public key. */
  static tryKey(file: Uint8Array, passphrase: string): Promise<string> {
    return once((line) => line.remote.tryKey(file, passphrase));
  }

  /** Ends the worker with all its keys, and the session on the server. */
  lock(): void {
    if (!this.ended) {
      this.ended = true;
      this.worker.terminate();
      this.line.hangUp('locked');
      endSession();
    }
  }
}

function connect(own: PageCalls): { worker: Worker; line: Line<WorkerCalls> } {
  const worker = startWorker();
  const line = new Line<WorkerCalls>(worker, own);
  // A worker that cannot start answers nothing: without this the page would wait for ever.
  worker.addEventListener('error', () => line.hangUp('unexpected'));
  return { worker, line };
}

async function once<T>(work: (line: Line<WorkerCalls>) => Promise<T>): Promise<T> {
  const { worker, line } = connect({
    progress: () => undefined,
    wrapFileKey: () => Promise.reject(new ConsoleError('unexpected')),
    unwrapFileKey: () => Promise.reject(new ConsoleError('unexpected')),
  });
  try {
    return await work(line);
  } finally {
    worker.terminate();
  }
}
