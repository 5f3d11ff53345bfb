import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../../config';
import { createLog } from '../../kernel/log';
import { systemSources } from '../../kernel/sources';
import { driftText } from '../../modules/audit-log';
import { restore, type Restored } from './restore';

const usage = `用法 usage:
  npm run restore -- --from FILE [--data DIR] [--database URL] [--blobs DIR] [--start-over] [--log-ends-here]
      把备份恢复到空的数据库（SQLite 或 MySQL/MariaDB）和文件存储；主密钥按环境变量或数据目录中的 master.key
      brings a backup back into an empty database of either engine, and the files; the master key comes from the environment
      --start-over  清除上次未完成的恢复后重来 drops what an unfinished restore has left, and begins anew
      --log-ends-here  确认原系统在备份之后没有再公布检查点（例如停机迁移）；否则日志处于停止状态，须运行 npm run log:recover
                       the former service published nothing after the backup, as when it was stopped before and moves here;
                       without this word the log is left stopped, and npm run log:recover is needed
退出码 exit codes: 0 已恢复 restored；1 未恢复 not restored；2 用法有误 usage；3 已恢复，但日志须处理 restored, but the log needs care
`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const options = {
  from: { type: 'string' },
  data: { type: 'string' },
  database: { type: 'string' },
  blobs: { type: 'string' },
  'start-over': { type: 'boolean' },
  'log-ends-here': { type: 'boolean' },
} as const;

function configFrom({ data, database, blobs }: { data?: string; database?: string; blobs?: string }): Config {
  const env = {
    ...process.env,
    ...(database === undefined ? {} : { LUJIAN_DATABASE_URL: database }),
    ...(blobs === undefined ? {} : { LUJIAN_BLOBS: blobs }),
  };
  return readConfig(env, { data });
}

function tell(from: string, { head, manifest, server, audit, notes }: Restored): void {
  const rows = Object.values(manifest.tables).reduce((sum, table) => sum + table.rows, 0);
  print(`已恢复 restored: ${from}（${head.at}，${head.server}）→ ${server}`);
  print(`表 tables ${head.tables.length}，记录 rows ${rows}，文件 files ${manifest.files.count}`);
  print(`日志 log: 条目 entries ${manifest.log.size}，检查点 checkpoint ${manifest.log.checkpoint?.size ?? 0}`);
  print(
    audit.drifts === 0
      ? '日志自查 self-audit of the log: 未发现不一致 no drift'
      : `日志自查 self-audit of the log: 不一致 drift ${audit.drifts}`,
  );
  for (const drift of audit.report.drifts) print(`  ${driftText(drift)}`);
  for (const note of notes) print(`注意 note: ${note}`);
  if (notes.length > 0) return;
  print(
    '原系统不得再启动：两个服务写同一日志即为分叉 never start the former service again: two that write one log are a fork',
  );
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (!values.from) {
    process.stderr.write(usage);
    return 2;
  }
  const config = configFrom(values);
  const startOver = values['start-over'] ?? false;
  const logEndsHere = values['log-ends-here'] ?? false;
  const log = createLog('silent');
  const restored = await restore(config, values.from, { sources: systemSources(), log, startOver, logEndsHere });
  tell(values.from, restored);
  return restored.audit.drifts > 0 || restored.notes.length > 0 ? 3 : 0;
}

function failed(error: unknown): number {
  if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) {
    process.stderr.write(usage);
    return 2;
  }
  process.stderr.write(`未恢复 not restored: ${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

void main(process.argv.slice(2))
  .catch(failed)
  .then((code) => {
    process.exitCode = code;
  });
