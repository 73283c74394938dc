/** Handing a file to the person who sits there. */
import { element } from './element';

/** Lets the browser save a file, from the memory of the page. */
export function offer(name: string, content: Blob): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = element('a', { href: address, download: name }) as HTMLAnchorElement;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
