import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { reply as texts } from '../../texts/console';
import { Problem } from '../Problem';
import { useSending } from './use-sending';

/** The longest text, in characters: as long as a report may be. */
const LONGEST = 100_000;

interface Props {
  readonly title: string;
  readonly label: string;
  readonly hint: string;
  readonly button: string;
  readonly working: string;
  readonly done: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly send: (text: string) => Promise<void>;
  readonly onLock: () => void;
  /** Shown between the hint and the field. */
  readonly children?: ComponentChildren;
  /** Shown between the field and the button. */
  readonly below?: ComponentChildren;
  /** Shown below the field while something is typed. */
  readonly advice?: string | undefined;
}

/** A text to be sealed and sent. What was typed stays until it has arrived. */
export function TextBox(props: Props) {
  const [wrong, setWrong] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { sending, begin, rest } = useSending(() => props.send(props.text.trim()));
  const submit = (event: Event): void => {
    event.preventDefault();
    const characters = Array.from(props.text.trim()).length;
    const problem = characters === 0 ? texts.empty : characters > LONGEST ? texts.tooLong(characters) : '';
    setWrong(problem);
    if (problem === '') {
      void begin();
    } else {
      field.current?.focus();
    }
  };
  // A button that goes away must not take the focus with it.
  const again = (): void => {
    button.current?.focus();
    void begin();
  };
  const described = [`${id}-hint`, wrong === '' ? '' : `${id}-wrong`, props.advice === undefined ? '' : `${id}-advice`];
  return (
    <form class="textbox" onSubmit={submit} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{props.title}</h2>
      {props.children}
      <div class={wrong === '' ? 'field' : 'field wrong'}>
        <label for={id}>{props.label}</label>
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
        {wrong !== '' && (
          <p class="problem" id={`${id}-wrong`} role="alert">
            {wrong}
          </p>
        )}
        <textarea
          id={id}
          rows={6}
          dir="auto"
          ref={field}
          value={props.text}
          aria-describedby={described.filter((each) => each !== '').join(' ')}
          aria-invalid={wrong !== ''}
          readOnly={sending.at === 'sending'}
          onInput={(event) => {
            props.onText(event.currentTarget.value);
            setWrong('');
            if (sending.at !== 'sending') {
              rest();
            }
          }}
        />
      </div>
      <p class="advice" id={`${id}-advice`} role="status">
        {props.advice}
      </p>
      {props.below}
      {sending.at === 'failed' && (
        <Problem code={sending.code} onRetry={again} onLock={props.onLock}>
          {texts.kept}
        </Problem>
      )}
      <div class="actions">
        <button type="submit" ref={button} aria-disabled={sending.at === 'sending'}>
          {sending.at === 'sending' ? props.working : props.button}
        </button>
        <span role="status">{sending.at === 'sent' ? props.done : ''}</span>
      </div>
    </form>
  );
}
