import {
  creditCodeCheck,
  judgeCreditCode,
  organisationCodeCheck,
  subjectKindOf,
} from '../../src/modules/organisations/core/credit-code';

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const VALID = '91370000MA3X000106';

const faultsOf = (text: string): string[] => {
  const judged = judgeCreditCode(text);
  return judged.valid ? [] : judged.faults.map((fault) => fault.code);
};
const likelyOf = (text: string): string | undefined => {
  const judged = judgeCreditCode(text);
  return judged.valid ? undefined : judged.likely;
};
/** A code whose both checks are right, whatever its parts. */
const build = (first8: string, organisation8: string): string => {
  const first17 = first8 + organisation8 + organisationCodeCheck(organisation8);
  return first17 + creditCodeCheck(first17);
};

describe('codes of the trade rules, section 6.1', () => {
  test.each(
    `9144030071526726XG 914403001922038216 91330100799655058B 91350000157987632G 91110000802100433B 91440300708461136T
    91110000710925462X 91110000710926094P 9152000071430580XT 12100000400000624D 12100000400000456B 12100000400002697C
    12440300455752807L 51100000500009247D 51100000500002862F 92371000MA3MXH0E3W 11610923MB2900168E 91350100M000100Y43
    91370000MA3X000106 91150000MA0P000262 12370000MB2X00012D 12610000MB2P00023D 51410000MJG0000174 51520000MJR000025H
    52330000MJ8700035Y 92370100MA3X00045T 11370000MB2X00055X 53370000MJD0000623`.split(/\s+/),
  )('%s is valid', (code) => {
    expect(judgeCreditCode(code)).toMatchObject({ valid: true, code, normalised: false });
  });

  test.each([
    ['91350211M000100Y43', ['credit-code.check']],
    ['12100000400000624X', ['credit-code.check']],
  ])('%s is not', (code, faults) => {
    expect(faultsOf(code)).toEqual(faults);
  });

  test('the parts of a valid code', () => {
    expect(judgeCreditCode('9144030071526726XG')).toEqual({
      valid: true,
      code: '9144030071526726XG',
      normalised: false,
      department: '9',
      classChar: '1',
      region: '440300',
      organisationCode: '71526726X',
    });
  });
});

describe('length', () => {
  test.each(['', ' ', '\u3000\u200b-', '－'])('%j is empty', (text) => {
    expect(faultsOf(text)).toEqual(['credit-code.empty']);
  });

  test.each([
    ['1', 'credit-code.length'],
    ['37000020001234', 'credit-code.length'],
    ['370000200012345', 'credit-code.old-registration-number'],
    ['3700-0020-0012-345', 'credit-code.old-registration-number'],
    ['37000020001234X', 'credit-code.length'],
    ['3700002000123456', 'credit-code.length'],
    ['71526726X', 'credit-code.organisation-code-only'],
    ['71526726-X', 'credit-code.organisation-code-only'],
    ['715267261', 'credit-code.length'],
    [VALID.slice(0, 17), 'credit-code.length'],
    [`${VALID}0`, 'credit-code.length'],
    ['9'.repeat(100_000), 'credit-code.length'],
  ])('%.20s: %s', (text, code) => {
    expect(faultsOf(text)).toEqual([code]);
  });
});

describe('normalising', () => {
  test.each([
    ['\ufeff91370000MA3X000106'],
    ['91370000ma3x000106'],
    ['９１３７００００ｍａ３ｘ０００１０６'],
    ['91370000\u2014MA3X\u2011000106\t\r\n'],
    ['\u202a91370000MA3X000106\u202c'],
    ['9137 0000\u00a0MA3X\u3000000\u200b106'],
  ])('%j', (text) => {
    expect(judgeCreditCode(text)).toMatchObject({ valid: true, code: VALID, normalised: true });
  });

  test.each([
    '91370000MA3X00010六',
    '91370000MA3X00010_',
    '91370000MA3X00010ß',
    '91370000МА3X000106',
    '①1370000MA3X000106',
  ])('%s keeps what is no code character', (text) => {
    expect(faultsOf(text)).toEqual(['credit-code.character']);
  });
});

describe('look-alike letters', () => {
  test.each([
    ['9137OOOOMA3X000106', VALID],
    ['9I370000MA3X000I06', VALID],
    ['9i370000ma3x000106', VALID],
    ['9144030071S26726XG', '9144030071526726XG'],
    ['91440300715Z6726XG', '9144030071526726XG'],
  ])('%s reads %s', (text, likely) => {
    expect(faultsOf(text)).toEqual(['credit-code.letter-not-used']);
    expect(likelyOf(text)).toBe(likely);
  });

  test('V reads U or Y, whichever passes', () => {
    const withU = build('91370000', 'MA3XU001');
    const withY = build('91370000', 'MA3XY001');
    expect(likelyOf(withU.replace('XU0', 'XV0'))).toBe(withU);
    expect(likelyOf(withY.replace('XY0', 'XV0'))).toBe(withY);
  });

  test('no reading is offered that fails a check, nor for more than four letters', () => {
    expect(likelyOf('9137OOOOMA3X000107')).toBeUndefined();
    expect(likelyOf('9137OOOOMA3XO00106')).toBeUndefined();
    expect(likelyOf('9137OOOOMA3X00010六')).toBeUndefined();
  });

  test('the message names places and letters', () => {
    expect(judgeCreditCode('9I370000MA3X000I06')).toMatchObject({
      faults: [{ detail: '第2、16位为字母I、I，统一社会信用代码不使用字母I、O、S、V、Z。' }],
    });
  });

  test.each([...'IOSVZ'])('%s is refused in every place', (letter) => {
    for (let i = 0; i < 18; i++) {
      expect(faultsOf(VALID.slice(0, i) + letter + VALID.slice(i + 1))).toContain('credit-code.letter-not-used');
    }
  });
});

describe('parts', () => {
  test('department: 1 to 9, A, N, Y and nothing else', () => {
    const taken = [...ALPHABET].filter((sign) => judgeCreditCode(build(`${sign}1370000`, 'MA3X0001')).valid);
    expect(taken.join('')).toBe('123456789ANY');
    expect(faultsOf(build('01370000', 'MA3X0001'))).toEqual(['credit-code.department']);
  });

  test('region: only the province pair is judged', () => {
    const taken = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0')).filter(
      (pair) => judgeCreditCode(build(`91${pair}9876`, 'MA3X0001')).valid,
    );
    expect(taken.join(' ')).toBe(
      '10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 66 71 81 82',
    );
    expect(faultsOf(build('91990000', 'MA3X0001'))).toEqual(['credit-code.region']);
    expect(faultsOf(build('9137000A', 'MA3X0001'))).toEqual(['credit-code.region']);
  });

  test('inner check: wrong while the outer one is right', () => {
    const first17 = '91370000MA3X00011';
    expect(faultsOf(first17 + creditCodeCheck(first17))).toEqual(['credit-code.organisation-check']);
  });

  test('inner check X and 0 are both reached', () => {
    expect(organisationCodeCheck('71526726')).toBe('X');
    expect(organisationCodeCheck('00000000')).toBe('0');
  });

  test('every fault is named at once', () => {
    expect(faultsOf('K1990000MA3X000116')).toEqual([
      'credit-code.department',
      'credit-code.region',
      'credit-code.organisation-check',
      'credit-code.check',
    ]);
  });
});

test('every single wrong character and every swap of neighbours is seen', () => {
  for (const code of [VALID, '9144030071526726XG', '12100000400000624D', '51410000MJG0000174']) {
    for (let i = 0; i < 18; i++) {
      for (const sign of ALPHABET) {
        if (sign !== code.charAt(i))
          expect(judgeCreditCode(code.slice(0, i) + sign + code.slice(i + 1)).valid).toBe(false);
      }
      const swapped = code.slice(0, i) + code.charAt(i + 1) + code.charAt(i) + code.slice(i + 2);
      if (i < 17 && swapped !== code) expect(judgeCreditCode(swapped).valid).toBe(false);
    }
  }
});

describe('subjectKindOf', () => {
  test.each([
    ['91370000MA3X000106', 'eligible', 'legal-person', '企业'],
    ['12370000MB2X00012D', 'eligible', 'public-institution-class', '事业单位'],
    ['51410000MJG0000174', 'eligible', 'industry-association', '社会团体'],
    ['52330000MJ8700035Y', 'manual', undefined, '民办非企业单位'],
    ['53370000MJD0000623', 'manual', undefined, '基金会'],
    ['11370000MB2X00055X', 'not-eligible', undefined, '机关'],
    ['92370100MA3X00045T', 'not-eligible', undefined, '个体工商户'],
  ])('%s: %s', (code, eligibility, needs, name) => {
    const kind = subjectKindOf(code);
    expect(kind).toMatchObject({ prefix: code.slice(0, 2), eligibility, name });
    expect(kind.needs).toBe(needs);
  });

  test.each('13 93 31 32 33 34 35 81 21 41 61 71 A1 N1 N2 N3 Y1 19 59 99 A9 N9'.split(' '))(
    '%s is not eligible',
    (prefix) => {
      expect(subjectKindOf(`${prefix}370000MA3X0001`).eligibility).toBe('not-eligible');
    },
  );

  test.each(['54', '97', '14', 'A2', 'N4'])('%s is no known class, so a person decides', (prefix) => {
    expect(subjectKindOf(prefix)).toMatchObject({ eligibility: 'manual', name: '未知机构类别' });
  });
});
