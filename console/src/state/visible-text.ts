/**
 * Hostile text, made fit to be read: characters that cannot be seen, or that turn the direction of the text around, are
 * written out as `\u{202e}`. What people really write stays as it is: emoji that are joined from several characters,
 * right-to-left text, and the joiners that Persian or Hindi are spelled with.
 */

// Of the characters that Unicode calls "format" (Cf), these few are drawn: signs around Arabic and Kaithi numbers.
const DRAWN = String.raw`\u0600-\u0605\u06DD\u0890\u0891\u08E2\u{110BD}\u{110CD}`;

// Cs is half of a pair that lost its other half; Zl and Zp are line ends that only some programs know.
const INVISIBLE = String.raw`[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\t\n${DRAWN}]]`;

// An emoji of several: 👩🏽‍💻, 🏳️‍🌈, ❤️, 1️⃣, and the flags of England, Scotland and Wales, which are spelled in tags.
const EMOJI_PART = String.raw`\p{Extended_Pictographic}(?:\uFE0F|\uFE0E|\p{Emoji_Modifier})?`;
const EMOJI = [
  String.raw`\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{2,6}\u{E007F}`,
  String.raw`${EMOJI_PART}(?:\u200D(?:${EMOJI_PART}|[\u2640\u2642\u2695\u2696\u2708]\uFE0F?))*`,
  String.raw`[0-9#*]\uFE0F?\u20E3`,
].join('|');

// Between two letters of these scripts a joiner, or its opposite, is spelling.
const JOINING = [
  ...['Arabic', 'Syriac', 'Mongolian', 'Nko', 'Mandaic'],
  ...['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala'],
  ...['Khmer', 'Myanmar', 'Tibetan'],
]
  .map((script) => String.raw`\p{Script_Extensions=${script}}`)
  .join('');
const SPELLING = String.raw`(?<=[${JOINING}])[\u200C\u200D](?=[${JOINING}])`;

// A Han character may say which of its forms is meant, as in some Japanese names.
const HAN_FORM = String.raw`\p{Script=Han}[\u{E0100}-\u{E01EF}]`;

// The first alternatives are what stays; the last one is what is written out.
const PIECES = new RegExp(`\\r\\n|${EMOJI}|${SPELLING}|${HAN_FORM}|(?<hidden>${INVISIBLE})`, 'gv');

/**
 * The text with everything invisible written out as `\u{…}`. Line feeds and tabs stay; the line ends of Windows become
 * line feeds. The result is still hostile: it belongs in a text node, isolated from the text around it.
 */
export function showControls(text: string): string {
  return text.replace(PIECES, (piece: string, ...rest: unknown[]) => {
    if (piece === '\r\n') {
      return '\n';
    }
    const hidden = (rest.at(-1) as { hidden?: string }).hidden;
    return hidden === undefined ? piece : `\\u{${hidden.codePointAt(0)?.toString(16)}}`;
  });
}
