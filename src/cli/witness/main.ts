import type { Server } from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { vkeyText } from '../../kernel/pure/tlog/vkey';
import { instantText } from '../../kernel/pure/time';
import { systemClock } from '../../kernel/sources';
import { cosignFile } from './carry';
import { makeFolder } from './durable';
import { codeOf, reasonOf, WitnessFault } from './fault';
import { readHead } from './heads';
import { addLogs, isKeyExposed, knownLogs, ownSigner } from './identity';
import { takeLock } from './lock';
import { witnessServer } from './serve';
import { createWitness, type Witness } from './witness';

const DEFAULT_PORT = '8118';
const DRAIN_MS = 5_000;

export const USAGE = `用法 usage：
  npm run witness -- --dir 文件夹 [--name 名称] [--add-log 日志公钥]... [--port ${DEFAULT_PORT}] [--host 地址]
  npm run witness -- --dir 文件夹 [--add-log 日志公钥]... --cosign-request 请求文件 --out 回复文件

  --dir             见证方的文件夹：密钥 witness.key、日志公钥 logs、各日志的最新检查点 heads。请备份。
                    folder of the witness: its key, the keys of logs, the latest checkpoint of each. Keep copies.
  --name            见证方名称，仅首次启动 name of the witness, first start only
  --add-log         加入一个日志的公钥，可重复 key of a log to witness; may be repeated
  --cosign-request  不联网：由文件取请求，签名写入 --out without network: request and answer as files
退出码 exit codes：0 完成 done；1 已拒绝或未能完成 refused or failed；2 用法有误 usage
`;

class UsageFault extends Error {}

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${instantText(systemClock.now())} ${line}\n`);

interface Settings {
  folder: string;
  name?: string;
  logs: readonly string[];
  port: number;
  host?: string;
  carried?: { from: string; to: string };
}

function readArguments(args: string[]): ReturnType<typeof parsed> {
  try {
    return parsed(args);
  } catch (error) {
    throw new UsageFault(reasonOf(error));
  }
}

const parsed = (args: string[]) =>
  parseArgs({
    args,
    options: {
      dir: { type: 'string' },
      name: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      'add-log': { type: 'string', multiple: true, default: [] },
      'cosign-request': { type: 'string' },
      out: { type: 'string' },
    },
  }).values;

function readSettings(args: string[]): Settings {
  const { dir, name, port = DEFAULT_PORT, host, out, ...more } = readArguments(args);
  const from = more['cosign-request'];
  if (!dir) throw new UsageFault('缺少 --dir is missing');
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new UsageFault(`--port ${port}: 0…65535`);
  if ((from === undefined) !== (out === undefined))
    throw new UsageFault('--cosign-request 与 --out 须同时给出 both or none of them');
  const carried = from !== undefined && out !== undefined ? { carried: { from, to: out } } : {};
  return { folder: path.resolve(dir), name, logs: more['add-log'], port: Number(port), host, ...carried };
}

function openWitness({ folder, name, logs: added }: Settings): Witness {
  const signer = ownSigner(folder, name);
  if (isKeyExposed(folder))
    complain('提示：witness.key 他人可读，请改为仅本人可读。witness.key can be read by others; make it yours alone.');
  addLogs(folder, added);
  const logs = knownLogs(folder);
  say(`见证方公钥 verifier key: ${vkeyText(signer.key)}`);
  for (const origin of new Set(logs.map((key) => key.name)))
    say(`见证日志 log: ${origin} (${readHead(folder, origin).checkpoint?.size ?? 0})`);
  if (logs.length === 0)
    complain('尚无日志，一律拒绝；请用 --add-log 加入。No log is known, all is refused; add one with --add-log.');
  return createWitness({ folder, signer, logs, clock: systemClock });
}

const listen = (server: Server, port: number, host: string | undefined): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen({ port, host }, () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Until a signal; requests under way are answered first. */
const untilStopped = (server: Server): Promise<void> =>
  new Promise((done) => {
    const stop = (): void => {
      const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
      server.close(() => {
        clearTimeout(timer);
        done();
      });
      server.closeIdleConnections();
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  });

async function serve(witness: Witness, { port, host }: Settings): Promise<void> {
  const server = witnessServer(witness, complain);
  const bound = await listen(server, port, host).catch((error: unknown) => {
    throw new WitnessFault(
      codeOf(error) === 'EADDRINUSE'
        ? `端口 ${port} 已被占用，请用 --port 换一个。Port ${port} is in use; name another with --port.`
        : `无法监听 cannot listen: ${reasonOf(error)}`,
    );
  });
  say(`等待请求 waiting: http://${host ?? 'localhost'}:${bound}/add-checkpoint`);
  await untilStopped(server);
  say('已停止 stopped');
}

async function work(settings: Settings): Promise<void> {
  makeFolder(settings.folder);
  const lock = await takeLock(settings.folder);
  try {
    const witness = openWitness(settings);
    if (!settings.carried) return await serve(witness, settings);
    const { from, to } = settings.carried;
    const { origin, size } = cosignFile(witness, from, to);
    say(`已签名 cosigned: ${origin} ${size} → ${to}`);
  } finally {
    await lock.release();
  }
}

async function main(): Promise<void> {
  try {
    await work(readSettings(process.argv.slice(2)));
  } catch (error) {
    const isUsage = error instanceof UsageFault;
    const isTold = isUsage || error instanceof WitnessFault || codeOf(error) !== undefined;
    process.stderr.write(`${isTold ? reasonOf(error) : error instanceof Error ? error.stack : String(error)}\n`);
    if (isUsage) process.stderr.write(USAGE);
    process.exitCode = isUsage ? 2 : 1;
  }
}

void main();
