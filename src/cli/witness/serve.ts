import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { vkeyText } from '../../kernel/pure/tlog/vkey';
import { reasonOf } from './fault';
import type { Witness } from './witness';

// The add-checkpoint call over HTTP (c2sp.org/tlog-witness), and the witness's key for whoever asks.

/** A request with its 63 hashes and the most signatures that a note may have stays well below. */
export const BODY_LIMIT = 256 * 1024;
const TEXT = 'text/plain; charset=utf-8';
const PATH = '/add-checkpoint';

class TooLong extends Error {}

/** The body; throws TooLong. A longer one is still read, up to four times the limit, so that its sender hears why. */
async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of req as AsyncIterable<Buffer>) {
    length += part.length;
    if (length <= BODY_LIMIT) parts.push(part);
    else if (length > 4 * BODY_LIMIT) break;
  }
  if (length > BODY_LIMIT) throw new TooLong();
  return Buffer.concat(parts);
}

function send(res: ServerResponse, status: number, body: string, type = TEXT): void {
  res.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
  });
  res.end(body);
}

async function addCheckpoint(
  req: IncomingMessage,
  res: ServerResponse,
  witness: Witness,
  complain: (line: string) => void,
): Promise<void> {
  const answer = witness.answer(await bodyOf(req));
  if ('refused' in answer) complain(`已拒绝 refused: ${answer.refused}`);
  // The type of a 200 is not specified; signature lines are text.
  send(res, answer.status, answer.body, 'type' in answer ? answer.type : TEXT);
}

/** A server that does not listen yet; `complain` hears in plain words what was refused, and why. */
export function witnessServer(witness: Witness, complain: (line: string) => void): Server {
  const sorry = (res: ServerResponse, status: number, words: string): void => {
    complain(`已拒绝 refused: ${status}：${words}`);
    // What is still arriving is not waited for.
    res.setHeader('Connection', 'close');
    send(res, status, `${words}\n`);
  };
  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = (req.url ?? '').split('?', 1)[0];
    if (path === '/witness.vkey' && (req.method === 'GET' || req.method === 'HEAD'))
      return send(res, 200, `${vkeyText(witness.signer.key)}\n`);
    if (path !== PATH) return sorry(res, 404, `只有 ${PATH}。There is only ${PATH}.`);
    if (req.method !== 'POST') {
      res.setHeader('Allow', 'POST');
      return sorry(res, 405, `${PATH} 只接受 POST。${PATH} takes POST only.`);
    }
    await addCheckpoint(req, res, witness, complain);
  }
  const server = createServer((req, res) => {
    handle(req, res).catch((error: unknown) => {
      if (res.headersSent || res.destroyed) return void res.destroy();
      if (error instanceof TooLong)
        return sorry(res, 413, `请求超过 ${BODY_LIMIT} 字节。The request is longer than ${BODY_LIMIT} bytes.`);
      complain(`未能处理 failed: ${reasonOf(error)}`);
      send(res, 500, '见证程序出错，未签名。The witness failed; nothing was cosigned.\n');
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.maxConnections = 256;
  return server;
}
