import { useEffect, useRef, useState } from 'preact/hooks';
import { asksForIdentity } from '../../state/identity-questions';
import { reply as texts } from '../../texts/console';
import { replyFiles as fileTexts } from '../../texts/files';
import type { CaseDesk } from './CaseView';
import { ReplyFiles } from './ReplyFiles';
import { TextBox } from './TextBox';

/** A reply to the reporter. */
export function ReplyBox({ desk }: { readonly desk: CaseDesk }) {
  const { session, drafts, whole, reload, onLock } = desk;
  const { id } = whole.summary;
  const [text, setText] = useState(drafts.get(id).reply);
  const keep = (reply: string): void => {
    setText(reply);
    drafts.set(id, { ...drafts.get(id), reply });
  };
  const [files, setFiles] = useState<readonly File[]>([]);
  // Chosen before the console was locked or another case was shown.
  const [gone, setGone] = useState(drafts.get(id).files ?? []);
  const keepFiles = (chosen: readonly File[]): void => {
    setFiles(chosen);
    setGone([]);
    drafts.set(id, { ...drafts.get(id), files: chosen.map((file) => file.name) });
  };
  const [percent, setPercent] = useState<number | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const send = async (reply: string): Promise<void> => {
    abort.current = new AbortController();
    if (files.length > 0) {
      setPercent(0);
    }
    const tell = (done: number, total: number): void => setPercent(Math.floor((done / Math.max(1, total)) * 100));
    try {
      await session.reply(id, reply, files, tell, abort.current.signal);
    } finally {
      setPercent(null);
    }
    keep('');
    keepFiles([]);
    await reload();
  };
  return (
    <TextBox
      title={texts.title}
      label={texts.label}
      hint={texts.hint(session.me.recipient.title)}
      button={texts.send}
      working={texts.sending}
      done={texts.sent}
      text={text}
      onText={keep}
      advice={asksForIdentity(text) ? texts.asks : undefined}
      onLock={onLock}
      send={send}
      below={
        <>
          {session.me.mostFiles > 0 && (
            <ReplyFiles
              most={session.me.mostFiles}
              largest={session.me.largestFile}
              files={files}
              gone={gone}
              onFiles={keepFiles}
              busy={percent !== null}
            />
          )}
          {percent !== null && (
            <div class="file-actions">
              <progress max={100} value={percent} aria-label={fileTexts.choose} />
              <button
                type="button"
                class="quiet"
                onClick={({ currentTarget }) => {
                  // A button that goes away must not take the focus with it.
                  currentTarget.form?.querySelector<HTMLButtonElement>('[type="submit"]')?.focus();
                  abort.current?.abort();
                }}
              >
                {fileTexts.cancel}
              </button>
              <span role="status">{fileTexts.sending(percent - (percent % 10))}</span>
            </div>
          )}
        </>
      }
    >
      <p class="notice calm">{texts.warning}</p>
    </TextBox>
  );
}
