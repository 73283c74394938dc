/**
 * README.txt of an exported case, word for word as `candor case export` writes it
 * (`server/src/cli/case/export.rs`).
 *
 * @param key the name of the key file; @param quoted the same, as a shell takes it; @param names files of the entries.
 */
export function exportReadme(caseId: string, key: string, quoted: string, names: readonly string[]): string {
  const opened = names.filter((name) => name !== 'identity.age').map((name) => `    age -d -i case.key ${name}\n`);
  // Commented out, so that nobody opens it by pasting the lot.
  const identity = names.includes('identity.age')
    ? '    # age -d -i case.key identity.age      who the reporter is: only if you must know\n'
    : '';
  return `Case ${caseId}

Everything here is sealed as it was on the service. ${key} below stands for the path of your key file. To open all of
it, run in this folder

    candor decrypt --identity ${quoted} .

or, with stock age (https://age-encryption.org):

    umask 077
    age -d -i ${quoted} grant.age > case.key
${opened.join('')}${identity}    rm case.key

DELETE case.key when you are done. It opens everything in this case, without a passphrase, for whoever finds it.

Each file is JSON, padded with spaces at its end so that its length tells nothing. Inside, "case" and "number" say
where it belongs: compare "case" with the id above. \`candor decrypt\` also checks the signatures of the reporter's
messages, which age does not.

case.json and events.json are what the service itself knows; they were never sealed.
`;
}
