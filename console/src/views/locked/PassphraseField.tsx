import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import { passphraseField as texts } from '../../texts/locked';

interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly hint?: string;
  readonly problem?: string;
  readonly field?: Ref<HTMLInputElement>;
}

/** A passphrase, hidden until it is asked to be shown. */
export function PassphraseField({ id, label, value, onInput, autocomplete, hint, problem, field }: Props) {
  const [shown, setShown] = useState(false);
  const described = [hint === undefined ? '' : `${id}-hint`, problem === undefined ? '' : `${id}-problem`];
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <div class="with-button">
        <input
          id={id}
          type={(shown ? 'text' : 'password') as 'password'}
          autocomplete={autocomplete}
          autocapitalize="off"
          spellcheck={false}
          value={value}
          ref={field ?? null}
          aria-invalid={problem !== undefined}
          aria-describedby={described.filter((each) => each !== '').join(' ') || undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
        <button
          type="button"
          class="quiet"
          aria-label={shown ? texts.hideLong : texts.showLong}
          onClick={() => setShown(!shown)}
        >
          {shown ? texts.hide : texts.show}
        </button>
      </div>
    </div>
  );
}
