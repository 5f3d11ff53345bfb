import type { Words } from '../../words/language';
import { changeWords } from './change-words';
import { expertWords } from './expert-words';
import { institutionWords } from './institution-words';
import { paperWords } from './papers';
import { registerWords } from './words';

/** Everything that screens about persons say; any of them may be opened first. */
export const personWords: Words = {
  ...registerWords,
  ...changeWords,
  ...paperWords,
  ...institutionWords,
  ...expertWords,
};
