import { useState } from 'preact/hooks';
import { note as texts } from '../../texts/console';
import type { CaseDesk } from './CaseView';
import { TextBox } from './TextBox';

/** An internal note. */
export function NoteBox({ desk }: { readonly desk: CaseDesk }) {
  const { session, drafts, whole, reload, onLock } = desk;
  const { id } = whole.summary;
  const [text, setText] = useState(drafts.get(id).note);
  const keep = (note: string): void => {
    setText(note);
    drafts.set(id, { ...drafts.get(id), note });
  };
  return (
    <TextBox
      title={texts.title}
      label={texts.label}
      hint={texts.hint}
      button={texts.send}
      working={texts.sending}
      done={texts.sent}
      text={text}
      onText={keep}
      onLock={onLock}
      send={async (note) => {
        await session.desk.note(id, note);
        keep('');
        await reload();
      }}
    />
  );
}
