/** Why a phrase is pointed at before a report is sent, and what to write instead. Read by people who may be afraid. */
import type { PhraseKind } from '../review/phrase';

export const telling: Readonly<Record<PhraseKind, string>> = {
  own_job:
    'This says what your job is, and few people may have it: you could write what happened and leave your own part out.',
  only_i_know:
    'If only one or two people know this, it may point to you: you could leave it out, or say it less exactly.',
  signature: 'This looks like a name: you do not need to sign, and your report counts just as much without it.',
  email:
    'An e-mail address leads to a person: if it is yours, leave it out, because answers reach you here without it.',
  phone:
    'A telephone number leads to a person: if it is yours, leave it out, because answers reach you here without it.',
  exact_time: 'An exact time can show who was there: often the day or the week is enough.',
  employee_number: 'A number like this stands for one person: if it is yours, leave it out.',
  family: 'What you say about people close to you can point to you: you could write “somebody”, or leave it out.',
  address: 'An address can lead to a person: if it is yours, leave it out, or name only the town.',
  handle: 'A name from the internet leads to a person: if it is yours, leave it out.',
};
