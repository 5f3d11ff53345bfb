import type { ReadinessFacts, StaffFact } from './facts';

export const isSenior = (level: string): boolean => level === 'full-senior' || level === 'deputy-senior';
export const isMediumOrAbove = (level: string): boolean => isSenior(level) || level === 'medium';

/** Specialties of the person for which something is on file. */
export const shownSpecialties = (s: StaffFact): string[] =>
  s.specialties.filter((code) => Boolean(s.specialtyEvidence[code]));

const titleShown = (s: StaffFact): boolean => s.titleLevel !== 'none' && Boolean(s.titleEvidence);

/** 专业技术人员 with evidence: a title, or a field of work, that something on file shows. */
const isProfessional = (s: StaffFact): boolean => titleShown(s) || shownSpecialties(s).length > 0;

type Lack = 'confirmation' | 'dispute' | 'employment-papers' | 'papers' | 'bar';

/** Why an employment does not count; undefined when it does (domain.md 9). */
function lacking(s: StaffFact): Lack | undefined {
  if (!s.confirmed) return 'confirmation';
  if (s.disputed) return 'dispute';
  if (s.barred) return 'bar';
  if (s.evidenceMissing.length > 0) return 'employment-papers';
  return isProfessional(s) ? undefined : 'papers';
}

const words: Record<Lack, string> = {
  confirmation: '待本人确认',
  dispute: '有异议待核实',
  'employment-papers': '缺聘用方式的证明材料',
  papers: '缺职称或专业的证明材料',
  bar: '在不再采信期间',
};

const cures: Record<Lack, string> = {
  confirmation: '待本人确认（本人账号确认，或登记签字确认单后由另一人核对）',
  dispute: '有异议待核实，由主管机关核查后认定',
  'employment-papers':
    '缺聘用方式的证明材料（全职须有社会保险或编制材料，退休返聘须有退休证明）：请作废该聘用登记（POST /api/v1/employments/{聘用编号}/void），附材料重新登记（POST /api/v1/employments），再由本人确认',
  papers:
    '缺职称或专业的证明材料：请在人员登记上补登（POST /api/v1/experts/{人员编号}/versions 的 titleEvidence、specialtyEvidence）',
  bar: '在不再采信期间，届满后计入',
};
const NAMED = 10;

/** People by public number, the first few of many. */
export function named(people: readonly Pick<StaffFact, 'expertId' | 'platformNumber'>[]): string {
  const numbers = [...new Set(people.map((s) => s.platformNumber ?? s.expertId))].sort();
  const more = numbers.length > NAMED ? ` 等 ${numbers.length} 人` : '';
  return `${numbers.slice(0, NAMED).join('、')}${more}`;
}

/** Who is registered and does not count, by public number, and what would make them count; '' if there is nobody. */
function waitingCure(others: ReadonlyMap<string, Lack>, staff: readonly StaffFact[]): string {
  const parts = (Object.keys(cures) as Lack[]).flatMap((why) => {
    const whose = staff.filter((s) => others.get(s.expertId) === why);
    return whose.length === 0 ? [] : [`${named(whose)} ${cures[why]}`];
  });
  return parts.length === 0 ? '' : `；已登记而暂不计入的：${parts.join('；')}`;
}

/** Those who count, each once; in words how many do not and why, and what would cure it. */
export function countStaff(f: Pick<ReadinessFacts, 'staff'>) {
  const counted = new Map<string, StaffFact>();
  for (const s of f.staff) if (lacking(s) === undefined && !counted.has(s.expertId)) counted.set(s.expertId, s);
  const others = new Map(f.staff.filter((s) => !counted.has(s.expertId)).map((s) => [s.expertId, lacking(s)!]));
  const reasons = (Object.keys(words) as Lack[])
    .map((why) => [why, [...others.values()].filter((w) => w === why).length] as const)
    .filter(([, n]) => n > 0)
    .map(([why, n]) => `${n} 人${words[why]}`);
  return {
    counted: [...counted.values()],
    apart: reasons.length > 0 ? `（另有 ${reasons.join('、')}）` : '',
    waiting: waitingCure(others, f.staff),
  };
}

/** Of those who count: senior by a title that something on file shows. */
export const seniorOf = (staff: readonly StaffFact[]): StaffFact[] =>
  staff.filter((s) => isSenior(s.titleLevel) && Boolean(s.titleEvidence));

/** Every employment that counts, also a second one of the same person. */
export const countingEmployments = (f: Pick<ReadinessFacts, 'staff'>): StaffFact[] =>
  f.staff.filter((s) => lacking(s) === undefined);
