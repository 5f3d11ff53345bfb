import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import type { LegalDate } from '../../kernel/pure/time';

/** 电子送达确认书: without it arrival in the inbox is no service (行政处罚法 61, 民诉法 90). */
@Entity('service_consent')
@Index('ix_service_consent_party', ['partyKind', 'partyId'])
export class ServiceConsent {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(16), name: 'party_kind' }) partyKind: 'institution' | 'organisation' | 'expert';
  @Column({ ...col.text(36), name: 'party_id' }) partyId: string;
  @Column({ ...col.day(), name: 'from_day' }) from: LegalDate;
  /** Included; null is open. */
  @Column({ ...col.day(nullable), name: 'last_day' }) lastDay: LegalDate | null;
  @Column(col.text(200)) paper: string;
  @Column({ ...col.text(36), name: 'file_id' }) fileId: string;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: number;
}

export const consentsOf = (on: Reads, partyKind: string, partyId: string): Promise<ServiceConsent[]> =>
  on.m.findBy(ServiceConsent, { partyKind: partyKind as ServiceConsent['partyKind'], partyId });

export const holds = (c: Pick<ServiceConsent, 'from' | 'lastDay'>, day: LegalDate): boolean =>
  c.from <= day && (c.lastDay === null || day <= c.lastDay);

export const insertConsent = async (tx: Tx, row: ServiceConsent): Promise<void> => {
  await tx.m.insert(ServiceConsent, row);
};

/** False if it was ended meanwhile. */
export async function endConsent(tx: Tx, seen: ServiceConsent, lastDay: LegalDate): Promise<boolean> {
  const where = { id: seen.id, lastDay: seen.lastDay ?? IsNull() };
  const { affected } = await tx.m.update(ServiceConsent, where, { lastDay });
  return affected === 1;
}

export function consentsPage(db: Db, request: PageRequest & { partyId?: string }): Promise<Page<ServiceConsent>> {
  const query = db.m.createQueryBuilder(ServiceConsent, 'c');
  if (request.partyId !== undefined) query.where({ partyId: request.partyId });
  const keyOf = (c: ServiceConsent): [number, string] => [c.recordedAt, c.id];
  return pageBy(query, { sort: 'c.recordedAt', id: 'c.id', descending: true, keyOf }, request);
}
