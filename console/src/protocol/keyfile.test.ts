/** Key files go both ways between here and the real `age` and `age-keygen`. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { armor, Encrypter } from 'age-encryption';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sealTo } from './age-file';
import { makeKeyfile, readKeyfile } from './keyfile';
import { generatePrivateKey, publicKeyOf } from './keys';

const PASSPHRASE = 'correct hörse battery staple';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyfile-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function save(name: string, content: string | Uint8Array): void {
  writeFileSync(join(folder, name), content);
}

function load(name: string): Buffer {
  return readFileSync(join(folder, name));
}

/** Runs age on a terminal of its own, where it asks for the passphrase. */
function ageAsking(command: string, answers: readonly string[]): void {
  execFileSync('script', ['-qec', command, '/dev/null'], {
    cwd: folder,
    input: answers.map((answer) => `${answer}\n`).join(''),
    timeout: 60_000,
  });
}

test('a key file made here opens with stock age, and opens files with it', async () => {
  const key = generatePrivateKey();
  const file = await makeKeyfile(key, PASSPHRASE, '2026-11-23');
  save('made.key', file);
  const head = new TextDecoder('latin1').decode(armor.decode(file));
  expect(head).toMatch(/^age-encryption\.org\/v1\n-> scrypt \S{22} 18\n/u);

  ageAsking('age -d -o made.txt made.key', [PASSPHRASE]);
  expect(load('made.txt').toString()).toBe(`# created: 2026-11-23\n# public key: ${publicKeyOf(key)}\n${key}\n`);
  expect(execFileSync('age-keygen', ['-y', 'made.txt'], { cwd: folder, encoding: 'utf8' }).trim()).toBe(
    publicKeyOf(key),
  );

  save('sealed.age', await sealTo(new TextEncoder().encode('hello'), [publicKeyOf(key)]));
  ageAsking('age -d -i made.key -o opened.txt sealed.age', [PASSPHRASE]);
  expect(load('opened.txt').toString()).toBe('hello');
});

test('files of stock age-keygen and age -p are read: plain, armored, binary', async () => {
  execFileSync('age-keygen', ['-o', 'plain.key'], { cwd: folder, stdio: 'ignore' });
  ageAsking('age -p -a -o armored.key plain.key', [PASSPHRASE, PASSPHRASE]);
  ageAsking('age -p -o binary.key plain.key', [PASSPHRASE, PASSPHRASE]);
  const plain = await readKeyfile(load('plain.key'), null);
  expect(plain.answer === 'opened' && publicKeyOf(plain.privateKey)).toBe(
    execFileSync('age-keygen', ['-y', 'plain.key'], { cwd: folder, encoding: 'utf8' }).trim(),
  );
  for (const name of ['armored.key', 'binary.key']) {
    expect(await readKeyfile(load(name), PASSPHRASE)).toEqual(plain);
    expect(await readKeyfile(load(name), null)).toEqual({ answer: 'error', error: 'needs_passphrase' });
  }
  expect(await readKeyfile(load('binary.key'), 'wrong')).toEqual({ answer: 'error', error: 'wrong_passphrase' });
});

test('more work than 2^20 is refused before any is done, and so is a file over 64 KiB', async () => {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(2);
  const cheap = new TextDecoder('latin1').decode(await encrypter.encrypt('x'));
  const dear = Uint8Array.from(cheap.replace(/(-> scrypt \S+) 2\n/u, '$1 21\n'), (each) => each.charCodeAt(0));
  expect(await readKeyfile(dear, PASSPHRASE)).toEqual({ answer: 'error', error: 'too_much_work' });
  const long = new TextEncoder().encode(`${generatePrivateKey()}\n${'#'.repeat(64 * 1024)}`);
  expect(await readKeyfile(long, null)).toEqual({ answer: 'error', error: 'not_a_key_file' });
});
