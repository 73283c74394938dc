/** Files are looked into away from the page, one after another: however long one takes, the page goes on answering. */
import { unchanged, type Looked, type WhyNotLooked } from './findings';

/** What the page asks of the worker. */
export interface CleanerCall {
  readonly file: Blob;
}

/** What the worker says: first that it is here, then what it found, each time it was asked. */
export interface CleanerWord {
  readonly looked: Looked | null;
}

/** What is needed of a `Worker`. */
export interface CleanerWorker {
  postMessage(call: CleanerCall): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<CleanerWord>) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** How long one file may take, in milliseconds, the worker's start included. */
export const PATIENCE = 60_000;

/** A worker, and whether it has said that it is here. */
interface Running {
  readonly worker: CleanerWorker;
  ready: boolean;
}

export class Cleaner {
  /** Kept from file to file. Ended where it does not answer, or should not. */
  private running: Running | null = null;
  /** Settles when all who asked before are served. */
  private turn: Promise<unknown> = Promise.resolve();

  /** `start` starts a worker. */
  constructor(
    private readonly start: () => CleanerWorker,
    private readonly patience = PATIENCE,
  ) {}

  /** Looks into a file when its turn has come. The signal stops it, which is an answer, too. */
  look(file: Blob, signal: AbortSignal): Promise<Looked> {
    if (signal.aborted) {
      return Promise.resolve(unchanged(file, 'stopped'));
    }
    return new Promise((resolve) => {
      const stopped = (): void => {
        resolve(unchanged(file, 'stopped'));
      };
      // Whoever waits need not wait for the turn to hear of it.
      signal.addEventListener('abort', stopped);
      this.turn = this.turn
        .then(() => this.lookNow(file, signal))
        .then((looked) => {
          signal.removeEventListener('abort', stopped);
          resolve(looked);
        });
    });
  }

  /** Ends the worker when all who asked are served, with what its memory still holds of files. */
  rest(): void {
    this.turn = this.turn.then(() => {
      this.end();
    });
  }

  private end(): void {
    if (this.running !== null) {
      const { worker } = this.running;
      this.running = null;
      worker.terminate();
      // What it said last is for nobody: another may be at work by now.
      worker.onmessage = worker.onmessageerror = worker.onerror = null;
    }
  }

  private lookNow(file: Blob, signal: AbortSignal): Promise<Looked> {
    return new Promise((resolve) => {
      if (signal.aborted) {
        resolve(unchanged(file, 'stopped'));
        return;
      }
      let running: Running;
      try {
        running = this.running ??= { worker: this.start(), ready: false };
      } catch {
        resolve(unchanged(file, 'not_loaded'));
        return;
      }
      const { worker } = running;
      const answer = (looked: Looked): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        // Its memory goes with it, and the next one loads anew what did not load.
        if (looked.findings.whyNot !== null && ENDING.includes(looked.findings.whyNot)) {
          this.end();
        }
        resolve(looked);
      };
      const stop = (): void => {
        answer(unchanged(file, 'stopped'));
      };
      const fail = (): void => {
        answer(unchanged(file, running.ready ? 'gave_up' : 'not_loaded'));
      };
      const timer = setTimeout(fail, this.patience);
      signal.addEventListener('abort', stop);
      worker.onmessage = ({ data: { looked } }) => {
        if (looked === null) {
          running.ready = true;
        } else {
          answer(looked);
        }
      };
      worker.onmessageerror = fail;
      worker.onerror = (event) => {
        // What went wrong is named beside the file: nobody reads a browser's log here.
        event.preventDefault();
        fail();
      };
      worker.postMessage({ file });
    });
  }
}

/** After these a worker is of no more use. */
const ENDING: readonly WhyNotLooked[] = ['stopped', 'gave_up', 'not_loaded'];
