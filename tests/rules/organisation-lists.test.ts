import { say, type Wording } from '../../src/kernel/pure/wording';
import { legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { personalityOf } from '../../src/modules/organisations/core/personality';
import type { FormerCodeLine, OwnerLine } from '../../src/modules/organisations/lists.contract';
import { judgeFormerCodes, judgeOwners, judgeSuccessors } from '../../src/modules/organisations/lists.rules';
import { judgePersonality, registeredProvince } from '../../src/modules/organisations/organisations.rules';
import type { Outcome } from '../../src/kernel/pure/outcome';

const ENTERPRISE = '91370000MA3X000106';
const OTHER = '91150000MA0P000262';
const INSTITUTION = '12370000MB2X00012D';

const day = (text: string): LegalDate => legalDate(text);
const said = (o: Outcome<unknown>): string => {
  if (o.ok) return 'accepted';
  const { line, fault } = o.refusal.params as { line?: number; fault?: Wording };
  return fault === undefined ? o.refusal.code : `${line} ${fault.zh}`;
};

describe('legal personality as the certificate states it', () => {
  test.each([
    ['有限责任公司（自然人投资或控股）', 'legal-person'],
    ['有限责任公司（自然人独资）', 'legal-person'],
    ['有限责任公司（合伙企业投资）', 'legal-person'],
    ['股份有限公司（上市、国有控股）', 'legal-person'],
    ['全民所有制', 'legal-person'],
    ['股份合作制', 'legal-person'],
    ['事业单位法人', 'legal-person'],
    ['社会团体法人', 'legal-person'],
    ['有限责任公司分公司（自然人投资或控股）', 'branch'],
    ['股份有限公司分公司', 'branch'],
    ['全民所有制分支机构（非法人）', 'branch'],
    ['个人独资企业分支机构', 'branch'],
    ['个人独资企业', 'sole-proprietorship'],
    ['普通合伙企业', 'partnership'],
    ['特殊普通合伙企业', 'partnership'],
    ['有限合伙企业', 'partnership'],
    ['集体经济（非法人）', 'other-non-legal-person'],
    ['示例类型', undefined],
  ])('%s: %s', (type, personality) => expect(personalityOf(type)).toBe(personality));

  test('what is not said is read from the type, what contradicts it is refused', () => {
    expect(judgePersonality('有限责任公司', null)).toMatchObject({ value: 'legal-person' });
    expect(judgePersonality('有限责任公司分公司', 'branch')).toMatchObject({ value: 'branch' });
    expect(judgePersonality('示例类型', 'partnership')).toMatchObject({ value: 'partnership' });
    expect(judgePersonality(null, null)).toMatchObject({ value: null });
    expect(judgePersonality('有限责任公司分公司', 'legal-person')).toMatchObject({
      refusal: {
        code: 'organisation.personality-does-not-fit',
        params: { read: say('分支机构', 'a branch'), given: say('法人', 'a legal person') },
      },
    });
  });

  test('province of registration by code and by address', () => {
    expect(registeredProvince(ENTERPRISE, '330106')).toEqual({ byCode: '370000', byAddress: '330000' });
    expect(registeredProvince('91100000100017772P', null)).toEqual({ byCode: '100000', byAddress: null });
  });
});

const owner = (wished: Partial<OwnerLine> = {}): OwnerLine => ({
  relation: 'shareholder',
  holderKind: 'person',
  uscc: null,
  name: '示例股东',
  shareBasisPoints: null,
  from: day('2020-01-01'),
  lastDay: null,
  ...wished,
});
const body = (wished: Partial<OwnerLine> = {}) =>
  owner({ holderKind: 'organisation', uscc: OTHER, name: null, ...wished });

describe('the list of owners', () => {
  test('shares add up to at most the whole, on every day', () => {
    const [half, more] = [owner({ shareBasisPoints: 5000 }), body({ shareBasisPoints: 5000 })];
    expect(said(judgeOwners([half, more], ENTERPRISE))).toBe('accepted');
    const over = judgeOwners([half, { ...more, shareBasisPoints: 5001 }], ENTERPRISE);
    expect(said(over)).toMatch(/^1 .*超过百分之百/);
    // Sold on the day before: the two never hold on one day.
    const gone = owner({ shareBasisPoints: 10_000, lastDay: day('2023-12-31') });
    const next = body({ shareBasisPoints: 10_000, from: day('2024-01-01') });
    expect(said(judgeOwners([gone, next], ENTERPRISE))).toBe('accepted');
    expect(said(judgeOwners([gone, { ...next, from: day('2023-12-31') }], ENTERPRISE))).toMatch(/^2 .*超过/);
  });

  test.each([
    ['a shareholder of a public institution', body(), INSTITUTION, '事业单位没有股东'],
    ['a sponsor of an enterprise', body({ relation: 'sponsor' }), ENTERPRISE, '企业没有举办单位'],
    ['a body without a code', body({ uscc: null }), ENTERPRISE, '须填统一社会信用代码'],
    ['the body itself', body({ uscc: ENTERPRISE }), ENTERPRISE, '不能是本组织自己'],
    ['a person with a code', owner({ uscc: OTHER }), ENTERPRISE, '不填统一社会信用代码'],
    ['a person without a name', owner({ name: null }), ENTERPRISE, '须填姓名或名称'],
    ['a person as sponsor', owner({ relation: 'sponsor' }), INSTITUTION, '不能是自然人'],
    ['a share of a supervisor', body({ relation: 'supervisor', shareBasisPoints: 1 }), INSTITUTION, '只有股东'],
    ['an end before the beginning', owner({ lastDay: day('2019-12-31') }), ENTERPRISE, '截止日早于起始日'],
  ])('%s', (_what, line, uscc, why) => expect(said(judgeOwners([line], uscc))).toContain(why));

  test('one body twice on one day; two people of one name may be two', () => {
    expect(said(judgeOwners([body(), body()], ENTERPRISE))).toContain('重叠');
    expect(said(judgeOwners([owner(), owner()], ENTERPRISE))).toBe('accepted');
  });
});

describe('former codes', () => {
  const code = (wished: Partial<FormerCodeLine>): FormerCodeLine => ({
    kind: 'registration-number',
    code: '370000000000015',
    from: null,
    lastDay: null,
    ...wished,
  });
  test.each([
    ['15 digits', code({}), 'accepted'],
    ['13 digits', code({ code: '3700000000001' }), 'accepted'],
    ['12 digits', code({ code: '370000000000' }), '13 至 15 位'],
    ['16 digits', code({ code: '3700000000000155' }), '13 至 15 位'],
    ['an organisation code', code({ kind: 'organisation-code', code: '71526726-X' }), 'accepted'],
    ['one whose check fails', code({ kind: 'organisation-code', code: '71526726-1' }), '校验码'],
    ['a credit code', code({ kind: 'credit-code', code: OTHER.toLowerCase() }), 'accepted'],
    ['a wrong credit code', code({ kind: 'credit-code', code: '91370000MA3X000107' }), '校验码不符'],
    ['the present code', code({ kind: 'credit-code', code: ENTERPRISE }), '现行代码'],
    ['an end before the beginning', code({ from: day('2015-01-02'), lastDay: day('2015-01-01') }), '早于'],
  ])('%s', (_what, line, expected) => expect(said(judgeFormerCodes([line], ENTERPRISE))).toContain(expected));

  test('one code twice, in two spellings', () => {
    const twice = [code({}), code({ code: '370000 000000-015' })];
    expect(said(judgeFormerCodes(twice, ENTERPRISE))).toBe('2 代码重复。');
  });
});

describe('successors', () => {
  const to = (organisationId: string) => ({ organisationId, kind: 'absorbed' as const, from: day('2024-01-01') });
  test('never in a circle, however long', () => {
    const known = new Map([
      ['b', ['c']],
      ['c', ['a']],
    ]);
    expect(said(judgeSuccessors([to('b')], 'a', known))).toContain('organisation.succession-circle');
    expect(said(judgeSuccessors([to('b')], 'x', known))).toBe('accepted');
    expect(said(judgeSuccessors([to('a')], 'a', new Map()))).toContain('自己');
    expect(said(judgeSuccessors([to('b'), to('b')], 'x', known))).toContain('重复');
  });
});
