import { Column, Entity, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { say } from '../../kernel/pure/wording';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { Ground } from '../sanctions';
import type { CaseState, SubjectState } from './cases.states';

@Entity('case_file')
export class CaseFile {
  @Column(col.key(36)) id: string;
  @Column(col.text(6)) authority: string;
  @Column({ ...col.text(36, nullable), name: 'authority_id' }) authorityId: string | null;
  @Column(col.text(16)) state: CaseState;
  @Column(col.text(2000)) summary: string;
  @Column(col.text(200)) source: string;
  @Column({ ...col.day(nullable), name: 'opened_on' }) openedOn: LegalDate | null;
  @Index('ix_case_file_recorded')
  @Column({ ...col.at(), name: 'recorded_at' })
  recordedAt: Instant;
  @Column(col.int()) version: number;
}

@Entity('case_subject')
@Index('ux_case_subject', ['caseId', 'subjectKind', 'subjectId'], { unique: true })
export class CaseSubject {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'case_id' }) caseId: string;
  @Column({ ...col.text(16), name: 'subject_kind' }) subjectKind: 'institution' | 'person';
  @Column({ ...col.text(36), name: 'subject_id' }) subjectId: string;
  @Column(col.text(32)) code: string;
  @Column(col.text(200)) name: string;
  @Column(col.text(32)) ground: Ground;
  @Column(col.text(16)) state: SubjectState;
  @Column({ ...col.day(), name: 'defence_until' }) defenceUntil: LegalDate;
  /** The notice that was sent electronically: the time for the defence runs from its delivery. */
  @Column({ ...col.text(36, nullable), name: 'notice_id' }) noticeId: string | null;
  @Column({ ...col.text(100, nullable), name: 'decision_number' }) decisionNumber: string | null;
  @Column({ ...col.day(nullable), name: 'decided_on' }) decidedOn: LegalDate | null;
  @Column({ ...col.day(nullable), name: 'act_day' }) actDay: LegalDate | null;
  @Column(col.text(4000, nullable)) reasons: string | null;
  @Column({ ...col.text(36, nullable), name: 'proposed_by' }) proposedBy: string | null;
  @Column({ ...col.text(36, nullable), name: 'decided_by' }) decidedBy: string | null;
  /** For whom proposer and decider acted as deputies: they too are persons behind the act. */
  @Column({ ...col.text(36, nullable), name: 'proposed_for' }) proposedFor: string | null;
  @Column({ ...col.text(36, nullable), name: 'decided_for' }) decidedFor: string | null;
  @Column({ ...col.day(nullable), name: 'served_on' }) servedOn: LegalDate | null;
  @Column(col.int()) version: number;
}

/** Each step of the procedure with its day, paper, scan and the account that entered it; never changed. */
@Entity('case_step')
@Index('ix_case_step_case', ['caseId', 'id'])
export class CaseStep {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(36), name: 'case_id' }) caseId: string;
  @Column({ ...col.text(36, nullable), name: 'case_subject_id' }) caseSubjectId: string | null;
  @Column(col.text(32)) step: string;
  @Column(col.day()) day: LegalDate;
  @Column(col.text(200)) paper: string;
  @Column({ ...col.text(36), name: 'scan_file_id' }) scanFileId: string;
  @Column({ ...col.text(36, nullable), name: 'account_id' }) accountId: string | null;
  /** For whom the account acted as a deputy. */
  @Column({ ...col.text(36, nullable), name: 'represented_account_id' }) representedAccountId: string | null;
  @Column(col.json(nullable)) details: Record<string, unknown> | null;
  @Column({ ...col.at(), name: 'recorded_at' }) recordedAt: Instant;
}

export const caseEntities = [CaseFile, CaseSubject, CaseStep];

export const loadCase = (on: Reads, id: string): Promise<CaseFile> =>
  loadRecord(on, CaseFile, { id }, say('案件', 'case'));
export const loadCaseSubject = (on: Reads, id: string): Promise<CaseSubject> =>
  loadRecord(on, CaseSubject, { id }, say('当事人', 'party'));

export const stepsOfCase = (on: Reads, caseId: string): Promise<CaseStep[]> =>
  on.m.find(CaseStep, { where: { caseId }, order: { id: 'ASC' } });
