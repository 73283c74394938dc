import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { create as texts } from '../../texts/locked';
import { KeepStep } from './KeepStep';
import { PassphraseStep } from './PassphraseStep';
import type { KeyPorts } from './ports';
import { TryStep } from './TryStep';
import { WriteDownStep } from './WriteDownStep';

/** A key that was made. */
export interface MadeKey {
  readonly publicKey: string;
  readonly keyFile: string;
  readonly day: string;
}

interface Props {
  readonly ports: KeyPorts;
  readonly today: string;
  readonly onDone: () => void;
}

/** Making a key, in four steps. What was typed stays when one goes back. */
export function CreateKeyView({ ports, today, onDone }: Props) {
  const [step, setStep] = useState(1);
  const [passphrase, setPassphrase] = useState('');
  const [made, setMade] = useState<MadeKey | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    heading.current?.focus();
    window.scrollTo({ top: 0 });
  }, [step]);

  const titles = [texts.passphraseTitle, texts.writeDown, texts.keepTitle, texts.tryTitle];
  return (
    <main class="locked">
      <p class="back">
        <button type="button" class="link" onClick={onDone}>
          ← {texts.cancel}
        </button>
      </p>
      <p class="step">{texts.step(step)}</p>
      <h1 tabIndex={-1} ref={heading}>
        {titles[step - 1]}
      </h1>
      {step === 1 && (
        <PassphraseStep
          onChoose={(chosen) => {
            setPassphrase(chosen);
            setStep(2);
          }}
        />
      )}
      {step === 2 && (
        <WriteDownStep
          passphrase={passphrase}
          onBack={() => setStep(1)}
          make={async () => {
            setMade({ ...(await ports.createKey(passphrase)), day: today });
            // From here on it is needed only by whoever wrote it down.
            setPassphrase('');
            setStep(3);
          }}
        />
      )}
      {step === 3 && made !== null && <KeepStep made={made} onNext={() => setStep(4)} />}
      {step === 4 && made !== null && (
        <TryStep ports={ports} publicKey={made.publicKey} onBack={() => setStep(3)} onDone={onDone} />
      )}
    </main>
  );
}
