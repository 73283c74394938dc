/** Taking in a page of this server in place of the one that is shown. */

/** Shows a page in place of this one, from its top, under the address that it would have without scripts. */
export function showPage(page: Document, address: string): void {
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  history.replaceState(null, '', address);
  window.scrollTo(0, 0);
  // As after any navigation, reading begins at the top; a screen reader is told by the focus.
  document.querySelector<HTMLElement>('[autofocus], main')?.focus({ preventScroll: true });
}

/** Whoever comes back to this page later, by the Back button or a restored tab, finds it empty. */
export function forgetWhenLeft(forget: () => void): void {
  window.addEventListener('pagehide', () => {
    forget();
    document.body.replaceChildren();
  });
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      location.replace('/');
    }
  });
}
