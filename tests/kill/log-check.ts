import path from 'node:path';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import type { Db } from '../../src/kernel/db/database';
import { openCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { createFrontier, leafHash, sameBytes } from '../../src/kernel/pure/tlog/merkle';
import { parseVkey } from '../../src/kernel/pure/tlog/vkey';
import { pause, systemRandomness } from '../../src/kernel/sources';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { createLogFiles } from '../../src/modules/audit-log';
import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { LogHead, LogKey, LogPending, LogPosition } from '../../src/modules/audit-log/log.store';

const CATCH_UP_MS = 30_000;

const figure = (text: string, name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);

/** Waits until the service has published every entry, which it does by itself; says what hinders it. */
export async function untilPublished(baseUrl: string): Promise<string[]> {
  const deadline = performance.now() + CATCH_UP_MS;
  for (;;) {
    const text = await (await fetch(`${baseUrl}/metrics`)).text();
    const [entries, waiting, published, stopped] = ['entries', 'waiting', 'published', 'stopped'].map((name) =>
      figure(text, `lujian_log_${name}`),
    );
    if (stopped !== 0) return ['the log stopped and waits for a hand'];
    if (waiting === 0 && entries === published) return [];
    if (performance.now() > deadline) return [`the log published ${published} of ${entries}, and ${waiting} wait`];
    await pause(200);
  }
}

/** Every entry stands in the log exactly once, and every checkpoint ever stored is one of this one tree. */
export async function checkLog(
  db: Db,
  directory: string,
): Promise<{ faults: string[]; entries: number; heads: number }> {
  const faults: string[] = [];
  const head = await db.m.findOneByOrFail(LogHead, { id: 'log' });
  const leaves = new Map((await db.m.find(AuditEntry)).map((entry) => [entry.id, entry.leaf]));
  const positions = await db.m.find(LogPosition, { order: { position: 'ASC' } });
  if (await db.m.count(LogPending)) faults.push('entries wait for positions after all was published');
  if (positions.length !== head.size)
    faults.push(`the head says ${head.size}, but there are ${positions.length} positions`);
  const files = createLogFiles(createDirectoryStore(path.join(directory, 'blobs'), systemRandomness), head.generation);
  const keys = (await db.m.find(LogKey)).map((key) => parseVkey(key.verifier, sha256));
  const sizes = new Set<number>();
  for await (const size of files.sizes()) sizes.add(size);
  if (!sizes.has(head.size)) faults.push(`no checkpoint stands for the head, ${head.size}`);
  const tree = createFrontier(sha256);
  for (const [i, { position, entryId }] of positions.entries()) {
    const leaf = leaves.get(entryId);
    if (position !== i) faults.push(`position ${i} is ${position}`);
    if (leaf === undefined) faults.push(`position ${i} has no entry of its own`);
    leaves.delete(entryId);
    tree.append(leafHash(Buffer.from(leaf ?? '', 'utf8'), sha256));
    if (!sizes.delete(i + 1)) continue;
    const { root } = openCheckpoint((await files.checkpoint(i + 1))!, keys, ed25519Verify);
    if (!sameBytes(root, tree.root())) faults.push(`the checkpoint of ${i + 1} entries has another root`);
  }
  if (leaves.size > 0) faults.push(`${leaves.size} entries have no position`);
  if (sizes.size > 0) faults.push(`${sizes.size} checkpoints stand for more than there is`);
  return { faults, entries: positions.length, heads: await count(files.sizes()) };
}

async function count(items: AsyncIterable<unknown>): Promise<number> {
  let n = 0;
  for await (const item of items) if (item !== undefined) n += 1;
  return n;
}
