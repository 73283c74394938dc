import { useState } from 'preact/hooks';
import { status as texts } from '../../texts/console';
import { outcomeName, outcomeSentence, statusName, statusSentence } from '../../texts/terms';
import { Problem } from '../Problem';
import type { CaseDesk } from './CaseView';
import { useSending } from './use-sending';

/** Where a case stands, and where it may go: each step with the sentence that the reporter will read. */
export function StatusBox({ desk }: { readonly desk: CaseDesk }) {
  const { session, whole, reload } = desk;
  const { summary, allowed, outcomes } = whole;
  const [to, setTo] = useState('');
  const [outcome, setOutcome] = useState('');
  const [wrong, setWrong] = useState('');
  const needsOutcome = to === 'concluded';
  const { sending, begin } = useSending(async () => {
    await session.desk.changeStatus(summary.id, summary.status, to, needsOutcome ? outcome : undefined);
    await reload();
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const problem = to === '' ? texts.chooseFirst : needsOutcome && outcome === '' ? texts.chooseOutcome : '';
    setWrong(problem);
    if (problem === '') {
      void begin();
    }
  };
  return (
    <section class="card" aria-labelledby="status">
      <h2 id="status">{texts.title}</h2>
      <p class="now">
        <strong>{statusName(summary.status)}</strong>
        {summary.outcome !== undefined && summary.outcome !== summary.status && `: ${outcomeName(summary.outcome)}`}
      </p>
      {allowed.length > 0 && (
        <details class="change">
          <summary>{texts.change}</summary>
          <form onSubmit={submit}>
            <fieldset class={wrong === '' ? '' : 'wrong'}>
              <legend>{texts.choose}</legend>
              {wrong !== '' && (
                <p class="problem" role="alert">
                  {wrong}
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
                      setWrong('');
                    }}
                  />
                  <span>
                    {statusName(code)}
                    <span class="hint">{statusSentence(code)}</span>
                  </span>
                </label>
              ))}
              {needsOutcome && (
                <div class="field">
                  <label for="outcome">{texts.outcome}</label>
                  <select
                    id="outcome"
                    value={outcome}
                    onChange={(event) => {
                      setOutcome(event.currentTarget.value);
                      setWrong('');
                    }}
                  >
                    <option value="">{texts.chooseOutcome}</option>
                    {outcomes.map((code) => (
                      <option key={code} value={code}>
                        {outcomeName(code)}
                      </option>
                    ))}
                  </select>
                </div>
              )}
            </fieldset>
            {to !== '' && (
              <div class="preview" role="status">
                <p class="hint">{texts.reporterReads}</p>
                <p>
                  <strong>{statusName(to)}</strong>
                  {needsOutcome && outcome !== '' && <strong>: {outcomeName(outcome)}</strong>}
                  <br />
                  {statusSentence(to)} {needsOutcome && outcome !== '' && outcomeSentence(outcome)}
                </p>
              </div>
            )}
            {sending.at === 'failed' && (
              <Problem
                code={sending.code}
                onRetry={() => void (sending.code === 'changed' ? reload() : begin())}
                onLock={desk.onLock}
              />
            )}
            <button type="submit" aria-disabled={sending.at === 'sending'}>
              {sending.at === 'sending' ? texts.sending : texts.send}
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
