import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ErrorCode } from '../../session/errors';
import { errorText } from '../../texts/errors';
import { unlock as texts } from '../../texts/locked';
import type { LockReason } from '../App';
import { Problem, codeOf } from '../Problem';
import { KeyFileField, type KeyFile } from './KeyFileField';
import { PassphraseField } from './PassphraseField';
import type { KeyPorts } from './ports';

const AT_FILE: readonly ErrorCode[] = [
  'not-a-key-file',
  'several-keys',
  'other-kind-of-key',
  'too-much-work',
  'damaged-key-file',
];
const AT_PASSPHRASE: readonly ErrorCode[] = ['wrong-passphrase', 'needs-passphrase'];

interface Props {
  readonly ports: KeyPorts;
  readonly notice?: LockReason;
  readonly onCreateKey: () => void;
}

/** Unlocking: with the passkey of this device, or with the key file. */
export function UnlockView({ ports, notice, onCreateKey }: Props) {
  const [remembered, setRemembered] = useState(ports.remembered);
  const [forgotten, setForgotten] = useState(false);
  const [waiting, setWaiting] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (notice !== undefined) {
      heading.current?.focus();
    }
  }, []);

  const unlockWithPasskey = async (): Promise<void> => {
    setWaiting(true);
    setProblem(null);
    try {
      await ports.unlockWithPasskey();
    } catch (error) {
      setProblem(codeOf(error));
      setWaiting(false);
    }
  };
  const forget = async (): Promise<void> => {
    await ports.forgetDevice();
    setRemembered(false);
    setForgotten(true);
    setProblem(null);
  };

  return (
    <main class="locked">
      <h1 tabIndex={-1} ref={heading}>
        {texts.title}
      </h1>
      {notice !== undefined && (
        <p class="notice" role="status">
          {texts.notices[notice]}
        </p>
      )}
      <p class="lead">{texts.lead}</p>
      {!window.isSecureContext && (
        <p class="notice wrong" role="alert">
          {texts.insecure}
        </p>
      )}
      {remembered && (
        <section class="passkey">
          <p>{texts.passkeyHint}</p>
          {problem !== null && <Problem code={problem} />}
          <button type="button" aria-disabled={waiting} onClick={() => void unlockWithPasskey()}>
            {waiting ? texts.passkeyWorking : texts.withPasskey}
          </button>{' '}
          <button type="button" class="quiet" onClick={() => void forget()}>
            {texts.forget}
          </button>
          <h2>{texts.orFile}</h2>
        </section>
      )}
      <p class="hint" role="status">
        {forgotten ? texts.forgotten : ''}
      </p>
      <FileForm ports={ports} remembered={remembered} />
      <section class="aside">
        <h2>{texts.noKey}</h2>
        <button type="button" class="quiet" onClick={onCreateKey}>
          {texts.create}
        </button>
      </section>
      <p class="hint">{texts.commandLine}</p>
    </main>
  );
}

function FileForm({ ports, remembered }: { readonly ports: KeyPorts; readonly remembered: boolean }) {
  const [file, setFile] = useState<KeyFile | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [remember, setRemember] = useState(false);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [noFile, setNoFile] = useState(false);
  const fileField = useRef<HTMLInputElement>(null);
  const passphraseField = useRef<HTMLInputElement>(null);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (working) {
      return;
    }
    setProblem(null);
    setNoFile(file === null);
    if (file === null) {
      fileField.current?.focus();
      return;
    }
    setWorking(true);
    try {
      await ports.unlock(file.bytes, file.looks === 'plain' ? '' : passphrase, remember);
    } catch (error) {
      const code = codeOf(error);
      setProblem(code);
      setWorking(false);
      if (AT_PASSPHRASE.includes(code)) {
        passphraseField.current?.focus();
        passphraseField.current?.select();
      } else if (AT_FILE.includes(code)) {
        fileField.current?.focus();
      }
    }
  };

  const sentence = (codes: readonly ErrorCode[]): string | undefined => {
    if (problem === null || !codes.includes(problem)) {
      return undefined;
    }
    const { title, advice } = errorText(problem);
    return `${title} ${advice}`;
  };
  const atFile = noFile ? texts.fileWrong : sentence(AT_FILE);
  const atPassphrase = sentence(AT_PASSPHRASE);
  return (
    <form onSubmit={(event) => void submit(event)}>
      <KeyFileField
        id="key-file"
        chosen={file}
        field={fileField}
        {...(atFile === undefined ? {} : { problem: atFile })}
        onChoose={(chosen) => {
          setFile(chosen);
          setNoFile(false);
          setProblem(null);
        }}
      />
      {file?.looks !== 'plain' && (
        <PassphraseField
          id="passphrase"
          label={texts.passphrase}
          autocomplete="current-password"
          value={passphrase}
          onInput={setPassphrase}
          field={passphraseField}
          {...(atPassphrase === undefined ? {} : { problem: atPassphrase })}
        />
      )}
      {ports.passkeysPossible && !remembered && (
        <label class="choice">
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.currentTarget.checked)} />
          <span>
            {texts.remember}
            <span class="hint">{texts.rememberHint}</span>
          </span>
        </label>
      )}
      {problem !== null && !AT_FILE.includes(problem) && !AT_PASSPHRASE.includes(problem) && <Problem code={problem} />}
      <button type="submit" aria-disabled={working}>
        {texts.submit}
      </button>
      <p class="hint" role="status">
        {working ? texts.working : ''}
      </p>
    </form>
  );
}
