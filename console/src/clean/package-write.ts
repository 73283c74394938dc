import { type Zippable, zipSync, type ZippableFile } from 'fflate';

// The constructor with numbers, because the zip file keeps local time: the same bytes in every time zone.
const MTIME = new Date(1980, 0, 1);

/** A zip archive that says nothing beside its parts: times are 1980-01-01, there are no extra fields and no comments. */
export function writePackage(parts: readonly (readonly [name: string, content: Uint8Array])[]): Uint8Array {
  const files = parts.map(([name, content]): [string, ZippableFile] => {
    // OpenDocument wants its type to be read without unpacking.
    const level = name === 'mimetype' || content.length === 0 ? 0 : 6;
    return [name, [content, { level, mtime: MTIME }]];
  });
  return zipSync(Object.fromEntries(files) as Zippable);
}
