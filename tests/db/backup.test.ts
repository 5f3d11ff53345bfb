import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Config } from '../../src/config';
import { leftOut } from '../../src/cli/backup/left-out';
import { backUp } from '../../src/cli/backup/backup';
import type { BackedUp } from '../../src/cli/backup/backup';
import { eventCatalogue } from '../../src/catalogues';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import { openReadOnly } from '../../src/kernel/db/read-only';
import { systemSources } from '../../src/kernel/sources';
import { createVault } from '../../src/kernel/vault/vault';
import { createAudit, createLogFiles, recoverLog, surveyLog } from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogPending, LogPosition } from '../../src/modules/audit-log/log.store';
import { Idempotency } from '../../src/kernel/db/kernel.store';
import { entities } from '../../src/schema';
import { createService } from '../../src/wire';
import {
  backupWorld,
  emptyPlace,
  MASTER_KEY,
  oddTexts,
  quiet,
  restoreInto,
  type BackupWorld,
  type Place,
} from '../support/backup-world';

// Backup and restore: what was backed up comes back the same, on either engine and across.

const server = process.env.LUJIAN_TEST_DATABASE_URL;

let world: BackupWorld;
let folder: string;
let places: Place[];
beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-backup-'));
  places = [];
  world = await backupWorld();
});
afterEach(async () => {
  for (const place of places) await place.drop();
  await world.drop();
  fs.rmSync(folder, { recursive: true, force: true });
});

const out = (name: string): string => path.join(folder, name);

async function place(extras: Parameters<typeof emptyPlace>[0] = {}): Promise<Place> {
  const made = await emptyPlace(extras);
  places.push(made);
  return made;
}

/** By table what the manifest says of the rows; the restore itself adds an audit. */
function rowsOf({ manifest }: BackedUp): BackedUp['manifest']['tables'] {
  const { log_audit: _own, ...tables } = manifest.tables;
  return tables;
}

const from = ({ config }: Place, file: string): Promise<BackedUp> => backUp(config, file, systemSources());

async function within<T>({ config, url }: Place, look: (db: Awaited<ReturnType<typeof openReadOnly>>) => Promise<T>) {
  const db = await openReadOnly({ url, directory: config.dataDirectory, entities, migrations: [] }, systemSources());
  try {
    return await look(db);
  } finally {
    await db.close();
  }
}

const startAnew = (config: Config) => createService(config, { sources: systemSources(), log: quiet, version: '0' });

/** The service starts, everything that waits enters the log, and the log is whole. */
async function expectGoesOn(config: Config): Promise<void> {
  const service = await startAnew(config);
  try {
    await service.log.integrate();
    expect(await service.log.figures()).toMatchObject({ lujian_log_waiting: 0, lujian_log_stopped: 0 });
    expect((await service.auditLog()).report.drifts).toEqual([]);
  } finally {
    await service.close();
  }
}

test('every table is carried, but those that are named with a reason', async () => {
  const { head, manifest } = await world.backUp(out('a.tar'));
  const all = world.t.db.source.entityMetadatas.map((m) => m.tableName).sort();
  expect([...Object.keys(manifest.tables), ...Object.keys(leftOut)].sort()).toEqual(all);
  expect(head.left.every(({ why }) => why.length > 20)).toBe(true);
  expect(manifest.log).toMatchObject({ generation: 0, size: 7, checkpoint: { size: 7 } });
  const bytes = fs.readFileSync(out('a.tar'));
  expect(bytes.includes(Buffer.from('a master key for tests'))).toBe(false);
  expect(fs.readdirSync(folder)).toEqual(['a.tar']);
});

test('rows and files come back the same on SQLite, and on the server and back where there is one', async () => {
  let [file, backed] = [out('0.tar'), await world.backUp(out('0.tar'))];
  const first = backed;
  const way = server === undefined ? [undefined] : [undefined, server, server, undefined];
  for (const [i, on] of way.entries()) {
    const target = await place({ server: on });
    const { audit, notes, server: name } = await restoreInto(target, file);
    expect(name).toMatch(on === undefined ? /^SQLite$/ : /^(MariaDB|MySQL) /);
    expect({ drifts: audit.report.drifts, notes }).toEqual({ drifts: [], notes: [] });
    file = out(`${i + 1}.tar`);
    backed = await from(target, file);
    expect(rowsOf(backed)).toEqual(rowsOf(first));
    expect(backed.manifest.files).toEqual(first.manifest.files);
    const bodies = await within(target, (db) => db.m.find(Idempotency, { order: { key: 'ASC' } }));
    expect(bodies.map((row) => row.body)).toEqual([...oddTexts, null]);
    const sealed = await within(target, (db) => db.m.findBy(AuditEntry, { sealed: true }));
    expect(sealed).toHaveLength(3);
  }
}, 300_000);

test('a backup under write load is of one moment, and its log goes on', async () => {
  let writing = true;
  let written = 0;
  const load = (async () => {
    while (writing) {
      written += (await world.service.record(5)).length;
      await world.service.keeper.integrate();
    }
  })();
  while (written < 20) await new Promise((later) => setTimeout(later, 5));
  const { manifest } = await world.backUp(out('a.tar'));
  const during = written;
  while (written < during + 10) await new Promise((later) => setTimeout(later, 5));
  writing = false;
  await load;
  const target = await place({ server });
  const { audit, notes } = await restoreInto(target, out('a.tar'));
  expect({ drifts: audit.report.drifts, notes }).toEqual({ drifts: [], notes: [] });
  const seen = await within(target, async ({ m }) => ({
    entries: await m.count(AuditEntry),
    placed: await m.count(LogPosition),
    waiting: await m.count(LogPending),
  }));
  expect(seen.entries).toBe(manifest.tables.audit_entry!.rows);
  expect(seen.entries).toBe(seen.placed + seen.waiting);
  expect(seen.placed).toBe(manifest.log.size);
  expect(seen.entries).toBeLessThan(await world.t.db.m.count(AuditEntry));
  await expectGoesOn(target.config);
}, 300_000);

test('a restored log is stopped until somebody says that nothing was published after the backup', async () => {
  await world.backUp(out('a.tar'));
  const target = await place({ server });
  const { notes, audit } = await restoreInto(target, out('a.tar'), false, false);
  expect(audit.drifts).toBe(0);
  expect(notes.join()).toMatch(/knows 7 entries of the log.*--yes goes on.*--new-origin NAME/);
  const stopped = await startAnew(target.config);
  try {
    const blobs = createDirectoryStore(target.config.blobDirectory, stopped.db.sources.randomness);
    await stopped.log.integrate();
    // Entries wait, to some of which the former service gives other positions.
    expect(await stopped.log.figures()).toMatchObject({ lujian_log_entries: 7, lujian_log_stopped: 1 });
    expect(await createLogFiles(blobs, 0).largest()).toBe(7);
    const audit = createAudit(stopped.db.sources, eventCatalogue);
    const vault = createVault(stopped.db, MASTER_KEY);
    await recoverLog({ db: stopped.db, blobs, vault, audit }, await surveyLog(stopped.db, blobs, vault));
  } finally {
    await stopped.close();
  }
  await expectGoesOn(target.config);
}, 300_000);

test('an older state beside newer files of the log is stopped, and the start says so', async () => {
  await world.backUp(out('a.tar'));
  await world.service.record(4);
  await world.service.keeper.integrate();
  const target = await place({ server, blobs: world.blobFolder });
  const { notes, audit } = await restoreInto(target, out('a.tar'));
  expect(notes.join()).toMatch(/older than the files.*npm run log:recover/);
  expect(audit.drifts).toBeGreaterThan(0);
  const service = await createService(target.config, { sources: systemSources(), log: quiet, version: '0' });
  try {
    expect(service.notes.join()).toMatch(/older than the files.*npm run log:recover/);
    const { m } = service.db;
    const before = await m.count(LogPosition);
    await service.log.integrate();
    expect(await m.count(LogPosition)).toBe(before);
    expect(await service.log.figures()).toMatchObject({ lujian_log_stopped: 1 });
  } finally {
    await service.close();
  }
}, 300_000);
