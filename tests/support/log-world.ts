import path from 'node:path';
import { createDirectoryStore, type BlobStore } from '../../src/kernel/blobs/blob-store';
import type { Call } from '../../src/kernel/call';
import { createLog } from '../../src/kernel/log';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createVault, type Vault } from '../../src/kernel/vault/vault';
import {
  createAudit,
  createLogFiles,
  createLogKeeper,
  createLogState,
  createNotary,
  ensureLog,
  type EventCatalogue,
  type LogFiles,
  type LogKeeper,
  type LogState,
  type Notary,
} from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogHead, LogPosition } from '../../src/modules/audit-log/log.store';
import { testDatabase, type TestDatabase } from './database';

export const ORIGIN = 'test.lujian.example/log';

const catalogue: EventCatalogue = {
  'test.open': { visibility: 'public', title: '公开' },
  'test.sealed': { visibility: 'sealed', title: '封存' },
};

const call: Call = {
  requestId: 'request',
  now: 0,
  actor: { kind: 'system', role: 'system', authority: '370000', accountId: null, postId: null },
} as unknown as Call;

export const logCatalogue = catalogue;

/** One process with its own eyes on the log: keeper and state of its own, the same database and files. */
export interface LogProcess {
  keeper: LogKeeper;
  state: LogState;
  /** Records so many acts, each in a transaction of its own; every third is sealed. Returns their ids. */
  record(count: number): Promise<string[]>;
}

export interface LogWorld {
  t: TestDatabase;
  blobs: BlobStore;
  blobFolder: string;
  vault: Vault;
  notary: Notary;
  files: LogFiles;
  process(blobs?: BlobStore): LogProcess;
  /** The database as it was when it had so many positions, as a restored backup brings it back; the files stay. */
  restoreTo(size: number): Promise<void>;
  drop(): Promise<void>;
}

/** A database of the lane with a log of its own, and no service over it. */
export async function logWorld(): Promise<LogWorld> {
  const t = await testDatabase();
  const { db } = t;
  const blobFolder = path.join(t.directory, 'blobs');
  const blobs = createDirectoryStore(blobFolder, db.sources.randomness);
  const vault = createVault(db, 'a master key for tests, of some length');
  await ensureLog(db, vault, ORIGIN);
  const notary = createNotary(db, vault, ORIGIN);
  return {
    t,
    blobs,
    blobFolder,
    vault,
    notary,
    files: createLogFiles(blobs, 0),
    process(own = blobs) {
      const state = createLogState();
      const keeper = createLogKeeper({ db, blobs: own, notary, state, log: createLog('silent') });
      const audit = createAudit(db.sources, catalogue, state);
      return {
        keeper,
        state,
        async record(count) {
          const ids: string[] = [];
          for (let i = 0; i < count; i += 1) {
            const type = i % 3 === 2 ? 'test.sealed' : 'test.open';
            const { entryId } = await inTransaction(db, (tx) =>
              audit.append(tx, call, { type, payload: { number: i } }),
            );
            ids.push(entryId);
          }
          return ids;
        },
      };
    },
    async restoreTo(size) {
      for (const { position, entryId } of await db.m.find(LogPosition)) {
        if (position < size) continue;
        await db.m.delete(LogPosition, { generation: 0, position });
        await db.m.delete(AuditEntry, { id: entryId });
      }
      await db.m.update(LogHead, { id: 'log' }, { size });
    },
    drop: () => t.drop(),
  };
}
