import { expect, test } from 'vitest';
import { plainFileName, safeFileName, sizeText } from './file-name';

test.each([
  ['ledger.xlsx', 'ledger.xlsx'],
  ['C:\\Users\\clerk\\ledger.xlsx', 'ledger.xlsx'],
  ['plan\u202efdp.exe', 'planfdp.exe'],
  ['\u2067تقرير\u2069.pdf', 'تقرير.pdf'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['..', '..'],
  ['\u202e', 'file'],
])('%j is sent as %j', (chosen, sent) => {
  expect(plainFileName(chosen)).toBe(sent);
});

test.each([
  ['ledger.xlsx', 'ledger.xlsx'],
  ['C:\\Users\\clerk\\ledger.xlsx', 'ledger.xlsx'],
  ['../../etc/passwd', 'passwd'],
  ['plan\u202efdp.exe', 'planfdp.exe'],
  ['a\u0000b\r\nc.txt', 'abc.txt'],
  ['.profile', 'profile'],
  ['..', 'file'],
  ['', 'file'],
  ['what?.txt. ', 'what.txt'],
  ['CON.txt', '_CON.txt'],
  ['nul .log', '_nul .log'],
  ['.pdf', 'pdf'],
  [`invoice.pdf${' '.repeat(80)}.exe`, 'invoice.pdf .exe'],
  ['Größe 漢字.png', 'Größe 漢字.png'],
])('%j is saved as %j', (sent, saved) => {
  expect(safeFileName(sent)).toBe(saved);
});

test.each([
  ['😀'.repeat(1_000), '😀'.repeat(50)],
  [`${'ledger '.repeat(100)}.xlsx`, `${'ledger '.repeat(100).slice(0, 195)}.xlsx`],
  [`${'漢'.repeat(100)}.pdf.exe`, `${'漢'.repeat(65)}.exe`],
  [`a.${'x'.repeat(300)}`, `a.${'x'.repeat(198)}`],
])('a name is cut where it is too long: never in a character, and the ending stays', (sent, saved) => {
  expect(safeFileName(sent)).toBe(saved);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [1_023, '1023 bytes'],
  [48_000, '46 kB'],
  [1_234_567, '1.1 MB'],
  [262_144_000, '250 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});
