import { useId, useRef, useState } from 'preact/hooks';
import { sizeText } from '../../files/file-name';
import { showControls } from '../../state/visible-text';
import { replyFiles as texts } from '../../texts/files';
import { Inline } from '../Hostile';

interface Props {
  /** The most files, and how large one may be, in bytes. */
  readonly most: number;
  readonly largest: number;
  readonly files: readonly File[];
  /** Names of files that were chosen and have to be chosen again. */
  readonly gone: readonly string[];
  readonly onFiles: (files: readonly File[]) => void;
  readonly busy: boolean;
}

/** Choosing files that go with a reply. */
export function ReplyFiles({ most, largest, files, gone, onFiles, busy }: Props) {
  const [problem, setProblem] = useState('');
  const chooser = useRef<HTMLInputElement>(null);
  const id = useId();
  const add = (chosen: readonly File[]): void => {
    const large = chosen.find((file) => file.size > largest);
    const all = [...files, ...chosen.filter((file) => file.size <= largest)];
    setProblem(
      large !== undefined
        ? texts.tooLarge(large.name, sizeText(largest))
        : all.length > most
          ? texts.tooMany(
              most,
              all.slice(most).map((file) => file.name),
            )
          : '',
    );
    onFiles(all.slice(0, most));
  };
  const remove = (at: number): void => {
    // The button that was pressed goes away.
    chooser.current?.focus();
    setProblem('');
    onFiles(files.filter((_, other) => other !== at));
  };
  return (
    <div class={problem === '' ? 'field' : 'field wrong'}>
      <label for={id}>{texts.choose}</label>
      <p class="hint" id={`${id}-hint`}>
        {texts.hint(most, sizeText(largest))}
      </p>
      {gone.length > 0 && (
        <p class="problem" role="status">
          <Inline text={texts.chooseAgain(gone)} />
        </p>
      )}
      {problem !== '' && (
        <p class="problem" role="alert">
          <Inline text={problem} />
        </p>
      )}
      <input
        id={id}
        ref={chooser}
        type="file"
        multiple={most > 1}
        disabled={busy}
        aria-describedby={`${id}-hint`}
        onChange={(event) => {
          add(Array.from(event.currentTarget.files ?? []));
          // The same file can be chosen again after it was removed.
          event.currentTarget.value = '';
        }}
      />
      {files.length > 0 && (
        <ul class="chosen">
          {files.map((file, at) => (
            <li key={`${file.name} ${String(at)}`}>
              <span>
                <Inline text={file.name} /> <span class="size">{sizeText(file.size)}</span>
              </span>
              <button
                type="button"
                class="quiet"
                aria-label={texts.remove(showControls(file.name))}
                disabled={busy}
                onClick={() => remove(at)}
              >
                ×
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
