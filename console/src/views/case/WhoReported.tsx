import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isPastAssessment } from '../../session/assessment';
import type { Assessment, Identity, ReportBody } from '../../session/types';
import { who as texts } from '../../texts/console';
import { assessmentName } from '../../texts/terms';
import { Block } from '../Hostile';
import { Problem } from '../Problem';
import type { CaseDesk } from './CaseView';
import { useSending } from './use-sending';

const ASSESSMENTS: readonly Assessment[] = ['look_into', 'ask_first', 'belongs_elsewhere'];

/** Whether a name was given: not shown before somebody has said what they make of the report. */
export function WhoReported({ desk, report }: { readonly desk: CaseDesk; readonly report: ReportBody }) {
  const assessed = desk.whole.assessed || isPastAssessment(desk.whole.summary.status);
  return (
    <section class="card" aria-labelledby="who">
      <h2 id="who">{texts.title}</h2>
      {assessed ? <Known desk={desk} report={report} /> : <Hidden desk={desk} />}
    </section>
  );
}

function Known({ desk, report }: { readonly desk: CaseDesk; readonly report: ReportBody }) {
  const [identity, setIdentity] = useState<Identity | null>(null);
  const { sending, begin } = useSending(async () =>
    setIdentity(await desk.session.desk.openIdentity(desk.whole.summary.id)),
  );
  // Both buttons that bring the name go away with it: the focus goes to what they brought.
  const shown = useRef<HTMLDListElement>(null);
  useLayoutEffect(() => shown.current?.focus(), [identity]);
  if (!report.confidential) {
    return (
      <>
        <p>{texts.anonymous}</p>
        <p class="hint">{texts.anonymousHint}</p>
      </>
    );
  }
  if (identity !== null) {
    return (
      <dl class="answers" tabIndex={-1} ref={shown}>
        {!identity.fromReporter && <p class="problem">{texts.notProven}</p>}
        <div>
          <dt>{texts.name}</dt>
          <dd>
            <Block text={identity.name === '' ? texts.notGiven : identity.name} />
          </dd>
        </div>
        <div>
          <dt>{texts.contact}</dt>
          <dd>
            <Block text={identity.contact === '' ? texts.notGiven : identity.contact} />
          </dd>
        </div>
      </dl>
    );
  }
  return (
    <>
      <p>{texts.confidential}</p>
      {desk.whole.hasIdentity ? (
        <>
          <p class="hint">{texts.showHint}</p>
          <button type="button" class="quiet" onClick={() => void begin()}>
            {texts.show}
          </button>
        </>
      ) : (
        <p class="problem">{texts.noIdentity}</p>
      )}
      {sending.at === 'failed' && <Problem code={sending.code} onRetry={() => void begin()} onLock={desk.onLock} />}
    </>
  );
}

function Hidden({ desk }: { readonly desk: CaseDesk }) {
  const { drafts, whole, session } = desk;
  const { id } = whole.summary;
  const [assessment, setAssessment] = useState<Assessment | undefined>(drafts.get(id).assessment);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState(false);
  const { sending, begin } = useSending(async () => {
    await session.desk.note(id, reason.trim() === '' ? texts.without : reason.trim(), assessment);
    const { assessment: _, ...rest } = drafts.get(id);
    drafts.set(id, rest);
    await desk.reload();
  });
  const record = useRef<HTMLButtonElement>(null);
  const again = (): void => {
    record.current?.focus();
    void begin();
  };
  const choose = (chosen: Assessment): void => {
    setAssessment(chosen);
    setWrong(false);
    drafts.set(id, { ...drafts.get(id), assessment: chosen });
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    setWrong(assessment === undefined);
    if (assessment !== undefined) {
      void begin();
    }
  };
  return (
    <>
      <p>
        <strong>{texts.hidden}</strong>
      </p>
      <p class="hint">{texts.hiddenWhy}</p>
      <details class="assess">
        <summary>{texts.assess}</summary>
        <form onSubmit={submit}>
          <fieldset class={wrong ? 'wrong' : ''}>
            <legend>{texts.assessment}</legend>
            {wrong && (
              <p class="problem" role="alert">
                {texts.missing}
              </p>
            )}
            {ASSESSMENTS.map((each) => (
              <label class="choice" key={each}>
                <input type="radio" name="assessment" checked={assessment === each} onChange={() => choose(each)} />
                <span>{assessmentName(each)}</span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for="assessment-reason">{texts.reason}</label>
            <p class="hint" id="assessment-hint">
              {texts.reasonHint}
            </p>
            <textarea
              id="assessment-reason"
              rows={3}
              dir="auto"
              aria-describedby="assessment-hint"
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
            />
          </div>
          {sending.at === 'failed' && <Problem code={sending.code} onRetry={again} onLock={desk.onLock} />}
          <button type="submit" ref={record} aria-disabled={sending.at === 'sending'}>
            {texts.record}
          </button>
        </form>
      </details>
    </>
  );
}
