import { legalDate } from '../../src/kernel/pure/time';
import {
  identityCheck,
  type IdentityKind,
  judgeIdentity,
  maskIdentity,
} from '../../src/modules/experts/core/identity-number';
import regionCodes from '../../src/modules/experts/core/region-codes.json';

const TODAY = legalDate('2026-11-23');
/** In force always, until 1990, from 1991, and twice. */
const REGIONS = { '370102': [0, 9999], '370103': [0, 1990], '370104': [1991, 9999], '370105': [0, 1982, 1986, 1992] };

const withCheck = (first17: string): string => first17 + identityCheck(first17);
const judge = (text: string, kind: IdentityKind = 'resident-id') => judgeIdentity(kind, text, TODAY, REGIONS);
const summary = (text: string, kind?: IdentityKind) => {
  const judged = judge(text, kind);
  return [judged.verdict, ...judged.faults.map((fault) => fault.code.replace('identity.', ''))].join(' ');
};
const born = (day: string, area = '370102'): string => withCheck(`${area}${day}001`);

describe('resident numbers with the true table', () => {
  test.each(['11010519491231002X', '440524188001010014', '370102198002290012'])('%s is valid', (number) => {
    expect(judgeIdentity('resident-id', number, TODAY, regionCodes)).toEqual({
      verdict: 'valid',
      kind: 'resident-id',
      number,
      normalised: false,
      faults: [],
    });
  });

  test('990000199001010017 passes its check but has no such area', () => {
    expect(identityCheck('99000019900101001')).toBe('7');
    expect(judgeIdentity('resident-id', '990000199001010017', TODAY, regionCodes).verdict).toBe('invalid');
  });
});

describe('form', () => {
  test.each([
    ['', 'invalid empty'],
    [' \u3000', 'invalid empty'],
    ['37010219800229001', 'invalid format'],
    ['3701021980022900122', 'invalid format'],
    ['37010280022900', 'invalid format'],
    ['370102800229001', 'invalid old-fifteen-digits'],
    ['3701028002290012', 'invalid format'],
    ['X70102198002290012', 'invalid format'],
    ['37010219800229001Y', 'invalid format'],
    ['3701021980022900１2', 'valid'],
    ['370102 19800229 0012', 'valid'],
    ['370102-19800229-0012\u200b', 'valid'],
  ])('%j: %s', (text, expected) => {
    expect(summary(text)).toBe(expected);
  });

  test('a small x is raised', () => {
    expect(judgeIdentity('resident-id', '11010519491231002x', TODAY, regionCodes)).toMatchObject({
      verdict: 'valid',
      number: '11010519491231002X',
      normalised: true,
    });
  });
});

describe('date of birth', () => {
  test.each([
    ['20261122', 'valid'],
    ['20261123', 'valid'],
    ['20261124', 'invalid birth-date-future'],
    ['19000228', 'valid'],
    ['19000229', 'invalid birth-date'],
    ['20000229', 'valid'],
    ['19810229', 'invalid birth-date'],
    ['19800230', 'invalid birth-date'],
    ['19800430', 'valid'],
    ['19800431', 'invalid birth-date'],
    ['19801231', 'valid'],
    ['19801232', 'invalid birth-date'],
    ['19800100', 'invalid birth-date'],
    ['19800001', 'invalid birth-date'],
    ['19801301', 'invalid birth-date'],
    ['18000101', 'valid'],
    ['17991231', 'invalid birth-date'],
    ['00000101', 'invalid birth-date'],
  ])('%s: %s', (day, expected) => {
    expect(summary(born(day))).toBe(expected);
  });
});

test('every wrong check character is seen, and every single wrong digit', () => {
  const number = '370102198002290012';
  for (const sign of '013456789X') expect(summary(number.slice(0, 17) + sign)).toBe('invalid check');
  for (let i = 0; i < 17; i++) {
    for (const sign of '0123456789') {
      if (sign === number.charAt(i)) continue;
      expect(summary(number.slice(0, i) + sign + number.slice(i + 1))).toMatch(/^invalid .*check/);
    }
  }
});

describe('area', () => {
  test.each([
    ['370103', '1990', 'valid'],
    ['370103', '1991', 'doubtful region-not-in-force'],
    ['370104', '1990', 'doubtful region-not-in-force'],
    ['370104', '1991', 'valid'],
    ['370104', '1992', 'valid'],
    ['370105', '1982', 'valid'],
    ['370105', '1983', 'doubtful region-not-in-force'],
    ['370105', '1985', 'doubtful region-not-in-force'],
    ['370105', '1986', 'valid'],
    ['370105', '1992', 'valid'],
    ['370105', '1993', 'doubtful region-not-in-force'],
    ['370199', '1990', 'doubtful region-not-in-force'],
    ['710101', '1990', 'doubtful region-not-in-force'],
    ['160101', '1990', 'invalid province'],
    ['660101', '1990', 'invalid province'],
    ['000000', '1990', 'invalid province'],
    ['810000', '1990', 'invalid province other-kind'],
    ['910000', '1990', 'invalid province other-kind'],
  ])('%s in %s: %s', (area, year, expected) => {
    expect(summary(born(`${year}0101`, area))).toBe(expected);
  });

  test('a doubtful number comes back normalised, with the cure', () => {
    const number = born('19910101', '370103');
    expect(judge(` ${number}`)).toMatchObject({
      verdict: 'doubtful',
      number,
      normalised: true,
      faults: [{ code: 'identity.region-not-in-force', cure: '核对证件原件后确认' }],
    });
  });

  test('what is wrong outweighs what is doubtful, and both are told', () => {
    expect(summary(born('19910230', '370103'))).toBe('invalid birth-date region-not-in-force');
  });
});

describe('the table of areas', () => {
  const table: Record<string, number[]> = regionCodes;

  test('every row is a county or prefecture with ordered, separate ranges', () => {
    expect(Object.keys(table).length).toBeGreaterThan(6000);
    for (const [code, years] of Object.entries(table)) {
      expect(code).toMatch(/^\d{6}$/);
      expect(code).not.toMatch(/0000$/);
      expect(years.length % 2).toBe(0);
      expect(years.length).toBeGreaterThan(0);
      expect([...years].sort((a, b) => a - b)).toEqual(years);
    }
  });

  test.each([
    ['110111', [1986, 9999]],
    ['412723', [0, 1999]],
    ['120110', [0, 9999]],
    ['440524', [0, 1992]],
    ['330502', [0, 1987, 2003, 9999]],
    ['110201', undefined],
    ['110000', undefined],
  ])('%s', (code, years) => {
    expect(table[code]).toEqual(years);
  });
});

describe('other documents', () => {
  test.each<[string, IdentityKind, string]>([
    ['810000199408230021', 'hmt-residence-permit', 'valid'],
    ['830000199201300022', 'hmt-residence-permit', 'valid'],
    [born('19900101', '820000'), 'hmt-residence-permit', 'valid'],
    [born('19900101', '840000'), 'hmt-residence-permit', 'invalid format'],
    [born('19900101', '800000'), 'hmt-residence-permit', 'invalid format'],
    ['810000199408230022', 'hmt-residence-permit', 'invalid check'],
    [born('19900230', '810000'), 'hmt-residence-permit', 'invalid birth-date'],
    [born('20261124', '810000'), 'hmt-residence-permit', 'invalid birth-date-future'],
    ['H12345678', 'hmt-residence-permit', 'invalid format'],
    ['370102198002290012', 'hmt-residence-permit', 'invalid other-kind'],
    [born('19900101', '911840'), 'permanent-residence-card', 'valid'],
    [born('19900101', '911840').toLowerCase(), 'permanent-residence-card', 'valid'],
    [born('19900230', '911840'), 'permanent-residence-card', 'invalid birth-date'],
    [`${born('19900101', '911840').slice(0, 17)}A`, 'permanent-residence-card', 'invalid format'],
    ['370102198002290012', 'permanent-residence-card', 'invalid other-kind'],
    ['810000199408230021', 'permanent-residence-card', 'invalid other-kind'],
    [born('19900101', '000000'), 'permanent-residence-card', 'invalid format'],
    ['can110082060199', 'permanent-residence-card', 'valid'],
    ['CA1110082060199', 'permanent-residence-card', 'invalid format'],
    ['CAN11008206019', 'permanent-residence-card', 'invalid format'],
    ['CAN1100820601999', 'permanent-residence-card', 'invalid format'],
    ['E12345678', 'passport', 'valid'],
    ['e 1234 5678', 'passport', 'valid'],
    ['A1234', 'passport', 'valid'],
    ['A123', 'passport', 'invalid format'],
    ['E123456789', 'passport', 'invalid format'],
    ['ABCDEFGH', 'passport', 'invalid format'],
    ['E1234567护', 'passport', 'invalid format'],
  ])('%s as %s: %s', (text, kind, expected) => {
    expect(summary(text, kind)).toBe(expected);
  });

  test('the fault names the kind to choose', () => {
    expect(judge('810000199408230021').faults[1]).toMatchObject({ cure: '请核对证件类型，改选港澳台居民居住证' });
  });
});

test('no fault repeats the number', () => {
  for (const text of ['370102198002290013', born('19910101', '370103'), '810000199408230021', '370102800229001']) {
    expect(JSON.stringify(judge(text).faults)).not.toContain(text.slice(6, 14));
  }
});

test.each([
  ['37010219800229001X', '370***********001X'],
  ['CAN110082060199', 'CAN********0199'],
  ['E12345678', 'E******78'],
  ['A1234', 'A**34'],
  ['A123', '****'],
  ['', ''],
])('%s is shown as %s', (number, shown) => {
  expect(maskIdentity(number)).toBe(shown);
});
