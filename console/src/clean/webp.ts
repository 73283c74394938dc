/** WebP: a RIFF file. The chunks that make the picture are copied, all others go. */
import { concat, Cursor, encoded, startsWith, u32Little } from './bytes';
import { CannotClean } from './codes';
import { minimalExif, tellExif } from './exif';
import type { Traces } from './traces';
import { tellXmp } from './xmp';

/** Flags of VP8X that say which metadata the file has. */
const ICC_FLAG = 0x20;
const EXIF_FLAG = 0x08;
const XMP_FLAG = 0x04;
const HEADER_LENGTH = 10;
/** Length of an ANMF chunk's own fields, before the chunks in it. */
const FRAME_HEADER = 16;

/** Whether a file starts as WebP does. */
export function isWebp(file: Uint8Array): boolean {
  return startsWith(file, 'RIFF') && startsWith(file.subarray(8), 'WEBP');
}

/**
 * The picture without anything beside it. What it shows is copied bit by bit.
 *
 * @throws CannotClean `damaged` if the file is not made up as a picture is.
 */
export function cleanWebp(file: Uint8Array, traces: Traces): Uint8Array {
  const cursor = new Cursor(file);
  cursor.take(4);
  const body = cursor.take(cursor.u32Little());
  // Some programs count the padding of the last chunk in, some do not.
  if (cursor.rest.length > 1 || (cursor.rest[0] ?? 0) !== 0) {
    traces.removed('other', 'data after the picture');
  }
  const chunks = new Cursor(body);
  chunks.take(4);

  const picture: Uint8Array[] = [];
  let header: Uint8Array | null = null;
  let hasPicture = false;
  let orientation = 1;
  while (!chunks.isEmpty) {
    const { name, content } = chunk(chunks);
    switch (name) {
      case 'VP8X':
        if (header !== null || picture.length > 0 || content.length !== HEADER_LENGTH) {
          throw new CannotClean('damaged');
        }
        header = content.slice();
        header[0] = (header[0] ?? 0) & ~(ICC_FLAG | EXIF_FLAG | XMP_FLAG);
        break;
      case 'VP8 ':
      case 'VP8L':
        hasPicture = true;
        picture.push(written(name, content));
        break;
      case 'ALPH':
      case 'ANIM':
        picture.push(written(name, content));
        break;
      case 'ANMF':
        hasPicture = true;
        picture.push(written(name, frame(content, traces)));
        break;
      case 'EXIF':
        // JPEG's prefix does not belong here, and is written all the same by some programs.
        orientation = tellExif(startsWith(content, 'Exif\0\0') ? content.subarray(6) : content, traces);
        break;
      case 'XMP ':
        tellXmp(content, traces);
        break;
      case 'ICCP':
        traces.removed('profile');
        break;
      default:
        traces.removed('other', name);
    }
  }
  if (!hasPicture) {
    throw new CannotClean('damaged');
  }
  if (header !== null) {
    if (orientation !== 1) {
      header[0] = (header[0] ?? 0) | EXIF_FLAG;
      picture.push(written('EXIF', minimalExif(orientation)));
    }
    picture.unshift(written('VP8X', header));
  }
  const whole = concat(picture);
  return concat([encoded('RIFF'), u32Little(whole.length + 4), encoded('WEBP'), whole]);
}

/** One picture of an animation: unknown chunks may stand in it, too. */
function frame(content: Uint8Array, traces: Traces): Uint8Array {
  const chunks = new Cursor(content);
  const kept = [chunks.take(FRAME_HEADER)];
  while (!chunks.isEmpty) {
    const { name, content: inner } = chunk(chunks);
    if (['VP8 ', 'VP8L', 'ALPH'].includes(name)) {
      kept.push(written(name, inner));
    } else {
      traces.removed('other', name);
    }
  }
  return concat(kept);
}

function chunk(chunks: Cursor): { readonly name: string; readonly content: Uint8Array } {
  const name = chunks.name();
  const length = chunks.u32Little();
  const content = chunks.take(length);
  // Padded to an even length; the last one not always.
  if (length % 2 === 1 && !chunks.isEmpty) {
    chunks.take(1);
  }
  return { name, content };
}

function written(name: string, content: Uint8Array): Uint8Array {
  return concat([encoded(name), u32Little(content.length), content, new Uint8Array(content.length % 2)]);
}
