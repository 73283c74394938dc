/** IPTC captions inside Photoshop's image resources: what press photographers and photo programs write. */
import { Cursor, shown } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import type { Traces } from './traces';

/** The image resource that holds IPTC records. */
const IPTC = 0x0404;

/** Numbers of datasets in the record that is written for people to read (record 2), by what they tell. */
const TELLING: readonly (readonly [TraceKind, readonly number[]])[] = [
  // By-line and its title, credit, source, copyright, contact, writer of the caption.
  ['author', [80, 85, 110, 115, 116, 118, 122]],
  // Content location, city, part of it, province, country.
  ['place', [26, 27, 90, 92, 95, 100, 101]],
  ['dates', [55, 60, 62, 63]],
  ['software', [65, 70]],
  // Title, keywords, headline, caption.
  ['title', [5, 25, 105, 120]],
];

/** Tells what Photoshop's image resources (the content of APP13 after its prefix) hold. */
export function tellPhotoshop(resources: Uint8Array, traces: Traces): void {
  const before = traces.removals;
  asFarAsWhole(() => {
    const cursor = new Cursor(resources);
    while (cursor.name() === '8BIM') {
      const id = cursor.u16();
      // A name with its length in one byte, and content with its length in four; both padded to even lengths.
      cursor.take(cursor.byte() | 1);
      const length = cursor.u32();
      const content = cursor.take(length);
      if (id === IPTC) {
        asFarAsWhole(() => tellRecords(new Cursor(content), traces));
      }
      cursor.take(length % 2);
    }
  });
  if (traces.removals === before) {
    traces.removed('other', 'Photoshop data');
  }
}

function tellRecords(cursor: Cursor, traces: Traces): void {
  while (cursor.byte() === 0x1c) {
    const [record, dataset] = [cursor.byte(), cursor.byte()];
    const value = cursor.take(cursor.u16());
    const kind = record === 2 ? TELLING.find(([, datasets]) => datasets.includes(dataset))?.[0] : undefined;
    if (kind !== undefined) {
      traces.removed(kind, shown(value));
    }
  }
}

// What is removed as a whole is only read to be shown: where it ends does not matter.
function asFarAsWhole(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof CannotClean)) {
      throw error;
    }
  }
}
