import { useEffect, useState } from 'preact/hooks';
import type { ErrorCode } from '../../session/errors';
import type { Readers } from '../../session/types';
import type { Inbox } from '../../state/inbox';
import { writeRoute } from '../../state/route';
import { readers as texts } from '../../texts/console';
import { Inline } from '../Hostile';
import { Problem, codeOf } from '../Problem';
import type { CaseDesk } from './CaseView';
import { useSending, type Sending } from './use-sending';

interface PartProps {
  readonly desk: CaseDesk;
  readonly known: Readers;
}

/** Who can read a case: releasing it, taking somebody off, stepping aside. */
export function ReadersBox({ desk, inbox }: { readonly desk: CaseDesk; readonly inbox: Inbox }) {
  const { session, whole, onLock } = desk;
  const { id } = whole.summary;
  const [known, setKnown] = useState<Readers | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const load = (): void => {
    setProblem(null);
    session.desk.readers(id).then(setKnown, (error: unknown) => setProblem(codeOf(error)));
  };
  useEffect(load, [id, session]);
  return (
    <section class="card" aria-labelledby="readers">
      <h2 id="readers">{texts.title}</h2>
      {problem !== null && <Problem code={problem} onRetry={load} onLock={onLock} />}
      {known === null ? (
        problem === null && <p class="hint">{texts.loading}</p>
      ) : (
        <>
          <ul class="plain">
            {known.readers.map((reader) => (
              <li key={reader.id}>
                <Inline text={reader.title} />
                {reader.id === session.me.recipient.id && ` (${texts.you})`}
              </li>
            ))}
          </ul>
          {known.mayRelease && <Release desk={desk} known={known} />}
          {known.mayTakeOff && known.readers.length > 1 && <TakeOff desk={desk} known={known} />}
          <StepAside desk={desk} inbox={inbox} />
        </>
      )}
    </section>
  );
}

function Release({ desk, known }: PartProps) {
  const [to, setTo] = useState('');
  const [missing, setMissing] = useState(false);
  const { sending, begin } = useSending(async () => {
    await desk.session.desk.release(desk.whole.summary.id, to);
    await desk.reload();
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    setMissing(to === '');
    if (to !== '') {
      void begin();
    }
  };
  return (
    <details class="change">
      <summary>{texts.release}</summary>
      {known.candidates.length === 0 ? (
        <p class="hint">{texts.nobody}</p>
      ) : (
        <form onSubmit={submit}>
          <p class="hint">{texts.releaseHint}</p>
          <Choice
            id="release-to"
            label={texts.to}
            from={known.candidates}
            chosen={to}
            problem={missing ? texts.chooseTo : undefined}
            onChoose={setTo}
          />
          <Failure sending={sending} desk={desk} begin={begin} />
          <button type="submit" aria-disabled={sending.at === 'sending'}>
            {sending.at === 'sending' ? texts.sending : texts.releaseSend}
          </button>
        </form>
      )}
    </details>
  );
}

function TakeOff({ desk, known }: PartProps) {
  const { session, drafts, whole } = desk;
  const { id } = whole.summary;
  const [whom, setWhom] = useState('');
  const [why, setWhy] = useState(drafts.get(id).whyTakenOff ?? '');
  const [wrong, setWrong] = useState(false);
  const keep = (text: string): void => {
    setWhy(text);
    drafts.set(id, { ...drafts.get(id), whyTakenOff: text });
  };
  const { sending, begin } = useSending(async () => {
    await session.desk.takeOff(id, whom, why.trim());
    keep('');
    await desk.reload();
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const incomplete = whom === '' || why.trim() === '';
    setWrong(incomplete);
    if (!incomplete) {
      void begin();
    }
  };
  const others = known.readers.filter((reader) => reader.id !== session.me.recipient.id);
  return (
    <details class="change">
      <summary>{texts.takeOff}</summary>
      <form onSubmit={submit}>
        <p class="hint">{texts.takeOffHint}</p>
        <Choice
          id="take-off"
          label={texts.whom}
          from={others}
          chosen={whom}
          problem={wrong && whom === '' ? texts.chooseWhom : undefined}
          onChoose={setWhom}
        />
        <div class={wrong && why.trim() === '' ? 'field wrong' : 'field'}>
          <label for="take-off-why">{texts.why}</label>
          {wrong && why.trim() === '' && (
            <p class="problem" role="alert">
              {texts.sayWhy}
            </p>
          )}
          <textarea id="take-off-why" rows={3} value={why} onInput={(event) => keep(event.currentTarget.value)} />
        </div>
        <Failure sending={sending} desk={desk} begin={begin} />
        <button type="submit" aria-disabled={sending.at === 'sending'}>
          {sending.at === 'sending' ? texts.sending : texts.takeOffSend}
        </button>
      </form>
    </details>
  );
}

function StepAside({ desk, inbox }: { readonly desk: CaseDesk; readonly inbox: Inbox }) {
  const { id } = desk.whole.summary;
  const { sending, begin } = useSending(async () => {
    await desk.session.desk.stepAside(id);
    inbox.remove(id);
    location.hash = writeRoute({ at: 'inbox' });
  });
  return (
    <details class="change">
      <summary>{texts.stepAside}</summary>
      <p class="hint">{texts.stepAsideHint}</p>
      <Failure sending={sending} desk={desk} begin={begin} />
      <button type="button" class="quiet" aria-disabled={sending.at === 'sending'} onClick={() => void begin()}>
        {sending.at === 'sending' ? texts.sending : texts.stepAsideSend}
      </button>
    </details>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly label: string;
  readonly from: Readers['readers'];
  readonly chosen: string;
  readonly problem: string | undefined;
  readonly onChoose: (id: string) => void;
}

function Choice({ id, label, from, chosen, problem, onChoose }: ChoiceProps) {
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      {problem !== undefined && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <select id={id} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="" />
        {from.map((reader) => (
          <option key={reader.id} value={reader.id}>
            {reader.title}
          </option>
        ))}
      </select>
    </div>
  );
}

interface FailureProps {
  readonly sending: Sending;
  readonly desk: CaseDesk;
  readonly begin: () => Promise<void>;
}

function Failure({ sending, desk, begin }: FailureProps) {
  return sending.at === 'failed' ? (
    <Problem code={sending.code} onRetry={() => void begin()} onLock={desk.onLock} />
  ) : null;
}
