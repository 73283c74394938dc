import type { ComponentChildren } from 'preact';
import type { SectionId } from '../../state/overview';
import { SECTIONS } from '../../texts/overview';

/** The frame of a chart: what it shows above, what it counts below. */
export function Figure({ id, wide, children }: { id: SectionId; wide?: boolean; children: ComponentChildren }) {
  const { caption, note } = SECTIONS[id];
  return (
    <figure class={`overview-figure${wide === true ? ' overview-wide' : ''}`}>
      <figcaption>
        <h2>{caption}</h2>
      </figcaption>
      {children}
      <p class="overview-note">{note}</p>
    </figure>
  );
}
