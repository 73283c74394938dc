/** Names of files: as they are sent, and made safe to save under. Twin of server/src/domain/file_name.rs. */

/** The longest name, in bytes of UTF-8: file systems hold 255, and some room is left for a number that tells two apart. */
const LONGEST = 200;
// What says what kind of file it is, and has to stay where a name is cut.
const ENDING = /\.[a-z0-9]{1,10}$/iu;
// Names that Windows keeps for devices, whatever their ending.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\.|$)/iu;

/** The longest name that is sent, in characters. */
const LONGEST_SENT = 200;

/** The name that is sent: without path, and without signs that would turn the direction of what stands around it. */
export function plainFileName(chosen: string): string {
  const last = chosen.split(/[/\\]/u).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '');
  const name = Array.from(plain).slice(0, LONGEST_SENT).join('');
  return name.trim() === '' ? 'file' : name;
}

/** A name without path, without characters that mislead about its ending, and without those that some system refuses. */
export function safeFileName(sent: string): string {
  const last = sent.split(/[/\\]/u).at(-1) ?? '';
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '');
  // A run of spaces would push the real ending out of sight.
  const spaced = plain.replace(/\s+/gu, ' ');
  const name = cut(spaced.replace(/^[.\s]+|[.\s]+$/gu, ''));
  return name === '' ? 'file' : RESERVED.test(name) ? `_${name}` : name;
}

function cut(name: string): string {
  const ending = ENDING.exec(name)?.[0] ?? '';
  let left = LONGEST - ending.length;
  let stem = '';
  for (const character of name.slice(0, name.length - ending.length)) {
    left -= new TextEncoder().encode(character).length;
    if (left < 0) {
      break;
    }
    stem += character;
  }
  return stem + ending;
}

/** A size as people write it, in the units that file managers show: `3.4 MB`. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  if (megabytes >= 1) {
    return `${(Math.floor(megabytes * 10) / 10).toLocaleString('en')} MB`;
  }
  return bytes >= 1024 ? `${Math.floor(bytes / 1024)} kB` : bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
