import { dayOf120, deadlines, ACCOUNTING_DAYS, type Deadline } from '../../state/badges';
import { isPastAssessment } from '../../session/assessment';
import type { Day, Listed } from '../../session/types';
import { badges } from '../../texts/console';
import { shortDay } from '../../texts/days';

/** What is owed in a case: the next duty, and how near it is. */
export function DeadlineBadge({ deadline }: { readonly deadline: Deadline }) {
  const { duty, by, left, nearness } = deadline;
  return (
    <span class={`badge ${nearness}`}>
      {badges.by(badges[duty], shortDay(by))}
      {nearness !== 'calm' && <strong> · {left < 0 ? badges.late(-left) : badges.left(left)}</strong>}
    </span>
  );
}

/** The badges of a line in the inbox. */
export function Badges({ listed, today }: { readonly listed: Listed; readonly today: Day }) {
  const owed = deadlines(listed, today);
  const shown = owed.filter((deadline, index) => index === 0 || deadline.nearness === 'late');
  const day = listed.state === 'open' ? dayOf120(listed, listed.category, today) : undefined;
  return (
    <span class="badges">
      {shown.map((deadline) => (
        <DeadlineBadge key={deadline.duty} deadline={deadline} />
      ))}
      {day !== undefined && <DayBadge day={day} />}
      {listed.state === 'open' && isPastAssessment(listed.status) && (
        <span class="badge plain">{listed.confidential ? badges.confidential : badges.anonymous}</span>
      )}
    </span>
  );
}

export function DayBadge({ day }: { readonly day: number }) {
  const over = day > ACCOUNTING_DAYS;
  const nearness = over ? 'late' : day > ACCOUNTING_DAYS - 30 ? 'soon' : 'plain';
  return <span class={`badge ${nearness}`}>{over ? badges.day120Over(day) : badges.day120(day)}</span>;
}
