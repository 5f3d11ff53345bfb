import type { EntityTarget, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { Problem } from '../problem';
import type { Reads } from './database';
import { SubjectsChanged, type Tx } from './transaction';

interface Versioned extends ObjectLiteral {
  id: string;
  version: number;
}

/** The record, or Problem `request.not-found`; `what` is its Chinese name. */
export async function loadRecord<T extends ObjectLiteral>(
  on: Reads,
  entity: EntityTarget<T>,
  where: FindOptionsWhere<T>,
  what: string,
): Promise<T> {
  const row = await on.m.findOneBy(entity, where);
  if (!row) throw new Problem('request.not-found', { what, id: String(Object.values(where)[0]) });
  return row;
}

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
