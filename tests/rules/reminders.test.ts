import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { calendarOf } from '../../src/modules/policy/core/working-days';
import {
  firstReminder,
  nextReminder,
  reminderDays,
  reminderOn,
} from '../../src/modules/policy/deadlines/deadlines.rules';

/** Weekends only. */
const calendar = calendarOf([]);
/** A Wednesday. */
const dueOn = legalDate('2026-06-10');
const before = (n: number): LegalDate => addDays(dueOn, -n);

test('what is owed is told five and one working days before, and on the day after', () => {
  expect(reminderDays(calendar, 'assignment.answer', dueOn)).toEqual(['2026-06-03', '2026-06-09', '2026-06-11']);
});

test.each(['document.expiry', 'letter.expiry'])('%s is told thirty days before too', (kind) => {
  expect(reminderDays(calendar, kind, dueOn)[0]).toBe('2026-05-11');
  expect(nextReminder(calendar, { kind, dueOn }, before(31))).toBe(before(30));
  expect(nextReminder(calendar, { kind, dueOn }, before(30))).toBe('2026-06-03');
});

test.each([
  ['document.expiry', 31, before(30)],
  ['document.expiry', 30, before(30)],
  ['letter.expiry', 20, before(20)],
  ['letter.expiry', 8, before(8)],
  // From then on the reminders of every term say it.
  ['letter.expiry', 7, '2026-06-09'],
  ['document.expiry', 0, '2026-06-11'],
  ['other', 20, '2026-06-03'],
] as const)('%s that is recorded %i days before its last day is first told on %s', (kind, days, first) => {
  expect(firstReminder(calendar, { kind, dueOn }, before(days))).toBe(first);
  expect(firstReminder(calendar, { kind, dueOn: null }, before(days))).toBeNull();
});

test('short terms have no reminder before they begin, and what has no last day has none', () => {
  expect(nextReminder(calendar, { kind: 'document.expiry', dueOn }, before(3))).toBe('2026-06-09');
  expect(nextReminder(calendar, { kind: 'document.expiry', dueOn: null }, dueOn)).toBeNull();
  expect(nextReminder(calendar, { kind: 'other', dueOn }, addDays(dueOn, 1))).toBeNull();
});

test.each([
  ['document.expiry', 30, 'document.expiring'],
  // The day was missed: what is told late is what holds then.
  ['document.expiry', 8, 'document.expiring'],
  ['document.expiry', 7, 'deadline.near'],
  ['document.expiry', 0, 'deadline.near'],
  ['document.expiry', -1, 'deadline.passed'],
  ['letter.expiry', 30, 'letter.expiring'],
  ['letter.expiry', 1, 'deadline.near'],
  // No letter renews it any more: it is owed no longer.
  ['letter.expiry', -1, 'lapsed'],
  ['other', 30, 'deadline.near'],
  ['other', -40, 'deadline.passed'],
] as const)('%s, %i days before its last day: %s', (kind, days, says) => {
  expect(reminderOn(calendar, { kind, dueOn }, before(days))).toBe(says);
});
