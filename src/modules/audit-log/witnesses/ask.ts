import type { SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { TlogFault } from '../../../kernel/pure/tlog/fault';
import type { VerifiedSignature } from '../../../kernel/pure/tlog/note';
import { readWitnessReply, type WitnessReply } from '../../../kernel/pure/tlog/witness-wire';
import type { VerifierKey } from '../../../kernel/pure/tlog/vkey';
import { ed25519Verify } from '../../../kernel/tlog-crypto';
import type { LogFiles } from '../log-files';
import { growthRequest } from './growth-request';

const LONGEST_MS = 5_000;
/** Answers are a few lines. */
const LONGEST_ANSWER = 64 * 1024;
/** The first learns where the witness stands; another process of ours may move it meanwhile. */
const TRIES = 3;

export type Asked =
  | { kind: 'cosigned'; signatures: readonly VerifiedSignature[] }
  /** The witness has seen another history of this log: somebody must act. */
  | { kind: 'fork'; why: string }
  /** It has seen more than there is here: what is served is older than what was, or a neighbour was quicker. */
  | { kind: 'ahead'; size: number }
  /** It does not know the log or its key, or the request; nothing that asking again soon would change. */
  | { kind: 'refused'; why: string }
  /** No answer, or none that can be used. */
  | { kind: 'failed'; why: string };

async function limited(reply: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LONGEST_ANSWER)
      throw new TlogFault('tlog.witness-reply', `the reply is longer than ${LONGEST_ANSWER}`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function post(url: string, body: string, stopped: AbortSignal): Promise<WitnessReply> {
  if (stopped.aborted) throw new TlogFault('tlog.witness-reply', 'the service stops');
  const ending = new AbortController();
  const end = (why: string) => () => ending.abort(new TlogFault('tlog.witness-reply', why));
  const timer = setTimeout(end(`no answer within ${LONGEST_MS} ms`), LONGEST_MS);
  const stop = end('the service stops');
  stopped.addEventListener('abort', stop);
  try {
    const reply = await fetch(`${url.replace(/\/+$/, '')}/add-checkpoint`, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body,
      signal: ending.signal,
    });
    return { status: reply.status, contentType: reply.headers.get('content-type'), body: await limited(reply) };
  } finally {
    clearTimeout(timer);
    stopped.removeEventListener('abort', stop);
  }
}

export interface Question {
  files: LogFiles;
  checkpoint: SignedCheckpoint;
  witness: { url: string; key: VerifierKey };
  /** Where the witness is believed to stand; 0 when that is not known. */
  from: number;
  stopped: AbortSignal;
}

const REFUSED = {
  malformed: 'it cannot read the request',
  unsigned: 'it knows another key of this log: hand it the present one',
  unknownLog: 'it does not know this log: hand it the key of the log',
  unexpected: 'it answered something that no witness should',
} as const;

async function askFrom({ files, checkpoint, witness, from, stopped }: Question): Promise<Asked | { moved: number }> {
  const reply = await post(witness.url, await growthRequest(files, from, checkpoint), stopped);
  const answer = readWitnessReply(reply, checkpoint, [witness.key], ed25519Verify);
  if (answer.kind === 'cosigned') return answer;
  if (answer.kind === 'other-size') {
    if (answer.size === from) return { kind: 'fork', why: `it knows another tree of ${from} entries` };
    return answer.size > checkpoint.size ? { kind: 'ahead', size: answer.size } : { moved: answer.size };
  }
  if (answer.reason === 'conflict') return { kind: 'fork', why: `it knows another tree of ${from} entries` };
  if (answer.reason === 'inconsistent')
    return { kind: 'fork', why: `what it knows of ${from} entries is no beginning of ${checkpoint.size}` };
  return { kind: 'refused', why: `${REFUSED[answer.reason]} (HTTP ${answer.status})` };
}

/** What may stand in the log of an error on the way to a witness: its name and its cause's code. */
function failure(error: unknown): string {
  if (error instanceof TlogFault) return error.message;
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } };
  return [name, cause?.code].filter((part) => typeof part === 'string').join(' ') || 'ERROR';
}

/** Asks a witness for its cosignature; learns from it where it stands. Never throws. */
export async function askWitness(question: Question): Promise<Asked> {
  let { from } = question;
  try {
    for (let i = 0; i < TRIES; i += 1) {
      const answer = await askFrom({ ...question, from: Math.min(from, question.checkpoint.size) });
      if (!('moved' in answer)) return answer;
      from = answer.moved;
    }
    return { kind: 'failed', why: 'it keeps telling other sizes' };
  } catch (error) {
    return { kind: 'failed', why: failure(error) };
  }
}
