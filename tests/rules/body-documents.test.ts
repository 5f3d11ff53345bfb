import fc from 'fast-check';
import { addDays, legalDate } from '../../src/kernel/pure/time';
import { amendedPaper, presentEntries, standingOn } from '../../src/modules/organisations/documents.rules';

const day = legalDate;
/** Valid from 1 March to 31 March, both included. */
const march = { validFrom: day('2026-03-01'), validTo: day('2026-04-01') };

describe('how a paper stands on a day', () => {
  test.each([
    ['2026-02-28', 'not-yet'],
    ['2026-03-01', 'expiring'],
    ['2026-03-31', 'expiring'],
    ['2026-04-01', 'expired'],
  ])('on %s: %s', (on, standing) => expect(standingOn(march, day(on), 30)).toBe(standing));

  test('the last day of the notice period is on both sides of the line', () => {
    expect(standingOn(march, day('2026-03-21'), 10)).toBe('expiring');
    expect(standingOn(march, day('2026-03-20'), 10)).toBe('in-force');
    expect(standingOn(march, day('2026-03-31'), 0)).toBe('expiring');
    expect(standingOn(march, day('2026-03-30'), 0)).toBe('in-force');
  });

  test('without an end it never runs out', () => {
    expect(standingOn({ ...march, validTo: null }, day('2199-12-31'), 3660)).toBe('in-force');
  });

  test('it is in force on exactly the days of its span', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60, max: 60 }), fc.integer({ min: 1, max: 50 }), (offset, length) => {
        const span = { validFrom: march.validFrom, validTo: addDays(march.validFrom, length) };
        const on = addDays(march.validFrom, offset);
        const holds = ['in-force', 'expiring'].includes(standingOn(span, on, 5));
        expect(holds).toBe(offset >= 0 && offset < length);
      }),
    );
  });
});

describe('of each paper the entry that matters', () => {
  const entry = (documentId: string, validFrom: string, validTo: string | null) => ({
    documentId,
    validFrom: day(validFrom),
    validTo: validTo === null ? null : day(validTo),
  });
  const old = entry('a', '2020-01-01', '2025-01-01');
  const renewed = entry('a', '2025-06-01', null);

  test.each([
    ['2019-12-31', old],
    ['2024-12-31', old],
    // In the gap it is the one that ran out that must be shown, as expired.
    ['2025-03-01', old],
    ['2025-06-01', renewed],
  ])('on %s', (on, expected) => expect(presentEntries([renewed, old], day(on))).toEqual([expected]));

  test('papers do not stand for one another', () => {
    expect(presentEntries([old, entry('b', '2021-01-01', null)], day('2022-01-01'))).toHaveLength(2);
  });
});

describe('an amending body leaves out what stays', () => {
  const content = { kind: 'office-proof', title: '租赁合同', number: '示例1号', issuer: '示例局', fileId: 'file-1' };
  const old = { documentId: 'd', ...content, validFrom: day('2025-01-01'), validTo: day('2026-01-01') };
  const now = { ...old, number: '示例2号', fileId: null, validFrom: day('2026-01-01'), validTo: day('2027-01-01') };
  const today = day('2026-03-02');
  const amended = (said: object, correct = false) => amendedPaper([old, now], said, { today, correct });

  test('the same validity said again keeps everything that is not named', () => {
    const said = { from: day('2026-01-01'), fileId: 'file-2' };
    const kept = { ...content, number: '示例2号', fileId: 'file-2' };
    expect(amended(said)).toEqual({ ...kept, from: '2026-01-01', lastDay: '2026-12-31' });
    expect(amended({ from: day('2025-01-01'), number: '示例9号' })).toMatchObject({
      ...{ number: '示例9号', fileId: 'file-1', lastDay: '2025-12-31' },
    });
  });

  test.each(['2026-01-02', '2027-01-01'])('another validity from %s has a scan and a last day of its own', (from) => {
    // Its last day must be said, were it null.
    const kept = { ...content, number: '示例2号', fileId: null, lastDay: undefined };
    expect(
      amendedPaper([now, { ...now, fileId: 'x' }].slice(1), { from: day(from) }, { today, correct: false }),
    ).toEqual({ ...kept, from });
    expect(amended({ from: day(from), lastDay: day('2028-01-01'), fileId: 'file-3' })).toMatchObject({
      ...{ lastDay: '2028-01-01', fileId: 'file-3', title: '租赁合同' },
    });
  });

  test('an earlier validity filed later ends the day before the next one, unless said otherwise', () => {
    const end = (from: string, said: object = {}) => amended({ from: day(from), ...said }).lastDay;
    expect([end('2024-01-01'), end('2025-06-01'), end('2026-06-01')]).toEqual(['2024-12-31', '2025-12-31', undefined]);
    expect([end('2024-01-01', { lastDay: null }), end('2026-06-01', { lastDay: null })]).toEqual([null, null]);
    expect(end('2024-01-01', { lastDay: day('2024-06-30') })).toBe('2024-06-30');
  });

  test('a correction keeps days and scan too, null clears', () => {
    expect(amended({ issuer: null }, true)).toEqual({
      ...{ ...content, number: '示例2号', issuer: null, fileId: null },
      ...{ from: '2026-01-01', lastDay: '2026-12-31' },
    });
    expect(amended({ lastDay: null }, true)).toMatchObject({ from: '2026-01-01', lastDay: null });
  });
});
