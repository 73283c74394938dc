import { dayOf120, deadlines } from '../../state/badges';
import type { CaseSummary, Day } from '../../session/types';
import { status as texts } from '../../texts/console';
import { DayBadge, DeadlineBadge } from '../inbox/Badges';

interface Props {
  readonly summary: CaseSummary;
  readonly category: string;
  readonly today: Day;
}

/** What is owed to the reporter, and by when. */
export function DeadlineList({ summary, category, today }: Props) {
  const owed = deadlines(summary, today);
  const day = dayOf120(summary, category, today);
  return (
    <section class="card" aria-labelledby="deadlines">
      <h2 id="deadlines">{texts.deadlines}</h2>
      {owed.length === 0 && <p>{texts.nothingOwed}</p>}
      <ul class="owed">
        {owed.map((deadline) => (
          <li key={deadline.duty}>
            <DeadlineBadge deadline={deadline} />
          </li>
        ))}
        {day !== undefined && (
          <li>
            <DayBadge day={day} />
          </li>
        )}
      </ul>
    </section>
  );
}
