import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import type * as z from 'zod';
import type { Actor } from '../call';
import { faultsOfField } from '../field-faults';
import { Problem, type FieldFault } from '../problem';
import type { Reads } from './database';
import type { Wording } from '../pure/wording';
import { SubjectsChanged, type Tx } from './transaction';

/** Said of a record that was asked to be as it is already. */
export interface Unchanged {
  unchanged: boolean;
}

/** The reply of an act that may find all on record already: the one kind of act that then leaves no audit entry. */
export function replyOf<T extends object>(tx: Tx, reply: T, did: 'changed' | 'unchanged'): T & Unchanged {
  tx.unchanged = did === 'unchanged';
  return { ...reply, unchanged: tx.unchanged };
}

interface Versioned extends ObjectLiteral {
  id: string;
  version: number;
}

/** The record, or Problem `request.not-found`; `what` is its Chinese name. */
export async function loadRecord<T extends ObjectLiteral>(
  on: Reads,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  what: Wording,
): Promise<T> {
  const row = await on.m.findOneBy(entity, where);
  if (!row) throw new Problem('request.not-found', { what, id: String(Object.values(where)[0]) });
  return row;
}

/** May the actor read the record of this id? */
export type MayRead = (on: Reads, actor: Actor, id: string) => Promise<boolean>;

/** False where the reading answers that there is no such record. */
export const isFound = (reading: () => Promise<unknown>): Promise<boolean> =>
  reading().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'request.not-found') return false;
      throw error;
    },
  );

/** Changes the record only if nobody else has since it was loaded; otherwise Problem `request.conflict`. */
export async function changeRecord<T extends Versioned>(
  tx: Tx,
  entity: EntityTarget<T>,
  loaded: T,
  patch: Partial<T>,
): Promise<T> {
  const next = { ...patch, version: loaded.version + 1 } as Partial<T>;
  const where = { id: loaded.id, version: loaded.version } as FindOptionsWhere<T>;
  const { affected } = await tx.m.getRepository(entity).update(where, next);
  if (affected !== 1) throw new Problem('request.conflict');
  return Object.assign(loaded, next);
}

/**
 * The same for acts that must reach every record of a subject (freezing): when somebody was quicker, the whole use case
 * runs again and sees what they did.
 */
export async function changeOrRetry<T extends Versioned>(
  tx: Tx,
  entity: EntityTarget<T>,
  loaded: T,
  patch: Partial<T>,
): Promise<T> {
  try {
    return await changeRecord(tx, entity, loaded, patch);
  } catch (error) {
    if (error instanceof Problem && error.code === 'request.conflict') throw new SubjectsChanged();
    throw error;
  }
}

/** For routes that name the version they read (If-Match). */
export function expectVersion(loaded: { version: number }, named: number): void {
  if (loaded.version !== named) throw new Problem('request.precondition-failed', { current: loaded.version });
}

type Shape = Readonly<Record<string, z.ZodType>>;

/** What an entry says whose fields the shape declares. */
export type Said<S extends Shape> = { [K in keyof S]: z.output<S[K]> };

/**
 * The entry that an amending body means: what it leaves out stays as in the entry in force on its first day. Where none
 * is in force, a first entry's defaults hold, and Problem `request.invalid` names the fields that have none.
 */
export function wholeEntry<S extends Shape>(shape: S, given: Partial<Said<S>>, inForce: Said<S> | undefined): Said<S> {
  const missing: FieldFault[] = [];
  const entry = Object.entries(shape).map(([field, schema]): [string, unknown] => {
    if (given[field] !== undefined) return [field, given[field]];
    if (inForce) return [field, inForce[field]];
    const first = schema.safeParse(undefined, { reportInput: true });
    if (!first.success) missing.push(...faultsOfField(field, schema, first.error));
    return [field, first.data];
  });
  if (missing.length > 0) throw new Problem('request.invalid', {}, missing);
  return Object.fromEntries(entry) as Said<S>;
}
