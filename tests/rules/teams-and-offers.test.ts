import { say } from '../../src/kernel/pure/wording';
import { addYears, legalDate } from '../../src/kernel/pure/time';
import { allMet, national2024 } from '../../src/modules/policy';
import { judgeConflict, judgeOffer, type OfferFacts } from '../../src/modules/commissions/commissions.rules';
import { judgeTeam, type TeamMember, type TitleLevel } from '../../src/modules/evaluations/evaluations.rules';
import { judgePayment, type PaymentFacts } from '../../src/modules/fee-guard/fee-guard.rules';

const d = legalDate;
const codeOf = (outcome: { ok: boolean; refusal?: { code: string } }): string | undefined => outcome.refusal?.code;

describe('a team', () => {
  const five = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'];

  const team = (
    titles: readonly TitleLevel[],
    leaderKind = 'full-time',
    fields: readonly string[] = five,
  ): TeamMember[] =>
    titles.map((titleLevel, n) => ({
      expertId: `e${n}`,
      role: n === 0 ? 'leader' : 'member',
      staff: {
        kind: n === 0 ? leaderKind : 'part-time',
        titleLevel,
        specialties: [fields[n % fields.length]!],
        assessmentExperience: '示例经历',
      },
    }));
  const of = (count: number): TitleLevel[] =>
    Array.from({ length: count }, (_, n) => (n < 2 ? 'deputy-senior' : 'medium'));
  const unmet = (members: readonly TeamMember[]) =>
    judgeTeam(members, national2024)
      .filter((r) => !r.met)
      .map((r) => r.rule);

  test('answers with every rule, met or not', () => {
    expect(judgeTeam(team(of(5)), national2024).map((r) => [r.rule, r.met])).toEqual([
      ['team.staff', true],
      ['team.size', true],
      ['team.titles', true],
      ['team.senior', true],
      ['team.leader-full-time', true],
      ['team.leader-experience', true],
      ['team.specialties', true],
    ]);
    expect(unmet([])).toEqual([
      'team.size',
      'team.senior',
      'team.leader-full-time',
      'team.leader-experience',
      'team.specialties',
    ]);
  });

  test.each([
    [4, ['team.size']],
    [5, []],
    [6, []],
  ])('of %i', (count, rules) => {
    const fields = count < 5 ? [five[0]!, five[1]!, five[2]!, five[3]!] : five;
    expect(unmet(team(of(count), 'full-time', fields)).filter((r) => r !== 'team.specialties')).toEqual(rules);
  });

  test.each([
    [['full-senior', 'medium', 'medium', 'medium', 'medium'], ['team.senior']],
    [['full-senior', 'deputy-senior', 'medium', 'medium', 'medium'], []],
    [['full-senior', 'deputy-senior', 'deputy-senior', 'medium', 'medium'], []],
    [['medium', 'medium', 'medium', 'medium', 'medium'], ['team.senior']],
    [['full-senior', 'deputy-senior', 'medium', 'medium', 'junior'], ['team.titles']],
    [['full-senior', 'deputy-senior', 'medium', 'medium', 'none'], ['team.titles']],
    [
      ['junior', 'full-senior', 'medium', 'medium', 'medium'],
      ['team.titles', 'team.senior'],
    ],
  ] as [TitleLevel[], string[]][])('with titles %j: unmet %j', (titles, rules) => {
    expect(unmet(team(titles))).toEqual(rules);
  });

  test.each([
    ['full-time', []],
    ['retired-reengaged', ['team.leader-full-time']],
    ['part-time', ['team.leader-full-time']],
  ])('led by somebody %s: unmet %j', (kind, rules) => expect(unmet(team(of(5), kind))).toEqual(rules));

  test('of whom one is no confirmed staff fails on staff and titles, and names the person', () => {
    const members = team(of(6));
    members[5] = { expertId: 'outsider', role: 'member', staff: undefined };
    expect(unmet(members)).toEqual(['team.staff', 'team.titles']);
    const results = judgeTeam(members, national2024);
    expect(results[0]!.measured).toContain('outsider');
    expect(allMet(results)).toBe(false);
  });

  test('led by somebody from outside fails on the leader too', () => {
    const members = team(of(6));
    members[0] = { expertId: 'outsider', role: 'leader', staff: undefined };
    expect(unmet(members)).toContain('team.leader-full-time');
  });

  test.each([
    ['示例经历', true],
    ['', false],
    [null, false],
  ])('whose leader has no experience on record is told so and may go on: %j: %s', (assessmentExperience, met) => {
    const [leader, ...members] = team(of(5));
    const led = { ...leader!, staff: { ...leader!.staff!, assessmentExperience } };
    const results = judgeTeam([led, ...members], national2024);
    const rule = results.find((r) => r.rule === 'team.leader-experience')!;
    expect(rule).toMatchObject({ met, effect: 'inform', cure: met ? null : (expect.any(String) as string) });
    expect(allMet(results)).toBe(true);
  });

  test('that lacks fields is told so and may go on: 宜 advises', () => {
    const results = judgeTeam(team(of(5), 'full-time', ['geology']), national2024);
    const fields = results.find((r) => r.rule === 'team.specialties')!;
    expect(fields).toMatchObject({ met: false, effect: 'inform', measured: '缺 采矿、选矿、生态、环境' });
    expect(fields.cure).not.toBeNull();
    expect(allMet(results)).toBe(true);
  });
});

describe('an offer', () => {
  const facts = (more: Partial<OfferFacts> = {}): OfferFacts => ({
    lot: { state: 'candidates-published', mineIds: ['m1', 'm2'], candidateIds: ['i1', 'i2'], governmentPurchase: true },
    institution: { id: 'i1', organisationId: 'o1', publicClass: null },
    mines: [{ id: 'm1', operators: ['o9'] }],
    taken: [],
    answerBy: d('2026-11-23'),
    today: d('2026-11-23'),
    ...more,
  });
  const judge = (more: Partial<OfferFacts> = {}) => judgeOffer(facts(more), national2024);
  const lot = facts().lot;

  test.each([
    ['drafted', 'lot.wrong-state'],
    ['candidates-published', undefined],
    ['drawn', 'lot.wrong-state'],
    ['under-way', undefined],
    ['closed', 'lot.wrong-state'],
    ['cancelled', 'lot.wrong-state'],
  ] as const)('of a lot that is %s: %s', (state, code) => {
    expect(codeOf(judge({ lot: { ...lot, state } }))).toBe(code);
  });

  test.each([
    ['2026-11-22', 'assignment.answer-by-past'],
    ['2026-11-23', undefined],
    ['2026-11-24', undefined],
  ])('to be answered by %s: %s', (answerBy, code) => expect(codeOf(judge({ answerBy: d(answerBy) }))).toBe(code));

  test('to somebody who is no candidate', () => {
    const institution = { id: 'i3', organisationId: 'o3', publicClass: null };
    expect(codeOf(judge({ institution }))).toBe('assignment.not-candidate');
  });

  test('of mines outside the lot, or that another holds: all are named', () => {
    const mines = ['m1', 'm3', 'm4'].map((id) => ({ id, operators: [] }));
    expect(judge({ mines })).toMatchObject({
      refusal: { code: 'assignment.mine-not-in-lot', params: { mines: say('m3、m4', 'm3, m4') } },
    });
    expect(judge({ taken: ['m1', 'm2'] })).toMatchObject({
      refusal: { code: 'assignment.mine-taken', params: { mines: say('m1、m2', 'm1, m2') } },
    });
  });

  test.each([
    ['one', true, 'assignment.not-a-supplier'],
    ['two', true, undefined],
    [null, true, undefined],
    ['one', false, undefined],
  ] as const)(
    'to a public institution of class %s, government purchase %s: %s',
    (publicClass, governmentPurchase, code) => {
      const institution = { ...facts().institution, publicClass };
      expect(codeOf(judge({ institution, lot: { ...lot, governmentPurchase } }))).toBe(code);
    },
  );

  test('to the operator of one of the mines, present or within the years asked about', () => {
    const mines = [
      { id: 'm1', operators: ['o9', 'o1'] },
      { id: 'm2', operators: ['o9'] },
    ];
    const refused = { ok: false, refusal: { code: 'assignment.conflict', params: { mines: say('m1') } } };
    expect(judge({ mines })).toMatchObject(refused);
    expect(judgeConflict(facts({ mines }), national2024)).toMatchObject(refused);
    expect(judgeConflict(facts(), national2024)).toEqual({ ok: true, value: true });
    expect(judgeConflict(facts({ mines: [] }), national2024)).toEqual({ ok: true, value: true });
  });
});

describe('a payment', () => {
  const today = d('2026-11-23');
  const facts = (more: Partial<PaymentFacts> = {}): PaymentFacts => ({
    payer: { name: '示例厅', uscc: '11370000MB2X00055X' },
    operated: [],
    paidOn: today,
    today,
    ...more,
  });
  const judge = (more: Partial<PaymentFacts> = {}) => judgePayment(facts(more), national2024);

  test.each([
    ['2026-11-22', undefined],
    ['2026-11-23', undefined],
    ['2026-11-24', 'payment.day-in-future'],
  ])('made on %s: %s', (paidOn, code) => expect(codeOf(judge({ paidOn: d(paidOn) }))).toBe(code));

  test.each([
    ['11370000MB2X00055X', undefined],
    ['12370000MB2X00012D', undefined],
    ['13370000000000000X', undefined],
    ['91370000MA3X000106', 'payment.payer-not-entitled'],
    ['51410000MJG0000174', 'payment.payer-not-entitled'],
    ['52330000MJ8700035Y', 'payment.payer-not-entitled'],
  ])('by %s: %s', (uscc, code) => expect(codeOf(judge({ payer: { name: '示例', uscc } }))).toBe(code));

  const operated = [
    { id: 'm1', name: '示例一矿' },
    { id: 'm2', name: '示例二矿' },
  ];
  test('by an operator is refused with its mines and the ban in words, also where the payer is a public body', () => {
    for (const uscc of ['91370000MA3X000106', '12370000MB2X00012D']) {
      expect(judge({ operated, payer: { name: '示例矿业', uscc } })).toEqual({
        ok: false,
        refusal: {
          code: 'payment.mine-payer',
          params: {
            payer: '示例矿业',
            mines: say('示例一矿、示例二矿', '示例一矿, 示例二矿'),
            citation: say('自然资规〔2024〕1号第（八）条', 'Article 8 of circular 自然资规〔2024〕1号'),
          },
        },
      });
    }
  });

  test('of tomorrow is no payment yet, so it is no finding either', () => {
    expect(codeOf(judge({ operated, paidOn: d('2026-11-24') }))).toBe('payment.day-in-future');
  });

  test('the year of a former operator is counted by days that correspond', () => {
    expect(addYears(today, -(national2024.rules['conflict.cooling-off-years']!.value as number))).toBe('2025-11-23');
  });
});
