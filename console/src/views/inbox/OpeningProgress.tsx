import type { Progress } from '../../state/inbox';
import { inbox as texts } from '../../texts/console';

/** Shown while this many reports or more are still to be opened. */
const WORTH_SHOWING = 50;

/** How far the opening of the reports has come, while there are many. */
export function OpeningProgress({ progress }: { readonly progress: Progress }) {
  const { done, total } = progress;
  if (done >= total || total < WORTH_SHOWING) {
    return null;
  }
  return (
    <div class="opening">
      <label for="opening">{texts.opening(done, total)}</label>
      <progress id="opening" max={total} value={done} />
      <span class="hint">{texts.openingHint}</span>
    </div>
  );
}
