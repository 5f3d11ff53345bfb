import type { LegalDate } from '../../kernel/pure/time';
import { readTitleLevel } from './core/titles';
import type { EmploymentKind } from './employments.contract';
import type { Specialty, SpecialtyProof, TitleDetail, TitleLevel } from './fields.contract';
import { missingEvidence } from './evidence.rules';
import { specialtyEvidenceOn, type SpecialtyEvidence } from './titles.rules';

/** One line of a list of staff: the person, and how the person is employed. */
export interface StaffRow<P> {
  person: P;
  employment: {
    kind: EmploymentKind;
    from: LegalDate;
    lastDay: LegalDate | null;
    paper: string;
    insuranceEvidence: string | null;
    establishmentEvidence: string | null;
    retirementEvidence: string | null;
  };
}

type Fault = { key: string; reason: string };

/** What the line says, as the bodies of a registration and of an employment have it. */
export function judgeStaffRow(
  values: Readonly<Record<string, unknown>>,
  common: { from: LegalDate; paper: string },
): StaffRow<object> | { faults: Fault[] } {
  const faults: Fault[] = [];
  const text = (key: string): string | null => (values[key] as string | null | undefined) ?? null;
  const [from, lastDay, titleFrom] = [text('from'), text('lastDay'), text('titleFrom')] as (LegalDate | null)[];
  if (lastDay && from && lastDay < from)
    faults.push({ key: 'lastDay', reason: '截止日早于起始日；请核对两个日期，无期限的不填截止日。' });
  const years = text('mineralAdminYears');
  if (years !== null && !/^\d{1,2}$/.test(years))
    faults.push({ key: 'mineralAdminYears', reason: '应为整年数，例如 5；不足一年的填 0。' });
  // A level alone is often written where the name of the title belongs.
  const named = text('titleName');
  const level = named === null ? undefined : readTitleLevel(named);
  const stated = text('titleLevel');
  if (level !== undefined && stated !== null && stated !== level) {
    faults.push({
      key: 'titleLevel',
      reason: '职称级别与“职称”一列所写级别不一致；请按证书改正其中一列，或不填职称级别。',
    });
  }
  if (faults.length > 0) return { faults };
  const start = from ?? common.from;
  return {
    person: {
      identities: [{ kind: text('kind') ?? 'resident-id', number: text('number') }],
      // What is said of the person holds since the employment, but not before the title was awarded.
      from: titleFrom && titleFrom > start ? titleFrom : start,
      paper: common.paper,
      name: text('name'),
      titleName: level === undefined ? named : null,
      titleLevel: level ?? stated,
      titleEvidence: text('titleEvidence'),
      title: titleFrom ? { from: titleFrom } : null,
      specialties: values.specialties ?? [],
      specialtyEvidence: text('specialtyEvidence'),
      mineralAdminYears: years === null ? null : Number(years),
      civilServant: values.civilServant ?? null,
      assessmentExperience: text('assessmentExperience'),
    },
    employment: {
      kind: text('employmentKind') as EmploymentKind,
      from: start,
      lastDay: lastDay ?? null,
      paper: text('paper') ?? common.paper,
      insuranceEvidence: text('insuranceEvidence'),
      establishmentEvidence: text('establishmentEvidence'),
      retirementEvidence: text('retirementEvidence'),
    },
  };
}

/** What a line says of the person, the title and the specialties as judged. */
export interface StatedPerson {
  titleLevel: TitleLevel | null;
  titleName: string | null;
  titleEvidence: string | null;
  titleFrom: LegalDate | null;
  specialties: readonly Specialty[];
  specialtyEvidence: string | null;
  mineralAdminYears: number | null;
  civilServant: boolean | null;
  assessmentExperience: string | null;
}

/** What is registered of the person and holds. */
export interface HeldPerson extends Omit<StatedPerson, 'titleFrom' | 'titleLevel'> {
  titleLevel: TitleLevel;
  title: TitleDetail | null;
  specialtyProofs: readonly SpecialtyProof[] | null;
}

/** Whether one paper is on file for the specialties: the paper for all of them, or the same one for each. */
function hasSpecialtyEvidence(held: HeldPerson, paper: string, day: LegalDate): boolean {
  if (held.specialtyEvidence === paper) return true;
  const each = specialtyEvidenceOn(held, day);
  return held.specialties.length > 0 && held.specialties.every((s) => each[s] === paper);
}

/**
 * The columns in which a line says something else than is registered; what it leaves blank it does not say. Of somebody
 * of whom nothing holds, all that is said differs.
 */
export function unlikePerson(stated: StatedPerson, held: HeldPerson | undefined, day: LegalDate): string[] {
  const differs = (said: unknown, present: unknown): boolean => said !== null && said !== (present ?? null);
  const { titleName, titleLevel, titleEvidence, specialtyEvidence } = stated;
  const specialties = stated.specialties.length === 0 ? null : stated.specialties.join();
  const isCertificate = titleEvidence !== null && titleEvidence === held?.title?.certificateNumber;
  const isOnFile = specialtyEvidence !== null && held && hasSpecialtyEvidence(held, specialtyEvidence, day);
  const found: [string, boolean][] = [
    ['titleName', differs(titleName, held?.titleName)],
    // A name says its level too: one difference is told once.
    ['titleLevel', differs(titleLevel, held?.titleLevel) && !differs(titleName, held?.titleName)],
    ['titleEvidence', differs(titleEvidence, held?.titleEvidence) && !isCertificate],
    ['titleFrom', differs(stated.titleFrom, held?.title?.from)],
    ['specialties', differs(specialties, held?.specialties.join())],
    ['specialtyEvidence', specialtyEvidence !== null && !isOnFile],
    ['mineralAdminYears', differs(stated.mineralAdminYears, held?.mineralAdminYears)],
    ['civilServant', differs(stated.civilServant, held?.civilServant)],
    ['assessmentExperience', differs(stated.assessmentExperience, held?.assessmentExperience)],
  ];
  return found.filter(([, is]) => is).map(([key]) => key);
}

/** An employment that is registered: its days, and every paper on which its entries ever rested. */
export interface HeldEmployment extends Omit<StaffRow<never>['employment'], 'paper'> {
  papers: readonly (string | null)[];
}

/** The columns in which a line says something else of the employment; a line without a last day says there is none. */
export function unlikeEmployment(
  stated: Omit<StaffRow<never>['employment'], 'paper'> & { paper: string | null },
  held: HeldEmployment,
): string[] {
  const papers = ['insuranceEvidence', 'establishmentEvidence', 'retirementEvidence'] as const;
  const found: [string, boolean][] = [
    ['employmentKind', stated.kind !== held.kind],
    ['from', stated.from !== held.from],
    ['lastDay', stated.lastDay !== held.lastDay],
    // An end has a paper of its own; the contract stays the one under which the employment was entered.
    ['paper', stated.paper !== null && !held.papers.includes(stated.paper)],
    ...papers.map((key): [string, boolean] => [key, stated[key] !== null && stated[key] !== held[key]]),
  ];
  return found.filter(([, is]) => is).map(([key]) => key);
}

/** What is on file of the person once the line is registered. */
export interface ShownPerson {
  titleLevel: TitleLevel;
  titleEvidence: string | null;
  specialties: readonly Specialty[];
  specialtyEvidence: SpecialtyEvidence;
  assessmentExperience: string | null;
}

/** What the person lacks to count (domain.md 3.1, 9), in words; undefined when nothing is missing. A line is good without it. */
export function remarkOf(shown: ShownPerson, employment: StaffRow<never>['employment']): string | undefined {
  const { titleLevel, titleEvidence, specialties, specialtyEvidence, assessmentExperience } = shown;
  const papers: string[] = [];
  if (titleLevel === 'none' && specialties.length === 0) papers.push('职称或专业');
  if (titleLevel !== 'none' && titleEvidence === null) papers.push('职称证书');
  if (specialties.some((s) => !specialtyEvidence[s])) papers.push('专业材料');
  for (const need of missingEvidence(employment)) papers.push(need === 'retirement' ? '退休证明' : '社保或编制材料');
  const said: string[] = [];
  if (papers.length > 0) said.push(`未填${papers.join('、')}，登记后暂不计入条件`);
  if (assessmentExperience === null) said.push('未填绿色矿山评估经历，不能担任组长');
  return said.length > 0 ? said.join('；') : undefined;
}
