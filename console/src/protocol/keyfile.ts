/** Key files, as `age-keygen` and `age -p` write them (protocol, section 7). */
import { Decrypter, Encrypter, armor } from 'age-encryption';
import { parsePrivateKey, publicKeyOf } from './keys';

const LONGEST = 64 * 1024;
/** scrypt work factor (log₂ N) of the files that are written: about a second and 256 MiB. */
const WORK_FACTOR = 18;
/** The most work that a file may ask for. */
const MOST_WORK = 20;

export type KeyfileError =
  | 'not_a_key_file'
  | 'needs_passphrase'
  | 'wrong_passphrase'
  | 'too_much_work'
  | 'broken'
  | 'other_kind_of_key'
  | 'several_keys';

export type ReadKeyfile =
  | { readonly answer: 'opened'; readonly privateKey: string }
  | { readonly answer: 'error'; readonly error: KeyfileError };

/** Reads a key file, plain or protected by a passphrase, armored or not. */
export async function readKeyfile(file: Uint8Array, passphrase: string | null): Promise<ReadKeyfile> {
  if (file.length > LONGEST) {
    return refuse('not_a_key_file');
  }
  const start = new TextDecoder('latin1').decode(file).trimStart();
  if (start.startsWith('-----BEGIN AGE ENCRYPTED FILE-----')) {
    let binary: Uint8Array;
    try {
      binary = armor.decode(start);
    } catch {
      return refuse('broken');
    }
    return unprotect(binary, passphrase);
  }
  return start.startsWith('age-encryption.org/') ? unprotect(file, passphrase) : readIdentity(file);
}

/** A key file protected by a passphrase, armored: `age -d -i` asks for the passphrase. `day` is `YYYY-MM-DD`. */
export async function makeKeyfile(privateKey: string, passphrase: string, day: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  const file = `# created: ${day}\n# public key: ${publicKeyOf(privateKey)}\n${privateKey}\n`;
  return armor.encode(await encrypter.encrypt(file));
}

async function unprotect(file: Uint8Array, passphrase: string | null): Promise<ReadKeyfile> {
  const head = new TextDecoder('latin1').decode(file);
  if (!/\n--- [^\n]{43}\n/u.test(head)) {
    return refuse('broken');
  }
  const work = /^age-encryption\.org\/v1\n-> scrypt \S+ (\d+)\n/u.exec(head)?.[1];
  if (work === undefined) {
    return refuse('not_a_key_file');
  }
  if (passphrase === null) {
    return refuse('needs_passphrase');
  }
  if (Number(work) > MOST_WORK) {
    return refuse('too_much_work');
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return readIdentity(await decrypter.decrypt(file));
  } catch (error) {
    const wrong = error instanceof Error && error.message.startsWith('no identity matched');
    return refuse(wrong ? 'wrong_passphrase' : 'broken');
  }
}

function readIdentity(file: Uint8Array): ReadKeyfile {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return refuse('not_a_key_file');
  }
  const [line, ...more] = text
    .split(/\r?\n/u)
    .map((each) => each.trim())
    .filter((each) => each !== '' && !each.startsWith('#'));
  if (line === undefined) {
    return refuse('not_a_key_file');
  }
  const key = parsePrivateKey(line);
  if (key.answer === 'error') {
    const other = line.startsWith('AGE-PLUGIN-') || line.startsWith('AGE-SECRET-KEY-PQ-');
    return refuse(other ? 'other_kind_of_key' : 'not_a_key_file');
  }
  return more.length > 0 ? refuse('several_keys') : { answer: 'opened', privateKey: key.key };
}

function refuse(error: KeyfileError): ReadKeyfile {
  return { answer: 'error', error };
}
