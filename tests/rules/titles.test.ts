import { legalDate } from '../../src/kernel/pure/time';
import { birthDayIn } from '../../src/modules/experts/core/birth-day';
import { knownTitles, readTitleLevel, titleLevelOf } from '../../src/modules/experts/core/titles';
import { judgeFields, specialtyEvidenceOn, titleOn, type TypedFields } from '../../src/modules/experts/titles.rules';
import { likenessOf } from '../../src/modules/experts/doubts.rules';

describe('the level of a title by its name', () => {
  // 人社部发〔2019〕16号 and kin; older names keep their level.
  test.each([
    ['正高级工程师', 'full-senior'],
    ['教授级高级工程师', 'full-senior'],
    ['研究员级高级工程师', 'full-senior'],
    ['教授级高工', 'full-senior'],
    ['研究员', 'full-senior'],
    ['正高级经济师', 'full-senior'],
    ['高级工程师', 'deputy-senior'],
    ['高工', 'deputy-senior'],
    ['副研究员', 'deputy-senior'],
    ['高级经济师', 'deputy-senior'],
    ['地质高级工程师', 'deputy-senior'],
    ['高级工程师（采矿）', 'deputy-senior'],
    ['采矿工程高级工程师', 'deputy-senior'],
    [' 高 级 工 程 师 ', 'deputy-senior'],
    ['工程师', 'medium'],
    ['选矿工程师', 'medium'],
    ['助理研究员', 'medium'],
    ['助理工程师', 'junior'],
    ['技术员', 'junior'],
    ['研究实习员', 'junior'],
  ])('%s is %s', (name, level) => expect(titleLevelOf(name)).toBe(level));

  test.each(['总工程师', '注册安全工程师', '首席研究员', '高级技师', '提高待遇高级工程师', '高级', ''])(
    '%p is no title of the table',
    (name) => expect(titleLevelOf(name)).toBeUndefined(),
  );
  test('every name of the table is read back with its own level, not that of a shorter one', () => {
    expect(knownTitles.length).toBeGreaterThan(60);
    for (const name of knownTitles) expect([name, titleLevelOf(`矿山${name}`)]).toEqual([name, titleLevelOf(name)]);
  });
  test.each([
    ['正高级', 'full-senior'],
    ['副高', 'deputy-senior'],
    ['中级职称', 'medium'],
    ['无', 'none'],
    ['高级', undefined],
  ])('the word %s reads as %s', (word, level) => expect(readTitleLevel(word)).toBe(level));
});

const day = legalDate;
const typed = (wished: Partial<TypedFields> = {}): TypedFields => ({
  from: day('2020-01-01'),
  titleLevel: null,
  titleName: null,
  titleEvidence: null,
  title: null,
  specialties: [],
  specialtyProofs: [],
  ...wished,
});
const detail = (wished: object) => ({
  from: null,
  lastDay: null,
  issuer: null,
  certificateNumber: null,
  field: null,
  fileId: null,
  ...wished,
});

describe('what a clerk typed of a title', () => {
  test('the level follows from a known name; without a name the stated one holds', () => {
    expect(judgeFields(typed({ titleName: '教授级高级工程师' })).fields.titleLevel).toBe('full-senior');
    expect(judgeFields(typed({ titleLevel: 'medium' })).fields.titleLevel).toBe('medium');
    expect(judgeFields(typed()).fields.titleLevel).toBe('none');
  });
  test('a contradiction names both', () => {
    const { faults } = judgeFields(typed({ titleName: '工程师', titleLevel: 'deputy-senior' }));
    expect(faults).toHaveLength(1);
    expect(faults[0]!.detail).toContain('“工程师”为中级，所填级别为副高级');
  });
  test('an unknown name needs level and evidence', () => {
    const bare = judgeFields(typed({ titleName: '示例专家' }));
    expect(bare.faults.map((f) => f.pointer)).toEqual(['/titleLevel', '/titleEvidence']);
    const one = judgeFields(typed({ titleName: '示例专家', titleLevel: 'medium' }));
    expect(one.faults.map((f) => f.pointer)).toEqual(['/titleEvidence']);
    const title = detail({ certificateNumber: '示例号' });
    expect(judgeFields(typed({ titleName: '示例专家', titleLevel: 'medium', title })).faults).toEqual([]);
  });
  test('an entry does not begin before its title was obtained', () => {
    expect(judgeFields(typed({ title: detail({ from: '2020-01-02' }) })).faults[0]!.pointer).toBe('/title/from');
    expect(judgeFields(typed({ title: detail({ from: '2020-01-01' }) })).faults).toEqual([]);
  });
  test('a certificate that has run out is no title from the next day on', () => {
    const title = detail({ lastDay: '2025-06-30', certificateNumber: '示例号' });
    const held = { titleLevel: 'medium', titleName: '工程师', titleEvidence: null, title } as const;
    expect(titleOn(held, day('2025-06-30'))).toEqual({
      titleLevel: 'medium',
      titleName: '工程师',
      titleEvidence: '证书编号 示例号',
    });
    expect(titleOn(held, day('2025-07-01'))).toEqual({ titleLevel: 'none', titleName: null, titleEvidence: null });
  });
});

describe('evidence of specialties', () => {
  const proof = (specialty: 'geology' | 'mining', wished: object = {}) => ({
    specialty,
    evidence: '学历',
    fileId: null,
    from: null,
    lastDay: null,
    ...wished,
  });
  test('what is proved is claimed; the same twice is a fault', () => {
    const judged = judgeFields(typed({ specialties: ['ecology'], specialtyProofs: [proof('geology')] }));
    expect(judged.fields.specialties).toEqual(['geology', 'ecology']);
    const twice = judgeFields(typed({ specialtyProofs: [proof('geology'), proof('geology')] }));
    expect(twice.faults.map((f) => f.pointer)).toEqual(['/specialtyProofs/1/specialty']);
  });
  test('each by its own, first and last day included; without any it is missing', () => {
    const v = {
      specialties: ['geology', 'mining'] as const,
      specialtyEvidence: null,
      specialtyProofs: [proof('geology', { from: '2025-01-01', lastDay: '2025-12-31' })],
    };
    for (const [on, evidence] of [
      ['2024-12-31', {}],
      ['2025-01-01', { geology: '学历' }],
      ['2025-12-31', { geology: '学历' }],
      ['2026-01-01', {}],
    ] as const) {
      expect([on, specialtyEvidenceOn(v, day(on))]).toEqual([on, evidence]);
    }
  });
  test('one paper may cover all, but does not revive a proof that ran out', () => {
    const v = {
      specialties: ['geology', 'mining'] as const,
      specialtyEvidence: '从业证明',
      specialtyProofs: [proof('geology', { lastDay: '2025-12-31' })],
    };
    expect(specialtyEvidenceOn(v, day('2026-01-01'))).toEqual({ mining: '从业证明' });
  });
});

describe('the day of birth in a number', () => {
  test.each([
    ['resident-id', '11010519491231002X', '1949-12-31'],
    ['hmt-residence-permit', '810000199001010017', '1990-01-01'],
    ['permanent-residence-card', '911124198108030024', '1981-08-03'],
    ['permanent-residence-card', 'USA110119800101', null],
    ['passport', 'E12345678', null],
    ['resident-id', '110105180002290012', null],
  ] as const)('%s %s: %s', (kind, number, born) => expect(birthDayIn(kind, number)).toBe(born));
});

describe('may two be one person', () => {
  const person = (id: string, names: string[], born: string | null) => ({
    id,
    nameKeys: names,
    birthDay: born === null ? null : day(born),
  });
  test('name and day of birth; name alone where a day is unknown; never across days of birth', () => {
    const a = person('a', ['示例甲'], '1980-01-01');
    expect(likenessOf(a, person('b', ['示例甲'], '1980-01-01'))).toBe('name-and-birth-day');
    expect(likenessOf(a, person('b', ['示例乙', '示例甲'], '1980-01-01'))).toBe('name-and-birth-day');
    expect(likenessOf(a, person('b', ['示例甲'], '1980-01-02'))).toBeUndefined();
    expect(likenessOf(a, person('b', ['示例甲'], null))).toBe('name');
    expect(likenessOf(a, person('b', ['示例乙'], '1980-01-01'))).toBeUndefined();
    expect(likenessOf(a, a)).toBeUndefined();
  });
});
