/** XML that is copied as it stands, but for what rules take out of it. */
import { encoded, utf8 } from './bytes';
import { CannotClean, type TraceKind } from './codes';
import type { Traces } from './traces';
import { escaped, type StartTag, tokens } from './xml-tokens';

/** What becomes of an element or of an attribute. */
export type Fate =
  /** It stays. */
  | 'keep'
  /** It goes, with all that is in it, and there is nothing in it worth telling. */
  | 'drop'
  /** It goes, with all that is in it. */
  | { readonly remove: TraceKind }
  /** Its text, or its value, becomes this. */
  | { readonly replace: TraceKind; readonly by: string };

/** What is taken out of a kind of document. */
export interface Rules {
  /** What becomes of an element; `parent` is the name of the one it stands in, without its prefix. */
  element(tag: StartTag, parent: string): Fate;
  /** What becomes of an attribute, named without its prefix. */
  attribute?(tag: StartTag, name: string): Fate;
}

/** How much text of what is removed is kept to be shown. */
const LONGEST_TOLD = 1000;

/** The value of the attribute with this name, prefixes left aside. */
export function attributeOf(tag: StartTag, name: string): string | undefined {
  return tag.attributes.find((attribute) => attribute.name === name)?.value;
}

/**
 * `xml` without what `rules` take out.
 *
 * @throws CannotClean `damaged` if it is not well formed, not UTF-8, declares entities, or is nested too deep.
 */
export function rewriteXml(xml: Uint8Array, rules: Rules, traces: Traces): Uint8Array {
  const text = utf8(xml);
  if (text === null) {
    throw new CannotClean('damaged');
  }
  const out: string[] = [];
  const open: string[] = [];
  // An element that goes, or whose text is replaced: how many elements are open inside of it, and their text.
  let skipped: { readonly fate: Fate; depth: number; text: string } | null = null;
  for (const token of tokens(text)) {
    if (skipped !== null) {
      if (token.is === 'start') {
        skipped.depth += 1;
      } else if (token.is === 'end' && skipped.depth > 0) {
        skipped.depth -= 1;
      } else if (token.is === 'end') {
        endSkipped(skipped.fate, skipped.text, token.raw, out, traces);
        skipped = null;
      } else if (token.is === 'text' && skipped.text.length < LONGEST_TOLD) {
        skipped.text += token.text.slice(0, LONGEST_TOLD);
      }
      continue;
    }
    switch (token.is) {
      case 'start':
      case 'empty': {
        const fate = rules.element(token, open.at(-1) ?? '');
        const isStart = token.is === 'start';
        if (fate === 'keep' || (fate !== 'drop' && 'replace' in fate)) {
          out.push(changed(token, rules, traces));
        } else if (fate !== 'drop' && !isStart) {
          traces.removed(fate.remove);
        }
        if (isStart && fate === 'keep') {
          open.push(token.name);
        } else if (isStart) {
          skipped = { fate, depth: 0, text: '' };
        }
        break;
      }
      case 'end':
        open.pop();
        out.push(token.raw);
        break;
      case 'comment':
        traces.removed('comment', token.text);
        break;
      default:
        out.push(token.raw);
    }
  }
  return encoded(out.join(''));
}

function endSkipped(fate: Fate, text: string, end: string, out: string[], traces: Traces): void {
  if (typeof fate === 'string') {
    return;
  }
  if ('remove' in fate) {
    traces.removed(fate.remove, text);
    return;
  }
  if (text !== fate.by && text.trim() !== '') {
    traces.removed(fate.replace, text);
  }
  out.push(escaped(fate.by), end);
}

/** A start tag without the attributes that go. One where nothing goes stays as it was. */
function changed(tag: StartTag, rules: Rules, traces: Traces): string {
  let isChanged = false;
  const kept: string[] = [`<${tag.fullName}`];
  for (const { fullName, name, rawValue, value } of tag.attributes) {
    const fate = rules.attribute?.(tag, name) ?? 'keep';
    if (fate === 'keep' || (fate !== 'drop' && 'replace' in fate && fate.by === value)) {
      // It may have stood between single quotes, with double ones in it.
      kept.push(` ${fullName}="${rawValue.replaceAll('"', '&quot;')}"`);
      continue;
    }
    isChanged = true;
    if (fate === 'drop') {
      continue;
    }
    if ('remove' in fate) {
      traces.removed(fate.remove, value);
      continue;
    }
    if (value.trim() !== '') {
      traces.removed(fate.replace, value);
    }
    kept.push(` ${fullName}="${escaped(fate.by)}"`);
  }
  return isChanged ? `${kept.join('')}${tag.is === 'empty' ? '/' : ''}>` : tag.raw;
}
