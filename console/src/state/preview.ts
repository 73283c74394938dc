/** What of a stranger's file can be shown in the page without harm: pictures and plain text, told by what is in them. */
import type { CaseFile } from '../session/types';

/** The largest picture that is shown, in bytes. */
const LARGEST_PICTURE = 20 * 1024 * 1024;
/** The longest text that is shown, in bytes. */
const LONGEST_TEXT = 1024 * 1024;

export type Preview = { readonly picture: Blob } | { readonly text: string };

/** Whether a file may be one that can be shown. Its name and type only say whether to offer it. */
export function offersPreview(file: CaseFile): boolean {
  const ending = /\.([a-z0-9]+)$/iu.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const picture = ['jpg', 'jpeg', 'png', 'webp', 'gif'].includes(ending) || file.mediaType.startsWith('image/');
  const text = ['txt', 'csv', 'log', 'md', 'json', 'eml'].includes(ending) || file.mediaType === 'text/plain';
  return (picture && file.size <= LARGEST_PICTURE) || (text && file.size <= LONGEST_TEXT);
}

/** What can be shown of an opened file; `null` for anything else. */
export async function previewOf(content: Blob): Promise<Preview | null> {
  const head = new Uint8Array(await content.slice(0, 12).arrayBuffer());
  const type = pictureType(head);
  if (type !== null && content.size <= LARGEST_PICTURE) {
    return { picture: new Blob([content], { type }) };
  }
  if (content.size > LONGEST_TEXT) {
    return null;
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await content.arrayBuffer());
    // Other control characters are no part of a text that people wrote.
    return /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/u.test(text) ? null : { text };
  } catch {
    return null;
  }
}

function pictureType(head: Uint8Array): string | null {
  const starts = (text: string, at = 0): boolean =>
    Array.from(text).every((character, index) => head[at + index] === character.charCodeAt(0));
  if (starts('\u0089PNG\r\n\u001a\n')) {
    return 'image/png';
  }
  if (starts('\u00ff\u00d8\u00ff')) {
    return 'image/jpeg';
  }
  if (starts('GIF87a') || starts('GIF89a')) {
    return 'image/gif';
  }
  return starts('RIFF') && starts('WEBP', 8) ? 'image/webp' : null;
}
