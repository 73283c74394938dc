/** Which part of an office document is what: relations say so, names only by custom. */
import { utf8 } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import type { Limits } from './limits';
import type { Package } from './package-read';
import { attributeOf } from './xml-rewrite';
import { tokens } from './xml-tokens';

/**
 * What a part is: properties of the document (`core` are writer, title, dates; `extended` program and company; `custom`
 * what a company or a program made up), the list of types, relations to other parts, data of other programs, a part
 * that is not written again, or the content.
 */
export type Role =
  'core' | 'extended' | 'custom' | 'types' | 'relations' | 'custom_xml' | 'content' | { readonly removed: TraceKind };

/** Tells the role of a part by its name. */
export type Roles = (name: string) => Role;

/** Reads what relations of the document say of its parts. */
export function readRoles(archive: Package, limits: Limits): Roles {
  const known = new Map<string, Role>([
    ['[content_types].xml', 'types'],
    ['docprops/core.xml', 'core'],
    ['docprops/app.xml', 'extended'],
    ['docprops/custom.xml', 'custom'],
  ]);
  for (const name of archive.names.filter(isRelations)) {
    for (const [part, role] of rolesByRelations(name, archive.read(name, limits))) {
      known.set(part, role);
    }
  }
  return (name) => known.get(name.toLowerCase()) ?? roleByName(name.toLowerCase());
}

function roleByName(lower: string): Role {
  if (lower.startsWith('_xmlsignatures/')) {
    // Names who signed, and fits no longer.
    return { removed: 'author' };
  }
  if (lower.startsWith('docprops/thumbnail.')) {
    return { removed: 'thumbnail' };
  }
  if (lower.includes('/printersettings/')) {
    return { removed: 'print_settings' };
  }
  if (isRelations(lower)) {
    return 'relations';
  }
  return /^customxml\/item(?!props)/u.test(lower) ? 'custom_xml' : 'content';
}

function isRelations(name: string): boolean {
  return name.toLowerCase().endsWith('.rels');
}

/** What a relation's type makes of the part it leads to; `null` if nothing special. */
export function roleByRelation(type: string): Role | null {
  switch (type.slice(type.lastIndexOf('/') + 1)) {
    case 'core-properties':
      return 'core';
    case 'extended-properties':
    case 'extendedProperties':
      return 'extended';
    case 'custom-properties':
    case 'customProperties':
      return 'custom';
    case 'thumbnail':
      return { removed: 'thumbnail' };
    case 'printerSettings':
      return { removed: 'print_settings' };
    case 'origin':
    case 'signature':
      return type.includes('digital-signature') ? { removed: 'author' } : null;
    default:
      return null;
  }
}

function rolesByRelations(name: string, relations: Uint8Array): readonly (readonly [string, Role])[] {
  const found: (readonly [string, Role])[] = [];
  try {
    for (const token of tokens(utf8(relations) ?? '')) {
      if (token.is === 'start' || token.is === 'empty') {
        const role = roleByRelation(attributeOf(token, 'Type') ?? '');
        const target = attributeOf(token, 'Target');
        if (role !== null && target !== undefined) {
          found.push([resolved(name, target), role]);
        }
      }
    }
  } catch (error) {
    // What is not well formed shows again when it is copied.
    if (!(error instanceof CannotClean)) {
      throw error;
    }
  }
  return found;
}

/** The part that a target means: from the folder of the part that the relations belong to, whose own is `_rels`. */
export function resolved(relations: string, target: string): string {
  const path = target.startsWith('/') ? [] : relations.split('/').slice(0, -2);
  for (const step of target.split('/')) {
    if (step === '..') {
      path.pop();
    } else if (step !== '' && step !== '.') {
      path.push(step);
    }
  }
  return path.join('/').toLowerCase();
}
