import { addDays, legalDate } from '../../src/kernel/pure/time';
import {
  isColleague,
  judgeAppointment,
  judgeStanding,
  mayArrange,
  mayDeputise,
  rolesConflict,
  type Appointment,
  type RepresentedPost,
} from '../../src/modules/identity/deputies/deputies.rules';
import { roles, type Role } from '../../src/modules/identity/permissions';
import type { HeldPost } from '../../src/modules/identity/posts/posts.rules';

const day = legalDate;
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;

const party = (role: Role) => ({
  institutionId: role === 'institution' || role === 'seal-keeper' ? 'i' : null,
  organisationId: role === 'mine' ? 'o' : null,
  expertId: role === 'expert' ? 'e' : null,
});
const held = (role: Role, wished: Partial<HeldPost> = {}): HeldPost => ({
  id: 'own',
  role,
  ...party(role),
  authorityId: Object.values(party(role)).every((v) => v === null) ? 'a' : null,
  from: day('2026-01-01'),
  to: null,
  ...wished,
});
const represented = (role: Role, wished: Partial<RepresentedPost> = {}): RepresentedPost => ({
  ...held(role),
  id: 'post',
  accountId: 'holder',
  ...wished,
});
const appointment = (wished: Partial<Appointment> = {}): Appointment => ({
  post: represented('bureau'),
  deputyAccountId: 'deputy',
  deputyPosts: [held('bureau')],
  appointerAccountId: 'holder',
  others: [],
  from: day('2026-03-02'),
  to: day('2026-03-06'),
  today: day('2026-03-02'),
  ...wished,
});

describe('whose deputy may be whose', () => {
  const administrators: Role[] = ['auditor', 'security-admin', 'system-admin'];
  const outside: Role[] = ['institution', 'seal-keeper', 'expert', 'mine'];
  const sideOf = (role: Role): string => {
    if (role === 'institution' || role === 'seal-keeper') return 'institution';
    return outside.includes(role) ? role : 'authority';
  };
  // From the duties, in the order in which they are asked.
  const expected = (post: Role, own: Role): string => {
    if (administrators.includes(post)) return 'deputyship.administrator';
    if (post === 'expert') return 'deputyship.personal';
    if (administrators.includes(own)) return 'deputyship.roles-conflict';
    if ((post === 'intake') !== (own === 'intake')) return 'deputyship.roles-conflict';
    if ([post, own].sort().join() === 'bureau-lead,inspector') return 'deputyship.roles-conflict';
    return sideOf(post) === sideOf(own) ? 'ok' : 'deputyship.not-colleague';
  };
  test.each(roles.flatMap((a) => roles.map((b) => [a, b] as const)))('%s, for whom a %s acts', (post, own) => {
    const days = { from: day('2026-03-02'), to: day('2026-03-06') };
    expect(codeOf(judgeStanding(held(post), [held(own)], days))).toBe(expected(post, own));
    expect(rolesConflict(post, own)).toBe(rolesConflict(own, post));
  });

  test('a colleague is of the same authority, institution, operator', () => {
    expect(isColleague(held('bureau'), held('inspector', { authorityId: 'b' }))).toBe(false);
    expect(isColleague(held('institution'), held('institution', { institutionId: 'j' }))).toBe(false);
    expect(isColleague(held('institution'), held('seal-keeper'))).toBe(true);
    expect(isColleague(held('mine'), held('mine', { organisationId: 'p' }))).toBe(false);
  });

  test('somebody without any post is nobody’s deputy', () => {
    expect(codeOf(judgeAppointment(appointment({ deputyPosts: [] })))).toBe('deputyship.not-colleague');
  });

  test('one conflicting post among several is enough, but only in these days', () => {
    const lead = (from: string, to: string | null) =>
      held('bureau-lead', { from: day(from), to: to === null ? null : day(to) });
    const judge = (own: HeldPost[]): string =>
      codeOf(judgeAppointment(appointment({ post: represented('inspector'), deputyPosts: [held('bureau'), ...own] })));
    expect(judge([lead('2026-03-06', null)])).toBe('deputyship.roles-conflict');
    expect(judge([lead('2026-03-07', null)])).toBe('ok');
    expect(judge([lead('2025-01-01', '2026-03-02')])).toBe('deputyship.roles-conflict');
    expect(judge([lead('2025-01-01', '2026-03-01')])).toBe('ok');
  });
});

describe('an appointment', () => {
  test.each<[string, Partial<Appointment>, string]>([
    ['for named days', {}, 'ok'],
    ['for one day', { to: day('2026-03-02') }, 'ok'],
    ['that ends before it begins', { to: day('2026-03-01') }, 'deputyship.period'],
    ['that is over', { from: day('2026-02-01'), to: day('2026-03-01') }, 'deputyship.past'],
    ['that began earlier and ends today', { from: day('2026-02-01'), to: day('2026-03-02') }, 'ok'],
    ['of the holder', { deputyAccountId: 'holder' }, 'deputyship.same-person'],
    ['by the lead, of somebody else', { appointerAccountId: 'lead' }, 'ok'],
    ['by the lead, of the lead', { appointerAccountId: 'deputy' }, 'deputyship.not-yourself'],
    [
      'beside another of the same days',
      { others: [{ from: day('2026-03-06'), to: day('2026-03-31') }] },
      'deputyship.overlap',
    ],
    ['followed by another', { others: [{ from: day('2026-03-07'), to: day('2026-03-31') }] }, 'ok'],
    ['until the post’s last day', { post: represented('bureau', { to: day('2026-03-06') }) }, 'ok'],
    [
      'beyond the post’s last day',
      { post: represented('bureau', { to: day('2026-03-05') }) },
      'deputyship.outside-post',
    ],
    ['before the post began', { post: represented('bureau', { from: day('2026-03-03') }) }, 'deputyship.outside-post'],
  ])('%s', (_name, wished, code) => {
    expect(codeOf(judgeAppointment(appointment(wished)))).toBe(code);
  });
});

describe('on which days a deputy may act', () => {
  const may = (on: string, wished: { revokedAt?: number | null; post?: RepresentedPost; own?: HeldPost[] } = {}) => {
    const days = { from: day('2026-03-02'), to: day('2026-03-06'), revokedAt: wished.revokedAt ?? null };
    return mayDeputise(days, wished.post ?? represented('bureau'), wished.own ?? [held('bureau')], day(on));
  };
  test.each([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2026-03-06', true],
    ['2026-03-07', false],
  ])('%s: %s', (on, answer) => expect(may(on)).toBe(answer));

  test('never once revoked', () => expect(may('2026-03-03', { revokedAt: 1 })).toBe(false));
  test('not after the represented post has ended', () => {
    const post = represented('bureau', { to: day('2026-03-03') });
    expect([may('2026-03-03', { post }), may('2026-03-04', { post })]).toEqual([true, false]);
  });
  test('not after the deputy’s own post has ended', () => {
    const own = [held('bureau', { to: day('2026-03-03') })];
    expect([may('2026-03-03', { own }), may('2026-03-04', { own })]).toEqual([true, false]);
  });
  test('not from the day on which a conflicting post begins', () => {
    const own = [held('bureau'), held('security-admin', { from: addDays(day('2026-03-03'), 1) })];
    expect([may('2026-03-03', { own }), may('2026-03-04', { own })]).toEqual([true, false]);
  });
});

describe('who arranges it', () => {
  const post = { accountId: 'holder', isInScope: true };
  test.each(roles)('%s', (role) => {
    const may = (accountId: string, isDeputy = false, isInScope = true): boolean =>
      mayArrange({ accountId, role, isDeputy }, { ...post, isInScope });
    expect(may('holder')).toBe(true);
    expect(may('holder', true)).toBe(false);
    expect(may('other')).toBe(role === 'security-admin' || role === 'bureau-lead');
    expect(may('other', false, false)).toBe(role === 'security-admin');
    expect(may('other', true)).toBe(false);
  });
});
