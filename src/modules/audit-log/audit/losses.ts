import { createHash, type Hash } from 'node:crypto';
import type { Reads } from '../../../kernel/db/database';
import { AuditEntry } from '../audit-log.store';
import { positionOf } from '../log.store';
import type { Findings } from './drift';

// Rows that a restored backup did not have any more keep their positions: under the name of the recovery that named them.

/** What stands as the entry of a position whose row was lost. */
export const lostName = (recovery: string, position: number): string => `lost:${recovery}:${position}`;

/** The recovery that named a lost position; undefined for the id of an entry. */
export function lostBy(entryId: string): { recovery: string } | undefined {
  const [, recovery] = /^lost:([0-9a-f-]{36}):\d+$/.exec(entryId) ?? [];
  return recovery === undefined ? undefined : { recovery };
}

/** Commits to positions and leaf hashes that were lost, in the order of positions. */
export interface LossHash {
  take(position: number, hash: Uint8Array): void;
  end(): { lost: number; list: string };
}

export function createLossHash(): LossHash {
  const hash: Hash = createHash('sha256');
  let lost = 0;
  return {
    take(position, leaf) {
      lost += 1;
      hash.update(`${position} ${Buffer.from(leaf).toString('hex')}\n`);
    },
    end: () => ({ lost, list: hash.digest('hex') }),
  };
}

export interface LossTally {
  take(recovery: string, position: number, hash: Uint8Array, place: string): void;
  /** Compares what is marked as lost with what the entries of the recoveries say was lost. */
  end(on: Reads, findings: Findings): Promise<void>;
}

/** Counts the positions marked as lost, and holds them against the recoveries that the log names. */
export function createLossTally(): LossTally {
  const by = new Map<string, { hash: LossHash; place: string; first: number; last: number }>();
  return {
    take(recovery, position, hash, place) {
      const own = by.get(recovery) ?? { hash: createLossHash(), place, first: position, last: position };
      own.hash.take(position, hash);
      own.last = position;
      by.set(recovery, own);
    },
    async end(on, findings) {
      for (const [recovery, { hash, place, first, last }] of by) {
        const { lost, list } = hash.end();
        const entry = await on.m.findOneBy(AuditEntry, { id: recovery, type: 'log.recovered' });
        const fact = (path: string): unknown => entry?.facts?.find((f) => f.path === path)?.value;
        const where = `${place}positions ${first} to ${last}`;
        if (entry && fact('/lost') === lost && fact('/list') === list) {
          const at = await positionOf(on, recovery);
          const named = at ? `at position ${at.position}` : 'that still waits for its position';
          findings.explain('lost', `${where}: ${lost} lost, named by recovery entry ${recovery} ${named}`, lost);
        } else {
          const expected = entry ? `${String(fact('/lost'))} lost (${String(fact('/list'))})` : `entry ${recovery}`;
          findings.add({ kind: 'loss-unnamed', where, expected, found: `${lost} lost (${list})` });
        }
      }
    },
  };
}
