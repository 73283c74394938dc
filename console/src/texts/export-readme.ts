/**
 * README.txt of an exported case, word for word as `candor case export` writes it
 * (`server/src/cli/case/export.rs`).
 *
 * @param key the name of the key file; @param quoted the same, as a shell takes it; @param names files of the entries.
 */
export function exportReadme(
  caseId: string,
  key: string,
  quoted: string,
  names: readonly string[],
  contents: 'none' | 'here' | 'too_large',
): string {
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
${aboutContents(contents, quoted)}
DELETE case.key when you are done. It opens everything in this case, without a passphrase, for whoever finds it.

Each file is JSON, padded with spaces at its end so that its length tells nothing. Inside, "case" and "number" say
where it belongs: compare "case" with the id above. \`candor decrypt\` also checks the signatures of the reporter's
messages, which age does not.

case.json and events.json are what the service itself knows; they were never sealed.
`;
}

function aboutContents(contents: 'none' | 'here' | 'too_large', quoted: string): string {
  switch (contents) {
    case 'none':
      return '';
    case 'too_large':
      return `
The files that came along are not in here: together they are too large for a zip file that a browser makes. Export the
case with \`candor case export\`, or save them one by one in the console.
`;
    case 'here':
      return `
Files that came along are sealed, too: attachment-1.age says what a file is, content-1.age is what is in it; the files of
reply-1.age are reply-1-content-1.age and so on. This saves them all under their names, what the reporter sent in the
folder \`reporter\` and what went with replies in \`replies\`, and checks that each is the one that was sent:

    candor decrypt --identity ${quoted} --files opened-files .

With stock age, \`age -d -i case.key content-1.age > FILE\` opens one while case.key is there. It comes out with zeros
after its end, which most programs do not mind; attachment-1.age says the size. Files from strangers can do harm: open them on a computer that is cut off, or in a viewer that runs nothing.
`;
  }
}
