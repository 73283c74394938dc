/** What looks the same in every language. Patterns are bounded; see `patterns.ts`. */
import type { Tables } from './phrase';
import { words } from './patterns';

const SITE = String.raw`(?:linkedin\.com/in|t\.me|facebook\.com|instagram\.com|twitter\.com|x\.com|github\.com)`;

// Brackets, dots, dashes and spaces between the digits of a number that is written to be dialled.
const BETWEEN = String.raw`[\s().\/\-]{0,3}`;

// Not the rest of an amount, of a longer number, or of an account number that is written in groups.
const ALONE = String.raw`(?<![\p{L}\p{N}.,€$£¥/\-]|\p{N} )`;

export const EVERYWHERE: Tables = {
  email: [/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/giu],
  phone: [
    // +44 20 7946 0958, +49 (0)30 123456, 0044 20 7946 0958
    new RegExp(String.raw`${ALONE}(?<!\+)(?:\+|00)[1-9]\d{0,2}${BETWEEN}(?:\d${BETWEEN}){6,12}\d(?!\d)`, 'gu'),
    // 020 7946 0958, (0161) 496 0000, 07700 900123, 030/1234567
    new RegExp(String.raw`${ALONE}\(?0\d{2,4}\)?[ \-/]\d{3,4}[ \-]?\d{3,4}(?!\p{N})`, 'gu'),
    // 07700900123
    new RegExp(String.raw`${ALONE}0\d{9,10}(?!\p{N})`, 'gu'),
    // (212) 555-0100, 212-555-0100, 212.555.0100
    new RegExp(String.raw`${ALONE}(?:\(\d{3}\) ?|\d{3}[ .\-])\d{3}[.\-]\d{4}(?!\p{N})`, 'gu'),
  ],
  handle: [
    /(?<![\p{L}\p{N}@._%+/-])@[a-z_]\w{1,29}(?:\.\w{1,29}){0,2}/giu,
    words(String.raw`(?:www\.)?${SITE}/[\w.\-]{2,40}`),
  ],
};
