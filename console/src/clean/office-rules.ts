/** What is taken out of the XML of an office document. */
import type { TraceKind } from './codes';
import { roleByRelation, type Roles } from './office-parts';
import { attributeOf, type Fate, type Rules } from './xml-rewrite';
import type { StartTag } from './xml-tokens';

/** Stands where a name has to stand. */
const AUTHOR: Fate = { replace: 'author', by: 'Author' };
/** Stands where a time has to stand. */
const NO_TIME = '1980-01-01T00:00:00Z';

/** Rules for the content: one set for text, tables and slides, whose names do not get in each other's way. */
export const OFFICE_RULES: Rules = {
  element({ name }, parent) {
    switch (name) {
      case 'rsids':
        // The list of editing sessions.
        return removed('revisions');
      case 'docId':
      case 'revisionPtr':
        return removed('identifier');
      case 'presenceInfo':
        return removed('author');
      case 'absPath':
        // Where the workbook lay when it was saved.
        return removed('other');
      case 'attachedTemplate':
        // The template that the text was started from: a path.
        return parent === 'settings' ? removed('other') : 'keep';
      case 'fileVersion':
        return parent === 'workbook' ? removed('software') : 'keep';
      case 'printerSettings':
        return parent === 'sectPr' ? 'drop' : 'keep';
      case 'author':
        return parent === 'authors' ? AUTHOR : 'keep';
      default:
        return 'keep';
    }
  },

  attribute(tag, name) {
    return name.startsWith('rsid') ? removed('revisions') : attributeFate(tag, name);
  },
};

function attributeFate(tag: StartTag, name: string): Fate {
  const isIn = (...elements: readonly string[]): boolean => elements.includes(tag.name);
  switch (name) {
    case 'author':
    case 'refreshedBy':
      return AUTHOR;
    case 'displayName':
      return isIn('person') ? AUTHOR : 'keep';
    case 'name':
      if (isIn('customWorkbookView')) {
        return { replace: 'author', by: 'View' };
      }
      return isIn('cmAuthor', 'author', 'userInfo') ? AUTHOR : 'keep';
    case 'userName':
      return isIn('fileSharing', 'header') ? AUTHOR : 'keep';
    case 'initials':
      return isIn('cmAuthor', 'author') ? { replace: 'author', by: 'A' } : removed('author');
    case 'userId':
      if (isIn('author')) {
        return AUTHOR;
      }
      return isIn('person') ? removed('author') : 'keep';
    case 'providerId':
      if (isIn('author')) {
        return { replace: 'other', by: 'None' };
      }
      return isIn('person') ? 'drop' : 'keep';
    case 'date':
      if (isIn('comment', 'cm')) {
        return removed('dates');
      }
      // Tracked changes.
      return attributeOf(tag, 'author') === undefined ? 'keep' : removed('revisions');
    case 'dt':
      return isIn('comment', 'cm') ? removed('dates') : 'keep';
    case 'dT':
      return isIn('threadedComment') ? removed('dates') : 'keep';
    case 'dateUtc':
    case 'refreshedDate':
      return removed('dates');
    case 'created':
      return isIn('cm', 'reply') ? { replace: 'dates', by: NO_TIME } : 'keep';
    case 'dateTime':
      return isIn('header', 'userInfo') ? { replace: 'revisions', by: NO_TIME } : 'keep';
    case 'uid':
      // Excel's mark of the copy that a part was made in.
      return removed('identifier');
    case 'id':
      // Leads to the printer settings, which are gone.
      return isIn('pageSetup') ? 'drop' : 'keep';
    default:
      return 'keep';
  }
}

function removed(kind: TraceKind): Fate {
  return { remove: kind };
}

/** Rules for relations: those to parts that are gone go, too. */
export const RELATION_RULES: Rules = {
  element(tag) {
    const type = attributeOf(tag, 'Type') ?? '';
    const role = roleByRelation(type);
    const isGone = role !== null && typeof role === 'object';
    return isGone || type.endsWith('/attachedTemplate') ? 'drop' : 'keep';
  },
};

/** Rules for the list of types: parts that are gone are not listed. */
export function typeRules(roles: Roles): Rules {
  return {
    element(tag) {
      const name = attributeOf(tag, 'PartName')?.replace(/^\/+/u, '');
      return name !== undefined && typeof roles(name) === 'object' ? 'drop' : 'keep';
    },
  };
}
