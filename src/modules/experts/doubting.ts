import { In, IsNull } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import type { Sources } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { likenessOf, type Likeness } from './doubts.rules';
import { ExpertDoubt } from './doubts.store';
import { ExpertVersion } from './experts.store';
import { birthDaysOf } from './persons.views';
import { togetherAt } from './together';

const PART = 400;

/** Everybody who bears or bore one of these names, with what tells persons apart. */
async function bearersOf(on: Reads, vault: Pick<Vault, 'open'>, nameKeys: readonly string[]): Promise<Likeness[]> {
  const rows: Pick<ExpertVersion, 'expertId' | 'nameKey'>[] = [];
  for (let at = 0; at < nameKeys.length; at += PART) {
    const where = { nameKey: In(nameKeys.slice(at, at + PART)), supersededAt: IsNull() };
    rows.push(...(await on.m.find(ExpertVersion, { where, select: { id: true, expertId: true, nameKey: true } })));
  }
  const ids = [...new Set(rows.map((r) => r.expertId))];
  if (ids.length === 0) return [];
  const persons = await togetherAt(on, ids, LATEST);
  const unique = [...new Map([...persons.values()].map((p) => [p.survivor, p])).values()];
  const born = await birthDaysOf(on, vault, unique);
  return unique.map((p) => ({
    id: p.survivor,
    nameKeys: [...new Set(rows.filter((r) => p.ids.includes(r.expertId)).map((r) => r.nameKey))],
    birthDay: born.get(p.survivor) ?? null,
  }));
}

const pairKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Pairs that were doubted before, decided or not: an officer is not asked twice about the same two. */
async function askedBefore(on: Reads, ids: readonly string[]): Promise<Set<string>> {
  const asked = new Set<string>();
  for (let at = 0; at < ids.length; at += PART) {
    const some = In(ids.slice(at, at + PART));
    const rows = await on.m.find(ExpertDoubt, { where: [{ expertId: some }, { knownId: some }] });
    for (const d of rows) asked.add(pairKey(d.expertId, d.knownId));
  }
  return asked;
}

/**
 * Compares persons just written with everybody of the same name, and keeps a doubt for an officer where they may be
 * one. Call after their names and documents are stored; returns the doubts.
 */
export async function raiseDoubts(
  tx: Tx,
  at: { vault: Vault; sources: Sources },
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
  for (let i = 0; i < doubts.length; i += 50) await tx.m.insert(ExpertDoubt, doubts.slice(i, i + 50));
  return doubts;
}
