import { addDays, legalDate } from '../../src/kernel/pure/time';
import {
  earlier,
  EXPIRING_DAYS,
  isAuthorised,
  isExpiring,
  judgeFirstLetter,
  judgeRenewal,
  needsLetter,
} from '../../src/modules/identity/letters/letters.rules';
import { roles } from '../../src/modules/identity/permissions';

const day = legalDate;
const today = day('2026-03-02');
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;

test.each(roles)('%s: a letter is for those who act for an institution', (role) => {
  const forInstitution = role === 'institution' || role === 'seal-keeper';
  expect(needsLetter(role)).toBe(forInstitution);
  const letter = { lastDay: day('2026-12-31') };
  const judged = judgeFirstLetter({ role, from: today }, letter, null, today);
  expect(codeOf(judged)).toBe(forInstitution ? 'ok' : 'post.letter-misplaced');
  expect(judgeFirstLetter({ role, from: today }, undefined, null, today).ok).toBe(true);
  const required = judgeFirstLetter({ role, from: today }, undefined, today, today);
  expect(codeOf(required)).toBe(forInstitution ? 'post.letter-missing' : 'ok');
  // The rule begins tomorrow.
  expect(judgeFirstLetter({ role, from: today }, undefined, addDays(today, 1), today).ok).toBe(true);
  const without = { role, letterUntil: null };
  expect(isAuthorised(without, today, today)).toBe(!forInstitution);
  expect(isAuthorised(without, addDays(today, 1), today)).toBe(true);
  expect(isAuthorised({ role, letterUntil: today }, today, today)).toBe(true);
});

test('a letter that ends before the post begins authorises nobody', () => {
  const post = { role: 'institution' as const, from: day('2026-03-02') };
  expect(codeOf(judgeFirstLetter(post, { lastDay: day('2026-03-01') }, null, today))).toBe('post.letter-ended');
  expect(judgeFirstLetter(post, { lastDay: day('2026-03-02') }, null, today).ok).toBe(true);
});

test('the post ends with the earlier of its own day and the letter’s', () => {
  expect(earlier(null, null)).toBeNull();
  expect(earlier(day('2026-01-01'), null)).toBe('2026-01-01');
  expect(earlier(null, day('2026-01-01'))).toBe('2026-01-01');
  expect(earlier(day('2026-01-02'), day('2026-01-01'))).toBe('2026-01-01');
  expect(earlier(day('2026-01-01'), day('2026-01-02'))).toBe('2026-01-01');
});

describe('a renewal', () => {
  const judge = (letterUntil: string | null, lastDay: string, to: string | null = null): string =>
    codeOf(
      judgeRenewal(
        {
          role: 'institution',
          from: day('2026-01-01'),
          to: to === null ? null : day(to),
          letterUntil: letterUntil === null ? null : day(letterUntil),
        },
        day(lastDay),
        today,
      ),
    );
  test.each([
    ['lengthens', '2026-03-31', '2026-12-31', null, 'ok'],
    ['on the letter’s last day', '2026-03-02', '2026-12-31', null, 'ok'],
    ['a day too late', '2026-03-01', '2026-12-31', null, 'post.letter-too-late'],
    ['of a post that has ended', '2026-12-31', '2027-12-31', '2026-03-01', 'post.letter-too-late'],
    ['by the same day', '2026-03-31', '2026-03-31', null, 'post.letter-shorter'],
    ['by one day more', '2026-03-31', '2026-04-01', null, 'ok'],
    ['of a post without a letter', null, '2026-03-02', null, 'ok'],
    ['that has ended already', null, '2026-03-01', null, 'post.letter-ended'],
  ])('%s', (_name, until, lastDay, to, code) => expect(judge(until, lastDay, to)).toBe(code));

  test('is for institutions only', () => {
    const post = { role: 'bureau' as const, from: today, to: null, letterUntil: null };
    expect(codeOf(judgeRenewal(post, day('2027-01-01'), today))).toBe('post.letter-misplaced');
  });
});

test('ending soon is within thirty days, the last day included', () => {
  expect(isExpiring(today, today)).toBe(true);
  expect(isExpiring(addDays(today, EXPIRING_DAYS), today)).toBe(true);
  expect(isExpiring(addDays(today, EXPIRING_DAYS + 1), today)).toBe(false);
  expect(isExpiring(addDays(today, -1), today)).toBe(false);
});
