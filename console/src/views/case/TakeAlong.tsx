import { useRef, useState } from 'preact/hooks';
import { caseAsHtml } from '../../export/readable-html';
import { takeAlong as texts } from '../../texts/console';
import { Problem } from '../Problem';
import { saveFile } from '../save-file';
import type { CaseDesk } from './CaseView';
import { useSending } from './use-sending';

/** Printing and copies. */
export function TakeAlong({ desk }: { readonly desk: CaseDesk }) {
  const { session, whole } = desk;
  const { id } = whole.summary;
  const [asking, setAsking] = useState(false);
  const { sending, begin } = useSending(async () => {
    saveFile(`case-${id.slice(0, 8)}.zip`, 'application/zip', await session.desk.exportSealed(id, 'chair.key'));
  });
  const save = useRef<HTMLButtonElement>(null);
  // A button that goes away must not take the focus with it.
  const again = (): void => {
    save.current?.focus();
    void begin();
  };
  const readable = (): void => {
    const { organisation, recipients, today, recipient } = session.me;
    const html = caseAsHtml(whole, { organisation, recipients, today, madeBy: recipient.title });
    saveFile(`case-${id.slice(0, 8)}.html`, 'text/html', html);
    setAsking(false);
  };
  return (
    <section class="card take" aria-labelledby="take">
      <h2 id="take">{texts.title}</h2>
      <button type="button" class="quiet" onClick={() => window.print()}>
        {texts.print}
      </button>
      <button type="button" class="quiet" ref={save} onClick={() => void begin()}>
        {sending.at === 'sending' ? texts.working : texts.sealed}
      </button>
      <p class="hint">{texts.sealedHint}</p>
      <p class="hint" role="status">
        {sending.at === 'sent' ? texts.saved : ''}
      </p>
      {sending.at === 'failed' && <Problem code={sending.code} onRetry={again} onLock={desk.onLock} />}
      {asking ? (
        <div class="notice calm">
          <p>{texts.readableHint}</p>
          <button type="button" onClick={readable}>
            {texts.readableConfirm}
          </button>{' '}
          <button type="button" class="quiet" onClick={() => setAsking(false)}>
            {texts.cancel}
          </button>
        </div>
      ) : (
        <>
          <button type="button" class="quiet" onClick={() => setAsking(true)}>
            {texts.readable}
          </button>
          <p class="hint">{texts.readableHint}</p>
        </>
      )}
    </section>
  );
}
