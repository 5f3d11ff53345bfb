import type { BlobStore } from '../kernel/blobs/blob-store';
import type { Db } from '../kernel/db/database';
import type { Log } from '../kernel/log';
import type { Policy } from '../kernel/pure/tlog/policy';
import { vkeyText } from '../kernel/pure/tlog/vkey';
import { createWitnessing, trusted, type LogKeeper, type Notary } from '../modules/audit-log';

interface Witnessed {
  db: Db;
  blobs: BlobStore;
  notary: Notary;
  log: Log;
  policy?: Policy;
}

/** A policy may name logs, so that one file serves the log and those who verify; then it must name this one. */
async function assertNamed(policy: Policy, notary: Notary): Promise<void> {
  const own = (await notary.verifiers()).trim().split('\n');
  if (policy.logs.length === 0 || policy.logs.some(({ key }) => own.includes(vkeyText(key)))) return;
  throw new Error(
    `LUJIAN_LOG_WITNESSES: the policy names other logs than this one; add the line: log ${own[0]}, or leave logs out`,
    { cause: 'setting' },
  );
}

/** The keeper of a log that asks witnesses for their word besides; the same keeper where nobody is to be asked. */
export async function witnessed(keeper: LogKeeper, parts: Witnessed): Promise<LogKeeper> {
  const { policy, db, blobs, notary, log } = parts;
  if (!policy) return keeper;
  await assertNamed(policy, notary);
  const { generation } = keeper;
  const witnesses = trusted(policy);
  const witnessing = createWitnessing({ blobs, witnesses, generation, clock: db.sources.clock, log });
  return {
    ...keeper,
    start() {
      keeper.start();
      witnessing.start();
    },
    async stop() {
      await keeper.stop();
      await witnessing.stop();
    },
    figures: async () => ({ ...(await keeper.figures()), ...(await witnessing.figures()) }),
    notes: () => [...keeper.notes(), ...witnessing.notes()],
  };
}
