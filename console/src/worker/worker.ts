/** The worker's beginning: it holds the key and answers the page. Ending the worker drops everything that it holds. */
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import { makeKeyfile, readKeyfile } from '../protocol/keyfile';
import { generatePrivateKey, publicKeyOf } from '../protocol/keys';
import { ConsoleError, type ErrorCode } from '../session/errors';
import type { Me } from '../session/types';
import { Desk } from './desk';
import { Keyring } from './keyring';
import type { PageCalls, WorkerCalls } from './messages';
import { Line } from './rpc';
import { UnderWay } from './under-way';

let keyring: Keyring | null = null;
let desk: Desk | null = null;

function atDesk(): Desk {
  if (desk === null) {
    throw new ConsoleError('locked');
  }
  return desk;
}

function holding(): Keyring {
  if (keyring === null) {
    throw new ConsoleError('locked');
  }
  return keyring;
}

const KEYFILE_CODES: Readonly<Record<string, ErrorCode>> = {
  not_a_key_file: 'not-a-key-file',
  needs_passphrase: 'needs-passphrase',
  wrong_passphrase: 'wrong-passphrase',
  too_much_work: 'too-much-work',
  broken: 'damaged-key-file',
  other_kind_of_key: 'other-kind-of-key',
  several_keys: 'several-keys',
};

async function readKey(file: Uint8Array, passphrase: string): Promise<string> {
  const read = await readKeyfile(file, passphrase === '' ? null : passphrase);
  if (read.answer === 'error') {
    throw new ConsoleError(KEYFILE_CODES[read.error] ?? 'not-a-key-file');
  }
  return read.privateKey;
}

async function hold(text: string): Promise<Me> {
  const held = await Keyring.hold(text);
  desk = await Desk.open(held);
  keyring = held;
  return desk.signedIn;
}

const calls: WorkerCalls = {
  async createKey(passphrase, today) {
    const key = await generatePrivateKey();
    return { publicKey: publicKeyOf(key), keyFile: await makeKeyfile(key, passphrase, today) };
  },
  async tryKey(file, passphrase) {
    return publicKeyOf(await readKey(file, passphrase));
  },
  async unlock(file, passphrase) {
    return hold(await readKey(file, passphrase));
  },
  async unlockWithPasskey(file) {
    const decrypter = new Decrypter();
    decrypter.addIdentity({ unwrapFileKey: (stanzas) => line.remote.unwrapFileKey(stanzas.map(plain)) });
    const me = await hold(await decrypter.decrypt(file, 'text'));
    holding().settle();
    return me;
  },
  async sealToPasskey() {
    const encrypter = new Encrypter();
    encrypter.addRecipient({
      wrapFileKey: async (fileKey) =>
        (await line.remote.wrapFileKey(fileKey)).map((stanza) => new Stanza(stanza.args, stanza.body)),
    });
    return encrypter.encrypt(holding().expose());
  },
  settle() {
    holding().settle();
    return Promise.resolve();
  },
  publicKey: () => holding().publicKey,
  refreshMe: () => atDesk().refreshMe(),
  index: (progress, limit, after) => atDesk().index(progress, limit, after),
  openReports: (ids) => atDesk().openReports(ids),
  openCase: (id) => atDesk().openCase(id),
  openIdentity: (id) => atDesk().openIdentity(id),
  reply: (id, text, files, work) => underWay.run(work, (tell, signal) => atDesk().reply(id, text, files, tell, signal)),
  openFile: (id, ref, work) => underWay.run(work, (tell, signal) => atDesk().openFile(id, ref, tell, signal)),
  cancel: (work) => underWay.stop(work),
  note: (id, text, assessment) => atDesk().note(id, text, assessment),
  changeStatus: (id, from, to) => atDesk().changeStatus(id, from, to),
  end: (id, from, to, disposition, conclusion) => atDesk().end(id, from, to, disposition, conclusion),
  answerEnd: (id, agree, note) => atDesk().answerEnd(id, agree, note),
  takeTwo: (id) => atDesk().takeTwo(id),
  readers: (id) => atDesk().readers(id),
  release: (id, recipient) => atDesk().release(id, recipient),
  takeOff: (id, recipient, why) => atDesk().takeOff(id, recipient, why),
  stepAside: (id) => atDesk().stepAside(id),
  exportSealed: (id, keyFileName) => atDesk().exportSealed(id, keyFileName),
  sealDrafts: (drafts) => holding().sealToSelf(drafts),
  openDrafts: (sealed) => holding().openOwn(sealed),
};

const line = new Line<PageCalls>(self, calls);

const underWay = new UnderWay((work, done, total) => void line.remote.progress(work, done, total));

function plain(stanza: Stanza): { args: string[]; body: Uint8Array } {
  return { args: stanza.args, body: stanza.body };
}
