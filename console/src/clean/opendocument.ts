/** OpenDocument (ISO/IEC 26300): documents of LibreOffice and others. */
import { encoded, find } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import type { Limits } from './limits';
import { cleanPart, type GoThrough, isXml } from './package-part';
import type { Package } from './package-read';
import { writePackage } from './package-write';
import type { Traces } from './traces';
import { properties, tellProperties } from './xml-properties';
import { attributeOf, type Rules, rewriteXml } from './xml-rewrite';

const MANIFEST = 'META-INF/manifest.xml';
const NO_META =
  '<?xml version="1.0" encoding="UTF-8"?><office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"><office:meta/></office:document-meta>';

const META = properties({
  author: 'initial-creator',
  last_editor: 'creator printed-by',
  dates: 'creation-date date print-date',
  software: 'generator',
  title: 'title subject keyword',
  comment: 'description',
  revisions: 'editing-cycles',
  other: 'user-defined name template',
});

/** Rules for text, styles and settings. */
const CONTENT_RULES: Rules = {
  element(tag, parent) {
    if (parent === 'annotation' || parent === 'change-info') {
      // Elsewhere these are fields in the text, which is content.
      const isChange = parent === 'change-info';
      switch (tag.name) {
        case 'creator':
          return { replace: 'author', by: 'Author' };
        case 'date':
          // The standard wants a date in a tracked change.
          return isChange ? { replace: 'revisions', by: '1980-01-01T00:00:00' } : { remove: 'dates' };
        case 'date-string':
          return isChange ? 'keep' : { remove: 'dates' };
        case 'creator-initials':
        case 'sender-initials':
          return isChange ? 'keep' : { remove: 'author' };
        default:
          return 'keep';
      }
    }
    return tag.name === 'config-item' ? settingFate(attributeOf(tag, 'name') ?? '') : 'keep';
  },
  attribute(_tag, name) {
    return name === 'rsid' || name === 'paragraph-rsid' ? { remove: 'revisions' } : 'keep';
  },
};

function settingFate(name: string): ReturnType<Rules['element']> {
  if (/^(?:PrinterName|PrinterSetup|PrintFaxName)$/u.test(name)) {
    return { replace: 'print_settings', by: '' };
  }
  return name === 'Rsid' || name === 'RsidRoot' ? { replace: 'revisions', by: '0' } : 'keep';
}

/** Rules for the list of parts: those that are gone are not listed. */
const MANIFEST_RULES: Rules = {
  element: (tag) => (removal(attributeOf(tag, 'full-path') ?? '') === null ? 'keep' : 'drop'),
};

/**
 * The document without what tells on its writers. Its text stays, reviewers' comments with it.
 *
 * @throws CannotClean
 */
export async function cleanOpenDocument(
  archive: Package,
  traces: Traces,
  limits: Limits,
  goThrough: GoThrough,
): Promise<Uint8Array> {
  if (archive.has(MANIFEST) && find(archive.read(MANIFEST, limits), 'encryption-data') !== -1) {
    throw new CannotClean('encrypted');
  }
  archive.tell(traces);
  const parts: [string, Uint8Array][] = [];
  // The type comes first, so that the file is recognised by its first bytes.
  for (const name of ['mimetype', ...archive.names.filter((other) => other !== 'mimetype')]) {
    const gone = removal(name);
    if (gone === null) {
      const content = archive.read(name, limits);
      const cleaned = cleanKnown(name, content, traces);
      parts.push([name, cleaned ?? (await cleanPart(name, content, traces, limits, goThrough))]);
    } else if (gone !== 'quietly') {
      traces.removed(gone);
    }
  }
  return writePackage(parts);
}

/** What a part tells that is not written again; `null` if it is. */
function removal(name: string): TraceKind | 'quietly' | null {
  const isFolder = name.endsWith('/');
  if (name.startsWith('Thumbnails/')) {
    return isFolder ? 'quietly' : 'thumbnail';
  }
  if (name === 'VersionList.xml' || name.startsWith('Versions/')) {
    return isFolder ? 'quietly' : 'revisions';
  }
  if (name.startsWith('META-INF/') && name.includes('signatures')) {
    // Names who signed, and fits no longer.
    return isFolder ? 'quietly' : 'author';
  }
  return name === 'layout-cache' ? 'quietly' : null;
}

/** A part that is cleaned by its name; `null` if it is a file of its own. */
function cleanKnown(name: string, content: Uint8Array, traces: Traces): Uint8Array | null {
  if (name.endsWith('/') || name === 'mimetype') {
    return content;
  }
  // Objects in a document are documents of their own, in folders of it.
  if (name === 'meta.xml' || name.endsWith('/meta.xml')) {
    tellProperties(content, META, traces);
    return encoded(NO_META);
  }
  if (name === MANIFEST) {
    return rewriteXml(content, MANIFEST_RULES, traces);
  }
  if (/^(?:Basic|Scripts)\//u.test(name)) {
    traces.left('other', name);
    return content;
  }
  return isXml(name) ? rewriteXml(content, CONTENT_RULES, traces) : null;
}
