import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { safeFileName, sizeText } from '../../files/file-name';
import { offersPreview, previewOf } from '../../state/preview';
import { showControls } from '../../state/visible-text';
import type { ErrorCode } from '../../session/errors';
import type { CaseFile } from '../../session/types';
import { files as texts } from '../../texts/files';
import { Block, Inline } from '../Hostile';
import { Problem, codeOf } from '../Problem';
import { saveFile } from '../save-file';
import type { CaseDesk } from './CaseView';

type State =
  | { readonly at: 'rest'; readonly words?: string }
  | { readonly at: 'opening'; readonly percent: number }
  | { readonly at: 'failed'; readonly code: ErrorCode; readonly again: () => void };

type Shown = { readonly picture: string } | { readonly text: string } | null;

/** A file: what it is, and saving or showing it. What was opened is dropped when the case is left or the console locked. */
export function FileItem({ file, desk }: { readonly file: CaseFile; readonly desk: CaseDesk }) {
  const [state, setState] = useState<State>({ at: 'rest' });
  const [shown, setShown] = useState<Shown>(null);
  const abort = useRef<AbortController | null>(null);
  const saving = useRef<HTMLButtonElement>(null);
  const cancelling = useRef<HTMLButtonElement>(null);
  const id = useId();

  useEffect(() => () => abort.current?.abort(), []);
  // Not an effect after painting: the address goes in the same turn as the picture.
  useLayoutEffect(() => {
    const picture = shown !== null && 'picture' in shown ? shown.picture : null;
    return () => {
      if (picture !== null) {
        URL.revokeObjectURL(picture);
      }
    };
  }, [shown]);

  // A button that goes away must not take the focus with it.
  const cancel = (): void => {
    saving.current?.focus();
    abort.current?.abort();
  };
  const open = async (use: (content: Blob) => Promise<string>): Promise<void> => {
    if (abort.current !== null) {
      return;
    }
    const mine = new AbortController();
    abort.current = mine;
    setState({ at: 'opening', percent: 0 });
    let then: State;
    try {
      const tell = (done: number, total: number): void =>
        setState({ at: 'opening', percent: Math.floor((done / Math.max(1, total)) * 100) });
      const content = await desk.session.openFile(desk.whole.summary.id, file.ref, tell, mine.signal);
      mine.signal.throwIfAborted();
      then = { at: 'rest', words: await use(content) };
    } catch (error) {
      const again = (): void => {
        saving.current?.focus();
        void open(use);
      };
      then = mine.signal.aborted ? { at: 'rest', words: texts.stopped } : { at: 'failed', code: codeOf(error), again };
    }
    abort.current = null;
    if (document.activeElement !== null && document.activeElement === cancelling.current) {
      saving.current?.focus();
    }
    setState(then);
  };
  const save = (): Promise<void> =>
    open((content) => {
      saveFile(safeFileName(file.name), 'application/octet-stream', content);
      return Promise.resolve(texts.saved);
    });
  const show = (): Promise<void> =>
    open(async (content) => {
      const preview = await previewOf(content);
      if (preview === null) {
        return texts.notShown;
      }
      if (preview === 'undrawn') {
        return texts.undrawn;
      }
      setShown('picture' in preview ? { picture: URL.createObjectURL(preview.picture) } : preview);
      return '';
    });
  const notAPicture = (): void => {
    setShown(null);
    setState({ at: 'rest', words: texts.damagedPicture });
  };

  const opening = state.at === 'opening';
  const name = showControls(file.name);
  return (
    <li>
      <p class="file-name" id={`${id}-name`}>
        <Inline text={file.name} /> <span class="size">{sizeText(file.size)}</span>
      </p>
      {!file.proven && <p class="problem">{texts.unproven}</p>}
      {file.cleaned.length > 0 && (
        <p class="hint">
          <Inline text={texts.cleaned(file.cleaned)} />
        </p>
      )}
      {file.cleaned.length === 0 && file.ref.of === 'attachment' && <p class="hint">{texts.notCleaned}</p>}
      <div class="file-actions">
        <button
          type="button"
          class="quiet"
          ref={saving}
          aria-disabled={opening}
          aria-describedby={`${id}-name`}
          onClick={() => void save()}
        >
          {texts.save}
        </button>
        {(shown !== null || offersPreview(file)) && (
          <button
            type="button"
            class="quiet"
            aria-disabled={opening}
            aria-expanded={shown !== null}
            aria-describedby={`${id}-name`}
            onClick={() => (shown === null ? void show() : setShown(null))}
          >
            {shown === null ? texts.show : texts.hide}
          </button>
        )}
        {state.at === 'opening' && (
          <>
            <progress max={100} value={state.percent} aria-labelledby={`${id}-name`} />
            <button type="button" class="quiet" ref={cancelling} aria-describedby={`${id}-name`} onClick={cancel}>
              {texts.cancel}
            </button>
          </>
        )}
      </div>
      {/* Said once for every ten percent, so that a screen reader can follow. */}
      <p class="hint" role="status">
        {state.at === 'opening' ? texts.opening(state.percent - (state.percent % 10)) : ''}
        {state.at === 'rest' ? state.words : ''}
      </p>
      {state.at === 'failed' && <Problem code={state.code} onRetry={state.again} onLock={desk.onLock} />}
      {shown !== null && 'picture' in shown && (
        <img class="shown" src={shown.picture} alt={texts.picture(name)} onError={notAPicture} />
      )}
      {shown !== null && 'text' in shown && (
        // What is longer than its box can be scrolled by keyboard, too.
        <div class="shown" role="region" tabIndex={0} aria-label={texts.text(name)}>
          <Block text={shown.text} />
        </div>
      )}
    </li>
  );
}
