import { expect, test } from 'vitest';
import { safeFileName, sizeText } from './file-name';

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
  ['Größe 漢字.png', 'Größe 漢字.png'],
])('%j is saved as %j', (sent, saved) => {
  expect(safeFileName(sent)).toBe(saved);
});

test('a name is cut where it is too long, and never in the middle of a character', () => {
  expect(Array.from(safeFileName('😀'.repeat(1_000)))).toHaveLength(200);
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
