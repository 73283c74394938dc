import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import type { Strength } from './passphrase';

const zxcvbn = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
});

/** Words that somebody who attacks this very file would try first. */
const NEAR_AT_HAND = [
  'candor',
  'audit',
  'committee',
  'chair',
  'compliance',
  'report',
  'whistleblower',
  'ethics',
  'board',
];

/** Weighs a passphrase against common passwords, names, words, dates and patterns of the keyboard. */
export function weighWithDictionaries(passphrase: string): Strength {
  // More than a hundred characters are not guessed by lists; weighing them would take long.
  const { score, feedback } = zxcvbn.check(passphrase.slice(0, 100), NEAR_AT_HAND);
  return { score, warning: feedback.warning ?? '', suggestions: feedback.suggestions };
}
