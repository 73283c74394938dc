import { utf8 } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import type { Traces } from './traces';
import { type StartTag, tokens } from './xml-tokens';

/** What a property tells, by its name without the namespace's prefix; `undefined` if nothing. */
export type Properties = ReadonlyMap<string, TraceKind>;

/** A table of what properties tell, from the names of each kind. */
export function properties(names: Partial<Record<TraceKind, string>>): Properties {
  return new Map(
    Object.entries(names).flatMap(([kind, all]) => all.split(' ').map((name) => [name, kind as TraceKind] as const)),
  );
}

/**
 * Tells what properties there are in XML that holds nothing else and is replaced whole, be they elements or attributes.
 * Reads as far as the document is well formed.
 */
export function tellProperties(xml: Uint8Array, known: Properties, traces: Traces): void {
  try {
    tell(utf8(xml) ?? '', known, traces);
  } catch (error) {
    if (!(error instanceof CannotClean)) {
      throw error;
    }
  }
}

function tell(xml: string, known: Properties, traces: Traces): void {
  // For every open element what its text tells: its own property, or the one it stands in (lists).
  const open: (TraceKind | undefined)[] = [];
  for (const token of tokens(xml)) {
    switch (token.is) {
      case 'start':
        attributes(token, known, traces);
        open.push(known.get(token.name) ?? open.at(-1));
        break;
      case 'empty':
        attributes(token, known, traces);
        break;
      case 'end':
        open.pop();
        break;
      case 'text': {
        const kind = open.at(-1);
        if (kind !== undefined && token.text.trim() !== '') {
          traces.removed(kind, token.text);
        }
        break;
      }
      default:
    }
  }
}

function attributes(tag: StartTag, known: Properties, traces: Traces): void {
  for (const { name, value } of tag.attributes) {
    const kind = known.get(name);
    if (kind !== undefined && value.trim() !== '') {
      traces.removed(kind, value);
    }
  }
}
