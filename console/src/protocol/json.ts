/** Reading padded JSON, strictly (protocol, section 8). */

export type JsonError = 'not_json' | 'padding' | 'content';

export type Json = Readonly<Record<string, unknown>>;

/** The object at the start of a plaintext, or why there is none. */
export type ReadJson = { readonly json: Json } | { readonly error: JsonError };

/** Reads one object in UTF-8 from the first byte, followed by nothing but spaces. No field may occur twice. */
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
  if (!/^ *$/.test(text.slice(scanned.end))) {
    return { error: 'padding' };
  }
  return scanned.repeated ? { error: 'content' } : { json };
}

/** Where the object that begins the text ends, and whether a field occurs twice in it; `null` if there is none. */
function scanObject(text: string): { readonly end: number; readonly repeated: boolean } | null {
  if (!text.startsWith('{')) {
    return null;
  }
  // The fields met so far in each object that is still open; `null` for lists.
  const open: (Set<string> | null)[] = [];
  let repeated = false;
  let key: string | null = null;
  const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/gsu;
  for (let token = tokens.exec(text); token !== null; token = tokens.exec(text)) {
    const [piece] = token;
    if (piece === '{') {
      open.push(new Set());
    } else if (piece === '[') {
      open.push(null);
    } else if (piece === '}' || piece === ']') {
      open.pop();
      if (open.length === 0) {
        return { end: tokens.lastIndex, repeated };
      }
    } else if (piece === ':') {
      const fields = open.at(-1);
      if (key !== null && fields !== undefined && fields !== null) {
        const name = unescape(key);
        repeated ||= fields.has(name);
        fields.add(name);
      }
    }
    key = piece.startsWith('"') ? piece : null;
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
