import { Column, Entity, Index, type SelectQueryBuilder } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import { Version, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { shownEntry, todayOf } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { addDays, type LegalDate } from '../../kernel/pure/time';
import type { DocumentItem, DocumentKind, DocumentView } from './documents.contract';
import { presentEntries, standingOn } from './documents.rules';
import { namesOf } from './organisations.views';

/** A paper of a body. The days of the entry are the days on which the paper is valid. */
@Entity('organisation_document')
@Index('ix_organisation_document_of', ['organisationId', 'validFrom'])
@Index('ix_organisation_document_one', ['documentId'])
@Index('ix_organisation_document_end', ['validTo'])
export class OrganisationDocument extends Version {
  @Column({ ...col.text(36), name: 'document_id' }) documentId: string;
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column(col.text(40)) kind: DocumentKind;
  @Column(col.text(200, nullable)) title: string | null;
  @Column(col.text(100, nullable)) number: string | null;
  @Column(col.text(200, nullable)) issuer: string | null;
  @Column({ ...col.text(36, nullable), name: 'file_id' }) fileId: string | null;
}

const shown = (d: OrganisationDocument, day: LegalDate, expiringDays: number): DocumentView => {
  const { documentId: id, kind, title, number, issuer, fileId } = d;
  const standing = standingOn(d, day, expiringDays);
  return { id, ...shownEntry(d), kind, title, number, issuer, fileId, standing };
};

/** Every paper known at the instant, each by the entry that matters on the day. */
export const documentsAt = async (on: Reads, organisationId: string, moment: Moment): Promise<OrganisationDocument[]> =>
  presentEntries(await versionsKnownAt(on, OrganisationDocument, { organisationId }, moment.knownAt), moment.asOf);

export const shownDocuments = async (
  on: Reads,
  organisationId: string,
  moment: Moment,
  expiringDays: number,
): Promise<DocumentView[]> =>
  (await documentsAt(on, organisationId, moment)).map((d) => shown(d, moment.asOf, expiringDays));

export interface EndingAsked extends PageRequest {
  standing: 'expiring' | 'expired' | 'both';
  asOf?: LegalDate;
  expiringDays: number;
  kind?: DocumentKind;
}

/** Entries that run out and that no later entry of the same paper follows. */
function ending(db: Db, asked: Omit<EndingAsked, 'limit'>, day: LegalDate): SelectQueryBuilder<OrganisationDocument> {
  const query = db.m
    .createQueryBuilder(OrganisationDocument, 'd')
    .where('d.supersededAt IS NULL AND d.validFrom <= :day', { day })
    .andWhere('d.validTo IS NOT NULL AND d.validTo <= :last', { last: addDays(day, asked.expiringDays + 1) })
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM organisation_document r WHERE r.document_id = d.document_id
        AND r.superseded_at IS NULL AND (r.valid_to IS NULL OR r.valid_to > d.valid_to))`,
    );
  if (asked.standing === 'expired') query.andWhere('d.validTo <= :day');
  if (asked.standing === 'expiring') query.andWhere('d.validTo > :day');
  if (asked.kind !== undefined) query.andWhere('d.kind = :kind', { kind: asked.kind });
  return query;
}

/** Papers that have run out, or will within the days, the oldest first; `only` narrows the list to one body. */
export async function listEnding(db: Db, only: string | undefined, asked: EndingAsked): Promise<Page<DocumentItem>> {
  const today = todayOf(db.sources.clock);
  const day = asked.asOf ?? today.asOf;
  const query = ending(db, asked, day);
  if (only !== undefined) query.andWhere('d.organisationId = :only', { only });
  const page = await pageBy(query, { sort: 'd.validTo', id: 'd.id', keyOf: (d) => [d.validTo!, d.id] }, asked);
  const names = await namesOf(db, [...new Set(page.items.map((d) => d.organisationId))], today);
  const items = page.items.map((d) => {
    const { uscc, name } = names.get(d.organisationId)!;
    return { organisationId: d.organisationId, uscc, organisationName: name, ...shown(d, day, asked.expiringDays) };
  });
  return { ...page, items };
}
