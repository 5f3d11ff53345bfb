import { Column, Entity, In, Index, type SelectQueryBuilder } from 'typeorm';
import type { NamedBlob } from '../../kernel/backup/format';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { say } from '../../kernel/pure/wording';
import type { Instant } from '../../kernel/pure/time';
import type { ByteRange } from '../signing';
import { currentPledgeStates, openPledgeStates, type PledgeState } from './pledges.states';

@Entity('pledge')
@Index('ix_pledge_evaluation', ['evaluationId', 'state'])
export class Pledge {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'evaluation_id' }) evaluationId: string;
  @Column({ ...col.text(36), name: 'institution_id' }) institutionId: string;
  @Column(col.text(16)) state: PledgeState;
  @Column(col.text(40)) template: string;
  /** The unsigned paper. */
  @Column({ ...col.text(64), name: 'base_sha256' }) baseSha256: string;
  /** The file as it stands, with the signatures so far. */
  @Column({ ...col.text(64), name: 'current_sha256' }) currentSha256: string;
  /** Signatures stored so far. */
  @Column(col.int()) revision: number;
  @Column(col.text(200, nullable)) notice: string | null;
  @Column({ ...col.text(1000, nullable), name: 'void_reason' }) voidReason: string | null;
  @Column({ ...col.at(), name: 'prepared_at' }) preparedAt: Instant;
  @Column({ ...col.at(nullable), name: 'completed_at' }) completedAt: Instant | null;
  @Column(col.int()) version: number;
}

@Entity('pledge_signer')
export class PledgeSigner {
  @Column({ ...col.key(36), name: 'pledge_id' }) pledgeId: string;
  /** From 1, in the order of the paper. */
  @Column({ ...col.int(), primary: true }) no: number;
  @Column(col.text(16)) kind: 'institution' | 'person';
  @Index('ix_pledge_signer_party')
  @Column({ ...col.text(36), name: 'party_id' })
  partyId: string;
  /** As it stands in the paper, whatever the register says later. */
  @Column(col.text(200)) name: string;
  @Column(col.text(60)) role: string;
  @Column(col.text(64)) field: string;
  @Column({ ...col.at(nullable), name: 'signed_at' }) signedAt: Instant | null;
  @Column({ ...col.text(36, nullable), name: 'certificate_id' }) certificateId: string | null;
}

/** One prepared signature: becomes the pledge's next file, or nothing. */
@Entity('pledge_revision')
@Index('ix_pledge_revision_pledge', ['pledgeId', 'state'])
export class PledgeRevision {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'pledge_id' }) pledgeId: string;
  @Column({ ...col.int(), name: 'signer_no' }) signerNo: number;
  @Column({ ...col.text(64), name: 'base_sha256' }) baseSha256: string;
  @Column({ ...col.text(120), name: 'increment_blob' }) incrementBlob: string;
  @Column({ ...col.json(), name: 'byte_range' }) byteRange: ByteRange;
  /** DER in base64. */
  @Column({ ...col.long(), name: 'signed_attributes' }) signedAttributes: string;
  /** SHA-256 of the signed bytes, hex. */
  @Column(col.text(64)) digest: string;
  @Column({ ...col.text(36), name: 'certificate_id' }) certificateId: string;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  @Column({ ...col.at(), name: 'expires_at' }) expiresAt: Instant;
  /** Somebody is storing the signed file until then. */
  @Column({ ...col.at(nullable), name: 'lease_until' }) leaseUntil: Instant | null;
  @Column(col.text(16)) state: 'prepared' | 'stored';
  @Column({ ...col.text(64, nullable), name: 'file_sha256' }) fileSha256: string | null;
}

export const pledgeEntities = [Pledge, PledgeSigner, PledgeRevision];

export const fileKey = (sha256: string): string => `pledges/${sha256}.pdf`;
export const incrementKey = (sha256: string): string => `pledge-increments/${sha256}`;

/** Which files of the blob store its rows name. */
export const pledgeBlobs: readonly NamedBlob[] = [
  { table: 'pledge', column: 'base_sha256', key: (sha256) => fileKey(sha256) },
  { table: 'pledge', column: 'current_sha256', key: (sha256) => fileKey(sha256) },
  { table: 'pledge_revision', column: 'base_sha256', key: (sha256) => fileKey(sha256) },
  { table: 'pledge_revision', column: 'increment_blob', key: (key) => key },
  { table: 'pledge_revision', column: 'file_sha256', key: (sha256) => fileKey(sha256) },
];

export const loadPledge = (on: Reads, id: string): Promise<Pledge> =>
  loadRecord(on, Pledge, { id }, say('承诺书', 'pledge'));

export const loadRevision = (on: Reads, pledgeId: string, id: string): Promise<PledgeRevision> =>
  loadRecord(on, PledgeRevision, { id, pledgeId }, say('待签文件', 'document to be signed'));

export const signersOf = (on: Reads, pledgeId: string): Promise<PledgeSigner[]> =>
  on.m.find(PledgeSigner, { where: { pledgeId }, order: { no: 'ASC' } });

/** Accounts whose signatures the pledge bears. */
export const signedByOf = async (on: Reads, pledgeId: string): Promise<string[]> =>
  (await on.m.findBy(PledgeRevision, { pledgeId, state: 'stored' })).flatMap((r) =>
    r.accountId === null ? [] : [r.accountId],
  );

/** Pledges of the institution that are still to be signed by it. */
export const waitingFor = (on: Reads, institutionId: string): SelectQueryBuilder<Pledge> =>
  on.m
    .createQueryBuilder(Pledge, 'p')
    .innerJoin(PledgeSigner, 's', "s.pledgeId = p.id AND s.kind = 'institution' AND s.partyId = p.institutionId")
    .where('p.institutionId = :institutionId AND s.signedAt IS NULL', { institutionId })
    .andWhere({ state: In([...openPledgeStates]) });

export const pledgesOf = (on: Reads, evaluationId: string): Promise<Pledge[]> =>
  on.m.find(Pledge, { where: { evaluationId }, order: { id: 'ASC' } });

export const currentPledgesOf = (on: Reads, evaluationId: string): Promise<Pledge[]> =>
  on.m.find(Pledge, { where: { evaluationId, state: In([...currentPledgeStates]) }, order: { id: 'ASC' } });
