/** Reading padded JSON, strictly (protocol, section 8). */

export type JsonError = 'not_json' | 'padding' | 'content';

export type Json = Readonly<Record<string, unknown>>;

/** The object at the start of a plaintext and whether a field occurs twice in it, or why there is none. */
export type ReadJson = { readonly json: Json; readonly repeated: boolean } | { readonly error: JsonError };

/**
 * Reads one object in UTF-8 from the first byte, followed by nothing but spaces. A field that occurs twice is refused
 * by the caller, once it knows that this version of the protocol wrote it.
 */
export function readPaddedJson(plaintext: Uint8Array): ReadJson {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plaintext);
  } catch {
    return { error: 'not_json' };
  }
  const scanned = scanObject(text);
  if (scanned === null) {
    return { error: 'not_json' };
  }
  let json: Json;
  try {
    json = JSON.parse(text.slice(0, scanned.end)) as Json;
  } catch {
    return { error: 'not_json' };
  }
  return /^ *$/.test(text.slice(scanned.end)) ? { json, repeated: scanned.repeated } : { error: 'padding' };
}

/**
 * Where the object that begins the text ends, and whether a field occurs twice in it; `null` if there is none. Looks at
 * each character once: a regular expression would begin again at every quote of a string that never ends.
 */
function scanObject(text: string): { readonly end: number; readonly repeated: boolean } | null {
  if (!text.startsWith('{')) {
    return null;
  }
  // The fields met so far in each object that is still open; `null` for lists.
  const open: (Set<string> | null)[] = [];
  let repeated = false;
  let key: string | null = null;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (end === null) {
          return null;
        }
        key = text.slice(at, end);
        at = end - 1;
        break;
      }
      case ':': {
        const fields = open.at(-1);
        if (key !== null && fields !== undefined && fields !== null) {
          const name = unescape(key);
          repeated ||= fields.has(name);
          fields.add(name);
        }
        break;
      }
      case '{':
      case '[':
        open.push(text[at] === '{' ? new Set() : null);
        break;
      case '}':
      case ']':
        open.pop();
        if (open.length === 0) {
          return { end: at + 1, repeated };
        }
        break;
    }
  }
  return null;
}

/** The place after the string that begins here; `null` if it never ends. */
function endOfString(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '"') {
      return at + 1;
    }
  }
  return null;
}

/** The name of a field, as it is after its escapes. */
function unescape(quoted: string): string {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted;
  }
}
