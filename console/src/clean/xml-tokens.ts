/**
 * XML cut into its tokens, each as it stands in the text, so that what stays is copied byte for byte.
 *
 * The libraries that could be had make a tree or events and forget how the text was written; a document that is written
 * anew from those can come out changed. This knows only what a document of an office program is made of, and refuses
 * the rest: entities are never declared, never resolved but for the five of XML itself.
 */
import { CannotClean } from './codes';

/** How deep elements may be nested. */
export const DEEPEST = 256;

export interface Attribute {
  /** With its prefix, as written. */
  readonly fullName: string;
  /** Without its prefix. */
  readonly name: string;
  /** As written, entities and all. */
  readonly rawValue: string;
  readonly value: string;
}

export interface StartTag {
  readonly is: 'start' | 'empty';
  readonly raw: string;
  readonly fullName: string;
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: readonly Attribute[];
}

export type Token =
  | StartTag
  | { readonly is: 'end'; readonly raw: string }
  /** Text between tags, or in a CDATA section; `text` has its entities resolved. */
  | { readonly is: 'text'; readonly raw: string; readonly text: string }
  | { readonly is: 'comment'; readonly text: string }
  /** The XML declaration, an instruction, a document type without declarations of its own. */
  | { readonly is: 'aside'; readonly raw: string };

// Each part of these matches other characters than the next one, so that they take time by the length only.
const NAME = /[^\s<>="'/!?&]+/uy;
const ATTRIBUTE = /\s+([^\s<>="'/!?&]+)\s*=\s*("[^"<]*"|'[^'<]*')/uy;
const TAG_END = /\s*(\/?)>/uy;
const CLOSING_TAG = /<\/([^\s<>="'/!?&]+)\s*>/uy;

/**
 * The tokens of a document.
 *
 * @throws CannotClean `damaged` if it is not well formed, declares entities, or is nested too deep.
 */
export function* tokens(xml: string): Generator<Token, void> {
  const open: string[] = [];
  let at = 0;
  while (at < xml.length) {
    let end: number;
    if (xml[at] !== '<') {
      end = endOfText(xml, at);
      const raw = xml.slice(at, end);
      yield { is: 'text', raw, text: unescaped(raw) };
    } else if (xml.startsWith('<!--', at)) {
      end = after(xml, '-->', at + 4);
      yield { is: 'comment', text: xml.slice(at + 4, end - 3) };
    } else if (xml.startsWith('<![CDATA[', at)) {
      end = after(xml, ']]>', at + 9);
      yield { is: 'text', raw: xml.slice(at, end), text: xml.slice(at + 9, end - 3) };
    } else if (xml.startsWith('<?', at)) {
      end = after(xml, '?>', at + 2);
      yield { is: 'aside', raw: xml.slice(at, end) };
    } else if (xml.startsWith('<!DOCTYPE', at)) {
      end = after(xml, '>', at + 9);
      const raw = xml.slice(at, end);
      if (raw.includes('[')) {
        throw new CannotClean('damaged');
      }
      yield { is: 'aside', raw };
    } else if (xml[at + 1] === '/') {
      const [raw = '', fullName] = matched(CLOSING_TAG, xml, at);
      if (open.pop() !== fullName) {
        throw new CannotClean('damaged');
      }
      end = at + raw.length;
      yield { is: 'end', raw };
    } else {
      const tag = startTag(xml, at);
      if (open.length >= DEEPEST) {
        throw new CannotClean('damaged');
      }
      if (tag.is === 'start') {
        open.push(tag.fullName);
      }
      end = at + tag.raw.length;
      yield tag;
    }
    at = end;
  }
  if (open.length > 0) {
    throw new CannotClean('damaged');
  }
}

function startTag(xml: string, from: number): StartTag {
  const [fullName] = matched(NAME, xml, from + 1);
  let at = from + 1 + fullName.length;
  const attributes: Attribute[] = [];
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const [whole, name = '', quoted = ''] = ATTRIBUTE.exec(xml) ?? [];
    if (whole === undefined) {
      break;
    }
    const rawValue = quoted.slice(1, -1);
    attributes.push({ fullName: name, name: localName(name), rawValue, value: unescaped(rawValue) });
    at += whole.length;
  }
  const [ending, slash] = matched(TAG_END, xml, at);
  return {
    is: slash === '/' ? 'empty' : 'start',
    raw: xml.slice(from, at + ending.length),
    fullName,
    name: localName(fullName),
    attributes,
  };
}

function matched(pattern: RegExp, xml: string, at: number): RegExpExecArray {
  pattern.lastIndex = at;
  const match = pattern.exec(xml);
  if (match === null) {
    throw new CannotClean('damaged');
  }
  return match;
}

function endOfText(xml: string, at: number): number {
  const end = xml.indexOf('<', at);
  return end === -1 ? xml.length : end;
}

function after(xml: string, ending: string, from: number): number {
  const at = xml.indexOf(ending, from);
  if (at === -1) {
    throw new CannotClean('damaged');
  }
  return at + ending.length;
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const PREDEFINED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The five entities of XML and numbered characters are resolved; anything else stays as it is written. */
function unescaped(raw: string): string {
  if (!raw.includes('&')) {
    return raw;
  }
  return raw.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/giu, (whole, hex, decimal, name) => {
    if (typeof name === 'string') {
      return PREDEFINED[name] ?? whole;
    }
    const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
  });
}

/** A text as it stands between double quotes. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
