import { RECEIPT_DAYS, receiptOf } from '../../src/modules/notifications/receipts.rules';

const sentAt = 1_000_000;
const days = (n: number): number => sentAt + n * 86_400_000;

test.each([
  ['sms', 'sent', days(RECEIPT_DAYS), 'awaited'],
  ['sms', 'sent', days(RECEIPT_DAYS) + 1, 'missing'],
  ['sms', 'delivered', days(30), 'arrived'],
  ['sms', 'failed', days(30), 'not-arrived'],
  ['sms', 'queued', days(30), null],
  ['email', 'sent', days(30), null],
  ['inbox', 'failed', days(30), null],
] as const)('%s, %s, at %i: %s', (channel, state, now, standing) => {
  expect(receiptOf({ channel, state, sentAt }, now)).toBe(standing);
});

test('what the gateway never took has no receipt to wait for', () => {
  expect(receiptOf({ channel: 'sms', state: 'failed', sentAt: null }, days(30))).toBeNull();
});
