import { createDirectoryStore } from '../kernel/blobs/blob-store';
import { openReadOnly } from '../kernel/db/read-only';
import { systemSources } from '../kernel/sources';
import { selfAudit, type SeenHead, type SelfAuditReport } from '../modules/audit-log';
import { filesAgainstHashes } from '../modules/documents';
import { barsAgainstLog } from '../modules/sanctions';
import { entities } from '../schema';

/** Plain data, so that it can be handed to a worker thread. */
export interface AuditTask {
  databaseUrl?: string;
  dataDirectory: string;
  blobDirectory: string;
  /** Verifier keys by origin, as the vault has them. */
  vaultKeys?: Record<string, string[]>;
  earlier?: SeenHead;
  most: number;
}

/** The self-audit on a connection of its own that cannot write. */
export async function auditInPlace(task: AuditTask): Promise<SelfAuditReport> {
  const sources = systemSources();
  const settings = { url: task.databaseUrl, directory: task.dataDirectory, entities, migrations: [] };
  const on = await openReadOnly(settings, sources);
  try {
    const blobs = createDirectoryStore(task.blobDirectory, sources.randomness);
    const checks = [barsAgainstLog, filesAgainstHashes(blobs)];
    const { vaultKeys, earlier, most } = task;
    return await selfAudit({ on, blobs, vaultKeys, earlier, most, checks });
  } finally {
    await on.close();
  }
}

export const tasks = { 'log.self-audit': auditInPlace };
