import { parseArgs } from 'node:util';
import { readConfig } from '../../config';
import { systemSources } from '../../kernel/sources';
import { backUp, type BackedUp } from './backup';

const usage = `用法 usage:
  npm run backup -- --out FILE [--data DIR]
      把数据库和文件备份到一个新文件；服务可同时运行（数据库按 --data 或环境变量）
      backs database and files up into one new file, while the service serves
`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function tell(out: string, { head, manifest }: BackedUp): void {
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  const { log, files } = manifest;
  print(`备份完成 backed up: ${out}`);
  print(`时刻 as of: ${head.at}，${head.server}`);
  print(`表 tables ${head.tables.length}，记录 rows ${rows}，文件 files ${files.count}（${files.bytes} bytes）`);
  print(`日志 log: 条目 entries ${log.size}，检查点 checkpoint ${log.checkpoint?.size ?? 0}`);
  print('主密钥不在备份中：请另处保管，没有它备份无法恢复');
  print('the master key is not in the backup: keep it in another place; without it nothing can be restored');
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { out: { type: 'string' }, data: { type: 'string' } } });
  if (!values.out) {
    process.stderr.write(usage);
    return 2;
  }
  const config = readConfig(process.env, { data: values.data });
  tell(values.out, await backUp(config, values.out, systemSources()));
  return 0;
}

function failed(error: unknown): number {
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(usage);
    return 2;
  }
  process.stderr.write(`备份未完成 not backed up: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

void main(process.argv.slice(2))
  .catch(failed)
  .then((code) => {
    process.exitCode = code;
  });
