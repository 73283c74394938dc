import { Encrypter } from 'age-encryption';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportReadme } from '../texts/export-readme';
import { fileName, quoted, type SealedCase, sealedZip } from './sealed-zip';

const VECTORS = new URL('../../../crypto/tests/vectors/', import.meta.url);

interface Vector {
  readonly input: { readonly case: string; readonly private_key: string; readonly sealed: string };
  readonly expect: { readonly private_key: string; readonly public_key: string; readonly entry: unknown };
}

function vector(name: string): Vector {
  return JSON.parse(readFileSync(new URL(name, VECTORS), 'utf8')) as Vector;
}

async function sealedTo(publicKey: string, text: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(publicKey);
  return encrypter.encrypt(text);
}

function whole(changes: Partial<SealedCase> = {}): SealedCase {
  return {
    caseId: '6f1a5f0e-0f5c-4b0e-9d53-2a1f0d6b8c11',
    grant: new Uint8Array([1]),
    entries: [
      { kind: 'report', number: 0, sealed: new Uint8Array([2]) },
      { kind: 'identity', number: 0, sealed: new Uint8Array([3]) },
      { kind: 'message', number: 1, sealed: new Uint8Array([4]) },
      { kind: 'reply', number: 12, sealed: new Uint8Array([5]) },
    ],
    contents: [{ name: 'content-1.age', sealed: new Uint8Array([6]) }],
    caseJson: { id: '6f1a', status: 'received', title: 'x\u202ey\u{e0067}', grant: 'AAAA', report: 'BBBB' },
    eventsJson: [{ position: 1, kind: 'received' }],
    keyFileName: 'my key.age',
    ...changes,
  };
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealed-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function unzip(zip: Uint8Array): void {
  writeFileSync(join(folder, 'case.zip'), zip);
  execFileSync('unzip', ['-q', 'case.zip'], { cwd: folder });
  rmSync(join(folder, 'case.zip'));
}

describe('sealedZip', () => {
  it('unzips to the files of the command line', () => {
    unzip(sealedZip(whole()));
    expect(readdirSync(folder).sort()).toEqual([
      'README.txt',
      'case.json',
      'content-1.age',
      'events.json',
      'grant.age',
      'identity.age',
      'message-1.age',
      'reply-12.age',
      'report.age',
    ]);
    expect([...readFileSync(join(folder, 'grant.age')), ...readFileSync(join(folder, 'reply-12.age'))]).toEqual([1, 5]);
    const caseJson = readFileSync(join(folder, 'case.json'), 'utf8');
    expect(caseJson).toBe('{\n  "id": "6f1a",\n  "status": "received",\n  "title": "x\\u202ey\\udb40\\udc67"\n}\n');
    expect(JSON.parse(caseJson)).toEqual({ id: '6f1a', status: 'received', title: 'x\u202ey\u{e0067}' });
    expect(JSON.parse(readFileSync(join(folder, 'events.json'), 'utf8'))).toEqual([{ position: 1, kind: 'received' }]);
  });

  it('says nothing of when it was made, and gives the files to their owner alone', () => {
    expect(sealedZip(whole())).toEqual(sealedZip(whole()));
    unzip(sealedZip(whole()));
    const file = statSync(join(folder, 'report.age'));
    expect([file.mtime.getFullYear(), file.mtime.getMonth(), file.mtime.getDate()]).toEqual([1980, 0, 1]);
    expect(file.mode & 0o777).toBe(0o600);
  });

  it('opens with stock age by the commands in README.txt', async () => {
    const grant = vector('grant.json');
    const report = vector('report-concern.json');
    // The vectors are of the same case and of different case keys: the report is sealed again to the key of the grant.
    const text = `${JSON.stringify(report.expect.entry)}   \n`;
    const sealed = await sealedTo(grant.expect.public_key, text);
    unzip(
      sealedZip(
        whole({
          grant: new Uint8Array(Buffer.from(grant.input.sealed, 'base64')),
          entries: [{ kind: 'report', number: 0, sealed }],
        }),
      ),
    );
    writeFileSync(join(folder, 'my key.age'), `${grant.input.private_key}\n`, { mode: 0o600 });
    const readme = readFileSync(join(folder, 'README.txt'), 'utf8');
    const commands = readme.split('\n').filter((line) => /^ {4}(umask|age|rm) /.test(line));
    expect(commands).toHaveLength(4);
    const opened = execFileSync('sh', ['-e', '-c', commands.join('\n')], { cwd: folder, encoding: 'utf8' });
    expect(JSON.parse(opened)).toEqual(report.expect.entry);
    expect(readdirSync(folder)).not.toContain('case.key');
  });

  it('refuses entries that no file can be named after', () => {
    const odd = [
      '../../etc/cron.d/x',
      'a/b',
      '',
      '.',
      '..',
      'message\0',
      'message\n',
      'Message',
      'a b',
      'x'.repeat(21),
    ];
    for (const kind of odd) {
      expect(() => fileName(kind, 1), kind).toThrow();
      expect(() => sealedZip(whole({ entries: [{ kind, number: 1, sealed: new Uint8Array() }] }))).toThrow();
    }
    for (const number of [-1, 1.5, NaN, 2 ** 32]) {
      expect(() => fileName('message', number)).toThrow();
    }
    const twice = { kind: 'message', number: 1, sealed: new Uint8Array() };
    expect(() => sealedZip(whole({ entries: [twice, twice] }))).toThrow();
  });

  it('names files by what they are', () => {
    expect(fileName('report', 0)).toBe('report.age');
    expect(fileName('identity', 0)).toBe('identity.age');
    expect(fileName('message', 12)).toBe('message-12.age');
    expect(fileName('attachment', 1)).toBe('attachment-1.age');
    expect(fileName('report', 3)).toBe('report-3.age');
  });

  it('quotes key files with odd names', () => {
    expect(quoted('chair.key')).toBe('chair.key');
    expect(quoted('my key')).toBe("'my key'");
    expect(quoted("it's;rm")).toBe(String.raw`'it'\''s;rm'`);
    expect(quoted('-x')).toBe("'./-x'");
    expect(quoted('')).toBe("''");
    unzip(sealedZip(whole({ keyFileName: 'a\nrm -rf x' })));
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).not.toMatch(/^rm/m);
  });
});

describe('README.txt', () => {
  it('is the one of the command line', () => {
    const rust = readFileSync(new URL('../../../server/src/cli/case/export.rs', import.meta.url), 'utf8');
    const body = rust.slice(rust.indexOf('fn readme'), rust.indexOf('/// A file name as a shell takes it'));
    // The string literals of the function, in order; `writeln!` ends its lines itself.
    const literals = [...body.matchAll(/(writeln!\(\s*text,\s*)?"((?:[^"\\]|\\.)*)"/g)]
      .map(([, line, literal]) => ({ line: line !== undefined, text: (literal ?? '').replaceAll('\\"', '"') }))
      .filter(({ text }) => text.length > 10);
    const filled = literals.map(({ line, text }) =>
      [
        ['{id}', 'ID'],
        ['{GRANT_FILE}', 'grant.age'],
        ['{IDENTITY_FILE}', 'identity.age'],
        ['{key}', "'KEY FILE'"],
        ['{name}', line ? 'report.age' : 'KEY FILE'],
      ]
        .reduce((sum, [from, to]) => sum.replaceAll(from ?? '', to ?? ''), text)
        .concat(line ? '\n' : ''),
    );
    expect(literals).toHaveLength(5);
    const names = ['report.age', 'identity.age'];
    expect(exportReadme('ID', 'KEY FILE', "'KEY FILE'", names, 'none')).toBe(filled.join(''));
    const about = /ABOUT_CONTENTS: &str = "([^"]+)"/u.exec(rust)?.[1]?.replace('KEY', "'KEY FILE'") ?? '';
    const [beginning = '', end = ''] = filled.join('').split('    rm case.key\n');
    expect(about.length).toBeGreaterThan(300);
    expect(exportReadme('ID', 'KEY FILE', "'KEY FILE'", names, 'here')).toBe(
      `${beginning}    rm case.key\n${about}${end}`,
    );
  });
});
