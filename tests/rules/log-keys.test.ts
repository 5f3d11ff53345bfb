import { instant, parseInstant, type Instant } from '../../src/kernel/pure/time';
import { OVERLAP_DAYS } from '../../src/modules/audit-log/keys/keys.contract';
import { judgeNewKey, judgeRetirement, type KeyTimes } from '../../src/modules/audit-log/keys/keys.rules';

const at = (text: string): Instant => parseInstant(text);
const key = (id: string, madeAt: string, retiredAt?: string): KeyTimes => ({
  id,
  madeAt: at(madeAt),
  retiredAt: retiredAt === undefined ? null : at(retiredAt),
});
const old = key('old', '2026-01-01T00:00:00.000Z');
// 2026-03-02, half past seven in the morning in Asia/Shanghai.
const young = key('young', '2026-03-01T23:30:00.000Z');
const calm = (now: string) => ({ now: at(now), compromised: false });

test('a second key may be added, a third not before one has retired', () => {
  expect(judgeNewKey([old]).ok).toBe(true);
  expect(judgeNewKey([old, young])).toMatchObject({ ok: false, refusal: { code: 'log.keys-overlap' } });
  expect(judgeNewKey([key('old', '2026-01-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z'), young]).ok).toBe(true);
});

test('the last day of the overlap still refuses, the day after it does not, counted in days of Asia/Shanghai', () => {
  const keys = [old, young];
  expect(judgeRetirement(old, keys, calm('2026-03-31T15:59:59.999Z'))).toMatchObject({
    ok: false,
    refusal: { code: 'log.overlap-runs', params: { days: OVERLAP_DAYS, from: '2026-04-01' } },
  });
  expect(judgeRetirement(old, keys, calm('2026-03-31T16:00:00.000Z')).ok).toBe(true);
});

test('the new key is not given up earlier than the old one', () => {
  expect(judgeRetirement(young, [old, young], calm('2026-03-20T00:00:00.000Z'))).toMatchObject({
    refusal: { code: 'log.overlap-runs', params: { from: '2026-04-01' } },
  });
});

test('a key that others may know stops at once, but never the only one', () => {
  const urgent = { now: instant(young.madeAt + 1000), compromised: true };
  expect(judgeRetirement(old, [old, young], urgent).ok).toBe(true);
  expect(judgeRetirement(old, [old], urgent)).toMatchObject({ refusal: { code: 'log.only-key' } });
});

test('what is retired stays retired, and the refusal names the day', () => {
  const gone = key('gone', '2026-01-01T00:00:00.000Z', '2026-04-01T16:00:00.000Z');
  expect(judgeRetirement(gone, [gone, young], calm('2026-05-01T00:00:00.000Z'))).toMatchObject({
    refusal: { code: 'log.key-retired', params: { on: '2026-04-02' } },
  });
});
