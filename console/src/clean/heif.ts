/**
 * HEIF (ISO/IEC 23008-12): HEIC and AVIF pictures. Everything keeps its place, because the file counts in places: what
 * goes is overwritten.
 */
import { concat, Cursor, encoded, equal, latin1, startsWith } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import { tellExif } from './exif';
import { boxes, type IsoBox, type ItemKind, itemKinds, itemPlaces, type Range, versioned } from './heif-items';
import type { Traces } from './traces';
import { tellXmp } from './xmp';

/** An Exif item with nothing in it: the offset of the TIFF header, the header, a directory without entries. */
const NO_EXIF = Uint8Array.of(0, 0, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0);
/** An XMP packet with nothing in it; spaces follow. */
const NO_XMP = encoded('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');

/**
 * The picture without anything beside it. What it shows is not touched.
 *
 * @throws CannotClean `damaged` if the structure is not understood exactly.
 */
export function cleanHeif(file: Uint8Array, traces: Traces): Uint8Array {
  const picture = new Picture(file, traces);
  picture.clean();
  return picture.cleaned;
}

class Picture {
  readonly #file: Uint8Array;
  readonly #traces: Traces;
  readonly cleaned: Uint8Array;

  constructor(file: Uint8Array, traces: Traces) {
    this.#file = file;
    this.#traces = traces;
    this.cleaned = file.slice();
  }

  clean(): void {
    let meta: IsoBox | null = null;
    const data: Range[] = [];
    for (const part of boxes(this.#file, { start: 0, end: this.#file.length })) {
      switch (part.kind) {
        case 'ftyp':
          break;
        case 'mdat':
          data.push(part.content);
          break;
        case 'free':
        case 'skip':
          this.#blankUnused(part.content);
          break;
        case 'moov':
        case 'moof':
          // A film, or a sequence: samples that are counted by other tables.
          throw new CannotClean('damaged');
        case 'meta':
          if (meta !== null) {
            throw new CannotClean('damaged');
          }
          meta = part;
          break;
        default:
          this.#free(part, 'other', part.kind);
      }
    }
    if (meta === null) {
      throw new CannotClean('damaged');
    }
    this.#metadata(meta, data);
  }

  #metadata(meta: IsoBox, data: Range[]): void {
    const parts = new Map<string, IsoBox>();
    for (const part of boxes(this.#file, versioned(this.#file, meta).content)) {
      this.#part(part);
      if (['idat', 'iinf', 'iloc'].includes(part.kind)) {
        if (parts.has(part.kind)) {
          throw new CannotClean('damaged');
        }
        parts.set(part.kind, part);
      }
    }
    const [idat, iinf, iloc] = [parts.get('idat') ?? null, parts.get('iinf'), parts.get('iloc')];
    if (iinf === undefined || iloc === undefined) {
      throw new CannotClean('damaged');
    }
    if (idat !== null) {
      data.push(idat.content);
    }
    const kinds = itemKinds(this.#file, iinf);
    const places = itemPlaces(this.#file, iloc, idat);
    this.#blankBetween(inOrder(places.flatMap(({ extents }) => extents)), inOrder(data));
    for (const { item, extents } of places) {
      const kind = kinds.get(item);
      if (kind === undefined) {
        throw new CannotClean('damaged');
      }
      if (kind !== 'picture') {
        this.#blankItem(kind, extents);
      }
    }
  }

  #part(part: IsoBox): void {
    switch (part.kind) {
      case 'hdlr':
      case 'pitm':
      case 'iinf':
      case 'iloc':
      case 'idat':
      case 'dinf':
      case 'grpl':
        break;
      case 'iref':
        // Small pictures of the picture stay: their data belongs to tables that name them.
        if (boxes(this.#file, versioned(this.#file, part).content).some(({ kind }) => kind === 'thmb')) {
          this.#traces.left('thumbnail');
        }
        break;
      case 'iprp':
        this.#properties(part);
        break;
      case 'free':
      case 'skip':
        this.#blankUnused(part.content);
        break;
      case 'uuid':
      case 'xml ':
      case 'bxml':
      case 'udta':
        this.#free(part, 'other', part.kind);
        break;
      default:
        throw new CannotClean('damaged');
    }
  }

  /** Overwrites an item that is not a picture, and tells what it held. */
  #blankItem(kind: Exclude<ItemKind, 'picture'>, extents: readonly Range[]): void {
    const held = concat(extents.map(({ start, end }) => this.#file.subarray(start, end)));
    const blank = new Uint8Array(held.length).fill(kind === 'xmp' ? 0x20 : 0);
    const nothing = { exif: NO_EXIF, xmp: NO_XMP, other: new Uint8Array() }[kind];
    if (nothing.length <= blank.length) {
      blank.set(nothing);
    }
    if (equal(held, blank)) {
      return;
    }
    if (kind === 'exif') {
      this.#tellExif(held);
    } else if (kind === 'xmp') {
      tellXmp(held, this.#traces);
    } else {
      this.#traces.removed('other');
    }
    let at = 0;
    for (const { start, end } of extents) {
      this.cleaned.set(blank.subarray(at, at + end - start), start);
      at += end - start;
    }
  }

  #tellExif(held: Uint8Array): void {
    const before = this.#traces.removals;
    // The first four bytes say how far behind them the TIFF structure begins.
    const offset = held.length < 4 ? held.length : new Cursor(held).u32();
    // The orientation of these pictures is a property of its own; Exif's is not looked at.
    tellExif(held.subarray(Math.min(4 + offset, held.length)), this.#traces);
    if (this.#traces.removals === before) {
      this.#traces.removed('other', 'Exif');
    }
  }

  /**
   * Overwrites what no item uses: programs that change a picture leave its earlier data there. Items have to stand in
   * what is set apart for data, and apart from each other, or overwriting them would break the file.
   */
  #blankBetween(used: readonly Range[], data: readonly Range[]): void {
    let next = 0;
    for (const part of data) {
      let at = part.start;
      for (let extent = used[next]; extent !== undefined && extent.start < part.end; extent = used[next]) {
        if (extent.start < at || extent.end > part.end) {
          throw new CannotClean('damaged');
        }
        this.#blankUnused({ start: at, end: extent.start });
        at = extent.end;
        next += 1;
      }
      this.#blankUnused({ start: at, end: part.end });
    }
    if (next < used.length) {
      throw new CannotClean('damaged');
    }
  }

  #blankUnused({ start, end }: Range): void {
    const unused = this.cleaned.subarray(start, end);
    if (unused.some((byte) => byte !== 0)) {
      unused.fill(0);
      this.#traces.removed('other', 'data that nothing uses');
    }
  }

  /** Makes a box one that readers skip. */
  #free(part: IsoBox, kind: TraceKind, value = ''): void {
    this.#traces.removed(kind, value);
    this.cleaned.set(encoded('free'), part.kindAt);
    this.cleaned.fill(0, part.content.start, part.content.end);
  }

  /** Properties are counted, so that those which go leave an empty one behind. */
  #properties(iprp: IsoBox): void {
    const containers = boxes(this.#file, iprp.content).filter(({ kind }) => kind === 'ipco');
    for (const property of containers.flatMap(({ content }) => boxes(this.#file, content))) {
      switch (property.kind) {
        case 'udes':
          this.#free(property, 'title');
          break;
        case 'crtt':
        case 'mdft':
          this.#free(property, 'dates');
          break;
        case 'uuid':
          this.#free(property, 'other', 'uuid');
          break;
        case 'free':
        case 'skip':
          this.#blankUnused(property.content);
          break;
        case 'colr':
          if (!startsWith(this.#file.subarray(property.content.start, property.content.end), 'nclx')) {
            this.#traces.left('profile');
          }
          break;
        default:
      }
    }
  }
}

function inOrder(ranges: readonly Range[]): readonly Range[] {
  return [...ranges].sort((a, b) => a.start - b.start);
}

/** Brands of ISO base media files that hold pictures. */
const BRANDS = new Set('heic heix heim heis mif1 msf1 hevc hevx avif avis'.split(' '));

/** Whether a file starts as HEIF does. */
export function isHeif(file: Uint8Array): boolean {
  return startsWith(file.subarray(4), 'ftyp') && BRANDS.has(latin1(file.subarray(8, 12)));
}
