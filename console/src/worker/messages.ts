/** What page and worker ask of each other. */
import type {
  Assessment,
  CaseSummary,
  DecryptedCase,
  FileRef,
  Gist,
  Identity,
  Me,
  NewConclusion,
  Readers,
  Unreadable,
} from '../session/types';

/** A page of the index. */
export interface IndexPage {
  readonly cases: readonly CaseSummary[];
  /** Absent on the last page. */
  readonly next?: string;
}

/** What became of a report that was to be opened for the inbox. */
export type Opened =
  { readonly id: string; readonly gist: Gist } | { readonly id: string; readonly reason: Unreadable };

/** A stanza of an age header, as it crosses between the two. */
export interface PlainStanza {
  readonly args: string[];
  readonly body: Uint8Array;
}

/** What the worker does for the page. The private key and the case keys never leave it. */
export type WorkerCalls = {
  createKey(passphrase: string, today: string): Promise<{ publicKey: string; keyFile: string }>;
  tryKey(file: Uint8Array, passphrase: string): Promise<string>;
  unlock(file: Uint8Array, passphrase: string): Promise<Me>;
  unlockWithPasskey(file: Uint8Array): Promise<Me>;
  /** The key, sealed so that only the passkey opens it. Only between `unlock` and `settle`. */
  sealToPasskey(): Promise<Uint8Array>;
  /** Forgets the private key's text; from here on it can be used but not read. */
  settle(): Promise<void>;
  publicKey(): string;
  refreshMe(): Promise<Me>;
  index(progress: 'open' | 'closed', limit: number, after?: string): Promise<IndexPage>;
  openReports(ids: readonly string[]): Promise<readonly Opened[]>;
  openCase(id: string): Promise<DecryptedCase>;
  openIdentity(id: string): Promise<Identity>;
  /** `work` is a name for it: the page hears of it, and can cancel it, by that. */
  reply(id: string, text: string, files: readonly File[], work: string): Promise<void>;
  openFile(id: string, ref: FileRef, work: string): Promise<Blob>;
  cancel(work: string): void;
  note(id: string, text: string, assessment?: Assessment): Promise<void>;
  changeStatus(id: string, from: string, to: string): Promise<void>;
  end(id: string, from: string, to: string, disposition: string, conclusion: NewConclusion): Promise<void>;
  answerEnd(id: string, agree: boolean, note: number): Promise<void>;
  takeTwo(id: string): Promise<void>;
  readers(id: string): Promise<Readers>;
  release(id: string, recipient: string): Promise<void>;
  takeOff(id: string, recipient: string, why: string): Promise<void>;
  stepAside(id: string): Promise<void>;
  exportSealed(id: string, keyFileName: string): Promise<Uint8Array>;
  sealDrafts(drafts: string): Promise<Uint8Array>;
  openDrafts(sealed: Uint8Array): Promise<string>;
};

/** What the page does for the worker: a worker has no passkeys, and nothing to show how far it has come. */
export type PageCalls = {
  /** How many bytes of how many are done of what the page asked for under this name. */
  progress(work: string, done: number, total: number): void;
  wrapFileKey(fileKey: Uint8Array): Promise<PlainStanza[]>;
  unwrapFileKey(stanzas: readonly PlainStanza[]): Promise<Uint8Array | null>;
};
