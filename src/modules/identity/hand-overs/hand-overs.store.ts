import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../../kernel/db/columns';
import type { Db, Reads } from '../../../kernel/db/database';
import { loadRecord } from '../../../kernel/db/records';
import type { Tx } from '../../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../../kernel/http/page';
import { say } from '../../../kernel/pure/wording';
import type { WorkKind } from '../work/work.rules';
import type { Signer } from './hand-overs.rules';
import type { HandOverOutcome, HandOverState } from './hand-overs.states';

/** 工作交接: what one post hands to others, frozen when it was prepared. */
@Entity('hand_over')
@Index('ix_hand_over_authority', ['authorityId', 'id'])
export class HandOver {
  @Column(col.key(36)) id: string;
  @Column(col.text(16)) state: HandOverState;
  @Index('ix_hand_over_giver')
  @Column({ ...col.text(36), name: 'giver_post_id' })
  giverPostId: string;
  @Column({ ...col.text(36), name: 'giver_account_id' }) giverAccountId: string;
  /** Whose post it is: an authority's, or an institution's. */
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column({ ...col.text(36, nullable), name: 'institution_id' }) institutionId: string | null;
  /** Giver first, as they stood on the day. */
  @Column(col.json()) parties: Signer[];
  @Column({ ...col.int(), name: 'item_count' }) itemCount: number;
  @Column({ ...col.text(64), name: 'list_sha256' }) listSha256: string;
  @Column({ ...col.text(36, nullable), name: 'prepared_by' }) preparedBy: string | null;
  @Column({ ...col.at(), name: 'prepared_at' }) preparedAt: number;
  @Column({ ...col.at(nullable), name: 'ended_at' }) endedAt: number | null;
  @Column({ ...col.text(500, nullable), name: 'cancel_reason' }) cancelReason: string | null;
  @Column(col.int()) version: number;
}

@Entity('hand_over_item')
export class HandOverItem {
  @Column({ ...col.key(36), name: 'hand_over_id' }) handOverId: string;
  /** From 1, in the order of the list. */
  @Column({ ...col.int(), primary: true }) no: number;
  @Index('ix_hand_over_item_work')
  @Column({ ...col.text(36), name: 'work_id' })
  workId: string;
  @Column(col.text(24)) kind: WorkKind;
  @Column(col.text(36)) ref: string;
  @Column({ ...col.at(), name: 'opened_at' }) openedAt: number;
  @Column({ ...col.text(36), name: 'receiver_post_id' }) receiverPostId: string;
  /** Null until the hand-over is completed. */
  @Column(col.text(16, nullable)) outcome: HandOverOutcome | null;
}

@Entity('hand_over_party')
export class HandOverParty {
  @Column({ ...col.key(36), name: 'hand_over_id' }) handOverId: string;
  @Column({ ...col.key(36), name: 'post_id' }) postId: string;
  @Index('ix_hand_over_party_account')
  @Column({ ...col.text(36), name: 'account_id' })
  accountId: string;
  @Column({ ...col.at(nullable), name: 'signed_at' }) signedAt: number | null;
  /** Who signed: the holder, or the lead for a giver who is gone. */
  @Column({ ...col.text(36, nullable), name: 'signed_by' }) signedBy: string | null;
  @Column({ ...col.text(36, nullable), name: 'scan_file_id' }) scanFileId: string | null;
  @Column({ ...col.text(64, nullable), name: 'scan_sha256' }) scanSha256: string | null;
  @Column(col.text(200, nullable)) paper: string | null;
}

export const handOverEntities = [HandOver, HandOverItem, HandOverParty];

export const loadHandOver = (on: Reads, id: string): Promise<HandOver> =>
  loadRecord(on, HandOver, { id }, say('工作交接', 'hand-over'));

export const itemsOf = (on: Reads, handOverId: string): Promise<HandOverItem[]> =>
  on.m.find(HandOverItem, { where: { handOverId }, order: { no: 'ASC' } });

export const partiesOf = (on: Reads, handOverId: string): Promise<HandOverParty[]> =>
  on.m.find(HandOverParty, { where: { handOverId } });

const PART = 100;

export async function insertHandOver(
  tx: Tx,
  handOver: HandOver,
  items: readonly HandOverItem[],
  parties: readonly HandOverParty[],
): Promise<void> {
  await tx.m.insert(HandOver, handOver);
  await tx.m.insert(HandOverParty, [...parties]);
  for (let at = 0; at < items.length; at += PART) await tx.m.insert(HandOverItem, items.slice(at, at + PART));
}

/** False if somebody else has signed for the post meanwhile. */
export async function signParty(tx: Tx, party: HandOverParty, by: Partial<HandOverParty>): Promise<boolean> {
  const { handOverId, postId } = party;
  const query = tx.m.createQueryBuilder().update(HandOverParty).set(by);
  const { affected } = await query.where({ handOverId, postId }).andWhere('signed_at IS NULL').execute();
  return affected === 1;
}

/** Says what became of these items. */
export async function setOutcome(
  tx: Tx,
  handOverId: string,
  numbers: readonly number[],
  outcome: HandOverOutcome,
): Promise<void> {
  for (let at = 0; at < numbers.length; at += PART) {
    await tx.m.update(HandOverItem, { handOverId, no: In(numbers.slice(at, at + PART)) }, { outcome });
  }
}

/** Those in which the person is a party, and those of the authorities that a lead sees. */
export function handOversPage(
  db: Db,
  of: { accountId: string; authorityIds: readonly string[] },
  request: PageRequest & { state?: HandOverState },
): Promise<Page<HandOver>> {
  const party = 'SELECT p.hand_over_id FROM hand_over_party p WHERE p.account_id = :accountId';
  const seen = of.authorityIds.length > 0 ? ' OR h.authorityId IN (:...authorityIds)' : '';
  const query = db.m.createQueryBuilder(HandOver, 'h').where(`(h.id IN (${party})${seen})`, of);
  if (request.state !== undefined) query.andWhere('h.state = :state', { state: request.state });
  return pageBy(query, { sort: 'h.id', id: 'h.id', descending: true, keyOf: (h) => [h.id, h.id] }, request);
}
