/** Words for the files of a case. */

const TRACES: Readonly<Record<string, string>> = {
  author: 'names of authors',
  last_editor: 'who changed it last',
  company: 'the company',
  place: 'the place',
  device: 'camera or device',
  serial_number: 'a serial number',
  dates: 'dates and times',
  software: 'the program',
  title: 'title and keywords',
  comment: 'a comment',
  thumbnail: 'a small preview picture',
  revisions: 'earlier versions',
  print_settings: 'print settings',
  profile: 'a colour profile',
  identifier: 'identifiers',
  other: 'other hidden data',
};

export const files = {
  title: 'Files',
  warning:
    'Files from strangers can do harm, and some report where they are opened. Open them on a computer that is cut off from the network, or in a viewer that runs nothing.',
  save: 'Save',
  show: 'Show',
  hide: 'Hide',
  cancel: 'Cancel',
  opening: (percent: number) => `Fetching and opening… ${percent} %`,
  saved: 'Saved to your downloads, unsealed. Delete it there when you are done.',
  notShown: 'This is not a picture or a text, whatever its name says. Save it to open it elsewhere.',
  undrawn: 'This kind of picture cannot be shown here. Save it to open it elsewhere.',
  stopped: 'Stopped. Nothing was saved.',
  damagedPicture: 'The browser cannot show this picture: it may be damaged. Save it to open it elsewhere.',
  unproven: 'Not proved to come from the reporter. Do not rely on it.',
  notCleaned: 'Nothing was removed from it before it was sealed. Look for hidden data before you pass it on.',
  cleaned: (codes: readonly string[]) =>
    codes.includes('nothing_found')
      ? 'It was looked into before it was sealed, and no hidden data was found in it.'
      : `Removed before it was sealed: ${codes.map((code) => TRACES[code] ?? code).join(', ')}.`,
  picture: (name: string) => `Picture: ${name}`,
  text: (name: string) => `Text of ${name}`,
  missing: (numbers: readonly number[]) =>
    numbers.length === 1
      ? `File ${numbers[0]} of the reporter is missing: the service did not send it. Ask another reader whether they have it, and tell the operator.`
      : `Files ${numbers.join(', ')} of the reporter are missing: the service did not send them. Ask another reader whether they have them, and tell the operator.`,
} as const;

export const replyFiles = {
  choose: 'Attach files',
  hint: (most: number, largest: string) =>
    `${most === 1 ? 'One file' : `Up to ${String(most)} files, each`} up to ${largest}. They are sent as they are: a document often names its author and company.`,
  chooseAgain: (names: readonly string[]) =>
    `Files do not wait while the console is locked or shows another case. Choose again what is to go with the reply: ${names.join(', ')}`,
  remove: (name: string) => `Remove ${name}`,
  tooMany: (most: number, left: readonly string[]) =>
    `At most ${String(most)} ${most === 1 ? 'file goes' : 'files go'} with one reply. Left out: ${left.join(', ')}.`,
  tooLarge: (name: string, largest: string) => `${name} is larger than ${largest}, so it was left out.`,
  sending: (percent: number) => `Sealing and sending the files… ${percent} %`,
  cancel: 'Cancel',
} as const;
