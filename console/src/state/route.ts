/** Where in the console one is. It stands behind the `#`, which browsers keep to themselves. */
export type Route =
  { readonly at: 'inbox' } | { readonly at: 'overview' } | { readonly at: 'case'; readonly id: string };

const CASE = /^#\/cases\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/u;

export function readRoute(hash: string): Route {
  const id = CASE.exec(hash)?.[1];
  if (id !== undefined) {
    return { at: 'case', id };
  }
  return hash === '#/overview' ? { at: 'overview' } : { at: 'inbox' };
}

export function writeRoute(route: Route): string {
  switch (route.at) {
    case 'inbox':
      return '#/';
    case 'overview':
      return '#/overview';
    case 'case':
      return `#/cases/${route.id}`;
  }
}
