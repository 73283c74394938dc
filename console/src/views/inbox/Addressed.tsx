import type { Day } from '../../session/types';
import { inbox as texts } from '../../texts/console';
import { shortDay } from '../../texts/days';

/** For who was chosen by a reporter and may not read: that something is there, and what happens next. */
export function Addressed({ days }: { readonly days: readonly Day[] }) {
  if (days.length === 0) {
    return null;
  }
  return (
    <section class="notice" aria-labelledby="addressed">
      <h2 id="addressed">{texts.addressedTitle}</h2>
      <p>{texts.addressed(days.length)}</p>
      <p>{texts.addressedNext}</p>
      <p class="hint">
        {texts.addressedDays} {[...new Set(days)].map(shortDay).join(', ')}
      </p>
    </section>
  );
}
