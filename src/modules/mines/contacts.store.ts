import { Column, Entity, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Db, Reads } from '../../kernel/db/database';
import { Version, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { shownEntry } from '../../kernel/db/moment';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instantText, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { ContactsReply, ProposalReply } from './contacts.contract';
import { maskContact, operatorOf } from './contacts.rules';
import type { ProposalState } from './contacts.states';
import { MineVersion } from './mines.store';

/** Whom to reach at a mine on the days of the entry. */
@Entity('mine_contact')
@Index('ix_mine_contact_of', ['mineId', 'validFrom'])
export class MineContact extends Version {
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  @Column(col.text(100)) name: string;
  @Column({ ...col.text(60), name: 'duty' }) role: string;
  @Column(col.text(40)) phone: string;
}

export interface ProposedContact {
  name: string;
  role: string;
  phone: string;
  from: LegalDate;
  lastDay: LegalDate | null;
}

@Entity('mine_contact_proposal')
@Index('ix_mine_contact_proposal_of', ['mineId', 'state'])
@Index('ix_mine_contact_proposal_by', ['organisationId'])
export class MineContactProposal {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  /** The operator for which it was proposed. */
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column(col.text(20)) state: ProposalState;
  @Column(col.json()) items: ProposedContact[];
  @Column(col.long()) reason: string;
  @Column({ ...col.at(), name: 'proposed_at' }) proposedAt: number;
  @Column({ ...col.text(36, nullable), name: 'proposed_by' }) proposedBy: string | null;
  @Column({ ...col.at(nullable), name: 'decided_at' }) decidedAt: number | null;
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...col.long(nullable), name: 'decision_reason' }) decisionReason: string | null;
  @Column(col.int()) version: number;
}

/** What is now believed of who operates the mine when. */
export const operatorEntries = (on: Reads, mineId: string): Promise<MineVersion[]> =>
  on.m.findBy(MineVersion, { mineId, supersededAt: IsNull() });

/** For whom contacts are shown: an operator sees those of its own time, everybody else all of them. */
export interface ContactSight {
  /** Names and phones as they are. */
  plain: boolean;
  only: string | undefined;
}

/** Those of the contacts that are this operator's; all where nobody is named. */
export async function contactsOf<C extends Pick<MineContact, 'validFrom' | 'validTo'>>(
  on: Reads,
  mineId: string,
  only: string | undefined,
  rows: readonly C[],
): Promise<C[]> {
  if (only === undefined) return [...rows];
  const entries = await operatorEntries(on, mineId);
  return rows.filter((row) => operatorOf(row, entries) === only);
}

export async function shownContacts(
  on: Reads,
  mineId: string,
  moment: Moment,
  { plain, only }: ContactSight,
): Promise<ContactsReply['items']> {
  const all = await versionsKnownAt(on, MineContact, { mineId }, moment.knownAt);
  const rows = await contactsOf(on, mineId, only, all);
  return rows.map((c) => {
    const holds = c.validFrom <= moment.asOf && (c.validTo === null || c.validTo > moment.asOf);
    const { name, role, phone } = plain ? c : maskContact(c);
    return { ...shownEntry(c), holds, name, role, phone };
  });
}

export const shownProposal = (p: MineContactProposal): ProposalReply => ({
  id: p.id,
  mineId: p.mineId,
  organisationId: p.organisationId,
  state: p.state,
  reason: p.reason,
  items: p.items,
  proposedAt: instantText(p.proposedAt as Instant),
  decidedAt: p.decidedAt === null ? null : instantText(p.decidedAt as Instant),
  decisionReason: p.decisionReason,
  version: p.version,
});

/** Proposals, the newest first; `only` narrows the list to those of one operator. */
export async function listProposals(
  db: Db,
  only: string | undefined,
  request: PageRequest & { state?: ProposalState; mineId?: string },
): Promise<Page<ProposalReply>> {
  const query = db.m.createQueryBuilder(MineContactProposal, 'p').where('1 = 1');
  if (only !== undefined) query.andWhere('p.organisationId = :only', { only });
  if (request.state !== undefined) query.andWhere('p.state = :state', { state: request.state });
  if (request.mineId !== undefined) query.andWhere('p.mineId = :mineId', { mineId: request.mineId });
  const page = await pageBy(query, { sort: 'p.id', id: 'p.id', descending: true, keyOf: (p) => [p.id, p.id] }, request);
  return mapPage(page, shownProposal);
}
