import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { canonicalize } from '../../src/kernel/pure/jcs';

export const SMS_KEY = 'a key shared with the gateway of the tests';

export interface SentSms {
  id: string;
  to: string;
  text: string;
  timestamp: string;
  signed: boolean;
}

export interface SmsGateway {
  url: string;
  sent: SentSms[];
  /** Status of the next replies; `hang` never answers, `cut` ends the connection. 200 when nothing is named. */
  next: (number | 'hang' | 'cut')[];
  close(): Promise<void>;
}

const sign = (timestamp: string, body: string): string =>
  createHmac('sha256', SMS_KEY).update(`${timestamp}\n${body}`).digest('hex');

/** What the gateway posts back. */
export const receiptsOf = (
  receipts: { id: string; status: 'delivered' | 'failed'; at: string; reason?: string }[],
  timestamp: string,
) => ({ receipts, timestamp, signature: sign(timestamp, canonicalize(receipts)) });

/** A gateway on a free port of this machine that behaves as it is told. */
export async function smsGateway(): Promise<SmsGateway> {
  const sent: SentSms[] = [];
  const next: SmsGateway['next'] = [];
  const server = createServer((req, res) => {
    const parts: Buffer[] = [];
    req.on('data', (part: Buffer) => parts.push(part));
    req.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      const behaviour = next.shift() ?? 200;
      if (behaviour === 'hang') return;
      if (behaviour === 'cut') return void req.socket.destroy();
      const timestamp = req.headers['x-lujian-timestamp'] as string;
      const signed = req.headers['x-lujian-signature'] === sign(timestamp, body);
      if (behaviour === 200) sent.push({ ...(JSON.parse(body) as SentSms), timestamp, signed });
      res.writeHead(behaviour, { 'content-type': 'application/json' });
      res.end(JSON.stringify({ id: `gateway-${sent.length}` }));
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/send`,
    sent,
    next,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
