/** So many days after it was sent a text message without a receipt is shown as such. */
export const RECEIPT_DAYS = 3;
const DAY_MS = 24 * 3600_000;

export type ReceiptStanding = 'awaited' | 'missing' | 'arrived' | 'not-arrived';

export interface ReceiptFacts {
  channel: string;
  state: string;
  sentAt: number | null;
}

/** What was sent before this instant and has no receipt now has waited long enough. */
export const receiptDueBefore = (now: number): number => now - RECEIPT_DAYS * DAY_MS;

/**
 * How it stands with the receipt: only the gateway for text messages gives any, and only of what it took. Worked out for
 * the moment, never stored: one that comes late still counts.
 */
export function receiptOf({ channel, state, sentAt }: ReceiptFacts, now: number): ReceiptStanding | null {
  if (channel !== 'sms' || sentAt === null) return null;
  if (state === 'delivered') return 'arrived';
  if (state === 'failed') return 'not-arrived';
  if (state !== 'sent') return null;
  return sentAt < receiptDueBefore(now) ? 'missing' : 'awaited';
}
