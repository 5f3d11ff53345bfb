import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { migrations } from '../../../migrations';
import { eventCatalogue } from '../../catalogues';
import { readConfig, type Config } from '../../config';
import { createDirectoryStore } from '../../kernel/blobs/blob-store';
import { openDatabase, sqliteFile, type Db } from '../../kernel/db/database';
import { createLog } from '../../kernel/log';
import { systemSources } from '../../kernel/sources';
import { checkMasterKey, createVault } from '../../kernel/vault/vault';
import {
  CannotRecover,
  createAudit,
  createLogKeeper,
  createLogState,
  createNotary,
  openNewOrigin,
  originOfHead,
  recoverLog,
  surveyLog,
  type RecoverDeps,
} from '../../modules/audit-log';
import { entities } from '../../schema';
import { otherConnections } from '../../kernel/db/other-connections';
import { surveyLines } from './report';

const USAGE = `用法 usage: npm run log:recover -- [--data DIR] [--yes] [--new-origin NAME]

透明日志停止写入之后，使数据库与已公布的日志文件重新一致。先停止服务的全部进程。
Brings the database and the published files of the log together again. Stop every process of the service first.
  --yes               进行改动；没有它只说明情况 make the changes; without it only what was found is told
  --new-origin NAME   以新名称启用新日志，其第一条是原日志的最后检查点
                      go on as a new log of that name, whose first entry is the last checkpoint of the old one
退出码 exit codes: 0 已完成或无需改动 done, or nothing to do；1 未能完成 could not be done；2 用法有误 usage；
                   3 需要改动，未加 --yes changes are needed, and --yes was not given
`;

const EXIT = { done: 0, failed: 1, usage: 2, needed: 3 } as const;

interface Wish {
  config: Config;
  yes: boolean;
  newOrigin?: string;
}

function wishFrom(args: string[]): Wish {
  const options = {
    data: { type: 'string' },
    yes: { type: 'boolean', default: false },
    'new-origin': { type: 'string' },
  } as const;
  const { values } = parseArgs({ args, options });
  const config = readConfig(process.env, values.data === undefined ? {} : { data: values.data });
  return { config, yes: values.yes, newOrigin: values['new-origin'] };
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Opens the database for this process alone; throws while another one uses it. */
async function openAlone({ databaseUrl, dataDirectory }: Config): Promise<Db> {
  if (databaseUrl === undefined && !fs.existsSync(sqliteFile(dataDirectory)))
    throw new CannotRecover(`there is no database in ${dataDirectory}; name its directory by --data`);
  const others = databaseUrl === undefined ? 0 : await otherConnections(databaseUrl);
  if (others > 0)
    throw new CannotRecover(`${others} other connections use this database: stop every process of the service first`);
  const db = await openDatabase({ url: databaseUrl, directory: dataDirectory, entities, migrations }, systemSources());
  if (!(await db.source.showMigrations())) return db;
  await db.close();
  throw new CannotRecover('the database is older than this program: start the service once, stop it, and come again');
}

async function depsOver(db: Db, { masterKey, blobDirectory, dataDirectory }: Config): Promise<RecoverDeps> {
  if (masterKey === undefined)
    throw new CannotRecover(`the master key is missing: LUJIAN_MASTER_KEY, or master.key in ${dataDirectory}`);
  await checkMasterKey(db, masterKey);
  const blobs = createDirectoryStore(blobDirectory, db.sources.randomness);
  return { db, blobs, vault: createVault(db, masterKey), audit: createAudit(db.sources, eventCatalogue) };
}

/** Asks the keeper, as the next start will. */
async function confirm({ db, blobs, vault }: RecoverDeps): Promise<number> {
  const state = createLogState();
  const notary = createNotary(db, vault, await originOfHead(db));
  await createLogKeeper({ db, blobs, notary, state, log: createLog('silent') }).check();
  const reason = state.stopped();
  say(reason === undefined ? '可以启动服务 the service can be started' : `仍不能启动 still stopped: ${reason}`);
  return reason === undefined ? EXIT.done : EXIT.failed;
}

async function recover({ config, yes, newOrigin }: Wish): Promise<number> {
  const db = await openAlone(config);
  try {
    const deps = await depsOver(db, config);
    const survey = await surveyLog(db, deps.blobs, deps.vault);
    for (const line of surveyLines(survey)) say(line);
    const { restored, lost, strangers, forks, orphans, keys, leftovers, tiles, unpublished } = survey;
    const lists = [restored, lost, strangers, forks, orphans, keys, leftovers, tiles];
    const found = lists.some((list) => list.length > 0) || !unpublished.isWhole;
    if (!found && survey.head.stopped === null && newOrigin === undefined) {
      say('无需改动 nothing to do');
      return EXIT.done;
    }
    if (!yes) {
      say('未作改动；加 --yes 进行 nothing was changed; --yes makes the changes');
      return EXIT.needed;
    }
    const { recovery } = await (newOrigin === undefined
      ? recoverLog(deps, survey)
      : openNewOrigin(deps, survey, newOrigin));
    say(`已恢复，记入日志 recovered, logged as entry: ${recovery}`);
    return await confirm(deps);
  } finally {
    await db.close();
  }
}

async function main(): Promise<number> {
  let wish: Wish;
  try {
    wish = wishFrom(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${USAGE}`);
    return EXIT.usage;
  }
  try {
    return await recover(wish);
  } catch (error) {
    process.stderr.write(`未能恢复 could not recover: ${(error as Error).message}\n`);
    return EXIT.failed;
  }
}

void main().then((code) => {
  process.exitCode = code;
});
