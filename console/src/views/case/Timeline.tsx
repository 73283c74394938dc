import { onlyDisposition } from '../../session/ending';
import type { ConclusionBody, TimelineItem } from '../../session/types';
import { timeline as texts, unreadable, who } from '../../texts/console';
import { formatDay } from '../../texts/days';
import { assessmentName, dutyName, outcomeName, statusName } from '../../texts/terms';
import { Block, Inline } from '../Hostile';
import type { CaseDesk } from './CaseView';
import { Conclusion } from './Conclusion';
import { FileList } from './FileList';
import { titleOf } from './title-of';

/** Everything that happened in a case, the oldest first. */
export function Timeline({ desk }: { readonly desk: CaseDesk }) {
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">{texts.title}</h2>
      <ol class="timeline">
        {desk.whole.timeline.map((item) => (
          <li key={`${item.position} ${item.type}`} class={item.type}>
            <Item item={item} desk={desk} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Item({ item, desk }: { readonly item: TimelineItem; readonly desk: CaseDesk }) {
  const { me } = desk.session;
  const day = <time dateTime={item.day}>{formatDay(item.day)}</time>;
  switch (item.type) {
    case 'received':
      return <Line day={day}>{texts.received}</Line>;
    case 'told':
      return <Line day={day}>{texts.told(titleOf(me, item.recipient))}</Line>;
    case 'opened':
      return <Line day={day}>{texts.opened(titleOf(me, item.recipient))}</Line>;
    case 'reminded':
      return <Line day={day}>{texts.reminded(dutyName(item.duty), formatDay(item.due), item.late)}</Line>;
    case 'missed':
      return <Line day={day}>{texts.missed(dutyName(item.duty), formatDay(item.due))}</Line>;
    case 'status':
    case 'end_proposed': {
      const outcome =
        item.outcome === undefined || item.outcome === item.status ? '' : `: ${outcomeName(item.outcome)}`;
      const said = item.type === 'status' ? texts.status : texts.endProposed;
      return <Line day={day}>{said(titleOf(me, item.recipient), statusName(item.status) + outcome)}</Line>;
    }
    case 'granted':
      return <Line day={day}>{texts.granted(titleOf(me, item.recipient), titleOf(me, item.whom))}</Line>;
    case 'taken_off':
      return <Line day={day}>{texts.takenOff(titleOf(me, item.recipient), titleOf(me, item.whom))}</Line>;
    case 'revoked':
      return <Line day={day}>{texts.revoked(titleOf(me, item.recipient), titleOf(me, item.whom))}</Line>;
    case 'stepped_aside':
      return <Line day={day}>{texts.steppedAside(titleOf(me, item.whom))}</Line>;
    case 'takes_two':
      return <Line day={day}>{texts.takesTwo(titleOf(me, item.recipient))}</Line>;
    case 'end_declined':
      return <Line day={day}>{texts.endDeclined(titleOf(me, item.recipient))}</Line>;
    case 'ended_alone':
      return <Line day={day}>{texts.endedAlone(titleOf(me, item.recipient))}</Line>;
    case 'message':
      return (
        <>
          <h3>
            {item.fromReporter ? texts.message(item.number) : texts.unproven(item.number)} {day}
          </h3>
          {!item.fromReporter && <p class="problem">{texts.unprovenWhy}</p>}
          <Block text={item.text} />
          <FileList desk={desk} position={item.position} heading="h4" />
          {item.fromReporter && <p class="hint">{texts.proven}</p>}
        </>
      );
    case 'reply':
      return (
        <>
          <h3>
            <Inline text={texts.reply(item.title)} /> {day}
          </h3>
          <Block text={item.text} />
          <FileList desk={desk} position={item.position} heading="h4" />
        </>
      );
    case 'note':
      return (
        <>
          <h3>
            <Inline text={texts.note(item.title)} /> {day}
          </h3>
          {item.assessment !== undefined && (
            <p>
              <strong>{assessmentName(item.assessment)}</strong>
            </p>
          )}
          {item.conclusion !== undefined && (
            <p>
              <strong>
                {texts.conclusion}: <Inline text={endName(item.conclusion)} />
              </strong>
            </p>
          )}
          {item.conclusion !== undefined ? (
            <Conclusion conclusion={item.conclusion} text={item.text} />
          ) : (
            item.text !== who.without && <Block text={item.text} />
          )}
          <p class="hint">{texts.internal}</p>
        </>
      );
    case 'files':
      return (
        <>
          <h3>
            {texts.astray} {day}
          </h3>
          <p class="problem">{texts.astrayWhy}</p>
          <FileList desk={desk} position={item.position} heading="h4" />
        </>
      );
    case 'unreadable':
      return (
        <>
          <h3>
            {texts.cannotOpen(texts.kinds[item.kind] ?? item.kind, item.number)} {day}
          </h3>
          <p class="problem">{unreadable[item.reason]}</p>
        </>
      );
  }
}

function endName({ status, disposition }: ConclusionBody): string {
  return onlyDisposition(status) === disposition
    ? statusName(status)
    : `${statusName(status)}, ${outcomeName(disposition)}`;
}

function Line({ day, children }: { readonly day: preact.JSX.Element; readonly children: string }) {
  return (
    <p>
      <Inline text={children} /> {day}
    </p>
  );
}
