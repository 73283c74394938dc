/**
 * Calls between the page and the worker. Both sides may call: the page asks the worker to open and seal, the worker asks
 * the page for what only a page can do (a passkey) and tells it how far it has come.
 */
import { ConsoleError, type ErrorCode } from '../session/errors';

/** What can be called on the other side. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any arguments, any answer: each side states its own
export type Callable = Record<string, (...args: any[]) => unknown>;

/** The other side, as promises. */
export type Remote<T extends Callable> = {
  readonly [K in keyof T]: (...args: Parameters<T[K]>) => Promise<Awaited<ReturnType<T[K]>>>;
};

type Message =
  | { readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly answer: number; readonly value: unknown }
  | { readonly answer: number; readonly error: ErrorCode };

interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ConsoleError) => void;
}

/** A line to the other side. */
export class Line<Theirs extends Callable> {
  private readonly waiting = new Map<number, Waiting>();
  private calls = 0;

  constructor(
    private readonly port: Port,
    own: Callable,
  ) {
    port.addEventListener('message', (event) => {
      const message = event.data as Message;
      if ('call' in message) {
        void this.serve(own, message.call, message.name, message.args);
        return;
      }
      const waiting = this.waiting.get(message.answer);
      this.waiting.delete(message.answer);
      if ('error' in message) {
        waiting?.reject(new ConsoleError(message.error));
      } else {
        waiting?.resolve(message.value);
      }
    });
  }

  /** The other side's functions. */
  readonly remote = new Proxy({} as Remote<Theirs>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          const call = ++this.calls;
          this.waiting.set(call, { resolve, reject });
          this.port.postMessage({ call, name: String(name), args } satisfies Message);
        }),
  });

  /** Answers every call that still waits: the other side is gone. */
  hangUp(code: ErrorCode): void {
    for (const waiting of this.waiting.values()) {
      waiting.reject(new ConsoleError(code));
    }
    this.waiting.clear();
  }

  private async serve(own: Callable, call: number, name: string, args: readonly unknown[]): Promise<void> {
    let message: Message;
    try {
      const called = Object.hasOwn(own, name) ? own[name] : undefined;
      message = { answer: call, value: await called?.(...args) };
    } catch (error) {
      message = { answer: call, error: codeOf(error) };
    }
    this.port.postMessage(message);
  }
}

function codeOf(error: unknown): ErrorCode {
  return error instanceof ConsoleError ? error.code : 'unexpected';
}
