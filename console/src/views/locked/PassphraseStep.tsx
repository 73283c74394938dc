import { useState } from 'preact/hooks';
import { ENOUGH, makePassphrase, weigh, type Strength } from '../../state/passphrase';
import { create as texts } from '../../texts/locked';
import { PassphraseField } from './PassphraseField';
import { StrengthMeter } from './StrengthMeter';

/** A passphrase: one that chance made is offered, another may be made up. */
export function PassphraseStep({ onChoose }: { readonly onChoose: (passphrase: string) => void }) {
  const [offered, setOffered] = useState(fresh);
  return (
    <>
      <p class="lead">{texts.passphraseLead}</p>
      <p id="offered">{texts.offered}</p>
      <p class="offered" aria-labelledby="offered" aria-live="polite" translate={false}>
        {offered}
      </p>
      <p class="actions">
        <button type="button" onClick={() => onChoose(offered)}>
          {texts.useOffered}
        </button>
        <button type="button" class="quiet" onClick={() => setOffered(fresh())}>
          {texts.another}
        </button>
      </p>
      <details class="aside">
        <summary>{texts.own}</summary>
        <OwnPassphrase onChoose={onChoose} />
      </details>
    </>
  );
}

function fresh(): string {
  return makePassphrase((numbers) => crypto.getRandomValues(numbers));
}

function OwnPassphrase({ onChoose }: { readonly onChoose: (passphrase: string) => void }) {
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState('');
  const [strength, setStrength] = useState<Strength | null>(null);
  const [problem, setProblem] = useState<{ readonly at: 'typed' | 'again'; readonly text: string } | null>(null);
  const change = (value: string): void => {
    setTyped(value);
    setProblem(null);
    void weigh(value).then(setStrength);
  };
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { score, warning, suggestions } = await weigh(typed);
    if (score < ENOUGH) {
      setProblem({ at: 'typed', text: [texts.weak, warning, ...suggestions].filter((each) => each !== '').join(' ') });
    } else if (typed !== again) {
      setProblem({ at: 'again', text: texts.differ });
    } else {
      onChoose(typed);
    }
  };
  const at = (place: 'typed' | 'again') => (problem?.at === place ? { problem: problem.text } : {});
  return (
    <form onSubmit={(event) => void submit(event)}>
      <PassphraseField
        id="own"
        label={texts.passphrase}
        hint={texts.passphraseHint}
        autocomplete="new-password"
        value={typed}
        onInput={change}
        {...at('typed')}
      />
      {typed !== '' && strength !== null && <StrengthMeter strength={strength} />}
      <PassphraseField
        id="own-again"
        label={texts.again}
        autocomplete="new-password"
        value={again}
        onInput={(value) => {
          setAgain(value);
          setProblem(null);
        }}
        {...at('again')}
      />
      <button type="submit">{texts.useOwn}</button>
    </form>
  );
}
