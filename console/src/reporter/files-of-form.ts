/** The files of a form: looked at first, then sealed and sent. */
import { Attaching, type CaseOfFiles, type SealedFile } from './attach';
import { FileList } from './file-list';
import { element } from './element';
import { showNotice, showQuestion } from './problems';
import { textOf, type ScriptData } from './script-data';

/** The part of a form where files are chosen, if it has one. */
export interface FilesOfForm {
  readonly list: FileList;
  readonly attaching: Attaching;
}

/** Takes it over. */
export function filesOf(form: HTMLFormElement, data: ScriptData): FilesOfForm | null {
  const section = form.querySelector<HTMLElement>('section.files');
  if (section === null) {
    return null;
  }
  const list = new FileList(section, data, data.files);
  return { list, attaching: new Attaching(list, data) };
}

/** The name of the sentence for a site that could not be reached: it says what became of the files, if there are any. */
export function unreachableText(files: FilesOfForm | null): string {
  return files !== null && files.list.going.length > 0 ? 'unreachable_files_text' : 'unreachable_text';
}

/** Sends the files of a form, if it has any. `null` where the reporter has to look, or to press the button again. */
export async function attach(
  form: HTMLFormElement,
  data: ScriptData,
  files: FilesOfForm | null,
  to: CaseOfFiles,
): Promise<readonly SealedFile[] | null> {
  if (files === null || files.list.going.length === 0) {
    return [];
  }
  if (await files.list.toLookAt()) {
    const more = element('p', {});
    more.append(element('a', { href: '#files-title' }, textOf(data, 'look_link')));
    showQuestion('notice', textOf(data, 'look'), textOf(data, 'look_text'), more);
    return null;
  }
  const button = form.querySelector<HTMLElement>('button[type="submit"]') ?? form;
  const attached = await files.attaching.send(to, button);
  if (attached.answer === 'attached') {
    files.list.sent();
    return attached.attachments;
  }
  if (attached.answer === 'failed') {
    showNotice(attached.title, attached.text);
  } else {
    showNotice(textOf(data, 'stopped'), textOf(data, 'stopped_text'));
  }
  return null;
}
