import type { CaseFile } from '../../session/types';
import { files as texts } from '../../texts/files';
import type { CaseDesk } from './CaseView';
import { FileItem } from './FileItem';

/** The files that came with a report, message or reply; nothing where there are none. */
export function FileList({ desk, position }: { readonly desk: CaseDesk; readonly position: number }) {
  const files = desk.whole.files.filter((file) => file.position === position);
  if (files.length === 0) {
    return null;
  }
  return (
    <div class="files">
      <h4>{texts.title}</h4>
      <ul>
        {files.map((file) => (
          <FileItem key={keyOf(file)} file={file} desk={desk} />
        ))}
      </ul>
      <p class="hint">{texts.warning}</p>
    </div>
  );
}

function keyOf({ ref }: CaseFile): string {
  return ref.of === 'attachment' ? `a${String(ref.number)}` : `r${String(ref.number)}-${String(ref.part)}`;
}
