import type { FieldFault } from '../../kernel/problem';
import type { LegalDate } from '../../kernel/pure/time';
import { titleLevelOf, titleLevelWord } from './core/titles';
import {
  nameSpecialties,
  specialties,
  type Specialty,
  type SpecialtyProof,
  type TitleDetail,
  type TitleLevel,
} from './fields.contract';

export interface TypedFields {
  from: LegalDate;
  titleLevel: TitleLevel | null;
  titleName: string | null;
  titleEvidence: string | null;
  title: TitleDetail | null;
  specialties: readonly Specialty[];
  specialtyProofs: readonly SpecialtyProof[];
}

export interface JudgedFields {
  titleLevel: TitleLevel;
  specialties: Specialty[];
}

const fault = (pointer: string, detail: string): FieldFault => ({ in: 'body', pointer, detail });

/** The level that name and statement agree on, or what is wrong; pointers are those of the body. */
function judgeTitle(typed: TypedFields): TitleLevel | FieldFault[] {
  const { titleLevel, titleName, title } = typed;
  if (title?.from && title.from > typed.from) {
    return [
      fault('/title/from', `职称自 ${title.from} 取得，晚于本条起始日 ${typed.from}；请分两段登记，或调整起始日。`),
    ];
  }
  if (titleName === null) return titleLevel ?? 'none';
  const known = titleLevelOf(titleName);
  if (known === undefined) {
    const faults: FieldFault[] = [];
    if (titleLevel === null)
      faults.push(
        fault(
          '/titleLevel',
          `职称名称“${titleName}”不在对照表中；请核对证书，名称无误的须填写职称级别（正高级、副高级、中级、初级或无）。`,
        ),
      );
    if (typed.titleEvidence === null && !title?.fileId && !title?.certificateNumber)
      faults.push(
        fault('/titleEvidence', `职称名称“${titleName}”不在对照表中，须填写能证明级别的材料，例如职称证书编号。`),
      );
    return faults.length > 0 ? faults : titleLevel!;
  }
  if (titleLevel !== null && titleLevel !== known) {
    const said = `职称名称“${titleName}”为${titleLevelWord(known)}，所填级别为${titleLevelWord(titleLevel)}，两者不一致`;
    return [fault('/titleLevel', `${said}；请核对证书后改正名称或级别，或不填级别。`)];
  }
  return known;
}

/**
 * What a clerk typed on title and specialties: the level by the name (人社部发〔2019〕16号), a contradiction told with
 * both sides, specialties as the union of those listed and those proved.
 */
export function judgeFields(typed: TypedFields): { fields: JudgedFields; faults: FieldFault[] } {
  const judged = judgeTitle(typed);
  const faults = typeof judged === 'string' ? [] : [...judged];
  typed.specialtyProofs.forEach((p, i) => {
    const same = typed.specialtyProofs.findIndex((q) => q.specialty === p.specialty && q.from === p.from);
    if (same < i)
      faults.push(
        fault(`/specialtyProofs/${i}/specialty`, `${nameSpecialties([p.specialty])}专业同一期间只填一条材料。`),
      );
  });
  const claimed = new Set([...typed.specialties, ...typed.specialtyProofs.map((p) => p.specialty)]);
  const titleLevel = typeof judged === 'string' ? judged : 'none';
  return { fields: { titleLevel, specialties: specialties.filter((s) => claimed.has(s)) }, faults };
}

/** What is on record of a title. */
export interface TitleRecord {
  titleLevel: TitleLevel;
  titleName: string | null;
  titleEvidence: string | null;
  title: TitleDetail | null;
}

/** The title on a day: none after the last day of its certificate; evidence is a paper, a certificate number or a scan. */
export function titleOn(
  v: TitleRecord,
  day: LegalDate,
): Pick<TitleRecord, 'titleLevel' | 'titleName' | 'titleEvidence'> {
  const { title } = v;
  if (title?.lastDay && title.lastDay < day) return { titleLevel: 'none', titleName: null, titleEvidence: null };
  const number = title?.certificateNumber ? `证书编号 ${title.certificateNumber}` : null;
  const scan = title?.fileId ? `文件 ${title.fileId}` : null;
  return { titleLevel: v.titleLevel, titleName: v.titleName, titleEvidence: v.titleEvidence ?? number ?? scan };
}

/** What shows each specialty on the day; a specialty that is missing here has no evidence and does not count. */
export type SpecialtyEvidence = Partial<Record<Specialty, string>>;

/** Evidence by specialty: its own proof of the day, else the paper that covers all of them. */
export function specialtyEvidenceOn(
  v: {
    specialties: readonly Specialty[];
    specialtyEvidence: string | null;
    specialtyProofs: readonly SpecialtyProof[] | null;
  },
  day: LegalDate,
): SpecialtyEvidence {
  const evidence: SpecialtyEvidence = {};
  for (const s of v.specialties) {
    const own = (v.specialtyProofs ?? []).filter((p) => p.specialty === s);
    const holding = own.find((p) => (p.from === null || p.from <= day) && (p.lastDay === null || p.lastDay >= day));
    // A proof that has run out is not revived by the paper for all.
    const text = holding
      ? (holding.evidence ?? `文件 ${holding.fileId}`)
      : own.length === 0
        ? v.specialtyEvidence
        : null;
    if (text !== null) evidence[s] = text;
  }
  return evidence;
}
