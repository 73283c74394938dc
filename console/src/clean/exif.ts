/** Exif: what cameras write beside the picture. Read to be shown; only the orientation is ever written back. */
import { concat, equal, latin1, shown, startsWith } from './bytes';
import type { TraceKind } from './codes';
import type { Traces } from './traces';

/** Exif that is read to be shown, in bytes. Cameras write less than 64 KiB; what is larger is removed unread. */
const LONGEST_READ = 256 * 1024;

const EXIF_DIRECTORY = 0x8769;
const GPS_DIRECTORY = 0x8825;
const ORIENTATION = 0x0112;
const MAKER_NOTE = 0x927c;
/** Where the thumbnail starts, in the directory of the thumbnail. */
const THUMBNAIL = 0x0201;

/** What each field tells. Fields that are not named here (exposure, say) tell little by themselves. */
const FIELDS: readonly (readonly [TraceKind, readonly number[]])[] = [
  // Make, Model, HostComputer, LensMake, LensModel
  ['device', [0x010f, 0x0110, 0x013c, 0xa433, 0xa434]],
  // BodySerialNumber, LensSerialNumber, CameraSerialNumber
  ['serial_number', [0xa431, 0xa435, 0xc62f]],
  // Artist, Copyright, XPAuthor, CameraOwnerName
  ['author', [0x013b, 0x8298, 0x9c9d, 0xa430]],
  // DateTime, DateTimeOriginal, DateTimeDigitized
  ['dates', [0x0132, 0x9003, 0x9004]],
  // ProcessingSoftware, Software
  ['software', [0x000b, 0x0131]],
  // DocumentName, ImageDescription, XPTitle, XPKeywords, XPSubject
  ['title', [0x010d, 0x010e, 0x9c9b, 0x9c9e, 0x9c9f]],
  // UserComment, XPComment
  ['comment', [0x9286, 0x9c9c]],
  // ImageUniqueID
  ['identifier', [0xa420]],
];

/**
 * Tells what is in Exif (a TIFF structure, without the prefix of its container).
 *
 * @returns the orientation, 1 to 8, where 1 is upright.
 */
export function tellExif(tiff: Uint8Array, traces: Traces): number {
  const exif = tiff.length > LONGEST_READ ? null : Tiff.open(tiff);
  if (exif === null) {
    traces.removed('other', 'Exif');
    return 1;
  }
  const primary = exif.directory(exif.first);
  const [claimed = 1] = exif.numbers(primary.get(ORIENTATION));
  const orientation = claimed >= 1 && claimed <= 8 ? claimed : 1;
  if (orientation !== 1 && equal(tiff, minimalExif(orientation))) {
    return orientation;
  }
  const before = traces.removals;
  const photo = exif.directory(exif.pointer(primary.get(EXIF_DIRECTORY)));
  for (const [kind, tags] of FIELDS) {
    for (const tag of tags) {
      for (const field of [primary.get(tag), photo.get(tag)]) {
        if (field !== undefined) {
          traces.removed(kind, exif.text(field));
        }
      }
    }
  }
  if (photo.has(MAKER_NOTE)) {
    traces.removed('other', 'maker note');
  }
  if (exif.directory(exif.next).has(THUMBNAIL)) {
    traces.removed('thumbnail');
  }
  const place = exif.directory(exif.pointer(primary.get(GPS_DIRECTORY)));
  if (place.size > 0) {
    traces.removed('place', position(exif, place));
  }
  if (traces.removals === before) {
    traces.removed('other', 'Exif');
  }
  return orientation;
}

/** Exif with the orientation and nothing else, 26 bytes. */
export function minimalExif(orientation: number): Uint8Array {
  // Header (the first directory at 8); one entry: tag 0x0112, type SHORT, one value; no further directory.
  return concat([
    Uint8Array.of(0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation),
    new Uint8Array(6),
  ]);
}

interface Field {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Uint8Array;
}

/** Bytes of a value by its type: BYTE, ASCII, SHORT, LONG, RATIONAL, SBYTE, UNDEFINED, … */
const SIZES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const [BYTE, ASCII, SHORT, LONG, RATIONAL, UNDEFINED] = [1, 2, 3, 4, 5, 7];

/** As much of a TIFF structure as is whole. A few directories are looked at, each once: it cannot lead in circles. */
class Tiff {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #little: boolean;

  private constructor(bytes: Uint8Array, little: boolean) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = little;
  }

  static open(bytes: Uint8Array): Tiff | null {
    const isTiff = bytes.length >= 8 && (startsWith(bytes, 'II*\0') || startsWith(bytes, 'MM\0*'));
    return isTiff ? new Tiff(bytes, bytes[0] === 0x49) : null;
  }

  /** Where the first directory is. */
  get first(): number {
    return this.#view.getUint32(4, this.#little);
  }

  /** Where the directory after the first one is, that of the thumbnail; 0 if there is none. */
  get next(): number {
    if (this.first + 2 > this.#bytes.length) {
      return 0;
    }
    const at = this.first + 2 + this.#view.getUint16(this.first, this.#little) * 12;
    return at + 4 > this.#bytes.length ? 0 : this.#view.getUint32(at, this.#little);
  }

  /** The fields of a directory that are whole. */
  directory(at: number): ReadonlyMap<number, Field> {
    const fields = new Map<number, Field>();
    if (at === 0 || at + 2 > this.#bytes.length) {
      return fields;
    }
    const count = this.#view.getUint16(at, this.#little);
    for (let entry = at + 2; entry < at + 2 + count * 12 && entry + 12 <= this.#bytes.length; entry += 12) {
      const field = this.#field(entry);
      if (field !== null && !fields.has(field.tag)) {
        fields.set(field.tag, field);
      }
    }
    return fields;
  }

  #field(entry: number): Field | null {
    const type = this.#view.getUint16(entry + 2, this.#little);
    const count = this.#view.getUint32(entry + 4, this.#little);
    const length = count * (SIZES[type] ?? 0);
    const at = length <= 4 ? entry + 8 : this.#view.getUint32(entry + 8, this.#little);
    if (length === 0 || at + length > this.#bytes.length) {
      return null;
    }
    const tag = this.#view.getUint16(entry, this.#little);
    return { tag, type, count, value: this.#bytes.subarray(at, at + length) };
  }

  /** Where a directory is that a field leads to. */
  pointer(field: Field | undefined): number {
    return this.numbers(field)[0] ?? 0;
  }

  /** The first few numbers of a field. */
  numbers(field: Field | undefined): readonly number[] {
    if (field === undefined) {
      return [];
    }
    const { value, type } = field;
    const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
    return Array.from({ length: Math.min(field.count, 4) }, (_, at) => {
      switch (type) {
        case SHORT:
          return view.getUint16(at * 2, this.#little);
        case LONG:
          return view.getUint32(at * 4, this.#little);
        case RATIONAL:
          return view.getUint32(at * 8, this.#little) / view.getUint32(at * 8 + 4, this.#little);
        default:
          return 0;
      }
    });
  }

  text(field: Field): string {
    switch (field.type) {
      case ASCII:
        return shown(field.value).split('\0').filter(Boolean).slice(0, 4).join(' ');
      case BYTE:
        // Windows writes its own fields in UTF-16, the least significant byte first.
        return field.tag >= 0x9c9b && field.tag <= 0x9c9f
          ? new TextDecoder('utf-16le').decode(field.value.subarray(0, 1000)).replace(/\0.*$/su, '')
          : '';
      case UNDEFINED:
        // UserComment: 8 bytes that name the encoding, then the text.
        return shown(field.value.subarray(8)).replaceAll('\0', '');
      default:
        return '';
    }
  }
}

/** Latitude and longitude in degrees, as maps are searched; empty where there is no full position. */
function position(exif: Tiff, place: ReadonlyMap<number, Field>): string {
  const degrees = (tag: number, reference: number, negative: string): number => {
    const field = place.get(tag);
    if (field?.type !== RATIONAL) {
      return NaN;
    }
    const [whole = NaN, minutes = NaN, seconds = NaN] = exif.numbers(field);
    const direction = latin1(place.get(reference)?.value.subarray(0, 1) ?? new Uint8Array());
    return (whole + minutes / 60 + seconds / 3600) * (direction === negative ? -1 : 1);
  };
  const [latitude, longitude] = [degrees(2, 1, 'S'), degrees(4, 3, 'W')];
  return Number.isFinite(latitude) && Number.isFinite(longitude)
    ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
    : '';
}
