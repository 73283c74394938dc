/** What of a stranger's file can be shown in the page without harm: pictures and plain text, told by what is in them. */
import type { CaseFile } from '../session/types';

/** The largest picture that is shown, in bytes. */
const LARGEST_PICTURE = 20 * 1024 * 1024;
/** The longest text that is shown, in bytes. */
const LONGEST_TEXT = 1024 * 1024;

/** What is shown; `undrawn` is a picture of a kind that browsers do not draw, or not all of them. */
export type Preview = { readonly picture: Blob } | { readonly text: string } | 'undrawn';

const PICTURE_TYPES: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];
// A drawing in SVG is markup that can run: it is shown as the text that it is.
const TEXT_TYPES: readonly string[] = ['text/plain', 'image/svg+xml'];
// Formats in the container of MP4 that hold pictures: HEIC of telephones, AVIF.
const BOXED_PICTURES: readonly string[] = [
  'heic',
  'heix',
  'heim',
  'heis',
  'hevc',
  'hevx',
  'mif1',
  'msf1',
  'avif',
  'avis',
];

/** Whether a file may be one that can be shown. Its name and type only say whether to offer it. */
export function offersPreview(file: CaseFile): boolean {
  const ending = /\.([a-z0-9]+)$/iu.exec(file.name)?.[1]?.toLowerCase() ?? '';
  const picture = ['jpg', 'jpeg', 'png', 'webp', 'gif'].includes(ending) || PICTURE_TYPES.includes(file.mediaType);
  const text =
    ['txt', 'csv', 'log', 'md', 'json', 'eml', 'svg'].includes(ending) || TEXT_TYPES.includes(file.mediaType);
  return (picture && file.size <= LARGEST_PICTURE) || (text && file.size <= LONGEST_TEXT);
}

/** What can be shown of an opened file; `null` for anything else. */
export async function previewOf(content: Blob): Promise<Preview | null> {
  const head = new Uint8Array(await content.slice(0, 12).arrayBuffer());
  const type = pictureType(head);
  if (type !== null && content.size <= LARGEST_PICTURE) {
    return { picture: new Blob([content], { type }) };
  }
  if (isUndrawn(head)) {
    return 'undrawn';
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

function starts(head: Uint8Array, text: string, at = 0): boolean {
  return Array.from(text).every((character, index) => head[at + index] === character.charCodeAt(0));
}

/** Whether it begins as HEIC, AVIF or TIFF do. */
function isUndrawn(head: Uint8Array): boolean {
  const boxed = starts(head, 'ftyp', 4) && BOXED_PICTURES.some((brand) => starts(head, brand, 8));
  return boxed || starts(head, 'II*\u0000') || starts(head, 'MM\u0000*');
}

function pictureType(head: Uint8Array): string | null {
  if (starts(head, '\u0089PNG\r\n\u001a\n')) {
    return 'image/png';
  }
  if (starts(head, '\u00ff\u00d8\u00ff')) {
    return 'image/jpeg';
  }
  if (starts(head, 'GIF87a') || starts(head, 'GIF89a')) {
    return 'image/gif';
  }
  return starts(head, 'RIFF') && starts(head, 'WEBP', 8) ? 'image/webp' : null;
}
