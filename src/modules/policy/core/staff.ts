import { counted as number, say, sayEach, saying, sayList, sayNames, type Wording } from '../../../kernel/pure/wording';
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

const words: Record<Lack, Wording> = {
  confirmation: say('待本人确认', 'not yet confirmed by the person'),
  dispute: say('有异议待核实', 'objected to and under check'),
  'employment-papers': say('缺聘用方式的证明材料', 'without proof of the form of employment'),
  papers: say('缺职称或专业的证明材料', 'without proof of title or specialty'),
  bar: say('在不再采信期间', 'within a bar'),
};

const cures: Record<Lack, Wording> = {
  confirmation: say(
    '待本人确认（本人账号确认，或登记签字确认单后由另一人核对）',
    'not yet confirmed by the person (who confirms by account, or signs a form that is recorded and checked by somebody else)',
  ),
  dispute: say('有异议待核实，由主管机关核查后认定', 'objected to and under check: the authority will decide'),
  'employment-papers': say(
    '缺聘用方式的证明材料（全职须有社会保险或编制材料，退休返聘须有退休证明）：请作废该聘用登记（POST /api/v1/employments/{聘用编号}/void），附材料重新登记（POST /api/v1/employments），再由本人确认',
    'without proof of the form of employment (full-time: social insurance or establishment papers; retired and re-engaged: proof of retirement): void the employment record (POST /api/v1/employments/{employment id}/void), record it anew with the papers (POST /api/v1/employments), and let the person confirm it',
  ),
  papers: say(
    '缺职称或专业的证明材料：请在人员登记上补登（POST /api/v1/experts/{人员编号}/versions 的 titleEvidence、specialtyEvidence）',
    'without proof of title or specialty: add it to the record of the person (POST /api/v1/experts/{person id}/versions with titleEvidence, specialtyEvidence)',
  ),
  bar: say('在不再采信期间，届满后计入', 'within a bar: counts once it has ended'),
};
const NAMED = 10;
const NOTHING = say('');
const SPACE = say(' ', ': ');

export const people = (n: number): string => number(n, 'person', 'people');

/** So many people. */
export const sayPeople = (n: number): Wording => say(`${n} 人`, people(n));

/** People by public number, the first few of many. */
export function named(staff: readonly Pick<StaffFact, 'expertId' | 'platformNumber'>[]): Wording {
  const numbers = [...new Set(staff.map((s) => s.platformNumber ?? s.expertId))].sort();
  const n = numbers.length;
  const more = n > NAMED ? say(` 等 ${n} 人`, ` and others, ${n} people in all`) : NOTHING;
  return saying`${sayNames(numbers.slice(0, NAMED))}${more}`;
}

/** Who is registered and does not count, by public number, and what would make them count; empty if there is nobody. */
function waitingCure(others: ReadonlyMap<string, Lack>, staff: readonly StaffFact[]): Wording {
  const parts = (Object.keys(cures) as Lack[]).flatMap((why) => {
    const whose = staff.filter((s) => others.get(s.expertId) === why);
    return whose.length === 0 ? [] : [saying`${named(whose)}${SPACE}${cures[why]}`];
  });
  if (parts.length === 0) return NOTHING;
  return saying`${say('；已登记而暂不计入的：', '; recorded and not counted for now: ')}${sayEach(parts)}`;
}

/** Those who count, each once; in words how many do not and why, and what would cure it. */
export function countStaff(f: Pick<ReadinessFacts, 'staff'>) {
  const counted = new Map<string, StaffFact>();
  for (const s of f.staff) if (lacking(s) === undefined && !counted.has(s.expertId)) counted.set(s.expertId, s);
  const others = new Map(f.staff.filter((s) => !counted.has(s.expertId)).map((s) => [s.expertId, lacking(s)!]));
  const reasons = (Object.keys(words) as Lack[])
    .map((why) => [why, [...others.values()].filter((w) => w === why).length] as const)
    .filter(([, n]) => n > 0)
    .map(([why, n]) => saying`${say(`${n} 人`, `${n} `)}${words[why]}`);
  return {
    counted: [...counted.values()],
    apart: reasons.length > 0 ? saying`${say('（另有 ', ' (also ')}${sayList(reasons)}${say('）', ')')}` : NOTHING,
    waiting: waitingCure(others, f.staff),
  };
}

/** Of those who count: senior by a title that something on file shows. */
export const seniorOf = (staff: readonly StaffFact[]): StaffFact[] =>
  staff.filter((s) => isSenior(s.titleLevel) && Boolean(s.titleEvidence));

/** Every employment that counts, also a second one of the same person. */
export const countingEmployments = (f: Pick<ReadinessFacts, 'staff'>): StaffFact[] =>
  f.staff.filter((s) => lacking(s) === undefined);
