import { parseArgs } from 'node:util';
import { readConfig, type Config } from '../../config';
import { openReadOnly } from '../../kernel/db/read-only';
import { systemSources } from '../../kernel/sources';
import { createVault } from '../../kernel/vault/vault';
import { driftText, latestAudit, vaultKeysOf, type SelfAuditReport } from '../../modules/audit-log';
import { entities } from '../../schema';
import { auditInPlace } from '../../wiring/log-audit-task';
import { LISTED } from '../../wiring/log-audit';
import { VERDICT, VerifyUsage, type VerifyCommand } from './command';

function configFrom(args: readonly string[]): Config {
  try {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    return readConfig(process.env, values);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS')) throw new VerifyUsage();
    throw error;
  }
}

/** What the vault and the last audit know beforehand. */
async function knownBefore(config: Config) {
  const settings = { url: config.databaseUrl, directory: config.dataDirectory, entities, migrations: [] };
  const db = await openReadOnly(settings, systemSources());
  try {
    const last = await latestAudit(db);
    const earlier = last && { generation: last.generation, size: last.size, root: last.root };
    if (!config.masterKey) return { earlier };
    const vaultKeys = await vaultKeysOf(db, createVault(db, config.masterKey)).catch((cause: unknown) => {
      const message =
        '主密钥打不开密钥库 the master key does not open the vault: LUJIAN_MASTER_KEY, LUJIAN_MASTER_KEY_FILE';
      throw new Error(message, { cause });
    });
    return { earlier, vaultKeys };
  } finally {
    await db.close();
  }
}

function tell({ seen, checked, known, notes, total, drifts }: SelfAuditReport, say: (line: string) => void): void {
  const n = (what: string): number => checked[what] ?? 0;
  say(
    `已查 checked: 条目 entries ${n('entries')}，检查点 checkpoints ${n('checkpoints')}，哈希文件 tiles ${n('tiles')}，` +
      `记录 rows ${n('rows')}，不再采信 bars ${n('bars')}，文件 files ${n('files')}`,
  );
  say(`日志头 head: ${seen.size} ${seen.root}`);
  if (known.erased + known.lost > 0)
    say(
      `已登记 on record: 依令销毁 erased by order ${known.erased}，恢复时登记缺失 lost, named by recovery ${known.lost}`,
    );
  for (const note of notes) say(`  ${note}`);
  if (total === 0) say('未发现不一致 no drift');
  else {
    say(`不一致 drift: ${total}`);
    for (const drift of drifts) say(`  ${driftText(drift)}`);
    if (total > drifts.length) say(`  另有 and ${total - drifts.length} 处未列出 more that are not listed`);
  }
}

/** The self-audit by hand: beside a serving process or without one; changes nothing and stores nothing. */
export const verifyLog: VerifyCommand = {
  usage: '[--data DIR]',
  about: [
    '透明日志自查：日志文件、条目、记录、不再采信和存储的文件是否一致（数据库按 --data 或环境变量，只读）',
    "the log's self-audit: tree, entries, rows, bars and stored files (of --data or the environment, read only)",
  ],
  async run(args, say) {
    const config = configFrom(args);
    const { databaseUrl, dataDirectory, blobDirectory } = config;
    const before = await knownBefore(config);
    if (!before.vaultKeys)
      say('没有主密钥：未与密钥库核对日志公钥 no master key: log keys were not held against the vault');
    const report = await auditInPlace({ databaseUrl, dataDirectory, blobDirectory, ...before, most: LISTED });
    tell(report, say);
    return report.total === 0 ? VERDICT.right : VERDICT.wrong;
  },
};
