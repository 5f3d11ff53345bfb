import fc from 'fast-check';
import { ABSOLUTE_MS, endsOf, IDLE_MS, isLive } from '../../src/modules/identity/sessions/limits.rules';
import { agentOf, networkOf } from '../../src/modules/identity/sessions/traces.rules';
import { readRecoveryCode, recoveryCodeFrom } from '../../src/modules/identity/recovery/recovery.rules';

describe('limits of a session', () => {
  const opened = 1_000_000_000_000;

  test.each([
    ['just opened', 0, 0, true],
    ['a millisecond before it has idled out', 0, IDLE_MS - 1, true],
    ['idle for thirty minutes', 0, IDLE_MS, false],
    ['seen to the end, a millisecond before twelve hours', ABSOLUTE_MS - 1, ABSOLUTE_MS - 1, true],
    ['seen to the end, twelve hours old', ABSOLUTE_MS - 1, ABSOLUTE_MS, false],
  ])('%s', (_what, seen, now, live) => {
    expect(isLive({ createdAt: opened, lastSeenAt: opened + seen }, opened + now)).toBe(live);
  });

  test('what is shown as its end is when it ends', () => {
    fc.assert(
      fc.property(fc.nat(ABSOLUTE_MS), fc.nat(2 * ABSOLUTE_MS), (seen, now) => {
        const session = { createdAt: opened, lastSeenAt: opened + seen };
        const { idleUntil, endsAt } = endsOf(session);
        expect(idleUntil).toBeLessThanOrEqual(endsAt);
        expect(isLive(session, opened + now)).toBe(opened + now < idleUntil);
      }),
    );
  });
});

describe('recovery codes', () => {
  test('are read back however they are typed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 15, maxLength: 15 }), (bytes) => {
        const code = recoveryCodeFrom(bytes);
        expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){5}$/);
        expect(readRecoveryCode(code)).toBe(code);
        expect(readRecoveryCode(` ${code.toUpperCase().replace(/-/g, ' ')} `)).toBe(code);
      }),
    );
  });
  test('differ when their bytes do', () => {
    const bytes = fc.uint8Array({ minLength: 15, maxLength: 15 });
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(recoveryCodeFrom(a) === recoveryCodeFrom(b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
  });
  test.each([
    '',
    '123456',
    'abcd-efgh-ijkl-mnop',
    'abcd-efgh-ijkl-mnop-qrst-uvw1',
    'abcd-efgh-ijkl-mnop-qrst-uvwx-y',
    '０',
  ])('%p is none', (text) => expect(readRecoveryCode(text)).toBeUndefined());
});

describe('what is kept of where a session comes from', () => {
  test.each([
    ['127.0.0.1', '本机'],
    ['::1', '本机'],
    ['::ffff:203.0.113.9', '203.0.113.*'],
    ['203.0.113.200', '203.0.113.*'],
    ['2001:db8:12:34::9', '2001:db8:12::*'],
    ['2001:DB8::9', '2001:db8:0::*'],
    ['<script>', null],
    [undefined, null],
  ])('network of %p', (address, network) => expect(networkOf(address)).toBe(network));

  test.each([
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120 Safari/537.36 Edg/120', 'Edge / Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/120 Safari/537.36', 'Chrome / Linux'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0 Safari/604', '微信 / iOS'],
    ['curl/8.5.0', '其他程序'],
    ['<b>anything that a client says</b>', '其他程序'],
    [undefined, null],
  ])('kind of %p', (header, kind) => expect(agentOf(header)).toBe(kind));

  test('nothing that a client says is kept as it said it', () => {
    const known = new Set(['Edge', 'Firefox', '国产浏览器', 'Chrome', 'Safari', '微信', '其他程序']);
    const systems = new Set(['Android', 'iOS', 'Windows', 'macOS', '国产系统', 'Linux']);
    fc.assert(
      fc.property(fc.string(), (header) => {
        for (const word of agentOf(header)!.split(' / ')) expect(known.has(word) || systems.has(word)).toBe(true);
      }),
    );
  });
});
