import { useRef, useState } from 'preact/hooks';
import { isEnd, onlyDisposition } from '../../session/ending';
import { status as texts } from '../../texts/console';
import { outcomeName, outcomeSentence, statusName, statusSentence } from '../../texts/terms';
import { Problem } from '../Problem';
import type { CaseDesk } from './CaseView';
import { EndFields, endProblems, type EndProblems } from './EndFields';
import { ProposedEnd } from './ProposedEnd';
import { useSending } from './use-sending';

/** Where a case stands, and where it may go: each step with the sentence that the reporter will read. */
export function StatusBox({ desk }: { readonly desk: CaseDesk }) {
  const { summary, allowed, takesTwo, proposedEnd } = desk.whole;
  return (
    <section class="card" aria-labelledby="status">
      <h2 id="status">{texts.title}</h2>
      <p class="now">
        <strong>{statusName(summary.status)}</strong>
        {summary.outcome !== undefined &&
          onlyDisposition(summary.status) === undefined &&
          `: ${outcomeName(summary.outcome)}`}
      </p>
      {takesTwo && <p class="hint">{texts.takesTwo}</p>}
      {proposedEnd !== undefined && <ProposedEnd desk={desk} proposed={proposedEnd} />}
      {allowed.length > 0 && <Change desk={desk} />}
      {!takesTwo && allowed.some(isEnd) && <TakeTwo desk={desk} />}
    </section>
  );
}

function Change({ desk }: { readonly desk: CaseDesk }) {
  const { session, drafts, whole, reload } = desk;
  const { summary, allowed } = whole;
  const { id } = summary;
  const [to, setTo] = useState('');
  const [outcome, setOutcome] = useState('');
  const [measures, setMeasures] = useState<readonly string[]>([]);
  const [reasons, setReasons] = useState(drafts.get(id).reasons ?? '');
  const [wrong, setWrong] = useState<EndProblems>({});
  const form = useRef<HTMLFormElement>(null);
  const ends = isEnd(to);
  const disposition = onlyDisposition(to) ?? outcome;
  const keepReasons = (text: string): void => {
    setReasons(text);
    drafts.set(id, { ...drafts.get(id), reasons: text });
  };
  const { sending, begin } = useSending(async () => {
    if (ends) {
      await session.desk.end(id, summary.status, to, disposition, { measures, text: reasons.trim() });
      keepReasons('');
    } else {
      await session.desk.changeStatus(id, summary.status, to);
    }
    await reload();
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const problems = to === '' ? { to: texts.chooseFirst } : ends ? endProblems(disposition, measures, reasons) : {};
    setWrong(problems);
    if (Object.keys(problems).length === 0) {
      void begin();
    } else {
      // Once the problems are there, the first of their fields.
      setTimeout(() => form.current?.querySelector<HTMLElement>('.wrong :is(input, select, textarea)')?.focus());
    }
  };
  const proposes = ends && whole.takesTwo;
  return (
    <details class="change">
      <summary>{texts.change}</summary>
      <form onSubmit={submit} ref={form}>
        <fieldset class={wrong.to === undefined ? '' : 'wrong'}>
          <legend>{texts.choose}</legend>
          {wrong.to !== undefined && (
            <p class="problem" role="alert">
              {wrong.to}
            </p>
          )}
          {allowed.map((code) => (
            <label class="choice" key={code}>
              <input
                type="radio"
                name="to"
                checked={to === code}
                onChange={() => {
                  setTo(code);
                  setOutcome('');
                  setMeasures([]);
                  setWrong({});
                }}
              />
              <span>
                {statusName(code)}
                <span class="hint">{statusSentence(code)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {ends && (
          <EndFields
            whole={whole}
            today={session.me.today}
            to={to}
            outcome={outcome}
            measures={measures}
            reasons={reasons}
            wrong={wrong}
            onOutcome={(code) => {
              setOutcome(code);
              setWrong({ ...wrong, outcome: undefined });
            }}
            onMeasures={(codes) => {
              setMeasures(codes);
              setWrong({ ...wrong, measures: undefined });
            }}
            onReasons={(text) => {
              keepReasons(text);
              setWrong({ ...wrong, reasons: undefined });
            }}
          />
        )}
        {to !== '' && (
          <div class="preview" role="status">
            <p class="hint">{proposes ? texts.reporterReadsLater : texts.reporterReads}</p>
            <p>
              <strong>{statusName(to)}</strong>
              {ends && outcome !== '' && <strong>: {outcomeName(outcome)}</strong>}
              <br />
              {statusSentence(to)} {ends && outcome !== '' && outcomeSentence(outcome)}
            </p>
          </div>
        )}
        {sending.at === 'failed' && (
          <Problem
            code={sending.code}
            onRetry={() => void (sending.code === 'changed' || sending.code === 'overtaken' ? reload() : begin())}
            onLock={desk.onLock}
          />
        )}
        <button type="submit" aria-disabled={sending.at === 'sending'}>
          {sending.at === 'sending' ? texts.sending : proposes ? texts.propose : texts.send}
        </button>
      </form>
    </details>
  );
}

/** What the program cannot know by itself: that it is about a senior officer. */
function TakeTwo({ desk }: { readonly desk: CaseDesk }) {
  const { sending, begin } = useSending(async () => {
    await desk.session.desk.takeTwo(desk.whole.summary.id);
    await desk.reload();
  });
  return (
    <details class="change">
      <summary>{texts.senior}</summary>
      <p class="hint">{texts.seniorWhy}</p>
      {sending.at === 'failed' && <Problem code={sending.code} onRetry={() => void begin()} onLock={desk.onLock} />}
      <button type="button" class="quiet" aria-disabled={sending.at === 'sending'} onClick={() => void begin()}>
        {texts.seniorMark}
      </button>
    </details>
  );
}
