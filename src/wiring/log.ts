import type { RequestHandler } from 'express';
import type { Db } from '../kernel/db/database';
import { publicFiles } from '../kernel/http/public-files';
import type { Log } from '../kernel/log';
import { createLogKeeper, createNotary, findLogFile, type LogKeeper, type LogState } from '../modules/audit-log';
import type { Prepared } from './prepare';

export const LOG_BASE = '/api/v1/public/log';

/** The transparency log: its keeper, and its files for everybody. */
export function buildLog(
  db: Db,
  { blobs, vault, logOrigin }: Pick<Prepared, 'blobs' | 'vault' | 'logOrigin'>,
  state: LogState,
  log: Log,
): { keeper: LogKeeper; files: RequestHandler } {
  const notary = createNotary(db, vault, logOrigin);
  const keeper = createLogKeeper({ db, blobs, notary, state, log });
  const find = findLogFile(blobs, { generation: keeper.generation, verifiers: notary.verifiers });
  return { keeper, files: publicFiles(LOG_BASE, find) };
}
