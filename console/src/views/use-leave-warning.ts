import { useEffect } from 'preact/hooks';

/** Has the browser ask before the page is left, while `needed` says that something would be lost. */
export function useLeaveWarning(needed: () => boolean): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent): void => {
      if (needed()) {
        event.preventDefault();
      }
    };
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  });
}
