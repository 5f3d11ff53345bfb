import type { LegalDate } from '../../kernel/pure/time';
import { readTitleLevel } from './core/titles';
import type { EmploymentKind } from './employments.contract';

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
  if (lastDay && from && lastDay < from) faults.push({ key: 'lastDay', reason: '截止日早于起始日。' });
  const years = text('mineralAdminYears');
  if (years !== null && !/^\d{1,2}$/.test(years)) faults.push({ key: 'mineralAdminYears', reason: '应为整年数。' });
  // A level alone is often written where the name of the title belongs.
  const named = text('titleName');
  const level = named === null ? undefined : readTitleLevel(named);
  const stated = text('titleLevel');
  if (level !== undefined && stated !== null && stated !== level) {
    faults.push({ key: 'titleLevel', reason: '职称级别与“职称”一列所写级别不一致。' });
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
