import type { ErrorCode } from '../session/errors';

/** What happened, and what to do next. */
export interface ErrorText {
  readonly title: string;
  readonly advice: string;
}

const TEXTS: Readonly<Record<ErrorCode, ErrorText>> = {
  'wrong-passphrase': {
    title: 'This passphrase does not open the key file.',
    advice: 'Look at capitals and at spaces between words. Is it the passphrase of this very file?',
  },
  'needs-passphrase': {
    title: 'This key file is protected by a passphrase.',
    advice: 'Type the passphrase that was chosen when the key was made.',
  },
  'not-a-key-file': {
    title: 'This is not a key file.',
    advice: 'A key file was made by “Create your key”, by “candor keygen” or by age. Its name often ends in .key.',
  },
  'several-keys': {
    title: 'There are several keys in this file.',
    advice: 'Choose a file with one key, or remove the others from a copy of it.',
  },
  'other-kind-of-key': {
    title: 'This kind of key cannot be used here.',
    advice: 'Keys in hardware tokens and post-quantum keys are not supported yet. Use an ordinary age key.',
  },
  'too-much-work': {
    title: 'Opening this key file would take too much time and memory.',
    advice: 'Protect the key again with the usual settings, for example by “age -p”.',
  },
  'damaged-key-file': {
    title: 'This key file is damaged.',
    advice: 'Use your second copy. The file must not be opened and saved by another program.',
  },
  'key-not-registered': {
    title: 'The key is right, but it is not registered here.',
    advice:
      'Give your public key to the operator, who adds it to the configuration. If your key was replaced, use the new one.',
  },
  'challenge-refused': {
    title: 'Signing in did not work.',
    advice:
      'Try again. If it happens once more, check the address of this page and ask the operator: this may not be the service.',
  },
  'session-ended': {
    title: 'Your session has ended.',
    advice: 'Unlock again. What you typed is kept.',
  },
  'server-away': {
    title: 'The service does not answer.',
    advice: 'Check your connection, then try again. Nothing is lost.',
  },
  unavailable: {
    title: 'The service cannot store or read at the moment.',
    advice: 'Nothing was changed. Try again in a few minutes.',
  },
  changed: {
    title: 'The case was changed by another reader meanwhile.',
    advice: 'Look at it as it is now, then repeat what you did.',
  },
  overtaken: {
    title: 'Another reader changed the status meanwhile.',
    advice: 'Look at the case as it is now. What you wrote is kept.',
  },
  'not-permitted': {
    title: 'Recipients of your kind may not do that.',
    advice: 'Leave it to the Audit Committee.',
  },
  'nobody-left': {
    title: 'Nobody would be left who can bring this case to its end.',
    advice: 'Release it to somebody else on the committee first, or to counsel.',
  },
  'second-taken-off': {
    title: 'Two have to agree to how this case ends, and you took somebody off it.',
    advice: 'Release it to somebody else who may agree, such as outside counsel.',
  },
  'not-theirs': {
    title: 'They cannot get this case.',
    advice: 'The report is about them, they were taken off it, or they stepped aside.',
  },
  'not-found': {
    title: 'There is no such case, or your key does not open it.',
    advice: 'Go back to the list of cases.',
  },
  'not-allowed': {
    title: 'The case cannot go from its present status to that one.',
    advice: 'Look at the case as it is now.',
  },
  'not-readable': {
    title: 'This cannot be opened with your key.',
    advice:
      'It is damaged, or sealed to another key. Ask another reader whether they can open it, and tell the operator.',
  },
  'mailbox-swapped': {
    title: 'Nothing was sent: the service names another mailbox than the report does.',
    advice: 'Tell the committee, and somebody other than the operator who can look into it.',
  },
  'too-long': {
    title: 'The text is too long.',
    advice: '100,000 characters fit. Shorten it, or send it in two parts.',
  },
  'file-damaged': {
    title: 'This file is not what was sealed.',
    advice:
      'It was changed or cut off after it was sealed, so nothing of it is given out. Tell the operator, and ask the reporter to send it again.',
  },
  'file-broke-off': {
    title: 'The file did not arrive whole.',
    advice: 'Check your connection, then try again. Nothing is lost.',
  },
  'file-too-large': {
    title: 'A file is larger than the service takes.',
    advice: 'Remove it and send your reply with the others, or send a smaller version of it.',
  },
  'file-unreadable': {
    title: 'A file on your computer cannot be read any more.',
    advice: 'It was changed, moved or deleted since you chose it. Remove it from the list and choose it again.',
  },
  cancelled: {
    title: 'Cancelled.',
    advice: 'Nothing was sent or saved.',
  },
  'passkey-unavailable': {
    title: 'Passkeys cannot be used here.',
    advice: 'The browser or the device does not offer them for this page. Use your key file.',
  },
  'passkey-cancelled': {
    title: 'The passkey was not used.',
    advice: 'It was cancelled, took too long, or there is none on this device. Try again, or use your key file.',
  },
  'passkey-without-prf': {
    title: 'This passkey cannot keep a key.',
    advice:
      'It lacks what is needed for that (the PRF extension). Use your key file, or a passkey of the device itself.',
  },
  locked: {
    title: 'The console is locked.',
    advice: 'Unlock it. What you typed is kept.',
  },
  unexpected: {
    title: 'Something went wrong that should not.',
    advice: 'Load the page again. If it stays, tell the operator what you did.',
  },
};

/** The words for an error. */
export function errorText(code: ErrorCode): ErrorText {
  return TEXTS[code];
}
