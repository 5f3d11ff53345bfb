import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { backUp, type BackedUp } from '../../src/cli/backup/backup';
import { restore, type Restored } from '../../src/cli/restore/restore';
import { readConfig, type Config } from '../../src/config';
import { tieStore } from '../../src/kernel/blobs/blob-store';
import { Idempotency, Installation, SubjectGuard } from '../../src/kernel/db/kernel.store';
import { inTransaction } from '../../src/kernel/db/transaction';
import { createLog } from '../../src/kernel/log';
import type { Instant } from '../../src/kernel/pure/time';
import { systemSources } from '../../src/kernel/sources';
import { checkMasterKey } from '../../src/kernel/vault/vault';
import { fileKey, StoredFile } from '../../src/modules/documents/files.store';
import { logWorld, ORIGIN, type LogProcess, type LogWorld } from './log-world';
import { freshDatabase } from './mariadb-database';

export const MASTER_KEY = 'a master key for tests, of some length';

export const quiet = createLog('silent');

/** Where a database and its files are, or are to be. */
export interface Place {
  config: Config;
  directory: string;
  url?: string;
  drop(): Promise<void>;
}

interface PlaceExtras {
  server?: string;
  blobs?: string;
  masterKey?: string;
}

const configOf = (directory: string, url: string | undefined, { blobs, masterKey = MASTER_KEY }: PlaceExtras): Config =>
  readConfig({
    LUJIAN_DATA: directory,
    LUJIAN_MASTER_KEY: masterKey,
    LUJIAN_LOG_LEVEL: 'silent',
    ...(url === undefined ? {} : { LUJIAN_DATABASE_URL: url }),
    ...(blobs === undefined ? {} : { LUJIAN_BLOBS: blobs }),
  });

/** An empty place: on the server if one is given, else on SQLite. */
export async function emptyPlace(extras: PlaceExtras = {}): Promise<Place> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-restored-'));
  const fresh = extras.server === undefined ? undefined : await freshDatabase(extras.server);
  return {
    config: configOf(directory, fresh?.url, extras),
    directory,
    url: fresh?.url,
    async drop() {
      await fresh?.drop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Texts on which engines, drivers and encodings have differed. */
export const oddTexts = [
  '',
  ' ',
  'a\u0000b',
  '\u0000',
  '𠮷野家 😀',
  'it\'s \\ "quoted" %_;--',
  '\r\n\t\u001a',
  'é e\u0301',
  '\u2028\ufeff',
];

export interface BackupWorld extends LogWorld {
  config: Config;
  service: LogProcess;
  /** Key of a stored file that a row names. */
  file: string;
  backUp(out: string): Promise<BackedUp>;
}

async function fillOddRows({ t, blobs }: LogWorld): Promise<string> {
  const bytes = Buffer.from('bytes of an uploaded paper, 示例');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await blobs.putIfAbsent(fileKey(sha256), bytes);
  const reply = { scope: 's', route: 'r', requestSha256: sha256, token: 't', leaseUntil: 0, expiresAt: 2 ** 53 - 1 };
  const none = { accountId: null, institutionId: null, authority: null, authorityId: null };
  const named = { sha256, size: bytes.length, mediaType: 'application/pdf', name: '示例.pdf', storedAt: 0 as Instant };
  await inTransaction(t.db, async (tx) => {
    await tx.m.insert(StoredFile, { ...named, ...none, id: 'file-1' });
    for (const [i, body] of [...oddTexts, null].entries())
      await tx.m.insert(Idempotency, { ...reply, key: `key-${i}`, status: i === 0 ? null : 200, body });
    await tx.m.insert(SubjectGuard, { kind: '机构', id: 'least', epoch: -(2 ** 53 - 1) });
    await tx.m.insert(SubjectGuard, { kind: '机构', id: 'most', epoch: 2 ** 53 - 1 });
  });
  return fileKey(sha256);
}

/** A database with a log, files and rows of every awkward kind, as the service leaves it. */
export async function backupWorld(): Promise<BackupWorld> {
  const world = await logWorld();
  const { db, directory, url } = world.t;
  await checkMasterKey(db, MASTER_KEY);
  const storeId = await tieStore(world.blobs, undefined, db.sources.ids.random);
  await inTransaction(db, async (tx) => {
    await tx.m.insert(Installation, { name: 'store-id', value: storeId });
    await tx.m.insert(Installation, { name: 'log-origin', value: ORIGIN });
  });
  const file = await fillOddRows(world);
  const service = world.process();
  await service.record(7);
  await service.keeper.integrate();
  await service.record(3);
  const config = configOf(directory, url, { blobs: world.blobFolder });
  return { ...world, config, service, file, backUp: (out) => backUp(config, out, systemSources()) };
}

export const restoreInto = (place: Place, from: string, startOver = false, logEndsHere = true): Promise<Restored> =>
  restore(place.config, from, { sources: systemSources(), log: quiet, startOver, logEndsHere });
