import type { RefObject } from 'preact';

const DOWN: readonly string[] = ['ArrowDown', 'j'];
const UP: readonly string[] = ['ArrowUp', 'k'];

/** Moves through the lines by keys, and to the search field by `/`. Gives what ends that. */
export function moveByKeys(
  list: RefObject<HTMLUListElement | null>,
  searchField: RefObject<HTMLInputElement | null>,
): () => void {
  const listen = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    const inField = target.matches('input, textarea, select');
    const fromSearch = target === searchField.current && event.key === 'ArrowDown';
    if (inField && !fromSearch) {
      return;
    }
    if (event.key === '/') {
      event.preventDefault();
      searchField.current?.focus();
      searchField.current?.select();
      return;
    }
    const step = DOWN.includes(event.key) ? 1 : UP.includes(event.key) ? -1 : 0;
    const links = [...(list.current?.querySelectorAll('a') ?? [])];
    if (step === 0 || links.length === 0) {
      return;
    }
    event.preventDefault();
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
