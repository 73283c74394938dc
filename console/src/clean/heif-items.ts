/** Boxes and items of HEIF pictures: what they are and where their bytes stand (ISO/IEC 14496-12). */
import { Cursor, latin1, untilZero } from './bytes';
import { CannotClean } from './codes';

/** Bytes of the file from `start` up to, and not including, `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** A box: a type, and content that may be boxes again. */
export interface IsoBox {
  readonly kind: string;
  /** Where the type's four letters stand in the file. */
  readonly kindAt: number;
  readonly content: Range;
}

/** What an item is: a coded picture or one that is put together from others, or data beside it. */
export type ItemKind = 'picture' | 'exif' | 'xmp' | 'other';

/** Item types that are pictures. Any other type is not understood. */
const PICTURES = new Set('hvc1 lhv1 av01 avc1 vvc1 jpeg j2k1 unci grid iden iovl tmap'.split(' '));

/** The boxes in a part of a file, one after the other: they have to fill it exactly. */
export function boxes(file: Uint8Array, { start, end }: Range): readonly IsoBox[] {
  const found: IsoBox[] = [];
  for (let at = start; at < end;) {
    const cursor = new Cursor(file.subarray(at, end));
    const short = cursor.u32();
    const kind = cursor.name();
    // 0 reaches to the end of what the box stands in.
    const length = short === 0 ? end - at : short === 1 ? cursor.number(8) : short;
    if (length < cursor.at || length > end - at) {
      throw new CannotClean('damaged');
    }
    found.push({ kind, kindAt: at + 4, content: { start: at + cursor.at, end: at + length } });
    at += length;
  }
  return found;
}

/** The version and the content of a box that begins with a version and flags. */
export function versioned(
  file: Uint8Array,
  { content }: IsoBox,
): { readonly version: number; readonly content: Range } {
  const start = content.start + 4;
  if (start > content.end) {
    throw new CannotClean('damaged');
  }
  return { version: file[content.start] ?? 0, content: { start, end: content.end } };
}

/** The kinds of all items by their numbers, from `iinf`. */
export function itemKinds(file: Uint8Array, iinf: IsoBox): ReadonlyMap<number, ItemKind> {
  const { version, content } = versioned(file, iinf);
  const kinds = new Map<number, ItemKind>();
  for (const entry of boxes(file, { start: content.start + (version === 0 ? 2 : 4), end: content.end })) {
    const inner = versioned(file, entry);
    const cursor = new Cursor(file.subarray(inner.content.start, inner.content.end));
    if (entry.kind !== 'infe' || (inner.version !== 2 && inner.version !== 3)) {
      throw new CannotClean('damaged');
    }
    const number = inner.version === 2 ? cursor.u16() : cursor.u32();
    // A protected item is encrypted by a scheme of its own.
    const isProtected = cursor.u16() !== 0;
    if (isProtected || kinds.has(number)) {
      throw new CannotClean('damaged');
    }
    kinds.set(number, itemKind(cursor.name(), cursor.rest));
  }
  return kinds;
}

function itemKind(type: string, rest: Uint8Array): ItemKind {
  if (type === 'Exif') {
    return 'exif';
  }
  if (type === 'mime') {
    const [, afterName] = untilZero(rest);
    return latin1(untilZero(afterName)[0]) === 'application/rdf+xml' ? 'xmp' : 'other';
  }
  if (type === 'uri ') {
    return 'other';
  }
  if (!PICTURES.has(type)) {
    throw new CannotClean('damaged');
  }
  return 'picture';
}

/** Where the bytes of an item stand in the file. */
export interface Located {
  readonly item: number;
  readonly extents: readonly Range[];
}

/** The places of all items, from `iloc`. `idat` is where the data inside of the metadata stands. */
export function itemPlaces(file: Uint8Array, iloc: IsoBox, idat: IsoBox | null): readonly Located[] {
  const { version, content } = versioned(file, iloc);
  const cursor = new Cursor(file.subarray(content.start, content.end));
  const [sizes, moreSizes] = [cursor.byte(), cursor.byte()];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, moreSizes >> 4];
  const indexSize = version === 0 ? 0 : moreSizes & 15;
  if (version > 2) {
    throw new CannotClean('damaged');
  }
  const count = version < 2 ? cursor.u16() : cursor.u32();
  const places: Located[] = [];
  let total = 0;
  for (let at = 0; at < count; at += 1) {
    const item = version < 2 ? cursor.u16() : cursor.u32();
    const method = version === 0 ? 0 : cursor.u16() & 15;
    const isElsewhere = cursor.u16() !== 0;
    const within = method === 0 ? { start: 0, end: file.length } : method === 1 ? idat?.content : undefined;
    if (isElsewhere || within === undefined) {
      throw new CannotClean('damaged');
    }
    const base = cursor.number(baseSize);
    const extents: Range[] = [];
    for (let left = cursor.u16(); left > 0; left -= 1) {
      cursor.number(indexSize);
      const start = within.start + base + cursor.number(offsetSize);
      const length = cursor.number(lengthSize);
      total += length;
      // No item shares its bytes with another, so that all together are not longer than the file.
      if (length === 0 || start + length > within.end || total > file.length) {
        throw new CannotClean('damaged');
      }
      extents.push({ start, end: start + length });
    }
    places.push({ item, extents });
  }
  return places;
}
