import { useState } from 'preact/hooks';
import { asksForIdentity } from '../../state/identity-questions';
import { reply as texts } from '../../texts/console';
import type { CaseDesk } from './CaseView';
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
      send={async (reply) => {
        await session.desk.reply(id, reply);
        keep('');
        await reload();
      }}
    >
      <p class="notice calm">{texts.warning}</p>
    </TextBox>
  );
}
