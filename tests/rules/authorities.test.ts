import fc from 'fast-check';
import { legalDate } from '../../src/kernel/pure/time';
import {
  authorityKinds,
  divisionContains,
  judgeAuthorityEnd,
  judgeParent,
  judgeTwin,
  reaches,
  type AuthorityFacts,
  type AuthorityKind,
  type ParentFacts,
} from '../../src/modules/identity/authorities/authorities.rules';

const day = legalDate;
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.refusal!.code;
const facts = (code: string, wished: Partial<AuthorityFacts> = {}): AuthorityFacts => ({
  id: code,
  code,
  kind: 'natural-resources',
  from: day('2000-01-01'),
  to: null,
  ...wished,
});
const parent = (code: string, wished: Partial<ParentFacts> = {}): ParentFacts => ({
  ...facts(code),
  lineage: [code],
  ...wished,
});

describe('which division holds which', () => {
  test.each([
    ['100000', '370000', true],
    ['100000', '660000', true],
    ['370000', '370200', true],
    ['370000', '370202', true],
    ['370200', '370202', true],
    ['370200', '370302', false],
    ['370202', '370203', false],
    ['370000', '330000', false],
    ['370200', '370000', false],
    ['650000', '659001', true],
    // Shihezi belongs to the Corps and lies in Xinjiang: the code does not say so, a paper does.
    ['660000', '659001', false],
    ['370000', '370000', true],
  ])('%s holds %s: %s', (outer, inner, holds) => expect(divisionContains(outer, inner)).toBe(holds));
});

describe('where an authority hangs', () => {
  const child = { id: 'child', code: '370200', from: day('2010-01-01') };
  test.each<[string, ParentFacts | null, string | null, string]>([
    ['under nobody', null, null, 'ok'],
    ['under the province', parent('370000'), null, 'ok'],
    ['under another province', parent('330000'), null, 'authority.parent-elsewhere'],
    ['under the one that a paper names', parent('660000'), '示例文号', 'ok'],
    ['under itself', parent('child', { lineage: ['child'] }), '示例文号', 'authority.cycle'],
    ['under its own child', parent('370202', { lineage: ['370202', 'child'] }), '示例文号', 'authority.cycle'],
    ['under one founded later', parent('370000', { from: day('2010-01-02') }), null, 'authority.parent-not-there'],
    ['under one founded the same day', parent('370000', { from: day('2010-01-01') }), null, 'ok'],
    ['under one that had ended', parent('370000', { to: day('2009-12-31') }), null, 'authority.parent-not-there'],
    ['under one on its last day', parent('370000', { to: day('2010-01-01') }), null, 'ok'],
  ])('%s', (_name, above, basis, code) => expect(codeOf(judgeParent(child, above, basis))).toBe(code));
});

test('code and kind are registered once for one day', () => {
  const wanted = { code: '370200', kind: 'ecology' as const, from: day('2020-01-01') };
  expect(judgeTwin(wanted, [facts('370200')]).ok).toBe(true);
  expect(codeOf(judgeTwin(wanted, [facts('370200', { kind: 'ecology' })]))).toBe('authority.present');
  const ended = (to: string) => [facts('370200', { kind: 'ecology', to: day(to) })];
  expect(judgeTwin(wanted, ended('2019-12-31')).ok).toBe(true);
  expect(codeOf(judgeTwin(wanted, ended('2020-01-01')))).toBe('authority.present');
});

test('the end of an authority', () => {
  const own = { ...facts('370200'), isOwner: false };
  const judge = (
    wished: Partial<typeof own>,
    children: { code: string; to: string | null }[] = [],
    posts = 0,
  ): string => {
    const left = { children: children.map((c) => ({ code: c.code, to: c.to === null ? null : day(c.to) })), posts };
    return codeOf(judgeAuthorityEnd({ ...own, ...wished }, day('2026-03-31'), left));
  };
  expect(judge({})).toBe('ok');
  expect(judge({ isOwner: true })).toBe('authority.is-owner');
  expect(judge({ from: day('2026-04-01') })).toBe('authority.period');
  expect(judge({ to: day('2026-03-31') })).toBe('authority.already-ended');
  expect(judge({ to: day('2026-04-01') })).toBe('ok');
  expect(judge({}, [{ code: '370202', to: null }])).toBe('authority.children-open');
  expect(judge({}, [{ code: '370202', to: '2026-04-01' }])).toBe('authority.children-open');
  expect(judge({}, [{ code: '370202', to: '2026-03-31' }])).toBe('ok');
  expect(judge({}, [], 1)).toBe('authority.posts-open');
});

describe('scope is subtree and kind', () => {
  // nation → province → city → county, and beside it another province.
  const lineages: Record<string, string[]> = {
    nation: ['nation'],
    province: ['province', 'nation'],
    city: ['city', 'province', 'nation'],
    county: ['county', 'city', 'province', 'nation'],
    elsewhere: ['elsewhere', 'nation'],
  };
  const below: Record<string, string[]> = {
    nation: ['nation', 'province', 'city', 'county', 'elsewhere'],
    province: ['province', 'city', 'county'],
    city: ['city', 'county'],
    county: ['county'],
    elsewhere: ['elsewhere'],
  };
  const places = Object.keys(lineages);
  const cells = places.flatMap((post) =>
    places.flatMap((record) =>
      authorityKinds.flatMap((a) =>
        authorityKinds.map((b): [string, AuthorityKind, string, AuthorityKind] => [post, a, record, b]),
      ),
    ),
  );
  test.each(cells)('a post of %s (%s) and a record of %s (%s)', (post, kind, record, recordKind) => {
    const sees = below[post]!.includes(record) && kind === recordKind;
    expect(reaches({ authorityId: post, kind }, { kind: recordKind, lineage: lineages[record]! })).toBe(sees);
  });

  test('what one sees, everybody above of the same kind sees', () => {
    const kind = 'natural-resources' as const;
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom(...places), (post, record) => {
        const placed = { kind, lineage: lineages[record]! };
        if (!reaches({ authorityId: post, kind }, placed)) return;
        for (const above of lineages[post]!) expect(reaches({ authorityId: above, kind }, placed)).toBe(true);
      }),
    );
  });
});
