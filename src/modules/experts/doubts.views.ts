import { In, IsNull } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { LATEST } from '../../kernel/db/moment';
import type { Vault } from '../../kernel/vault/vault';
import type { Likeness } from './doubts.rules';
import { ExpertVersion } from './experts.store';
import { birthDaysOf } from './persons.views';
import { togetherAt } from './together';

const PART = 400;

/** Everybody who bears or bore one of these names, with what tells persons apart. */
export async function bearersOf(
  on: Reads,
  vault: Pick<Vault, 'open'>,
  nameKeys: readonly string[],
): Promise<Likeness[]> {
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
