import type { Tx } from '../../kernel/db/transaction';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { likenessOf, type Likeness } from './doubts.rules';
import { askedBefore, type ExpertDoubt, insertDoubts, pairKey } from './doubts.store';
import type { Duties } from './line.port';
import { bearersOf } from './doubts.views';

/**
 * Compares persons just written with everybody of the same name, and keeps a doubt for an officer where they may be
 * one. Call after their names and documents are stored; returns the doubts.
 */
export async function raiseDoubts(
  tx: Tx,
  at: { vault: Vault; sources: Sources; duties: Pick<Duties, 'owe'> },
  changed: readonly { id: string; nameKey: string }[],
): Promise<ExpertDoubt[]> {
  const bearers = await bearersOf(tx, at.vault, [...new Set(changed.map((c) => c.nameKey))]);
  const groups = new Map<string, Likeness[]>();
  for (const b of bearers) for (const key of b.nameKeys) groups.set(key, [...(groups.get(key) ?? []), b]);
  const pairs: { expertId: string; other: Likeness; self: Likeness }[] = [];
  for (const { id, nameKey } of changed) {
    const alike = groups.get(nameKey) ?? [];
    const self = alike.find((b) => b.id === id);
    if (self) for (const other of alike) if (other.id !== id) pairs.push({ expertId: id, other, self });
  }
  if (pairs.length === 0) return [];
  const asked = await askedBefore(tx, [...new Set(pairs.map((p) => p.expertId))]);
  const doubts: ExpertDoubt[] = [];
  for (const { expertId, other, self } of pairs) {
    const ground = likenessOf(self, other);
    const key = pairKey(expertId, other.id);
    if (!ground || asked.has(key)) continue;
    asked.add(key);
    const open = {
      state: 'open',
      decidedBy: null,
      decidedAt: null,
      decisionReason: null,
      decisionPaper: null,
    } as const;
    const raisedAt = at.sources.clock.now();
    doubts.push({ id: at.sources.ids.timed(), expertId, knownId: other.id, ground, ...open, raisedAt, version: 1 });
  }
  await insertDoubts(tx, doubts);
  for (const { id } of doubts) await at.duties.owe(tx, 'screening.person', id);
  return doubts;
}
