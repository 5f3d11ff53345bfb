import { accept, refuse, type Outcome } from '../../../kernel/pure/outcome';
import { say, type Wording } from '../../../kernel/pure/wording';

/** Two spellings that look alike are one username. */
export const normaliseUsername = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

export const usernameForm = /^[\p{L}\p{N}][\p{L}\p{N}._-]{2,63}$/u;

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

/** The form in which a password is hashed and compared: one text has one byte string, whatever the keyboard sent. */
export const normalisePassword = (text: string): string => text.normalize('NFC');

// Of the passwords that people choose most often, those that are long enough to pass the length rule.
const commonest = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234567890',
  '0123456789012',
  '123123123123',
  '123456123456',
  '111111111111',
  '000000000000',
  '888888888888',
  '666666666666',
  'aaaaaaaaaaaa',
  'abcdefghijkl',
  'abcd12345678',
  'abc123456789',
  'a123456789012',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopas',
  'qwertyuiopasdfghjkl',
  'qwerty123456',
  '1q2w3e4r5t6y',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  'qazwsxedcrfv',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'p@ssw0rd1234',
  'p@ssword1234',
  'admin1234567',
  'admin123456789',
  'administrator',
  'administrator1',
  'letmeinletmein',
  'iloveyou1234',
  'woaini123456',
  'woaini1314520',
  'woaini5201314',
  '5201314520131',
  'changeme1234',
  'welcome12345',
  'lujian123456',
]);

/** May this be the new password of this username? Returns its normalised form. */
export function judgePassword(text: string, username: string, previous?: string): Outcome<string> {
  const password = normalisePassword(text);
  const length = [...password].length;
  const unfit = (reason: Wording): Outcome<string> => refuse('account.password-unfit', { reason });
  if (length < PASSWORD_MIN || length > PASSWORD_MAX) {
    return unfit(
      say(
        `口令须为 ${PASSWORD_MIN} 至 ${PASSWORD_MAX} 个字符，现为 ${length} 个；可用一句话作口令。`,
        `A password has ${PASSWORD_MIN} to ${PASSWORD_MAX} characters, and this has ${length}; a whole sentence will do.`,
      ),
    );
  }
  const plain = password.toLowerCase();
  if (normaliseUsername(password) === username)
    return unfit(say('口令不能与用户名相同，请另选。', 'The password may not be the user name; choose another.'));
  if (commonest.has(plain))
    return unfit(
      say(
        '这是最常见的口令之一，极易被猜中，请另选。',
        'This is one of the commonest passwords and easily guessed; choose another.',
      ),
    );
  if (previous !== undefined && normalisePassword(previous) === password)
    return unfit(say('新口令与原口令相同，请另选。', 'The new password is the old one; choose another.'));
  return accept(password);
}

// No digits or letters that are misread on paper; 32 of them, so that five bits choose one.
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** Twenty characters in four groups from 20 random bytes: 100 bits. */
export const oneTimePasswordFrom = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, 20), (b, n) => (n > 0 && n % 5 === 0 ? '-' : '') + alphabet[b & 31]).join('');
