/** Imports point one way, and no text becomes markup: read from the sources, so that a short cut fails here first. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = import.meta.dirname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/u.test(name) && !name.includes('.test.'))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

/** Each folder, and what it may use besides itself. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  clean: [],
  review: [],
  files: [],
  texts: ['session', 'state'],
  api: [],
  session: ['protocol', 'api', 'worker'],
  state: ['session', 'worker'],
  export: ['protocol', 'session', 'state', 'texts', 'files'],
  worker: ['protocol', 'api', 'session', 'export'],
  views: ['session', 'state', 'export', 'texts', 'files'],
  reporter: ['protocol', 'clean', 'review', 'files'],
};

function importsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/(?:from|import\() ?'(\.[^']+)'/gu), (match) => match[1] ?? '');
}

test('the sources are here', () => {
  expect(sources.length).toBeGreaterThan(50);
});

test.each(sources)('$name uses only what lies below it', ({ name, text }) => {
  const [folder = ''] = name.split('/');
  const allowed = MAY_USE[folder];
  for (const path of allowed === undefined ? [] : importsOf(text)) {
    const target = relative(root, join(root, dirname(name), path)).split('/')[0] ?? '';
    // Between page and worker only types cross, and the line that carries them.
    const types = new RegExp(`import type [^;]*'${path.replaceAll('.', '\\.')}'`, 'u').test(text);
    const line = path.endsWith('/rpc') || path.includes('worker?worker');
    const crossing = target === 'worker' && folder !== 'worker' && !types && !line;
    expect(target === folder || (allowed?.includes(target) === true && !crossing), `${name} imports ${path}`).toBe(
      true,
    );
  }
});

/** Takes in pages that this server wrote, through the trusted policy. */
const TAKES_IN_PAGES = join('reporter', 'trusted.ts');

/** The code without its comments. Strings stay as they are: an address has two slashes, too. */
function codeOf(text: string): string {
  const pieces = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/.*$/gmu;
  return text.replace(pieces, (piece) => (piece.startsWith('/') ? '' : piece));
}

/** Addresses in the code. Names of formats look like addresses, and are never opened; a sentence may end with https://. */
function addressesIn(text: string): readonly string[] {
  const formats = /^https?:\/\/(?:www\.)?(?:age-encryption\.org|w3\.org|schemas\.|purl\.org|ns\.adobe\.com)/u;
  return Array.from(codeOf(text).matchAll(/https?:\/\/(?!\.)[^\s'"`]*/gu), ([address]) => address).filter(
    (address) => !formats.test(address),
  );
}

test('addresses are found in code, and not in comments', () => {
  expect(addressesIn("const there = 'https://example.com/x';")).toEqual(['https://example.com/x']);
  expect(addressesIn("fetch('http://' + host); // https://example.org")).toEqual(['http://']);
  expect(addressesIn("/* https://example.com */ const age = 'age-encryption.org/v1';")).toEqual([]);
  expect(addressesIn("const quote = '\\''; // see https://example.com")).toEqual([]);
});

test.each(sources)('$name makes neither markup nor code out of text, and leads nowhere else', ({ name, text }) => {
  const code = codeOf(text);
  for (const way of [
    /dangerouslySetInnerHTML/u,
    /\.(?:inner|outer)HTML\b/u,
    /insertAdjacentHTML|document\.write|createContextualFragment/u,
    ...(name === TAKES_IN_PAGES ? [] : [/DOMParser/u]),
    /\beval\(|new Function\(/u,
  ]) {
    expect(code).not.toMatch(way);
  }
  expect(addressesIn(text)).toEqual([]);
});

test('two trusted policies: one for the worker of the console, one for that of the reporter and pages of this server', () => {
  const making = sources.filter(({ text }) => text.includes('createPolicy') || text.includes('new Worker('));
  expect(making.map(({ name }) => name).sort()).toEqual([TAKES_IN_PAGES, join('session', 'trusted.ts')]);
});
