/**
 * The recipient's cases in this tab: first the index, at once; then the reports, opened by the worker in the background.
 * What is on the screen is opened first, then what is open, then the rest, the newest first.
 */
import type { Remote } from '../worker/rpc';
import type { Opened, WorkerCalls } from '../worker/messages';
import { ConsoleError, type ErrorCode } from '../session/errors';
import type { CaseSummary, Gist, Listed, Unreadable } from '../session/types';
import { isOpen } from './badges';

type Desk = Pick<Remote<WorkerCalls>, 'index' | 'openReports'>;

/** How many lines of the index come at once: few first, so that there is something to see. */
const FIRST_PAGE = 100;
const PAGE = 1000;

/** How many reports are opened in one go: a fraction of a second, so that what is looked at next does not wait long. */
const BATCH = 25;

/** How often those who look at the inbox are told of newly opened reports, in milliseconds. */
const TELL_EVERY = 250;

/** After how long loading is tried again while the server is away, in milliseconds. */
const RETRY_AFTER = 5_000;

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export class Inbox {
  private summaries = new Map<string, CaseSummary>();
  /** A report never changes, so what was opened stays. */
  private readonly gists = new Map<string, { readonly gist: Gist } | { readonly reason: Unreadable }>();
  private wanted: readonly string[] = [];
  private listeners = new Set<() => void>();
  private list: readonly Listed[] = [];
  private lastTold = 0;
  private telling: ReturnType<typeof setTimeout> | undefined;
  private opening = false;
  private loading = 0;
  private stopped = false;
  /** Why loading does not go on at the moment. */
  problem: ErrorCode | null = null;
  /** Whether the whole index is here. */
  complete = false;

  constructor(private readonly desk: Desk) {}

  /** All cases as far as they are known, in no particular order. A new list each time something changed. */
  get cases(): readonly Listed[] {
    return this.list;
  }

  get progress(): Progress {
    let done = 0;
    for (const id of this.summaries.keys()) {
      done += this.gists.has(id) ? 1 : 0;
    }
    return { done, total: this.summaries.size };
  }

  /** Tells `listener` of changes. Gives what ends that. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Loads the index anew, and opens what is not opened yet. */
  async load(): Promise<void> {
    const run = ++this.loading;
    const found = new Map<string, CaseSummary>();
    try {
      for (const progress of ['open', 'closed'] as const) {
        let after: string | undefined;
        let limit = this.summaries.size === 0 ? FIRST_PAGE : PAGE;
        do {
          const page = await this.desk.index(progress, limit, after);
          if (run !== this.loading || this.stopped) {
            return;
          }
          for (const summary of page.cases) {
            found.set(summary.id, summary);
            this.summaries.set(summary.id, summary);
          }
          after = page.next;
          limit = PAGE;
          this.change();
          void this.openOn();
        } while (after !== undefined);
      }
      this.summaries = found;
      this.complete = true;
      this.problem = null;
      this.change();
      void this.openOn();
    } catch (error) {
      this.fail(error, () => void this.load());
    }
  }

  /** Says which cases are on the screen: they are opened before all others. */
  look(ids: readonly string[]): void {
    this.wanted = ids;
  }

  /** Takes over what a view has just learned of a case. */
  update(summary: CaseSummary): void {
    if (this.summaries.has(summary.id)) {
      this.summaries.set(summary.id, summary);
      this.change();
    }
  }

  /** Forgets a case that cannot be read any more. */
  remove(id: string): void {
    if (this.summaries.delete(id)) {
      this.change();
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.telling);
    this.listeners.clear();
  }

  private async openOn(): Promise<void> {
    if (this.opening) {
      return;
    }
    this.opening = true;
    // Those who look at the inbox are drawn first, and say what is on their screen.
    await new Promise((drawn) => setTimeout(drawn));
    try {
      for (let batch = this.next(); batch.length > 0 && !this.stopped; batch = this.next()) {
        this.take(batch, await this.desk.openReports(batch));
        this.tellSoon();
      }
      this.problem = null;
      this.change();
    } catch (error) {
      this.fail(error, () => void this.openOn());
    } finally {
      this.opening = false;
    }
  }

  private next(): readonly string[] {
    const chosen = new Set<string>();
    const take = (ids: Iterable<string>, fits: (summary: CaseSummary) => boolean): void => {
      for (const id of ids) {
        const summary = this.summaries.get(id);
        if (chosen.size < BATCH && summary !== undefined && !this.gists.has(id) && fits(summary)) {
          chosen.add(id);
        }
      }
    };
    take(this.wanted, () => true);
    take(this.summaries.keys(), isOpen);
    take(this.summaries.keys(), () => true);
    return [...chosen];
  }

  private take(asked: readonly string[], opened: readonly Opened[]): void {
    for (const each of opened) {
      this.gists.set(each.id, 'gist' in each ? { gist: each.gist } : { reason: each.reason });
    }
    for (const id of asked) {
      if (!this.gists.has(id)) {
        // Not there any more, or not this recipient's any more.
        this.gists.set(id, { reason: 'missing' });
      }
    }
  }

  private fail(error: unknown, again: () => void): void {
    this.problem = error instanceof ConsoleError ? error.code : 'unexpected';
    this.change();
    if (!this.stopped && this.problem === 'server-away') {
      setTimeout(() => {
        if (!this.stopped) {
          again();
        }
      }, RETRY_AFTER);
    }
  }

  private tellSoon(): void {
    this.telling ??= setTimeout(
      () => {
        this.change();
      },
      Math.max(0, this.lastTold + TELL_EVERY - performance.now()),
    );
  }

  private change(): void {
    clearTimeout(this.telling);
    this.telling = undefined;
    this.lastTold = performance.now();
    this.list = Array.from(this.summaries.values(), (summary) => this.listed(summary));
    for (const listener of this.listeners) {
      listener();
    }
  }

  private listed(summary: CaseSummary): Listed {
    const known = this.gists.get(summary.id);
    if (known === undefined) {
      return { ...summary, state: 'sealed' };
    }
    return 'gist' in known
      ? { ...summary, state: 'open', ...known.gist }
      : { ...summary, state: 'unreadable', reason: known.reason };
  }
}
