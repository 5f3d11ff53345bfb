import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Db } from '../../src/kernel/db/database';
import { inTransaction, type Tx } from '../../src/kernel/db/transaction';
import { nameKey } from '../../src/kernel/pure/text';
import { addDays, legalDate, legalDateOf, type Instant, type LegalDate } from '../../src/kernel/pure/time';
import { CaseFile, CaseStep, CaseSubject } from '../../src/modules/cases/cases.store';
import {
  Assignment,
  AssignmentMine,
  Lot,
  LotCandidate,
  LotMine,
  PoolEntry,
} from '../../src/modules/commissions/commissions.store';
import { StoredFile } from '../../src/modules/documents/files.store';
import { Evaluation, Evidence, TeamRow } from '../../src/modules/evaluations/evaluations.store';
import { platformNumberOf } from '../../src/modules/experts/core/platform-number';
import { Employment, EmploymentVersion, Expert, ExpertVersion } from '../../src/modules/experts/experts.store';
import { specialties } from '../../src/modules/experts/fields.contract';
import { insertOwner, type Authority } from '../../src/modules/identity/authorities/authorities.store';
import { Institution, InstitutionVersion } from '../../src/modules/institutions/institutions.store';
import { Mine, MineVersion } from '../../src/modules/mines/mines.store';
import { Organisation, OrganisationVersion } from '../../src/modules/organisations/organisations.store';
import { Pledge } from '../../src/modules/pledges/pledges.store';
import { creditCodeOf } from '../support/credit-codes';
import type { Round } from './rounds';

export const AUTHORITY = '370000';
const TEAM = 5;
const ROWS_A_STATEMENT = 500;
const HASH = 'ab'.repeat(32);

/** Rows of one kind after the other, as they are to be inserted. */
type Batch = Map<EntityTarget<ObjectLiteral>, ObjectLiteral[]>;

interface Seeder {
  add<E extends ObjectLiteral>(entity: new () => E, row: E): void;
  id(): string;
  now: Instant;
  today: LegalDate;
}

const version = (s: Seeder) => ({
  id: s.id(),
  validFrom: '2020-01-01' as LegalDate,
  validTo: null,
  recordedAt: s.now,
  supersededAt: null,
  recordedBy: null,
  paper: '登记表',
});

function addInstitution(s: Seeder, no: number): string {
  const organisationId = s.id();
  const name = `示例评估机构${no}`;
  s.add(Organisation, { id: organisationId, uscc: creditCodeOf(no), registeredAt: s.now, version: 1 });
  const place = { address: null, phone: null, registeredDivision: null };
  const said = { certificateType: null, legalPersonality: null, businessScope: null };
  const unsaid = { publicInstitutionClass: null, legalRepresentative: null, ...place, ...said };
  s.add(OrganisationVersion, {
    ...version(s),
    organisationId,
    name,
    nameKey: nameKey(name),
    legalForm: 'enterprise',
    ...unsaid,
  });
  const institutionId = s.id();
  s.add(Institution, { id: institutionId, organisationId, registeredAt: s.now, version: 1 });
  const empty = {
    experience: null,
    office: null,
    managementRules: null,
    training: null,
    stableWork: null,
    manualDecision: null,
  };
  s.add(InstitutionVersion, { ...version(s), institutionId, legalPersonEvidence: null, ...empty });
  return institutionId;
}

const numberOf = (no: number, member: number): string => platformNumberOf(String(no * TEAM + member).padStart(8, '0'));

/** Five persons who make a fit team: all senior, full-time, confirmed. */
function addStaff(s: Seeder, no: number, institutionId: string): string[] {
  return Array.from({ length: TEAM }, (_, i) => {
    const expertId = s.id();
    const name = `示例人员${no}之${i + 1}`;
    const platformNumber = numberOf(no, i);
    s.add(Expert, { id: expertId, platformNumber, registeredAt: s.now, version: 1 });
    const title = { titleLevel: 'deputy-senior', titleName: null, titleEvidence: null, title: null } as const;
    const shown = { specialtyEvidence: '示例材料', specialtyProofs: null };
    const unknown = { phone: null, mineralAdminYears: null, civilServant: null, assessmentExperience: null };
    const names = { expertId, name, nameKey: nameKey(name) };
    s.add(ExpertVersion, { ...version(s), ...names, ...title, specialties: [...specialties], ...shown, ...unknown });
    const employmentId = s.id();
    const unsigned = { signedSheetFileId: null, signedSheetPaper: null, signedSheetSha256: null };
    const sheet = { ...unsigned, sheetRecordedBy: null, sheetRecordedAt: null };
    const confirmed = { confirmedAt: s.now, confirmedBy: null };
    s.add(Employment, { id: employmentId, expertId, institutionId, ...confirmed, ...sheet, version: 1 });
    const papers = { insuranceEvidence: '示例社保', establishmentEvidence: null, retirementEvidence: null };
    const rest = { evidenceFileIds: null, voidReason: null };
    s.add(EmploymentVersion, { ...version(s), employmentId, kind: 'full-time', ...papers, ...rest });
    return expertId;
  });
}

function addMine(s: Seeder, name: string): string {
  const mineId = s.id();
  s.add(Mine, { id: mineId, importId: null, registeredAt: s.now, version: 1 });
  const place = { provinceCode: AUTHORITY, division: null, divisionCode: null };
  const work = { sizeClass: null, minerals: null, miningMethod: null, operation: null };
  const held = { licenceNumber: null, operatorId: null, list: null, status: null, note: null };
  s.add(MineVersion, { ...version(s), mineId, name, nameKey: nameKey(name), ...place, ...work, ...held });
  return mineId;
}

function addLot(s: Seeder, no: number, institutionId: string, mineIds: readonly string[]): string {
  const lotId = s.id();
  s.add(Lot, {
    id: lotId,
    authority: AUTHORITY,
    authorityId: AUTHORITY,
    name: `示例批次${no}`,
    purpose: 'new-mine',
    mode: 'direct',
    purchaseMethod: 'government-purchase',
    projectNumber: `示例采购${no}`,
    contractNumber: null,
    state: 'under-way',
    openedOn: addDays(s.today, -30),
    endReason: null,
    version: 1,
  });
  for (const mineId of mineIds) s.add(LotMine, { lotId, mineId });
  s.add(LotCandidate, { lotId, institutionId });
  s.add(PoolEntry, {
    id: s.id(),
    institutionId,
    authority: AUTHORITY,
    authorityId: AUTHORITY,
    state: 'admitted',
    appliedOn: s.today,
    admittedOn: s.today,
    endedOn: null,
    endReason: null,
    endPaper: null,
    version: 1,
  });
  return lotId;
}

interface Task {
  lotId: string;
  institutionId: string;
  mineId: string;
}

/** A taken-up assignment of one mine and its evaluation. */
function addWork(s: Seeder, task: Task, fields: Partial<Evaluation>): { assignmentId: string; evaluationId: string } {
  const { lotId, institutionId, mineId } = task;
  const assignmentId = s.id();
  const evaluationId = s.id();
  s.add(Assignment, {
    id: assignmentId,
    lotId,
    institutionId,
    state: 'taken-up',
    stateBefore: null,
    answerBy: s.today,
    offeredAt: s.now,
    endReason: null,
    version: 2,
  });
  s.add(AssignmentMine, { assignmentId, mineId });
  s.add(Evaluation, {
    id: evaluationId,
    lotId,
    assignmentId,
    institutionId,
    mineId,
    purpose: 'new-mine',
    state: 'assigned',
    stateBefore: null,
    freezeReason: null,
    teamNo: 0,
    deskReviewedOn: null,
    deskFocus: null,
    onSiteFrom: null,
    onSiteTo: null,
    onSiteNote: null,
    scoreHundredths: null,
    conclusion: null,
    reportedAt: null,
    decidedAt: null,
    decisionReason: null,
    version: 1,
    ...fields,
  });
  return { assignmentId, evaluationId };
}

/** What acceptance asks for: team, report, verification record, imagery, complete pledge. */
function addPapers(
  s: Seeder,
  evaluationId: string,
  institutionId: string,
  team: readonly string[],
  fileId: string,
): void {
  team.forEach((expertId, i) =>
    s.add(TeamRow, { evaluationId, teamNo: 1, expertId, role: i === 0 ? 'leader' : 'member', namedOn: null }),
  );
  for (const kind of ['report', 'verification-record', 'imagery'] as const) {
    s.add(Evidence, { id: s.id(), evaluationId, kind, fileId, sha256: HASH, addedAt: s.now });
  }
  s.add(Pledge, {
    id: s.id(),
    evaluationId,
    institutionId,
    state: 'complete',
    template: 'pledge-institution/1',
    baseSha256: HASH,
    currentSha256: HASH,
    revision: 1,
    notice: null,
    voidReason: null,
    preparedAt: s.now,
    completedAt: s.now,
    version: 2,
  });
}

/** A case whose subject has been decided against and waits for service. */
function addDecision(
  s: Seeder,
  no: number,
  subject: { kind: Round['against']; id: string; code: string },
  scanFileId: string,
): string {
  const caseId = s.id();
  const caseSubjectId = s.id();
  const decidedOn = addDays(s.today, -1);
  s.add(CaseFile, {
    id: caseId,
    authority: AUTHORITY,
    authorityId: AUTHORITY,
    state: 'investigating',
    summary: '示例案件',
    source: '示例',
    openedOn: addDays(s.today, -20),
    recordedAt: s.now,
    version: 3,
  });
  s.add(CaseSubject, {
    id: caseSubjectId,
    caseId,
    subjectKind: subject.kind,
    subjectId: subject.id,
    code: subject.code,
    name: `示例当事人${no}`,
    ground: 'collusion',
    state: 'decided',
    defenceUntil: addDays(s.today, -3),
    noticeId: null,
    decisionNumber: `示例决〔2026〕${no}号`,
    decidedOn,
    actDay: addDays(s.today, -60),
    reasons: '示例理由',
    proposedBy: 'race-bureau',
    proposedFor: null,
    decidedFor: null,
    decidedBy: 'race-lead',
    servedOn: null,
    version: 6,
  });
  s.add(CaseStep, {
    id: s.id(),
    caseId,
    caseSubjectId,
    step: 'decided',
    day: decidedOn,
    paper: '决定书',
    scanFileId,
    representedAccountId: null,
    accountId: 'race-lead',
    details: null,
    recordedAt: s.now,
  });
  return caseSubjectId;
}

function addRound(s: Seeder, no: number, scanFileId: string): Round {
  const against: Round['against'] = no % 2 === 0 ? 'institution' : 'person';
  const institutionId = addInstitution(s, no);
  const expertIds = addStaff(s, no, institutionId);
  const barred = Math.floor(no / 2) % TEAM;
  const barredExpertId = expertIds[barred]!;
  const mines = ['甲', '乙', '丙'].map((mark) => addMine(s, `示例矿山${no}${mark}`));
  const [freeMineId, teamMineId, reportedMineId] = mines as [string, string, string];
  const lotId = addLot(s, no, institutionId, mines);
  const forTeam = addWork(s, { lotId, institutionId, mineId: teamMineId }, {});
  const days = {
    deskReviewedOn: addDays(s.today, -9),
    onSiteFrom: addDays(s.today, -6),
    onSiteTo: addDays(s.today, -5),
  };
  const report = { scoreHundredths: 9000, conclusion: 'meets' as const, reportedAt: s.now };
  const reported = addWork(
    s,
    { lotId, institutionId, mineId: reportedMineId },
    { state: 'reported', teamNo: 1, version: 6, ...days, ...report },
  );
  addPapers(s, reported.evaluationId, institutionId, expertIds, scanFileId);
  const subject =
    against === 'institution'
      ? { kind: against, id: institutionId, code: creditCodeOf(no) }
      : { kind: against, id: barredExpertId, code: numberOf(no, barred) };
  return {
    no,
    against,
    institutionId,
    expertIds,
    barredExpertId,
    lotId,
    freeMineId,
    caseSubjectId: addDecision(s, no, subject, scanFileId),
    scanFileId,
    teamAssignmentId: forTeam.assignmentId,
    teamEvaluationId: forTeam.evaluationId,
    reportedAssignmentId: reported.assignmentId,
    reportedEvaluationId: reported.evaluationId,
  };
}

async function insertBatch(tx: Tx, batch: Batch): Promise<void> {
  for (const [entity, rows] of batch) {
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
      const part = rows.slice(at, at + ROWS_A_STATEMENT);
      await tx.m.createQueryBuilder().insert().into(entity).values(part).updateEntity(false).execute();
    }
  }
}

const ROUNDS_A_TRANSACTION = 100;

/** Puts the world of `count` rounds into an empty database, past the commands: only what the acts start from. */
export async function seed(db: Db, count: number): Promise<Round[]> {
  const { clock, ids } = db.sources;
  const now = clock.now();
  const scanFileId = ids.timed();
  const authority: Authority = {
    id: AUTHORITY,
    code: AUTHORITY,
    name: '示例省自然资源厅',
    kind: 'natural-resources',
    parentId: null,
    parentBasis: null,
    fromDay: legalDate('1949-10-01'),
    toDay: null,
    version: 1,
  };
  const owner = { accountId: null, institutionId: null, authority: AUTHORITY, authorityId: AUTHORITY };
  const scan: StoredFile = {
    id: scanFileId,
    sha256: HASH,
    size: 1,
    mediaType: 'application/pdf',
    name: '扫描件.pdf',
    ...owner,
    storedAt: now,
  };
  await inTransaction(db, async (tx) => {
    await insertOwner(tx, authority);
    await tx.m.insert(StoredFile, scan);
  });
  const rounds: Round[] = [];
  while (rounds.length < count) {
    const batch: Batch = new Map();
    const seeder: Seeder = {
      add: (entity, row) => void batch.set(entity, [...(batch.get(entity) ?? []), row]),
      id: ids.timed,
      now,
      today: legalDateOf(now),
    };
    const end = Math.min(count, rounds.length + ROUNDS_A_TRANSACTION);
    while (rounds.length < end) rounds.push(addRound(seeder, rounds.length, scanFileId));
    await inTransaction(db, (tx) => insertBatch(tx, batch));
  }
  return rounds;
}
