import type { ComponentChildren } from 'preact';
import { shell } from '../texts/console';
import { errorText } from '../texts/errors';
import { ConsoleError, type ErrorCode } from '../session/errors';

/** The code of whatever was thrown. */
export function codeOf(error: unknown): ErrorCode {
  return error instanceof ConsoleError ? error.code : 'unexpected';
}

interface Props {
  readonly code: ErrorCode;
  /** Offered where trying again may help. */
  readonly onRetry?: () => void;
  /** Offered where only unlocking again helps. */
  readonly onLock?: () => void;
  readonly children?: ComponentChildren;
}

/** What went wrong, and what to do. */
export function Problem({ code, onRetry, onLock, children }: Props) {
  const { title, advice } = errorText(code);
  const unlock = code === 'session-ended' || code === 'key-not-registered' || code === 'locked';
  return (
    <div class="notice wrong" role="alert">
      <p>
        <strong>{title}</strong> {advice} {children}
      </p>
      {unlock && onLock !== undefined ? (
        <button type="button" class="quiet" onClick={onLock}>
          {shell.unlockAgain}
        </button>
      ) : (
        onRetry !== undefined && (
          <button type="button" class="quiet" onClick={onRetry}>
            {shell.tryAgain}
          </button>
        )
      )}
    </div>
  );
}
