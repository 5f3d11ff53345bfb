import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../../config';
import { TlogFault } from '../../kernel/pure/tlog/fault';
import { sayFault } from '../../kernel/pure/tlog/fault-words';
import { ExchangeFault, openExchange, takeAnswer, writeRequest } from './exchange';

export const USAGE = `用法 usage（设置与服务相同 settings as for the service）：
  npm run log:exchange -- --request-for 见证方公钥或名称 --out 请求文件 [--old 规模] [--data 数据目录]
  npm run log:exchange -- --take 已签检查点文件 [--data 数据目录]

  --old   见证方上次签名时的条数；不给时按已存的签名推定
          entries that the witness cosigned last; known by itself once an answer was taken
退出码 exit codes：0 完成 done；1 未能完成 failed；2 用法有误 usage
`;

class UsageFault extends Error {}

interface Asked {
  data?: string;
  take?: string;
  request?: { witness: string; out: string; old?: number };
}

function readArguments(args: string[]): Asked {
  const text = { type: 'string' } as const;
  let values;
  try {
    ({ values } = parseArgs({ args, options: { data: text, 'request-for': text, out: text, old: text, take: text } }));
  } catch (error) {
    throw new UsageFault((error as Error).message);
  }
  const { data, take, out, old, 'request-for': witness } = values;
  if (take !== undefined) {
    if (witness ?? out ?? old) throw new UsageFault('--take 单独使用 --take stands alone');
    return { data, take };
  }
  if (!witness || !out) throw new UsageFault('缺少 --request-for 与 --out，或 --take');
  if (old !== undefined && !/^(0|[1-9]\d{0,14})$/.test(old)) throw new UsageFault(`--old ${old}: 0, 1, 2, …`);
  return { data, request: { witness, out, ...(old === undefined ? {} : { old: Number(old) }) } };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function work({ data, take, request }: Asked): Promise<void> {
  const exchange = await openExchange(readConfig(process.env, data === undefined ? {} : { data }));
  if (request) {
    const { from, size } = await writeRequest(exchange, request);
    return say(`已生成请求 request made: ${from} → ${size}, ${request.out}`);
  }
  const { size, names, quorum } = await takeAnswer(exchange, take!);
  say(`已收下签名 taken: ${size} ← ${names.join(', ')}`);
  say(
    quorum.met
      ? '见证已足够 the quorum is met'
      : `见证尚不足 the quorum is not met yet, missing: ${quorum.missing.join(', ')}`,
  );
}

async function main(): Promise<void> {
  try {
    await work(readArguments(process.argv.slice(2)));
  } catch (error) {
    const isUsage = error instanceof UsageFault;
    const told = isUsage || error instanceof ExchangeFault || error instanceof ConfigError;
    const text =
      error instanceof TlogFault
        ? Object.values(sayFault(error)).join(' ')
        : told
          ? error.message
          : (error as Error).stack;
    process.stderr.write(`${text}\n${isUsage ? USAGE : ''}`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

void main();
