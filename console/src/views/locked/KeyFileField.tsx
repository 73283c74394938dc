import type { Ref } from 'preact';
import { useState } from 'preact/hooks';
import { unlock as texts } from '../../texts/locked';
import { Inline } from '../Hostile';

/** A file that was chosen, and what it looks like from outside. */
export interface KeyFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly looks: 'protected' | 'plain' | 'odd';
}

/** Key files are small; what is larger is none, and need not be read. */
const LARGEST = 64 * 1024;

interface Props {
  readonly id: string;
  readonly chosen: KeyFile | null;
  readonly onChoose: (file: KeyFile) => void;
  readonly problem?: string;
  readonly field?: Ref<HTMLInputElement>;
}

/** A key file, chosen or dropped. */
export function KeyFileField({ id, chosen, onChoose, problem, field }: Props) {
  const [over, setOver] = useState(false);
  const take = async (files: FileList | null | undefined): Promise<void> => {
    const file = files?.[0];
    if (file !== undefined) {
      const bytes = new Uint8Array(await file.slice(0, LARGEST + 1).arrayBuffer());
      onChoose({ name: file.name, bytes, looks: looksOf(bytes) });
    }
  };
  return (
    <div class={problem === undefined ? 'field' : 'field wrong'}>
      <label for={id}>{texts.file}</label>
      {problem !== undefined && (
        <p class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
      <div
        class={over ? 'drop over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer?.files);
        }}
      >
        <input
          id={id}
          type="file"
          ref={field ?? null}
          aria-describedby={`${id}-hint${problem === undefined ? '' : ` ${id}-problem`}`}
          onChange={(event) => void take(event.currentTarget.files)}
        />
        <p class="hint" id={`${id}-hint`} aria-live="polite">
          {chosen === null ? (
            texts.fileHint
          ) : (
            <>
              <Inline text={texts.fileChosen(chosen.name)} />
              <br />
              {{ plain: texts.filePlain, protected: texts.fileProtected, odd: texts.fileOdd }[chosen.looks]}
            </>
          )}
        </p>
      </div>
    </div>
  );
}

function looksOf(bytes: Uint8Array): KeyFile['looks'] {
  const start = new TextDecoder('latin1').decode(bytes).trimStart();
  if (bytes.length > LARGEST) {
    return 'odd';
  }
  if (start.startsWith('age-encryption.org/') || start.startsWith('-----BEGIN AGE ENCRYPTED FILE-----')) {
    return 'protected';
  }
  return start.includes('AGE-SECRET-KEY-') ? 'plain' : 'odd';
}
