import { useState } from 'preact/hooks';
import type { ErrorCode } from '../../session/errors';
import { errorText } from '../../texts/errors';
import { create as texts, unlock } from '../../texts/locked';
import { codeOf } from '../Problem';
import { KeyFileField, type KeyFile } from './KeyFileField';
import { PassphraseField } from './PassphraseField';
import type { KeyPorts } from './ports';

interface Props {
  readonly ports: KeyPorts;
  readonly publicKey: string;
  readonly onBack: () => void;
  readonly onDone: () => void;
}

/** Proves that the saved file and the passphrase open the key, before anybody relies on them. */
export function TryStep({ ports, publicKey, onBack, onDone }: Props) {
  const [file, setFile] = useState<KeyFile | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [state, setState] = useState<'rest' | 'working' | 'works' | 'other' | 'nofile' | ErrorCode>('rest');
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (file === null) {
      setState('nofile');
      return;
    }
    setState('working');
    try {
      setState((await ports.tryKey(file.bytes, passphrase)) === publicKey ? 'works' : 'other');
    } catch (error) {
      setState(codeOf(error));
    }
  };
  if (state === 'works') {
    return (
      <div class="notice" role="status">
        <p>
          <strong>{texts.doneTitle}</strong>
        </p>
        <p>{texts.doneLead}</p>
        <button type="button" onClick={onDone}>
          {texts.done}
        </button>
      </div>
    );
  }
  const atPassphrase = state === 'wrong-passphrase' || state === 'needs-passphrase';
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p class="lead">{texts.tryLead}</p>
      <KeyFileField
        id="try-file"
        chosen={file}
        onChoose={(chosen) => {
          setFile(chosen);
          setState('rest');
        }}
        {...fileProblem(state)}
      />
      <PassphraseField
        id="try-passphrase"
        label={unlock.passphrase}
        autocomplete="current-password"
        value={passphrase}
        onInput={setPassphrase}
        {...(atPassphrase ? { problem: sentence(state) } : {})}
      />
      <p class="actions">
        <button type="submit" aria-disabled={state === 'working'}>
          {texts.trySubmit}
        </button>
        <button type="button" class="quiet" onClick={onBack}>
          {texts.back}
        </button>
      </p>
      <p class="hint" role="status">
        {state === 'working' ? texts.tryWorking : ''}
      </p>
    </form>
  );
}

function fileProblem(state: string): { problem?: string } {
  switch (state) {
    case 'rest':
    case 'working':
    case 'wrong-passphrase':
    case 'needs-passphrase':
      return {};
    case 'nofile':
      return { problem: unlock.fileWrong };
    case 'other':
      return { problem: texts.otherKey };
    default:
      return { problem: sentence(state as ErrorCode) };
  }
}

function sentence(code: ErrorCode): string {
  const { title, advice } = errorText(code);
  return `${title} ${advice}`;
}
