/**
 * Taking in a page of this server in place of the one that is shown. The only place where text becomes markup: pages come
 * from the server that this one came from, and hold nothing that anybody typed.
 */

interface Policy {
  createHTML(text: string): string;
}

const policy: Policy = (
  window as unknown as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }
).trustedTypes?.createPolicy('candor', { createHTML: (text) => text }) ?? { createHTML: (text) => text };

/** Reads a page without showing it: nothing in it runs or loads. */
export function parsePage(html: string): Document {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}

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
