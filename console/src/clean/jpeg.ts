/** JPEG (ISO/IEC 10918-1): segments between markers. The picture's own are copied, all others go. */
import { concat, Cursor, encoded, shown, startsWith, u16 } from './bytes';
import { CannotClean } from './codes';
import { minimalExif, tellExif } from './exif';
import { tellPhotoshop } from './iptc';
import type { Traces } from './traces';
import { tellXmp } from './xmp';

const TEM = 0x01;
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP15 = 0xef;
const COM = 0xfe;

const XMP = 'http://ns.adobe.com/xap/1.0/\0';
const PHOTOSHOP = 'Photoshop 3.0\0';

/** Length of JFIF's segment without a thumbnail: name, version, unit, two densities, two zeros. */
const JFIF_LENGTH = 14;
/** Length of Adobe's segment: name, version, two fields of flags, the colour transform. */
const ADOBE_LENGTH = 12;

/**
 * The picture without anything beside it. What it shows is copied bit by bit.
 *
 * @throws CannotClean `damaged` if the file is not made up as a picture is.
 */
export function cleanJpeg(file: Uint8Array, traces: Traces): Uint8Array {
  const picture = new Picture(traces);
  const behind = picture.read(new Cursor(file));
  if (behind.length > 0) {
    traces.removed('other', 'data after the picture');
  }
  return picture.written();
}

class Picture {
  readonly #traces: Traces;
  #jfif: Uint8Array | null = null;
  #adobe: Uint8Array | null = null;
  #orientation: number | null = null;
  /** Everything that makes the picture, as it stood, up to EOI. */
  readonly #segments: Uint8Array[] = [];

  constructor(traces: Traces) {
    this.#traces = traces;
  }

  /** Reads up to EOI; what follows it. */
  read(cursor: Cursor): Uint8Array {
    if (cursor.u16() !== 0xff00 + SOI) {
      throw new CannotClean('damaged');
    }
    for (let hasScan = false; ;) {
      const kind = marker(cursor);
      if (kind === EOI && hasScan) {
        return cursor.rest;
      }
      if (kind === TEM) {
        continue;
      }
      if ((kind >= APP0 && kind <= APP15) || kind === COM) {
        this.#beside(kind, content(cursor));
      } else if ((kind >= 0xc0 && kind <= 0xcf) || (kind >= SOS && kind <= 0xdf)) {
        // Frames, tables, restart interval, number of lines, scans: all that a decoder reads.
        this.#segments.push(segment(kind, content(cursor)));
        if (kind === SOS) {
          hasScan = true;
          this.#segments.push(scan(cursor));
        }
      } else {
        throw new CannotClean('damaged');
      }
    }
  }

  /** A segment that is not needed to decode the picture, or hardly. */
  #beside(kind: number, of: Uint8Array): void {
    const is = (app: number, name: string): boolean => kind === APP0 + app && startsWith(of, name);
    const traces = this.#traces;
    if (kind === COM) {
      traces.removed('comment', shown(of));
    } else if (is(0, 'JFIF\0') && this.#jfif === null) {
      this.#keepJfif(of);
    } else if (is(0, 'JFXX\0')) {
      traces.removed('thumbnail');
    } else if (is(1, 'Exif\0')) {
      // One byte of padding follows the name.
      const orientation = tellExif(of.subarray(6), traces);
      this.#orientation ??= orientation;
    } else if (is(1, XMP)) {
      tellXmp(of.subarray(XMP.length), traces);
    } else if (is(2, 'ICC_PROFILE\0')) {
      traces.removed('profile');
    } else if (is(2, 'MPF\0')) {
      traces.removed('other', 'more pictures in the same file');
    } else if (is(13, PHOTOSHOP)) {
      tellPhotoshop(of.subarray(PHOTOSHOP.length), traces);
    } else if (is(14, 'Adobe') && this.#adobe === null) {
      this.#adobe = of.length >= ADOBE_LENGTH ? of.subarray(0, ADOBE_LENGTH) : null;
      if (of.length !== ADOBE_LENGTH) {
        traces.removed('other', 'APP14');
      }
    } else {
      traces.removed('other', `APP${kind - APP0}`);
    }
  }

  #keepJfif(of: Uint8Array): void {
    if (of.length !== JFIF_LENGTH || of[12] !== 0 || of[13] !== 0) {
      this.#traces.removed('thumbnail');
    }
    if (of.length >= JFIF_LENGTH) {
      this.#jfif = of.slice(0, JFIF_LENGTH).fill(0, 12);
    }
  }

  written(): Uint8Array {
    const pieces: Uint8Array[] = [Uint8Array.of(0xff, SOI)];
    if (this.#jfif !== null) {
      pieces.push(segment(APP0, this.#jfif));
    }
    if (this.#orientation !== null && this.#orientation !== 1) {
      pieces.push(segment(0xe1, concat([encoded('Exif\0\0'), minimalExif(this.#orientation)])));
    }
    if (this.#adobe !== null) {
      pieces.push(segment(0xee, this.#adobe));
    }
    return concat([...pieces, ...this.#segments, Uint8Array.of(0xff, EOI)]);
  }
}

function segment(kind: number, of: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(0xff, kind), u16(of.length + 2), of]);
}

/** The next marker; any number of fill bytes may stand before it. */
function marker(cursor: Cursor): number {
  if (cursor.byte() !== 0xff) {
    throw new CannotClean('damaged');
  }
  for (;;) {
    const kind = cursor.byte();
    if (kind !== 0xff) {
      return kind;
    }
  }
}

function content(cursor: Cursor): Uint8Array {
  const length = cursor.u16();
  if (length < 2) {
    throw new CannotClean('damaged');
  }
  return cursor.take(length - 2);
}

/** The coded data of a scan: up to a marker that is neither a stuffed zero nor a restart. */
function scan(cursor: Cursor): Uint8Array {
  const data = cursor.rest;
  for (let at = data.indexOf(0xff); at !== -1; at = data.indexOf(0xff, at)) {
    const next = data[at + 1] ?? -1;
    if (next === 0 || (next >= 0xd0 && next <= 0xd7)) {
      at += 2;
    } else if (next === 0xff) {
      // A fill byte: whether it belongs to a marker shows in the next one.
      at += 1;
    } else {
      return cursor.take(at);
    }
  }
  throw new CannotClean('damaged');
}
