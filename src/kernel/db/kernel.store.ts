import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from './columns';
import { nameIndexEntities } from './name-index/name-index.store';

/** The row that every door and every act against a subject touches first, so that they meet (write skew). */
@Entity('subject_guard')
export class SubjectGuard {
  @Column(col.key(16)) kind: string;
  @Column(col.key(64)) id: string;
  @Column(col.big()) epoch: number;
}

/** One row per attempt of a use case; inserting it anew settles whether a COMMIT without an answer took place. */
@Entity('commit_marker')
export class CommitMarker {
  @Column(col.key(36)) id: string;
  @Index('ix_commit_marker_at')
  @Column(col.at())
  at: number;
  /** True if it was not the attempt that wrote it but the question whether it had committed: it had not, nor ever can. */
  @Column(col.flag()) barred: boolean;
}

@Entity('idempotency')
export class Idempotency {
  /** SHA-256 of scope, route and the client's key. */
  @Column(col.key(64)) key: string;
  @Column(col.text(200)) scope: string;
  @Column(col.text(120)) route: string;
  @Column({ ...col.text(64), name: 'request_sha256' }) requestSha256: string;
  @Column(col.text(36)) token: string;
  @Column({ ...col.at(), name: 'lease_until' }) leaseUntil: number;
  @Column(col.int(nullable)) status: number | null;
  @Column(col.long(nullable)) body: string | null;
  @Index('ix_idempotency_expires')
  @Column({ ...col.at(), name: 'expires_at' })
  expiresAt: number;
}

/** Values of the installation that are set once: store id, log origin, authority, check value of the master key. */
@Entity('installation')
export class Installation {
  @Column(col.key(64)) name: string;
  @Column(col.text(500)) value: string;
}

@Entity('key_vault')
export class VaultKey {
  @Column(col.key(64)) name: string;
  @Column(col.long()) sealed: string;
  @Column({ ...col.at(), name: 'made_at' }) madeAt: number;
}

/** Jobs that one process at a time may run; claimed by compare-and-set. */
@Entity('job_lease')
export class JobLease {
  @Column(col.key(64)) name: string;
  @Column(col.text(36)) token: string;
  /** When it is due again. */
  @Column(col.at()) until: number;
  @Column({ ...col.at(nullable), name: 'started_at' }) startedAt: number | null;
  /** Of the last run, well or not; before `startedAt` while one is under way, or after a crash. */
  @Column({ ...col.at(nullable), name: 'ended_at' }) endedAt: number | null;
  /** Of the last failure, which later runs do not wipe out. */
  @Column({ ...col.at(nullable), name: 'failed_at' }) failedAt: number | null;
  @Column(col.text(300, nullable)) error: string | null;
}

export const kernelEntities = [
  SubjectGuard,
  CommitMarker,
  Idempotency,
  Installation,
  VaultKey,
  JobLease,
  ...nameIndexEntities,
];
