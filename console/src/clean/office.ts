/** Office Open XML (ECMA-376): documents of Microsoft Office 2007 and later. */
import { encoded, find } from './bytes';
import type { Limits } from './limits';
import { readRoles, type Role, type Roles } from './office-parts';
import { OFFICE_RULES, RELATION_RULES, typeRules } from './office-rules';
import { cleanPart, type GoThrough, isXml } from './package-part';
import type { Package } from './package-read';
import { writePackage } from './package-write';
import type { Traces } from './traces';
import { properties, type Properties, tellProperties } from './xml-properties';
import { rewriteXml } from './xml-rewrite';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const FAMILY = 'http://schemas.openxmlformats.org';

/** What is known of each list of properties, and what it is replaced by. */
const PROPERTIES: Readonly<Record<'core' | 'extended' | 'custom', { known: Properties; empty: string }>> = {
  core: {
    known: properties({
      author: 'creator',
      last_editor: 'lastModifiedBy',
      dates: 'created modified lastPrinted',
      title: 'title subject keywords category',
      comment: 'description',
      revisions: 'revision version',
      identifier: 'identifier',
      other: 'contentStatus',
    }),
    empty: `<cp:coreProperties xmlns:cp="${FAMILY}/package/2006/metadata/core-properties"/>`,
  },
  extended: {
    known: properties({
      company: 'Company Manager',
      software: 'Application AppVersion',
      other: 'Template HyperlinkBase',
    }),
    empty: `<Properties xmlns="${FAMILY}/officeDocument/2006/extended-properties"/>`,
  },
  // Whatever a company's programs wrote.
  custom: {
    known: properties({ other: 'property name' }),
    empty: `<Properties xmlns="${FAMILY}/officeDocument/2006/custom-properties"/>`,
  },
};

/** The list of sources that Word puts into documents, mostly empty: content, if it is not. */
const BIBLIOGRAPHY = 'officeDocument/2006/bibliography';

/**
 * The document without what tells on its writers. Its text stays, reviewers' comments with it.
 *
 * @throws CannotClean
 */
export async function cleanOffice(
  archive: Package,
  traces: Traces,
  limits: Limits,
  goThrough: GoThrough,
): Promise<Uint8Array> {
  const roles = readRoles(archive, limits);
  archive.tell(traces);
  const parts: [string, Uint8Array][] = [];
  for (const name of archive.names) {
    const role = roles(name);
    if (typeof role === 'object') {
      traces.removed(role.removed);
      continue;
    }
    const content = archive.read(name, limits);
    const cleaned = cleanXml(name, role, content, traces, roles);
    parts.push([name, cleaned ?? (await cleanPart(name, content, traces, limits, goThrough))]);
  }
  return writePackage(parts);
}

/** A part that is cleaned by its role; `null` if it is a file of its own. */
function cleanXml(
  name: string,
  role: Exclude<Role, object>,
  content: Uint8Array,
  traces: Traces,
  roles: Roles,
): Uint8Array | null {
  switch (role) {
    case 'core':
    case 'extended':
    case 'custom':
      tellProperties(content, PROPERTIES[role].known, traces);
      return encoded(DECLARATION + PROPERTIES[role].empty);
    case 'types':
      return rewriteXml(content, typeRules(roles), traces);
    case 'relations':
      return rewriteXml(content, RELATION_RULES, traces);
    case 'custom_xml':
      if (find(content, BIBLIOGRAPHY) === -1) {
        // Data of a company's own programs: fields in the text may be bound to it.
        traces.left('other', name);
        return content;
      }
      break;
    case 'content':
  }
  if (/\.vml$/iu.test(name)) {
    // Drawings in an old form that is often not well formed, and names nobody.
    return content;
  }
  return isXml(name) ? rewriteXml(content, OFFICE_RULES, traces) : null;
}
