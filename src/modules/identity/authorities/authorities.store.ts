import { Column, Entity } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Reads } from '../../../kernel/db/database';
import { Installation } from '../../../kernel/db/kernel.store';
import type { Tx } from '../../../kernel/db/transaction';
import type { AuthorityKind } from './authorities.contract';

@Entity('authority')
export class Authority {
  /** Division code. */
  @Column(col.key(6)) code: string;
  @Column(col.text(100)) name: string;
  @Column(col.text(32)) kind: AuthorityKind;
  @Column({ ...col.text(6, nullable), name: 'parent_code' }) parentCode: string | null;
  @Column({ ...col.at(), name: 'set_at' }) setAt: number;
}

const NAME = 'authority';

/** The authority that owns the installation, if it was named. */
export async function findOwnAuthority(from: Reads): Promise<Authority | undefined> {
  const own = await from.m.findOneBy(Installation, { name: NAME });
  if (!own) return undefined;
  return from.m.findOneByOrFail(Authority, { code: own.value });
}

/** The primary key of the installation's value lets one of two simultaneous settings win. */
export async function insertOwnAuthority(tx: Tx, authority: Authority): Promise<void> {
  await tx.m.insert(Installation, { name: NAME, value: authority.code });
  await tx.m.insert(Authority, authority);
}
