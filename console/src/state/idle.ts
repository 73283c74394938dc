/** Noticing that nobody is there. */

/** How long nobody need do anything until the console locks, in milliseconds. */
export const LOCK_AFTER = 15 * 60_000;
/** How long before that it says so, in milliseconds. */
export const WARN_BEFORE = 60_000;

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'scroll'] as const;

/** How often the clock is looked at, in milliseconds. */
const LOOK_EVERY = 1_000;

export interface IdleWatch {
  /** Whether a file is on its way. Waiting for that is no absence. */
  busy(): boolean;
  /** Whether locking is near. */
  warn(near: boolean): void;
  lock(): void;
}

/**
 * Watches until the returned function is called. The clock is compared rather than a timer set: a computer that slept
 * wakes up locked.
 */
export function watchIdleness(watch: IdleWatch): () => void {
  let last = Date.now();
  let near = false;
  const sign = (): void => {
    last = Date.now();
    look();
  };
  const look = (): void => {
    if (watch.busy()) {
      last = Date.now();
    }
    const idle = Date.now() - last;
    if (idle >= LOCK_AFTER) {
      watch.lock();
      return;
    }
    const nearNow = idle >= LOCK_AFTER - WARN_BEFORE;
    if (nearNow !== near) {
      near = nearNow;
      watch.warn(near);
    }
  };
  const timer = setInterval(look, LOOK_EVERY);
  for (const name of SIGNS) {
    window.addEventListener(name, sign, { passive: true, capture: true });
  }
  document.addEventListener('visibilitychange', look);
  return () => {
    clearInterval(timer);
    for (const name of SIGNS) {
      window.removeEventListener(name, sign, { capture: true });
    }
    document.removeEventListener('visibilitychange', look);
  };
}
