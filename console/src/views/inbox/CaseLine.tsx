import { writeRoute } from '../../state/route';
import { isUnread } from '../../state/listing';
import type { Day, Listed } from '../../session/types';
import { inbox as texts, unreadable } from '../../texts/console';
import { shortDay } from '../../texts/days';
import { categoryName, outcomeName, statusName } from '../../texts/terms';
import { Inline } from '../Hostile';
import { Badges } from './Badges';

/** One case in the inbox. The whole line is one link. */
export function CaseLine({ listed, today }: { readonly listed: Listed; readonly today: Day }) {
  const unread = isUnread(listed);
  return (
    <li class={`line ${unread ? 'unread' : ''} ${listed.state}`}>
      <a href={writeRoute({ at: 'case', id: listed.id })}>
        <span class="subject">
          {unread && <span class="unseen">{texts.unread}: </span>}
          <Subject listed={listed} />
        </span>
        <span class="facts">
          <span class="standing">
            {statusName(listed.status)}
            {listed.outcome !== undefined && listed.outcome !== listed.status && `: ${outcomeName(listed.outcome)}`}
          </span>
          {listed.state === 'open' && (
            <span>
              <Inline text={categoryName(listed.category)} />
            </span>
          )}
          <span>{texts.received(shortDay(listed.received))}</span>
          {listed.opened && listed.unread > 0 && <strong>{texts.newMessages(listed.unread)}</strong>}
        </span>
        <Badges listed={listed} today={today} />
      </a>
    </li>
  );
}

function Subject({ listed }: { readonly listed: Listed }) {
  switch (listed.state) {
    case 'sealed':
      return <span class="waiting">{texts.sealed}</span>;
    case 'unreadable':
      return <span class="broken">{unreadable[listed.reason]}</span>;
    case 'open':
      return listed.subject === '' ? <span>{texts.noSubject}</span> : <Inline text={listed.subject} />;
  }
}
