import { showControls } from '../state/visible-text';

/** Text that somebody else wrote, on one line. Isolated, so that its direction turns nothing around it. */
export function Inline({ text }: { readonly text: string }) {
  return <bdi>{showControls(text)}</bdi>;
}

/** Text that somebody else wrote, with its line ends. Addresses in it are text, not links. */
export function Block({ text, class: name = '' }: { readonly text: string; readonly class?: string }) {
  return (
    <div class={`written ${name}`} dir="auto">
      {showControls(text)}
    </div>
  );
}
