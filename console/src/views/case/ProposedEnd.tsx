import { onlyDisposition } from '../../session/ending';
import type { ProposedEnd as Proposed } from '../../session/types';
import { status as texts } from '../../texts/console';
import { formatDay } from '../../texts/days';
import { outcomeName, statusName } from '../../texts/terms';
import { Inline } from '../Hostile';
import { Problem } from '../Problem';
import type { CaseDesk } from './CaseView';
import { Conclusion } from './Conclusion';
import { titleOf } from './title-of';
import { useSending } from './use-sending';

/** An end that one reader proposed: whoever agrees has its conclusion before their eyes. */
export function ProposedEnd({ desk, proposed }: { readonly desk: CaseDesk; readonly proposed: Proposed }) {
  const { session, whole, reload, onLock } = desk;
  const { id } = whole.summary;
  const answer = (agree: boolean) => async (): Promise<void> => {
    await session.desk.answerEnd(id, agree, proposed.note);
    await reload();
  };
  const agreeing = useSending(answer(true));
  const declining = useSending(answer(false));
  const own = proposed.by === session.me.recipient.id;
  const note = whole.timeline.find((item) => item.type === 'note' && item.number === proposed.note);
  const conclusion = note?.type === 'note' ? note.conclusion : undefined;
  // What is agreed to is what was sealed: a service in bad faith could name another end than the conclusion does.
  const holds =
    conclusion !== undefined &&
    conclusion.status === proposed.status &&
    conclusion.disposition === (proposed.outcome ?? '') &&
    note?.type === 'note' &&
    note.recipient === proposed.by;
  const disposition =
    proposed.outcome === undefined || onlyDisposition(proposed.status) !== undefined
      ? ''
      : `, ${outcomeName(proposed.outcome)}`;
  const failed = [agreeing, declining].find(({ sending }) => sending.at === 'failed');
  return (
    <div class="proposed">
      <h3>
        {texts.proposed} {statusName(proposed.status)}
        {disposition}
      </h3>
      <p>
        <Inline text={texts.proposedBy(titleOf(session.me, proposed.by), formatDay(proposed.day))} />
      </p>
      {holds ? (
        <Conclusion conclusion={conclusion} text={note.text} />
      ) : (
        <p class="problem" role="alert">
          {texts.conclusionUnlike}
        </p>
      )}
      {failed?.sending.at === 'failed' && (
        <Problem code={failed.sending.code} onRetry={() => void reload()} onLock={onLock} />
      )}
      {own ? <p class="hint">{texts.waits}</p> : proposed.mayAgree && <p class="hint">{texts.agreeHint}</p>}
      <div class="actions">
        {proposed.mayAgree && holds && (
          <button type="button" onClick={() => void agreeing.begin()}>
            {agreeing.sending.at === 'sending' ? texts.sending : texts.agree}
          </button>
        )}
        {(own || proposed.mayAgree) && (
          <button type="button" class="quiet" onClick={() => void declining.begin()}>
            {own ? texts.takeBack : texts.decline}
          </button>
        )}
      </div>
    </div>
  );
}
