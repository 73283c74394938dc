import type { CaseFile } from '../../session/types';
import { files as texts } from '../../texts/files';
import type { CaseDesk } from './CaseView';
import { FileItem } from './FileItem';

interface Props {
  readonly desk: CaseDesk;
  /** That of the report, message or reply. */
  readonly position: number;
  /** Its heading is one level below that of what the files came with. */
  readonly heading: 'h3' | 'h4';
}

/** The files that came with a report, message or reply; nothing where there are none. */
export function FileList({ desk, position, heading: Heading }: Props) {
  const files = desk.whole.files.filter((file) => file.position === position);
  if (files.length === 0) {
    return null;
  }
  return (
    <div class="files">
      <Heading>{texts.title}</Heading>
      {files.some(({ ref }) => ref.of === 'attachment') && <p class="hint">{texts.warning}</p>}
      <ul>
        {files.map((file) => (
          <FileItem key={keyOf(file)} file={file} desk={desk} />
        ))}
      </ul>
    </div>
  );
}

function keyOf({ ref }: CaseFile): string {
  return ref.of === 'attachment' ? `a${String(ref.number)}` : `r${String(ref.number)}-${String(ref.part)}`;
}
