import fc from 'fast-check';
import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { roles, type Role } from '../../src/modules/identity/permissions';
import {
  isActive,
  judgeEnd,
  judgeGrant,
  judgePost,
  judgeSuccession,
  type HeldPost,
  type Wanted,
} from '../../src/modules/identity/posts/posts.rules';

const day = legalDate;

const party = (role: Role): Pick<Wanted, 'institutionId' | 'organisationId' | 'expertId'> => ({
  institutionId: role === 'institution' || role === 'seal-keeper' ? 'i' : null,
  organisationId: role === 'mine' ? 'o' : null,
  expertId: role === 'expert' ? 'e' : null,
});

const aPost = (role: Role, from = '2026-01-01', to: string | null = null, id = 'p'): HeldPost => ({
  id,
  role,
  ...party(role),
  authorityId: 'a',
  from: day(from),
  to: to === null ? null : day(to),
});

const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;

describe('what a post names', () => {
  test.each(roles)('%s: exactly the party of the role', (role) => {
    expect(codeOf(judgePost(aPost(role)))).toBe('ok');
    const right = party(role);
    for (const field of ['institutionId', 'organisationId', 'expertId'] as const) {
      const turned = { ...aPost(role), [field]: right[field] === null ? 'x' : null };
      expect(codeOf(judgePost(turned))).toBe('post.party-mismatch');
    }
  });

  test('the last day is not before the first; one day is enough', () => {
    expect(codeOf(judgePost(aPost('bureau', '2026-03-02', '2026-03-02')))).toBe('ok');
    expect(codeOf(judgePost(aPost('bureau', '2026-03-02', '2026-03-01')))).toBe('post.period');
  });
});

describe('on which days a post holds', () => {
  const post = aPost('bureau', '2026-03-02', '2026-03-04');
  test.each([
    ['2026-03-01', false],
    ['2026-03-02', true],
    ['2026-03-04', true],
    ['2026-03-05', false],
  ])('%s: %s', (on, holds) => {
    expect(isActive(post, day(on))).toBe(holds);
  });
  test('an open post holds without end', () => {
    expect(isActive(aPost('bureau', '2026-03-02'), day('2199-12-31'))).toBe(true);
  });
});

describe('what one person may hold at once', () => {
  const three: Role[] = ['auditor', 'security-admin', 'system-admin'];
  const expected = (a: Role, b: Role): string => {
    if (a === b) return 'post.overlap';
    return three.includes(a) || three.includes(b) ? 'post.roles-conflict' : 'ok';
  };
  test.each(roles.flatMap((a) => roles.map((b) => [a, b] as const)))('%s and %s', (held, wanted) => {
    expect(codeOf(judgeGrant(aPost(wanted), [aPost(held)]))).toBe(expected(held, wanted));
  });

  test('one after the other is allowed, one common day is not', () => {
    const auditor = aPost('auditor', '2026-01-01', '2026-06-30');
    expect(codeOf(judgeGrant(aPost('bureau', '2026-07-01'), [auditor]))).toBe('ok');
    expect(codeOf(judgeGrant(aPost('bureau', '2026-06-30'), [auditor]))).toBe('post.roles-conflict');
    expect(codeOf(judgeGrant(aPost('bureau', '2025-01-01', '2025-12-31'), [auditor]))).toBe('ok');
    expect(codeOf(judgeGrant(aPost('bureau', '2025-01-01', '2026-01-01'), [auditor]))).toBe('post.roles-conflict');
  });

  test('the same role for another institution is another post', () => {
    const other = { ...aPost('institution'), institutionId: 'j' };
    expect(codeOf(judgeGrant(other, [aPost('institution')]))).toBe('ok');
  });

  test('whoever is granted last, no two overlapping posts of different roles include an administrator', () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.option(fc.integer({ min: 0, max: 30 }), { nil: null }));
    const start = day('2026-01-01');
    const wanted = fc
      .record({ role: fc.constantFrom(...roles), span })
      .map(({ role, span: [first, length] }): HeldPost => {
        const from = addDays(start, first);
        return { ...aPost(role), from, to: length === null ? null : addDays(from, length) };
      });
    fc.assert(
      fc.property(fc.array(wanted, { maxLength: 12 }), (posts) => {
        const held: HeldPost[] = [];
        posts.forEach((p, n) => {
          if (judgeGrant(p, held).ok) held.push({ ...p, id: String(n) });
        });
        for (let n = 0; n < 100; n += 1) {
          const today = held.filter((p) => isActive(p, addDays(start, n))).map((p) => p.role);
          expect(new Set(today).size === 1 || !today.some((r) => three.includes(r)) || today.length === 0).toBe(true);
        }
      }),
    );
  });
});

describe('the end of a post', () => {
  const judge = (lastDay: string, to: string | null): string =>
    codeOf(judgeEnd(aPost('bureau', '2026-03-02', to), day(lastDay)));
  test('not before its first day', () => {
    expect(judge('2026-03-01', null)).toBe('post.period');
    expect(judge('2026-03-02', null)).toBe('ok');
  });
  test('brought forward, never put off', () => {
    expect(judge('2026-05-30', '2026-05-31')).toBe('ok');
    expect(judge('2026-05-31', '2026-05-31')).toBe('post.already-ended');
    expect(judge('2026-06-01', '2026-05-31')).toBe('post.already-ended');
  });
});

describe('who is security administrator afterwards', () => {
  const last = day('2026-03-31');
  const other = (from: string, to: string | null): { from: LegalDate; to: LegalDate | null }[] => [
    aPost('security-admin', from, to),
  ];
  const refused = 'account.last-security-admin';
  test.each([
    ['nobody', [], refused],
    ['one from the next day on', other('2026-04-01', null), 'ok'],
    ['one a day later: a gap', other('2026-04-02', null), refused],
    ['one who ends too', other('2026-01-01', '2030-12-31'), refused],
    ['one since long ago', other('2020-01-01', null), 'ok'],
  ])('%s', (_name, others, expected) => {
    expect(codeOf(judgeSuccession(last, others))).toBe(expected);
  });
});
