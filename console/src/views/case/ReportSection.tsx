import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { CaseKind, Me, ReportBody } from '../../session/types';
import { caseView as texts } from '../../texts/console';
import { Block, Inline } from '../Hostile';
import { titleOf } from './title-of';

/** A narrative longer than this, in characters, is folded at first. */
const LONG = 6_000;
/** So much of it is shown then. */
const FOLDED = 3_000;

const ANSWERS = ['when', 'where', 'who_else_knows', 'how_you_know', 'how_many_know'] as const;

/** The report, laid out to be read. */
export function ReportSection({
  report,
  me,
  kind,
  children,
}: {
  readonly report: ReportBody;
  readonly me: Me;
  readonly kind: CaseKind;
  readonly children: ComponentChildren;
}) {
  return (
    <section class="report" aria-labelledby="report">
      <h2 id="report">{kind === 'question' ? texts.question : texts.report}</h2>
      <Narrative text={report.narrative} />
      <dl class="answers">
        {ANSWERS.filter((answer) => report[answer] !== '').map((answer) => (
          <div key={answer}>
            <dt>{texts[answer]}</dt>
            <dd>
              <Block text={report[answer]} />
            </dd>
          </div>
        ))}
        {report.concerns.length > 0 && (
          <div>
            <dt>{texts.about}</dt>
            <dd>
              <ul>
                {report.concerns.map((id) => (
                  <li key={id}>
                    <Inline text={titleOf(me, id)} />
                  </li>
                ))}
              </ul>
              <p class="hint">{texts.aboutExcluded}</p>
            </dd>
          </div>
        )}
        <div>
          <dt>{texts.chosen}</dt>
          <dd>{report.chosen === '' ? texts.chosenNobody : <Inline text={titleOf(me, report.chosen)} />}</dd>
        </div>
        {texts.sealedIn[report.sealed_in] !== undefined && (
          <div>
            <dt>{texts.sealedInLabel}</dt>
            <dd>{texts.sealedIn[report.sealed_in]}</dd>
          </div>
        )}
      </dl>
      {children}
    </section>
  );
}

/** A long text is folded on the screen, never on paper. */
function Narrative({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  const id = useId();
  const characters = Array.from(text);
  if (characters.length <= LONG) {
    return <Block class="narrative" text={text} />;
  }
  return (
    <>
      <div class="narrative" id={id}>
        <div class={all ? 'whole' : 'folded'}>
          <Block text={all ? text : `${characters.slice(0, FOLDED).join('')}…`} />
        </div>
        {!all && <Block class="on-paper" text={text} />}
      </div>
      <button type="button" class="quiet" aria-expanded={all} aria-controls={id} onClick={() => setAll(!all)}>
        {all ? texts.showLess : texts.showAll(characters.length)}
      </button>
    </>
  );
}
