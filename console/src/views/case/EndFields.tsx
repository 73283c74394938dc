import { measuresOf, onlyDisposition } from '../../session/ending';
import type { Day, DecryptedCase } from '../../session/types';
import { status as texts } from '../../texts/console';
import { formatDay } from '../../texts/days';
import { measureName, outcomeName } from '../../texts/terms';

/** The longest text of an entry, in characters. */
const LONGEST = 100_000;

/** What is wrong with a change of status, by field. */
export interface EndProblems {
  readonly to?: string | undefined;
  readonly outcome?: string | undefined;
  readonly measures?: string | undefined;
  readonly reasons?: string | undefined;
}

/** What is missing from a conclusion. */
export function endProblems(disposition: string, measures: readonly string[], reasons: string): EndProblems {
  const length = Array.from(reasons.trim()).length;
  return {
    ...(disposition === '' ? { outcome: texts.chooseOutcome } : {}),
    ...(measures.length === 0 ? { measures: texts.chooseMeasures } : {}),
    ...(length === 0 ? { reasons: texts.reasonsMissing } : length > LONGEST ? { reasons: texts.reasonsLong } : {}),
  };
}

interface Props {
  readonly whole: DecryptedCase;
  readonly today: Day;
  readonly to: string;
  readonly outcome: string;
  readonly measures: readonly string[];
  readonly reasons: string;
  readonly wrong: EndProblems;
  readonly onOutcome: (code: string) => void;
  readonly onMeasures: (codes: readonly string[]) => void;
  readonly onReasons: (text: string) => void;
}

/** How a case ends: what the reporter is told of it, and what only its readers see. */
export function EndFields(props: Props) {
  const { whole, to, wrong, measures } = props;
  return (
    <>
      {onlyDisposition(to) === undefined && <Outcome {...props} />}
      <fieldset class={wrong.measures === undefined ? '' : 'wrong'}>
        <legend>{texts.measures}</legend>
        {wrong.measures !== undefined && (
          <p class="problem" role="alert">
            {wrong.measures}
          </p>
        )}
        {measuresOf(to).map((code) => (
          <label class="choice" key={code}>
            <input
              type="checkbox"
              checked={measures.includes(code)}
              onChange={(event) =>
                props.onMeasures(
                  event.currentTarget.checked ? [...measures, code] : measures.filter((each) => each !== code),
                )
              }
            />
            <span>{measureName(code)}</span>
          </label>
        ))}
      </fieldset>
      <div class={wrong.reasons === undefined ? 'field' : 'field wrong'}>
        <label for="reasons">{texts.reasons}</label>
        <p class="hint" id="reasons-hint">
          {whole.takesTwo ? texts.reasonsForSecond : texts.reasonsHint}
        </p>
        {wrong.reasons !== undefined && (
          <p class="problem" id="reasons-wrong" role="alert">
            {wrong.reasons}
          </p>
        )}
        <textarea
          id="reasons"
          rows={5}
          dir="auto"
          value={props.reasons}
          aria-describedby={wrong.reasons === undefined ? 'reasons-hint' : 'reasons-hint reasons-wrong'}
          aria-invalid={wrong.reasons !== undefined}
          onInput={(event) => props.onReasons(event.currentTarget.value)}
        />
      </div>
    </>
  );
}

function Outcome({ whole, today, outcome, wrong, onOutcome }: Props) {
  const from = whole.unansweredFrom;
  const tooSoon = from === undefined || today < from;
  const options = whole.outcomes.map((code) => ({ code, off: code === 'insufficient_information' && tooSoon }));
  return (
    <div class={wrong.outcome === undefined ? 'field' : 'field wrong'}>
      <label for="outcome">{texts.outcome}</label>
      {wrong.outcome !== undefined && (
        <p class="problem" id="outcome-wrong" role="alert">
          {wrong.outcome}
        </p>
      )}
      <select
        id="outcome"
        value={outcome}
        aria-invalid={wrong.outcome !== undefined}
        aria-describedby={wrong.outcome === undefined ? 'outcome-hint' : 'outcome-hint outcome-wrong'}
        onChange={(event) => onOutcome(event.currentTarget.value)}
      >
        <option value="">{texts.chooseOutcome}</option>
        {options.map(({ code, off }) => (
          <option key={code} value={code} disabled={off}>
            {outcomeName(code)}
          </option>
        ))}
      </select>
      <p class="hint" id="outcome-hint">
        {tooSoon && (from === undefined ? texts.notAsked : texts.mayAnswer(formatDay(from)))}
      </p>
    </div>
  );
}
