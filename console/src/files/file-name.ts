/** Names of files that somebody else chose, made safe to save under. Twin of server/src/domain/file_name.rs. */

/** The longest name, in characters. */
const LONGEST = 200;
// Names that Windows keeps for devices, whatever their ending.
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu;

/** A name without path, without characters that mislead about its ending, and without those that some system refuses. */
export function safeFileName(sent: string): string {
  const last = sent.split(/[/\\]/u).at(-1) ?? '';
  const plain = Array.from(last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '')).slice(0, LONGEST);
  const name = plain.join('').replace(/^[.\s]+|[.\s]+$/gu, '');
  return name === '' ? 'file' : RESERVED.test(name) ? `_${name}` : name;
}

/** A size as people write it, in the units that file managers show: `3.4 MB`. */
export function sizeText(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  if (megabytes >= 1) {
    return `${(Math.floor(megabytes * 10) / 10).toLocaleString('en')} MB`;
  }
  return bytes >= 1024 ? `${Math.floor(bytes / 1024)} kB` : bytes === 1 ? '1 byte' : `${bytes} bytes`;
}
