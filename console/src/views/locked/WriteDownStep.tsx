import { create as texts } from '../../texts/locked';
import { Problem } from '../Problem';
import { useSending } from '../case/use-sending';

interface Props {
  readonly passphrase: string;
  readonly onBack: () => void;
  readonly make: () => Promise<void>;
}

/** The passphrase once more, to be written down before it is needed. */
export function WriteDownStep({ passphrase, onBack, make }: Props) {
  const { sending, begin } = useSending(make);
  const working = sending.at === 'sending';
  return (
    <>
      <p class="lead">{texts.writeDownLead}</p>
      <p class="offered" translate={false}>
        {passphrase}
      </p>
      {sending.at === 'failed' && <Problem code={sending.code} onRetry={() => void begin()} />}
      <p class="actions">
        <button type="button" aria-disabled={working} onClick={() => void begin()}>
          {texts.written}
        </button>
        <button type="button" class="quiet" disabled={working} onClick={onBack}>
          {texts.back}
        </button>
      </p>
      <p class="hint" role="status">
        {working ? texts.making : ''}
      </p>
    </>
  );
}
