/** Work that takes a while: each piece has a name that the page gives it, by which it hears of it and can stop it. */
import { ConsoleError } from '../session/errors';
import type { Tell } from './files';

/** How often the page is told, in milliseconds: more often than anybody sees would only cost time. */
const TELL_EVERY = 100;

export class UnderWay {
  private readonly running = new Map<string, AbortController>();

  constructor(private readonly tell: (name: string, done: number, total: number) => void) {}

  /**
   * Runs `work` under `name`.
   * @throws ConsoleError `cancelled` once it was stopped; else whatever `work` throws.
   */
  async run<T>(name: string, work: (tell: Tell, signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    this.running.set(name, abort);
    let told = 0;
    const tell: Tell = (done, total) => {
      const now = performance.now();
      if (now - told >= TELL_EVERY) {
        told = now;
        this.tell(name, done, total);
      }
    };
    try {
      return await work(tell, abort.signal);
    } catch (error) {
      throw abort.signal.aborted ? new ConsoleError('cancelled') : error;
    } finally {
      this.running.delete(name);
    }
  }

  stop(name: string): void {
    this.running.get(name)?.abort();
  }
}
