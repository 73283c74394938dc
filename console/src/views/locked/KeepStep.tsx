import { useState } from 'preact/hooks';
import { create as texts } from '../../texts/locked';
import { saveFile } from '../save-file';
import { useLeaveWarning } from '../use-leave-warning';
import type { MadeKey } from './CreateKeyView';
import { RecoverySheet } from './RecoverySheet';

/** Saving the file, handing over the public key, printing the sheet. */
export function KeepStep({ made, onNext }: { readonly made: MadeKey; readonly onNext: () => void }) {
  const [saved, setSaved] = useState(false);
  const [copied, setCopied] = useState<'' | 'copied' | 'notCopied'>('');
  const [wrong, setWrong] = useState(false);
  useLeaveWarning(() => !saved);
  const name = `candor-${made.day}.key`;
  const save = (): void => {
    saveFile(name, 'application/octet-stream', made.keyFile);
    setSaved(true);
    setWrong(false);
  };
  const copy = (): void => {
    navigator.clipboard.writeText(made.publicKey).then(
      () => setCopied('copied'),
      () => setCopied('notCopied'),
    );
  };
  return (
    <>
      <p class="lead">{texts.keepLead}</p>
      {wrong && (
        <p class="problem" role="alert">
          {texts.downloadFirst}
        </p>
      )}
      <p class="actions">
        <button type="button" onClick={save}>
          {texts.download}
        </button>
        <span role="status">{saved ? texts.downloaded(name) : ''}</span>
      </p>
      <section>
        <h2>{texts.publicTitle}</h2>
        <p>{texts.publicLead}</p>
        <p class="key" translate={false}>
          {made.publicKey}
        </p>
        <p class="actions">
          <button type="button" class="quiet" onClick={copy}>
            {texts.copy}
          </button>
          <span role="status">{copied === '' ? '' : texts[copied]}</span>
        </p>
        <p class="hint">{texts.aloud}</p>
        <p class="groups" translate={false}>
          {grouped(made.publicKey).map((group, index) => (
            <span key={index}>{group} </span>
          ))}
        </p>
      </section>
      <section>
        <h2>{texts.sheetTitle}</h2>
        <p>{texts.sheetLead}</p>
        <button type="button" class="quiet" onClick={() => window.print()}>
          {texts.print}
        </button>
      </section>
      <p class="actions">
        <button type="button" onClick={() => (saved ? onNext() : setWrong(true))}>
          {texts.next}
        </button>
      </p>
      <RecoverySheet made={made} fileName={name} />
    </>
  );
}

/** A public key in groups of four, to be read aloud. */
export function grouped(publicKey: string): readonly string[] {
  return publicKey.match(/.{1,4}/gu) ?? [];
}
