import { LATEST } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { isFresh, likenessOf, type Likeness } from './doubts.rules';
import type { DoubtGround } from './doubts.states';
import { askedBefore, doubtsBetween, ExpertDoubt, insertDoubts, openDoubt, pairKey } from './doubts.store';
import type { Duties } from './line.port';
import { bearersOf } from './doubts.views';
import { togetherAt } from './together';

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
  const strengthened = new Map<string, { last: ExpertDoubt; ground: DoubtGround }>();
  for (const { expertId, other, self } of pairs) {
    const ground = likenessOf(self, other);
    const key = pairKey(expertId, other.id);
    const last = asked.get(key);
    if (!ground || !isFresh(ground, last)) continue;
    // Who is still to decide is told the stronger ground. Once found one, they wait for the merge or are asked anew.
    if (last?.state === 'open') strengthened.set(last.id, { last, ground });
    if (last !== undefined && last.state !== 'different') continue;
    const doubt = openDoubt(at.sources, { expertId, knownId: other.id, ground });
    asked.set(key, doubt);
    doubts.push(doubt);
  }
  for (const { last, ground } of strengthened.values()) await changeRecord(tx, ExpertDoubt, last, { ground });
  await insertDoubts(tx, doubts);
  for (const { id } of doubts) await at.duties.owe(tx, 'screening.person', id);
  return doubts;
}

/**
 * Two persons who were found one and are not, or no longer, merged: an officer is asked anew, so that no merge that comes
 * to nothing opens a door. Call once the merge has moved; a merge that was never confirmed leaves a question only where
 * there was one.
 */
export async function reopenDoubt(
  tx: Tx,
  at: { sources: Sources; duties: Pick<Duties, 'owe'> },
  m: { fromId: string; intoId: string; state: 'withdrawn' | 'refused' | 'undone' },
): Promise<ExpertDoubt | undefined> {
  const persons = await togetherAt(tx, [m.fromId, m.intoId], LATEST);
  const [from, into] = [persons.get(m.fromId)!, persons.get(m.intoId)!];
  if (from.survivor === into.survivor) return undefined;
  const before = await doubtsBetween(tx, from.ids, into.ids);
  const last = before.at(-1);
  if (before.some((d) => d.state === 'open') || (m.state !== 'undone' && last?.state !== 'same')) return undefined;
  const doubt = openDoubt(at.sources, last ?? { expertId: m.fromId, knownId: m.intoId, ground: 'merge-undone' });
  await insertDoubts(tx, [doubt]);
  await at.duties.owe(tx, 'screening.person', doubt.id);
  return doubt;
}
