import { faultOf } from './errors';
import { SubjectGuard } from './kernel.store';
import { SubjectsChanged, type Tx } from './transaction';

export type SubjectKind = 'institution' | 'person' | 'record';

/** Whom a door or an act concerns. `record` guards one case or evaluation that several officers may move at once. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

const rank: Record<SubjectKind, number> = { institution: 0, person: 1, record: 2 };

export const subjectKey = (s: Subject): string => `${s.kind}:${s.id}`;

/** Institutions first, then persons, each by id: one order for everybody, so that two takers cannot hold crosswise. */
export function inGuardOrder(subjects: readonly Subject[]): Subject[] {
  const unique = new Map(subjects.map((s) => [subjectKey(s), s]));
  return [...unique.values()].sort((a, b) => rank[a.kind] - rank[b.kind] || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

export interface Guards {
  /** Takes the guard rows before any read that decides. */
  take(tx: Tx, subjects: readonly Subject[]): Promise<void>;
}

/**
 * Guards by `UPDATE … SET epoch = epoch + 1`. Row locks (FOR UPDATE) do not replicate between Galera nodes, an update
 * does: of two transactions that touch the same subject on two nodes, one fails at COMMIT with 1213 and runs again.
 */
export function createGuards(): Guards {
  const raise = (tx: Tx, s: Subject): Promise<{ affected?: number | null }> =>
    tx.m.increment(SubjectGuard, { kind: s.kind, id: s.id }, 'epoch', 1);
  const create = async (tx: Tx, s: Subject): Promise<void> => {
    try {
      await tx.m.insert(SubjectGuard, { kind: s.kind, id: s.id, epoch: 1 });
    } catch (error) {
      // Somebody else made it between the two statements: begin again and meet them on the row.
      if (faultOf(error) === 'duplicate') throw new SubjectsChanged();
      throw error;
    }
  };
  return {
    async take(tx, subjects) {
      for (const s of inGuardOrder(subjects)) {
        if (tx.guarded.has(subjectKey(s))) continue;
        const { affected } = await raise(tx, s);
        if (!affected) await create(tx, s);
        tx.guarded.add(subjectKey(s));
      }
    },
  };
}

/** Inside the transaction, once the facts are loaded again: throws SubjectsChanged if one is not guarded yet. */
export function requireGuarded(tx: Tx, subjects: readonly Subject[]): void {
  if (subjects.some((s) => !tx.guarded.has(subjectKey(s)))) throw new SubjectsChanged();
}
