import { In } from 'typeorm';
import type { Reads } from '../../../kernel/db/database';
import { normaliseUsername } from './accounts.rules';
import { Account } from './accounts.store';

export interface KnownAccount {
  id: string;
  name: string;
  username: string;
}

/** The accounts of these ids by id, for readers who may read accounts. */
export async function accountsById(on: Reads, ids: readonly string[]): Promise<ReadonlyMap<string, KnownAccount>> {
  const wanted = [...new Set(ids)];
  const found = wanted.length === 0 ? [] : await on.m.findBy(Account, { id: In(wanted) });
  return new Map(found.map(({ id, name, username }) => [id, { id, name, username }]));
}

/** Ids of the accounts whose user name or whole name this is; namesakes are several. */
export async function accountsCalled(on: Reads, text: string): Promise<string[]> {
  const found = await on.m.find(Account, { where: [{ username: normaliseUsername(text) }, { name: text }], take: 200 });
  return found.map((a) => a.id);
}
