import { legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { carriedOn, formerNames, judgeForm } from '../../src/modules/organisations/organisations.rules';
import type { LegalForm } from '../../src/modules/organisations';
import type { OrganisationContent } from '../../src/modules/organisations/organisations.contract';

const codes = {
  '91': '91370000MA3X000106',
  '12': '12370000MB2X00012D',
  '51': '51410000MJG0000174',
  '52': '52330000MJ8700035Y',
};

describe('legal form and code', () => {
  const fits: [keyof typeof codes, LegalForm[]][] = [
    ['91', ['enterprise', 'other']],
    ['12', ['public-institution', 'other']],
    ['51', ['industry-association', 'other']],
    ['52', ['other']],
  ];
  const forms: LegalForm[] = ['enterprise', 'public-institution', 'industry-association', 'other'];
  test.each(fits)('prefix %s', (prefix, allowed) => {
    expect(forms.filter((form) => judgeForm(codes[prefix], form, null).ok)).toEqual(allowed);
  });

  test('the class belongs to public institutions', () => {
    expect(judgeForm(codes['12'], 'public-institution', 'one').ok).toBe(true);
    expect(judgeForm(codes['12'], 'public-institution', 'two').ok).toBe(true);
    expect(judgeForm(codes['12'], 'other', 'two')).toMatchObject({
      refusal: { code: 'organisation.class-does-not-fit' },
    });
    expect(judgeForm(codes['91'], 'enterprise', 'one')).toMatchObject({
      refusal: { code: 'organisation.class-does-not-fit' },
    });
  });
});

describe('former names', () => {
  const entry = (name: string, from: string, to: string | null) => ({
    name,
    validFrom: legalDate(from),
    validTo: to as LegalDate | null,
  });
  const entries = [
    entry('甲', '2020-01-01', '2021-01-01'),
    entry('甲', '2021-01-01', '2022-01-01'),
    entry('乙', '2022-01-01', '2024-01-01'),
    entry('丙', '2024-01-01', null),
  ];
  const namesOn = (day: string) => formerNames(entries, legalDate(day)).map((n) => [n.name, n.validFrom, n.validTo]);

  test('runs of one name become one', () => {
    expect(namesOn('2024-01-01')).toEqual([
      ['甲', '2020-01-01', '2022-01-01'],
      ['乙', '2022-01-01', '2024-01-01'],
    ]);
  });
  test('the day decides which name is the present one', () => {
    expect(namesOn('2023-12-31').map(([name]) => name)).toEqual(['甲']);
    expect(namesOn('2021-12-31')).toEqual([]);
    expect(namesOn('2019-12-31')).toEqual([]);
  });
  test('the entries are left as they were', () => {
    expect(entries[0]!.validTo).toBe('2021-01-01');
  });
});

describe('a change of some items from a day on', () => {
  const body = {
    ...{
      name: '甲',
      legalForm: 'enterprise' as LegalForm,
      publicInstitutionClass: null,
      legalRepresentative: '示例甲',
    },
    ...{ address: '示例路1号', phone: null, certificateType: null, legalPersonality: null, businessScope: null },
    registeredDivision: null,
  };
  const carried = (entries: OrganisationContent[], change: object) => carriedOn(entries, change).map((c) => c.content);

  test('goes on into later entries, item by item, until one was changed anew since', () => {
    const moved = { ...body, address: '示例路2号' };
    const renamed = { ...moved, name: '丙' };
    expect(carried([body, moved, renamed], { name: '乙', phone: '1' })).toEqual([
      { name: '乙', phone: '1' },
      { name: '乙', phone: '1' },
      { phone: '1' },
    ]);
    // What went back to its first name later was changed anew all the same.
    expect(carried([body, { ...body, name: '丙' }, body], { name: '乙' })).toEqual([{ name: '乙' }, {}, {}]);
  });

  test('a new certificate type speaks of the personality, as far as both go; one stated later stays', () => {
    const stated = { ...body, legalPersonality: 'legal-person' as const };
    const retyped = { ...body, certificateType: '合伙企业' };
    const anew = { certificateType: '其他', legalPersonality: null };
    expect(carried([body, stated, body], { certificateType: '其他' })).toEqual([
      anew,
      { certificateType: '其他' },
      { certificateType: '其他' },
    ]);
    expect(carried([body, retyped], { certificateType: '其他' })).toEqual([anew, {}]);
    const said = { certificateType: '其他', legalPersonality: 'legal-person' };
    expect(carried([body, retyped], said)).toEqual([said, { legalPersonality: 'legal-person' }]);
  });

  test.each([['其他'], [null]])('a type repeated or cleared says nothing of the personality', (certificateType) => {
    const stated = { ...body, certificateType: '其他', legalPersonality: 'legal-person' as const };
    expect(carriedOn([stated], { certificateType })[0]!.content).toEqual({ certificateType });
  });

  test('what is not named is in none of them, null clears', () => {
    expect(carried([body], { name: undefined, legalRepresentative: null })).toEqual([{ legalRepresentative: null }]);
  });
});
