import type { RequestHandler } from 'express';
import { eventCatalogue } from '../catalogues';
import type { Config } from '../config';
import type { Db } from '../kernel/db/database';
import type { Endpoint } from '../kernel/http/endpoint';
import { publicFiles } from '../kernel/http/public-files';
import type { Log } from '../kernel/log';
import {
  createFacts,
  createLogKeeper,
  createLogProofs,
  createNotary,
  factEndpoints,
  findLogFile,
  logEndpoints,
  trusted,
  type FactReaders,
  type LogKeeper,
  type LogState,
} from '../modules/audit-log';
import { witnessed } from './log-witnesses';
import { buildAuditor, type AuditedPlaces, type ServedAuditor } from './log-audit';
import type { Prepared } from './prepare';

export const LOG_BASE = '/api/v1/public/log';

/**
 * The transparency log: its keeper, which has held files and database against each other, its self-audit, its files for
 * everybody, and proofs made of them.
 */
export async function buildLog(
  db: Db,
  { blobs, vault, logOrigin }: Pick<Prepared, 'blobs' | 'vault' | 'logOrigin'>,
  state: LogState,
  options: AuditedPlaces & { log: Log } & Pick<Config, 'logWitnesses'>,
): Promise<{
  keeper: LogKeeper;
  auditor: ServedAuditor;
  files: RequestHandler;
  endpoints(readers: FactReaders): Endpoint[];
}> {
  const { log } = options;
  const notary = createNotary(db, vault, logOrigin);
  const alone = createLogKeeper({ db, blobs, notary, state, log });
  await alone.check();
  const keeper = await witnessed(alone, { db, blobs, notary, log, policy: options.logWitnesses });
  const find = findLogFile(blobs, { generation: keeper.generation, verifiers: notary.verifiers });
  const quorumId = options.logWitnesses && trusted(options.logWitnesses).id;
  const proofs = createLogProofs({ db, blobs, generation: keeper.generation, quorumId });
  return {
    keeper,
    auditor: buildAuditor(db, vault, options, log),
    files: publicFiles(LOG_BASE, find),
    endpoints(readers) {
      const facts = createFacts({ db, catalogue: eventCatalogue, proofs, readers });
      return [...logEndpoints(proofs), ...factEndpoints(facts)];
    },
  };
}
