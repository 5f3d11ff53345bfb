import {
  allMet,
  basisHolds,
  national2024,
  requireBasis,
  type ReadinessFacts,
  type StaffFact,
} from '../../src/modules/policy';
import { type Problem } from '../../src/kernel/problem';
import { legalDate } from '../../src/kernel/pure/time';
import { asOfDay, judgeReadiness } from '../../src/modules/screening/screening.rules';

const five = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'];

/** `count` confirmed full-time people, the first `senior` of them senior, covering all five fields together. */
const staff = (count: number, senior: number, more: Partial<StaffFact> = {}): StaffFact[] =>
  Array.from({ length: count }, (_, n) => ({
    expertId: `e${n}`,
    kind: 'full-time',
    confirmed: true,
    titleLevel: n < senior ? (n % 2 ? 'deputy-senior' : 'full-senior') : 'medium',
    titleEvidence: '示例职称证书',
    specialties: [five[n % 5]!],
    specialtyEvidence: Object.fromEntries(five.map((f) => [f, '示例证明'])),
    assessmentExperience: '示例经历',
    disputed: false,
    evidenceMissing: [],
    mineralAdminYears: null,
    civilServant: null,
    birthDay: null,
    barred: false,
    ...more,
  }));

const bars = (n: number): ReadinessFacts['bars'] =>
  Array.from({ length: n }, () => ({ decisionNumber: '示例决定', freeFrom: '2029-11-24' }));

const papers = ['performance-proof', 'office-proof', 'management-rules', 'training-record', 'stable-work-proof'].map(
  (kind, i) => ({
    id: `paper-${i + 1}`,
    kind,
    number: null,
    fileId: `file-${i + 1}`,
    validFrom: legalDate('2026-01-01'),
    validTo: null,
  }),
);

const facts = (more: Partial<ReadinessFacts> = {}): ReadinessFacts => ({
  day: legalDate('2026-11-23'),
  legalForm: 'enterprise',
  legalPersonality: 'legal-person',
  registeredProvince: { byCode: '370000', byAddress: null },
  documents: papers,
  organisationId: 'org-1',
  uscc: '91370000MA3X000106',
  evidence: {
    legalPersonEvidence: { kind: 'business-licence', number: '示例', validTo: null },
    experience: '示例业绩',
    office: '示例场所',
    managementRules: '示例制度',
    training: '示例培训',
    stableWork: '示例说明',
    manualDecision: null,
  },
  staff: staff(15, 5),
  bars: [],
  ...more,
});

const answer = (f: ReadinessFacts, rule: string) => judgeReadiness(f, national2024).find((r) => r.rule === rule)!;
const met = (f: ReadinessFacts, rule: string): boolean => answer(f, rule).met;

test('an institution that meets everything is ready, and every rule has answered with its basis', () => {
  const results = judgeReadiness(facts(), national2024);
  expect(allMet(results)).toBe(true);
  expect(results.map((r) => r.rule)).toEqual([
    'institution.kind',
    'institution.legal-person',
    'institution.experience',
    'institution.office',
    'institution.management-rules',
    'institution.training',
    'institution.stable-work',
    'staff.floor',
    'staff.senior-share',
    'staff.specialties',
    'staff.leader-candidates',
    'institution.bars',
  ]);
  for (const r of results) {
    const effect = r.rule === 'institution.training' ? 'inform' : 'refuse';
    expect(r).toMatchObject({ met: true, cure: null, effect });
    expect(r.citation).toMatch(/自然资规〔2024〕1号/);
  }
});

test('every unmet rule is told at once, each with its cure', () => {
  const none = {
    legalPersonEvidence: null,
    experience: null,
    office: '',
    managementRules: null,
    training: null,
    stableWork: null,
    manualDecision: null,
  };
  const results = judgeReadiness(
    facts({ uscc: '92370100MA3X00045T', evidence: none, staff: [], bars: bars(1), documents: [] }),
    national2024,
  );
  expect(results.filter((r) => r.met)).toEqual([]);
  for (const r of results) expect(r.cure).not.toBeNull();
});

describe('kind of body', () => {
  test.each([
    ['91370000MA3X000106', true],
    ['12370000MB2X00012D', true],
    ['51410000MJG0000174', true],
    ['52330000MJ8700035Y', false],
    ['53370000MJD0000623', false],
    ['92370100MA3X00045T', false],
    ['11370000MB2X00055X', false],
  ])('%s: %s', (uscc, may) => {
    expect(met(facts({ uscc }), 'institution.kind')).toBe(may);
    const manualDecision = '示例认定书';
    expect(met(facts({ uscc, evidence: { ...facts().evidence, manualDecision } }), 'institution.kind')).toBe(true);
  });
});

describe('evidence', () => {
  const rules = {
    'performance-proof': 'institution.experience',
    'office-proof': 'institution.office',
    'management-rules': 'institution.management-rules',
    'training-record': 'institution.training',
    'stable-work-proof': 'institution.stable-work',
  };
  const unmet = (f: ReadinessFacts): string[] =>
    judgeReadiness(f, national2024)
      .filter((r) => !r.met)
      .map((r) => r.rule);

  test('without the certificate only legal personality is unmet', () => {
    const results = judgeReadiness(
      facts({ evidence: { ...facts().evidence, legalPersonEvidence: null } }),
      national2024,
    );
    expect(results.filter((r) => !r.met).map((r) => r.rule)).toEqual(['institution.legal-person']);
    const { cure } = results.find((r) => !r.met)!;
    expect(cure).toContain('营业执照（POST /api/v1/organisations/org-1/documents，kind 填 business-licence');
    expect(allMet(results)).toBe(false);
  });

  test.each(Object.entries(rules))(
    'without a paper of kind %s only %s is unmet, whatever the statement says',
    (kind, rule) => {
      const without = papers.filter((p) => p.kind !== kind);
      for (const text of ['示例说明', '无', 'test', 'xxx', '/']) {
        const evidence = {
          ...facts().evidence,
          ...{ experience: text, office: text, managementRules: text, training: text, stableWork: text },
        };
        const f = facts({ documents: without, evidence });
        expect(unmet(f)).toEqual([rule]);
        expect(answer(f, rule).measured).toMatch(/^仅有文字说明，没有/);
        expect(answer(f, rule).cure).toContain('POST /api/v1/organisations/org-1/documents');
        expect(answer(f, rule).cure).toContain(`kind 填 ${kind}`);
      }
      const nothing = { ...facts().evidence, experience: null, office: null, managementRules: null };
      const bare = facts({ documents: without, evidence: { ...nothing, training: null, stableWork: null } });
      expect(answer(bare, rule).measured).toMatch(/^没有/);
    },
  );

  test.each(Object.entries(rules))('a paper of kind %s needs a file and days that hold', (kind, rule) => {
    const withPaper = (more: object): ReadinessFacts =>
      facts({ documents: papers.map((p) => (p.kind === kind ? { ...p, number: '示例1号', ...more } : p)) });
    const { id } = papers.find((p) => p.kind === kind)!;
    expect(answer(withPaper({}), rule).measured).toMatch(/（示例1号），自2026-01-01起长期有效，文件已存$/);
    const bare = answer(withPaper({ fileId: null }), rule);
    expect(bare).toMatchObject({ met: false, measured: expect.stringMatching(/（示例1号），未附文件$/) as string });
    expect(bare.cure).toContain(`POST /api/v1/organisations/org-1/documents/${id}/versions`);
    // The last day is still in.
    for (const [validTo, holds] of [
      ['2026-11-22', false],
      ['2026-11-23', true],
      ['2026-11-24', true],
    ] as const) {
      expect(met(withPaper({ validTo: legalDate(validTo) }), rule)).toBe(holds);
    }
    const ran = answer(withPaper({ validTo: legalDate('2026-11-22') }), rule);
    expect(ran.measured).toMatch(/（示例1号）已于2026-11-22到期$/);
    expect(ran.cure).toContain(`/documents/${id}/versions`);
    expect(met(withPaper({ validFrom: legalDate('2026-11-24') }), rule)).toBe(false);
    expect(met(withPaper({ validFrom: legalDate('2026-11-23') }), rule)).toBe(true);
  });
});

describe('a day that is past', () => {
  const today = legalDate('2026-12-01');
  test('is worded as past, with what was so then to be entered', () => {
    const [unmet] = asOfDay(
      judgeReadiness(facts({ staff: staff(14, 5) }), national2024).filter((r) => r.rule === 'staff.floor'),
      legalDate('2026-11-23'),
      today,
    );
    expect(unmet!.measured).toBe('当日14 人');
    expect(unmet!.cure).toMatch(/^当日（2026-11-23）如已具备而未登记的，可按当日补登：还需 1 名/);
  });
  test.each(['2026-12-01', '2026-12-02'])('%s is not', (day) => {
    const rules = judgeReadiness(facts({ staff: staff(14, 5) }), national2024);
    expect(asOfDay(rules, legalDate(day), today)).toEqual(rules);
  });
});

describe('staff floor', () => {
  test.each([
    [14, false],
    [15, true],
    [16, true],
  ])('%i people: %s', (count, enough) => {
    expect(met(facts({ staff: staff(count, count) }), 'staff.floor')).toBe(enough);
  });

  test('says how many are missing, and counts those who have not confirmed apart', () => {
    const waiting = { ...staff(1, 0)[0]!, expertId: 'waiting', confirmed: false };
    expect(answer(facts({ staff: [...staff(14, 5), waiting] }), 'staff.floor')).toMatchObject({
      met: false,
      required: '15 人',
      measured: '14 人（另有 1 人待本人确认）',
      cure: '还需 1 名已确认聘用的专业技术人员；已登记而暂不计入的：waiting 待本人确认（本人账号确认，或登记签字确认单后由另一人核对）',
    });
    const bare = { ...staff(1, 0)[0]!, expertId: 'bare', platformNumber: 'LJ000000018', titleEvidence: null };
    const unproved = { ...bare, specialtyEvidence: {} };
    expect(answer(facts({ staff: [...staff(14, 5), unproved] }), 'staff.floor').cure).toBe(
      '还需 1 名已确认聘用的专业技术人员；已登记而暂不计入的：LJ000000018 缺职称或专业的证明材料：请在人员登记上补登（POST /api/v1/experts/{人员编号}/versions 的 titleEvidence、specialtyEvidence）',
    );
    const uninsured = { ...bare, evidenceMissing: ['insurance-or-establishment'] };
    const lacks = answer(facts({ staff: [...staff(14, 5), uninsured] }), 'staff.floor');
    expect(lacks.measured).toBe('14 人（另有 1 人缺聘用方式的证明材料）');
    expect(lacks.cure).toMatch(/LJ000000018 缺聘用方式的证明材料.*POST \/api\/v1\/employments\/\{聘用编号\}\/void/);
    const many = Array.from({ length: 12 }, (_, n) => ({ ...waiting, expertId: `w${n}` }));
    expect(answer(facts({ staff: many }), 'staff.senior-share').cure).toContain('等 12 人 待本人确认');
    expect(answer(facts({ staff: many }), 'staff.specialties').cure).toContain('等 12 人 待本人确认');
  });

  test('a person counts once, of whatever kind the employment', () => {
    const fourteen = staff(14, 5);
    expect(met(facts({ staff: [...fourteen, fourteen[0]!] }), 'staff.floor')).toBe(false);
    expect(met(facts({ staff: staff(15, 5, { kind: 'part-time' }) }), 'staff.floor')).toBe(true);
    expect(met(facts({ staff: staff(15, 5, { kind: 'retired-reengaged' }) }), 'staff.floor')).toBe(true);
  });
});

describe('senior share, a ratio that is never rounded', () => {
  test.each([
    [4, 15, false],
    [5, 15, true],
    [4, 16, false],
    [5, 16, true],
    [5, 17, false],
    [29, 100, false],
    [30, 100, true],
    [31, 100, true],
    [0, 15, false],
  ])('%i of %i: %s', (senior, count, enough) => {
    expect(met(facts({ staff: staff(count, senior) }), 'staff.senior-share')).toBe(enough);
  });

  test('nobody is no share', () => expect(met(facts({ staff: [] }), 'staff.senior-share')).toBe(false));

  test('who has not confirmed counts neither above nor below the line', () => {
    const waiting = staff(10, 10, { confirmed: false }).map((s) => ({ ...s, expertId: `w${s.expertId}` }));
    expect(answer(facts({ staff: [...staff(15, 4), ...waiting] }), 'staff.senior-share')).toMatchObject({
      met: false,
      required: '30%（30/100）',
      measured: '约 26.66%（4/15）',
    });
  });

  test.each([
    [2, 7, '约 28.57%（2/7）'],
    [599, 1997, '约 29.99%（599/1997）'],
    [3, 10, '30%（3/10）'],
    [1, 8, '12.5%（1/8）'],
  ])('%i of %i reads %s: cut off, with the exact ratio', (senior, count, words) => {
    expect(answer(facts({ staff: staff(count, senior) }), 'staff.senior-share').measured).toBe(words);
  });
});

describe('five fields', () => {
  test.each(five)('without %s: unmet, and named', (missing) => {
    const others = five.filter((f) => f !== missing);
    const some = staff(15, 5).map((s, n) => ({ ...s, specialties: [others[n % 4]!] }));
    expect(answer(facts({ staff: some }), 'staff.specialties')).toMatchObject({ met: false, effect: 'refuse' });
  });

  test('one person may cover several', () => {
    const one = staff(15, 5, { specialties: ['mining'] });
    one[0] = { ...one[0]!, specialties: five };
    expect(met(facts({ staff: one }), 'staff.specialties')).toBe(true);
    one[0] = { ...one[0], confirmed: false };
    expect(answer(facts({ staff: one }), 'staff.specialties')).toMatchObject({
      met: false,
      measured: '缺 地质、选矿、生态、环境',
    });
  });
});

describe('leader candidates', () => {
  const outside = (more: Partial<StaffFact>) => [
    ...staff(14, 5, { kind: 'part-time' }),
    { ...staff(1, 0)[0]!, expertId: 'leader', ...more },
  ];
  test.each([
    ['full-time, medium', { kind: 'full-time', titleLevel: 'medium' }, true],
    ['full-time, junior', { kind: 'full-time', titleLevel: 'junior' }, false],
    ['full-time, without a title', { kind: 'full-time', titleLevel: 'none' }, false],
    ['full-time, medium, without assessment experience', { kind: 'full-time', assessmentExperience: null }, false],
    ['retired and re-engaged', { kind: 'retired-reengaged', titleLevel: 'full-senior' }, false],
    ['part-time', { kind: 'part-time', titleLevel: 'full-senior' }, false],
    ['full-time, not confirmed', { kind: 'full-time', titleLevel: 'full-senior', confirmed: false }, false],
  ])('one %s: %s', (_name, more, enough) => {
    expect(met(facts({ staff: outside(more) }), 'staff.leader-candidates')).toBe(enough);
  });

  test('the cure names who counts and lacks experience, and who does not count yet', () => {
    const cureFor = (more: Partial<StaffFact>): string =>
      answer(facts({ staff: outside({ kind: 'full-time', platformNumber: 'LJ000000001', ...more }) }), rule).cure!;
    const rule = 'staff.leader-candidates';
    const untold = cureFor({ titleLevel: 'medium', assessmentExperience: null });
    expect(untold).toMatch(/未登记评估经历的：LJ000000001，.*\/experts\/\{人员编号\}\/versions/);
    expect(untold).not.toContain('暂不计入');
    const waiting = cureFor({ titleLevel: 'medium', confirmed: false });
    expect(waiting).toMatch(/；已登记而暂不计入的：LJ000000001 待本人确认/);
    expect(cureFor({ titleLevel: 'junior', confirmed: false })).toBe('还需 1 名中级及以上职称、有评估经历的全职人员');
  });
});

test.each([
  [0, true],
  [1, false],
  [2, false],
])('%i bars in force: %s', (n, free) => expect(met(facts({ bars: bars(n) }), 'institution.bars')).toBe(free));

test('a rule that only informs does not make unready', () => {
  const [first, ...rest] = judgeReadiness(facts(), national2024);
  expect(allMet([{ ...first!, met: false, effect: 'inform' }, ...rest])).toBe(true);
  expect(allMet([{ ...first!, met: false, effect: 'refuse' }, ...rest])).toBe(false);
});

describe('the basis', () => {
  test.each([
    ['2024-04-14', false],
    ['2024-04-15', true],
    ['2024-04-16', true],
    ['2029-04-14', true],
    ['2029-04-15', true],
    ['2029-04-16', false],
  ])('carries an act of %s: %s', (day, holds) => {
    expect(basisHolds(national2024, legalDate(day))).toBe(holds);
    const ask = (): void => requireBasis(national2024, legalDate(day));
    if (holds) expect(ask).not.toThrow();
    else expect(ask).toThrow(expect.objectContaining({ code: 'policy.basis-lapsed' }) as Problem);
  });

  test('the nation’s profile has a citation for every rule', () => {
    const profile = national2024;
    for (const rule of Object.values(profile.rules)) {
      expect(rule.citation.length).toBeGreaterThan(5);
      expect(rule.title.length).toBeGreaterThan(1);
    }
  });

  // Numbers of the circular and its annex, from domain.md 1.2 and 5.
  test('the national numbers', () => {
    const { rules } = national2024;
    expect(rules['staff.floor']!.value).toBe(15);
    expect(rules['staff.senior-share']!.value).toEqual({ numerator: 30, denominator: 100 });
    expect(rules['team.size']!.value).toBe(5);
    expect(rules['team.senior']!.value).toBe(2);
    expect(rules['bar.years']!.value).toBe(3);
    expect(rules['bar.holiday-roll']!.value).toBe(false);
    expect(rules['conflict.cooling-off-years']).toMatchObject({ value: 1, certainty: 'derived' });
    expect([...(rules['staff.specialties']!.value as string[])].sort()).toEqual([...five].sort());
  });
});
