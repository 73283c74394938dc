/** PNG (W3C Portable Network Graphics, third edition): chunks that make the picture are copied, all others go. */
import { concat, Cursor, encoded, latin1, shown, u32, untilZero } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import { crc32 } from './crc32';
import { tellExif } from './exif';
import { inflateZlib } from './inflate';
import type { Traces } from './traces';
import { tellXmp } from './xmp';

/** The eight bytes at the start of every PNG file. */
export const PNG_START = '\x89PNG\r\n\x1a\n';

/** Compressed text is unpacked this far to be shown, in bytes. */
const LONGEST_TEXT = 64 * 1024;

const KEPT = new Set('IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB sBIT bKGD pHYs acTL fcTL fdAT'.split(' '));

const KEYWORDS: Readonly<Record<string, TraceKind>> = {
  Author: 'author',
  Copyright: 'author',
  Artist: 'author',
  Software: 'software',
  Source: 'device',
  'Creation Time': 'dates',
  'date:create': 'dates',
  'date:modify': 'dates',
  'date:timestamp': 'dates',
  Title: 'title',
  Description: 'title',
  Subject: 'title',
  Keywords: 'title',
};

/**
 * The picture without anything beside it. What it shows is copied bit by bit.
 *
 * @throws CannotClean `damaged` if the file is not made up as a picture is, or a checksum of what stays is wrong.
 */
export function cleanPng(file: Uint8Array, traces: Traces): Uint8Array {
  const cursor = new Cursor(file);
  const picture = [cursor.take(PNG_START.length)];
  for (let isFirst = true, name = ''; name !== 'IEND'; isFirst = false) {
    const length = cursor.u32();
    const kind = cursor.take(4);
    const content = cursor.take(length);
    const sum = cursor.u32();
    name = latin1(kind);
    if (isFirst !== (name === 'IHDR')) {
      throw new CannotClean('damaged');
    }
    if (KEPT.has(name)) {
      if (sum !== crc32(kind, content)) {
        throw new CannotClean('damaged');
      }
      picture.push(u32(length), kind, content, u32(sum));
    } else if (/^[A-Z]/u.test(name)) {
      // A capital letter at the start: nobody can show the picture without knowing this chunk.
      throw new CannotClean('damaged');
    } else {
      tell(name, content, traces);
    }
  }
  if (!cursor.isEmpty) {
    traces.removed('other', 'data after the picture');
  }
  return concat(picture);
}

function tell(name: string, content: Uint8Array, traces: Traces): void {
  switch (name) {
    case 'tEXt':
    case 'zTXt':
    case 'iTXt':
      tellText(name, content, traces);
      break;
    case 'eXIf': {
      // Nothing is kept of it, so even the orientation alone has been removed.
      const before = traces.removals;
      tellExif(content, traces);
      if (traces.removals === before) {
        traces.removed('other', 'Exif');
      }
      break;
    }
    case 'tIME': {
      const [high = 0, low = 0, month = 0, day = 0] = content;
      traces.removed('dates', `${high * 256 + low}-${twoDigits(month)}-${twoDigits(day)}`);
      break;
    }
    case 'iCCP':
      traces.removed('profile', shown(untilZero(content)[0]));
      break;
    default:
      traces.removed('other', name);
  }
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** A keyword and a text; the three kinds differ in encoding and compression. */
function tellText(name: 'tEXt' | 'zTXt' | 'iTXt', content: Uint8Array, traces: Traces): void {
  const [start, rest] = untilZero(content);
  const keyword = latin1(start);
  const value = textOf(name, rest);
  if (keyword === 'XML:com.adobe.xmp') {
    tellXmp(value, traces);
  } else if (keyword.startsWith('Raw profile type')) {
    traces.removed('other', keyword);
  } else {
    traces.removed(Object.hasOwn(KEYWORDS, keyword) ? (KEYWORDS[keyword] ?? 'comment') : 'comment', shown(value));
  }
}

function textOf(name: 'tEXt' | 'zTXt' | 'iTXt', rest: Uint8Array): Uint8Array {
  if (name === 'tEXt') {
    return rest;
  }
  // As far as it can be unpacked: it is only shown.
  if (name === 'zTXt') {
    return rest[0] === 0 ? inflateZlib(rest.subarray(1), LONGEST_TEXT).bytes : encoded('');
  }
  // The language and the keyword in that language stand before the text.
  const text = untilZero(untilZero(rest.subarray(2))[1])[1];
  return rest[0] === 1 ? inflateZlib(text, LONGEST_TEXT).bytes : text;
}
