import fc from 'fast-check';
import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { platformCheck, platformNumberOf, readPlatformNumber } from '../../src/modules/experts/core/platform-number';
import { clashOf, judgeEnd, type EmploymentDays } from '../../src/modules/experts/employments.rules';
import { judgeIdentities } from '../../src/modules/experts/experts.rules';

describe('public platform number', () => {
  test('check digit of ISO/IEC 7064 MOD 11,10', () => {
    // 0794 with check digit 5 is the standard's own example.
    expect(platformCheck('0794')).toBe('5');
    expect(readPlatformNumber(platformNumberOf('00000000'))).toBe('LJ000000003');
  });

  const digits = fc.stringMatching(/^\d{8}$/);
  test('typed in other ways it is the same number', () => {
    fc.assert(
      fc.property(digits, (eight) => {
        const number = platformNumberOf(eight);
        const wide = [...number].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
        for (const typed of [number, number.toLowerCase(), ` ${number.slice(0, 6)}-${number.slice(6)} `, wide]) {
          expect(readPlatformNumber(typed)).toBe(number);
        }
      }),
    );
  });
  test('no single wrong digit passes', () => {
    fc.assert(
      fc.property(digits, fc.nat(8), fc.integer({ min: 1, max: 9 }), (eight, place, shift) => {
        const number = [...platformNumberOf(eight)];
        number[place + 2] = String((Number(number[place + 2]) + shift) % 10);
        expect(readPlatformNumber(number.join(''))).toBeUndefined();
      }),
    );
  });
  test.each(['', 'LJ', 'LJ00000000', 'LJ0000000033', 'XX000000003', 'LJ00000000A'])('%p has another form', (text) => {
    expect(readPlatformNumber(text)).toBeUndefined();
  });
});

const day = legalDate;
const held = (wished: Partial<EmploymentDays> = {}): EmploymentDays => ({
  employmentId: 'e1',
  institutionId: 'a',
  kind: 'full-time',
  from: day('2025-01-01'),
  to: day('2025-07-01'),
  ...wished,
});

describe('which employments exclude each other', () => {
  const clash = (present: EmploymentDays, next: Partial<EmploymentDays>) =>
    clashOf([present], held({ institutionId: 'b', ...next }))?.kind;

  test('full-time beside full-time: at, below and above each edge', () => {
    expect(clash(held(), { from: day('2025-06-30'), to: null })).toBe('full-time-elsewhere');
    expect(clash(held(), { from: day('2025-07-01'), to: null })).toBeUndefined();
    expect(clash(held(), { from: day('2024-01-01'), to: day('2025-01-01') })).toBeUndefined();
    expect(clash(held(), { from: day('2024-01-01'), to: day('2025-01-02') })).toBe('full-time-elsewhere');
    expect(clash(held({ to: null }), { from: day('2030-01-01'), to: null })).toBe('full-time-elsewhere');
  });
  test('other kinds may stand beside each other at different places', () => {
    for (const kind of ['retired-reengaged', 'part-time', 'outside'] as const) {
      expect(clash(held(), { kind })).toBeUndefined();
      expect(clash(held({ kind }), {})).toBeUndefined();
    }
  });
  test('at one place nothing stands beside anything on one day', () => {
    for (const kind of ['full-time', 'retired-reengaged', 'part-time', 'outside'] as const) {
      expect(clash(held({ kind: 'outside' }), { institutionId: 'a', kind })).toBe('here');
      expect(clash(held({ kind: 'outside' }), { institutionId: 'a', kind, from: day('2025-07-01') })).toBe(undefined);
    }
  });
  test('agrees with a count day by day', () => {
    const date = fc.integer({ min: 0, max: 40 }).map((n) => addDays(day('2025-01-01'), n));
    const span = fc
      .tuple(date, fc.option(fc.integer({ min: 1, max: 15 })))
      .map(([from, days]) => ({ from, to: days === null ? null : addDays(from, days) }));
    fc.assert(
      fc.property(span, span, (a, b) => {
        const holds = (s: { from: LegalDate; to: LegalDate | null }, d: LegalDate) =>
          s.from <= d && (s.to === null || d < s.to);
        const days = [...Array(80).keys()].map((n) => addDays(day('2025-01-01'), n));
        const meets = days.some((d) => holds(a, d) && holds(b, d));
        expect(clash(held(a), b) !== undefined).toBe(meets);
      }),
    );
  });
});

describe('the end of an employment', () => {
  const end = (lastDay: string, to: string | null = null) => {
    const judged = judgeEnd({ from: day('2025-01-01'), to: to as LegalDate | null }, day(lastDay));
    return judged.ok ? judged.value.to : judged.refusal.code;
  };
  test('never before the start; the first day may be the last', () => {
    expect(end('2024-12-31')).toBe('employment.ends-before-start');
    expect(end('2025-01-01')).toBe('2025-01-02');
  });
  test('an end may come earlier, never later', () => {
    expect(end('2025-06-29', '2025-07-01')).toBe('2025-06-30');
    expect(end('2025-06-30', '2025-07-01')).toBe('employment.already-ended');
    expect(end('2025-07-01', '2025-07-01')).toBe('employment.already-ended');
  });
});

describe('identities of one person', () => {
  const today = day('2026-03-02');
  const regions = { '110105': [0, 9999], '110111': [1987, 9999] };
  const judge = (list: Parameters<typeof judgeIdentities>[0], seen = false) =>
    judgeIdentities(list, seen, today, regions);

  test('the standard’s own example, normalised', () => {
    const judged = judge([{ kind: 'resident-id', number: ' 11010519491231002x ' }]);
    expect(judged).toEqual({ identities: [{ kind: 'resident-id', number: '11010519491231002X' }], faults: [] });
  });
  test('every fault of every document is told, numbers never', () => {
    const judged = judge([
      { kind: 'resident-id', number: '110105194912310021' },
      { kind: 'passport', number: '!!' },
      { kind: 'passport', number: 'E12345678' },
    ]);
    expect(judged.faults.map((f) => f.pointer)).toEqual([
      '/identities/0/number',
      '/identities/1/number',
      '/identities/2/kind',
    ]);
    expect(JSON.stringify(judged.faults)).not.toContain('110105194912310021');
  });
});
