import { createHmac, timingSafeEqual } from 'node:crypto';
import { instantText, type Instant } from '../../../kernel/pure/time';
import { canonicalize } from '../../../kernel/pure/jcs';
import type { Clock } from '../../../kernel/sources';
import type { Channel, SendOutcome } from './channel';

export interface SmsGatewaySettings {
  readonly url: string;
  readonly key: string;
}

const LONGEST_MS = 10_000;
/** Answers of a gateway are a few words; more is not read. */
const LONGEST_ANSWER = 10_000;

const sign = (key: string, timestamp: string, body: string): string =>
  createHmac('sha256', key).update(`${timestamp}\n${body}`).digest('hex');

/** Statuses that speak of this message or number; every other failure is the gateway's and passes. */
const final = new Set([400, 404, 410, 413, 422]);

function refOf(text: string): string | null {
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id.slice(0, 200) : null;
  } catch {
    return null;
  }
}

/** Text messages through an HTTP gateway; the format is in the module's README. */
export function createSms({ url, key }: SmsGatewaySettings, clock: Clock): Channel {
  return {
    name: 'sms',
    async send({ id, to, text }): Promise<SendOutcome> {
      const body = JSON.stringify({ id, to, text });
      const timestamp = instantText(clock.now());
      try {
        const reply = await fetch(url, {
          method: 'POST',
          redirect: 'error',
          headers: {
            'content-type': 'application/json',
            'x-lujian-timestamp': timestamp,
            'x-lujian-signature': sign(key, timestamp, body),
          },
          body,
          signal: AbortSignal.timeout(LONGEST_MS),
        });
        if (reply.ok) return { result: 'accepted', ref: refOf((await reply.text()).slice(0, LONGEST_ANSWER)) };
        await reply.body?.cancel();
        const reason = `HTTP ${reply.status}`;
        return final.has(reply.status) ? { result: 'refused', reason } : { result: 'again', reason };
      } catch (error) {
        const { name } = error as { name?: unknown };
        return { result: 'again', reason: typeof name === 'string' ? name : 'ERROR' };
      }
    },
  };
}

/** How far the gateway's clock may be off; older receipts may come, older signatures may not. */
const SKEW_MS = 15 * 60_000;

/** Did the holder of the key sign these receipts just now? */
export function isSignedBy(
  key: string,
  { receipts, timestamp, signature }: { receipts: unknown; timestamp: Instant; signature: string },
  now: Instant,
): boolean {
  const wanted = Buffer.from(sign(key, instantText(timestamp), canonicalize(receipts as never)), 'hex');
  const given = Buffer.from(signature, 'hex');
  return given.length === wanted.length && timingSafeEqual(given, wanted) && Math.abs(now - timestamp) <= SKEW_MS;
}
