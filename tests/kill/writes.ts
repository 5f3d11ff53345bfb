import { createHash, randomBytes, randomInt } from 'node:crypto';
import { creditCodeOf } from '../support/credit-codes';

export const kinds = ['organisation', 'mine', 'file'] as const;
export type WriteKind = (typeof kinds)[number];

/** One write that a client wants done once, however often it must ask. */
export interface Write {
  readonly kind: WriteKind;
  readonly key: string;
  readonly path: string;
  readonly contentType: string;
  readonly payload: Buffer;
  /** What its row is found by: credit code, mine name or SHA-256. */
  readonly mark: string;
  /** The client itself hangs up after so long, ms: its answer is lost though nobody was killed. */
  readonly hangUpAfterMs?: number;
  /** Id in the answer; undefined until it was acknowledged. */
  id?: string;
  /** Asked again after a crash had swallowed the first answer: what came of it. */
  repeated?: 'replayed' | 'done-anew';
}

export type Outcome = 'acknowledged' | 'come-again' | 'no-answer';

const MOST_FILE_BYTES = 600_000;
const HANG_UPS = 0.1;
const MOST_PATIENCE_MS = 80;
let counter = 0;

const patience = (): { hangUpAfterMs?: number } =>
  randomInt(1000) < HANG_UPS * 1000 ? { hangUpAfterMs: randomInt(1, MOST_PATIENCE_MS) } : {};

function jsonWrite(kind: WriteKind, path: string, mark: string, body: unknown): Write {
  const payload = Buffer.from(JSON.stringify(body));
  const key = randomBytes(16).toString('hex');
  return { kind, key, path, contentType: 'application/json', payload, mark, ...patience() };
}

/** The next write, of any kind; no two concern the same thing. */
export function nextWrite(): Write {
  const n = (counter += 1);
  const kind = kinds[randomInt(kinds.length)]!;
  const common = { from: '2024-01-01', paper: '登记表' };
  if (kind === 'organisation') {
    const uscc = creditCodeOf(n);
    return jsonWrite(kind, '/organisations', uscc, { ...common, uscc, name: `示例企业${n}`, legalForm: 'enterprise' });
  }
  if (kind === 'mine') {
    const name = `示例矿山${n}`;
    return jsonWrite(kind, '/mines', name, { ...common, name, province: '370000' });
  }
  const payload = Buffer.from(randomBytes(randomInt(16, MOST_FILE_BYTES / 2)).toString('hex'));
  const mark = createHash('sha256').update(payload).digest('hex');
  const key = randomBytes(16).toString('hex');
  return { kind, key, path: '/files', contentType: 'text/plain', payload, mark, ...patience() };
}

interface Asked {
  status: number;
  isReplay: boolean;
  body: { id?: string; type?: string };
}

async function ask(baseUrl: string, apiKey: string, write: Write, limitMs?: number): Promise<Asked | undefined> {
  try {
    const reply = await fetch(`${baseUrl}/api/v1${write.path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${apiKey}`,
        'idempotency-key': write.key,
        'content-type': write.contentType,
        'x-file-name': 'sheet.txt',
      },
      body: new Uint8Array(write.payload),
      redirect: 'error',
      signal: limitMs === undefined ? undefined : AbortSignal.timeout(limitMs),
    });
    const body = (await reply.json()) as Asked['body'];
    return { status: reply.status, isReplay: reply.headers.has('idempotent-replayed'), body };
  } catch {
    // Connection refused, reset, or an answer cut in the middle: nobody knows what was done.
    return undefined;
  }
}

const comeAgain = [
  '/problems/service/unavailable',
  '/problems/service/outcome-unknown',
  '/problems/service/stopping',
  '/problems/idempotency/in-progress',
];

/** Asks once. Throws for an answer that no client could make sense of. */
export async function send(baseUrl: string, apiKey: string, write: Write, isRepeat: boolean): Promise<Outcome> {
  const asked = await ask(baseUrl, apiKey, write, isRepeat ? undefined : write.hangUpAfterMs);
  if (!asked) return 'no-answer';
  const { status, body, isReplay } = asked;
  if (status === 201 && body.id) {
    write.id = body.id;
    if (isRepeat) write.repeated = isReplay ? 'replayed' : 'done-anew';
    return 'acknowledged';
  }
  if (comeAgain.includes(body.type ?? '')) return 'come-again';
  throw new Error(`POST ${write.path} (${write.mark}) answered ${status} ${JSON.stringify(body)}`);
}
