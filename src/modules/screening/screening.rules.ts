import { nameSpecialties } from '../experts/fields.contract';
import type { SuccessionLinks } from '../organisations/lists.contract';
import type { Profile, RuleResult } from '../policy';
import { ruleAnswer } from '../policy/core/answers';
import type { PublicBar } from '../sanctions/sanctions.contract';
import type { Verdict } from './screening.contract';

const citation = '自然资规〔2024〕1号第（十七）条';

/** Facts in, verdict with reasons out. A bar that is stayed or over does not refuse, and is said. */
export function judgeBars(bars: readonly PublicBar[], known: boolean): Pick<Verdict, 'verdict' | 'reasons'> {
  const barred = bars.filter((b) => b.state === 'barred');
  const reasons: Verdict['reasons'] = bars.map((b) => ({ code: `bar-${b.state}`, text: textOf(b), citation: b.basis }));
  if (barred.length > 0) return { verdict: 'not-fit', reasons };
  if (!known) {
    return {
      verdict: 'fit',
      reasons: [{ code: 'unknown-subject', text: '本库没有该主体的记录，也没有对其不再采信的决定', citation: null }],
    };
  }
  if (reasons.length === 0) reasons.push({ code: 'no-bar', text: '没有对其不再采信的决定', citation });
  return { verdict: 'fit', reasons };
}

/** What is known of the body behind the code that was asked about. */
export interface BodyLinks {
  asked: string;
  present: string | undefined;
  links: SuccessionLinks | undefined;
  barsOfPredecessors: readonly PublicBar[];
}

/**
 * Adds what former codes and mergers say. A bar of a body that this one took over is no bar of this one; it means that a
 * person must look (domain.md 9: a rebirth signal never refuses by itself).
 */
export function withLinks(verdict: Verdict, { asked, present, links, barsOfPredecessors }: BodyLinks): Verdict {
  const reasons = [...verdict.reasons];
  const say = (code: string, text: string): void => void reasons.push({ code, text, citation: null });
  if (present !== undefined && present !== asked) say('former-code', `所查代码为曾用代码，现行代码为${present}`);
  for (const s of links?.successors ?? []) say('succeeded', `自${s.from}起由${s.name}（${s.uscc}）承继`);
  const open = barsOfPredecessors.filter((b) => b.state === 'barred');
  for (const b of open) {
    say('predecessor-barred', `其承继的${b.name}（${b.code}）在不再采信期间内（${b.decisionNumber}），需人工核实`);
  }
  return {
    ...verdict,
    verdict: verdict.verdict === 'fit' && open.length > 0 ? 'needs-person' : verdict.verdict,
    reasons,
  };
}

function textOf(b: PublicBar): string {
  const until = `届满日${b.lastBarredDay}，可再次采信之日${b.freeFrom}`;
  switch (b.state) {
    case 'barred':
      return `不再采信期间内（${b.decisionNumber}），${until}`;
    case 'stayed':
      return `停止执行期间（${b.decisionNumber}），${until}`;
    case 'ended':
      return `已届满（${b.decisionNumber}），${until}`;
    case 'annulled':
      return `决定已撤销或变更（${b.decisionNumber}）`;
  }
}

export interface StaffFact {
  expertId: string;
  kind: string;
  confirmed: boolean;
  titleLevel: string;
  specialties: readonly string[];
}

export interface ReadinessFacts {
  uscc: string;
  evidence: {
    legalPersonEvidence: unknown;
    experience: string | null;
    office: string | null;
    managementRules: string | null;
    stableWork: string | null;
    manualDecision: string | null;
  };
  staff: readonly StaffFact[];
  bars: number;
}

function staffRules(f: ReadinessFacts, profile: Profile): RuleResult[] {
  const { rules } = profile;
  // An employment counts once the person has confirmed it (domain 9); a person counts once.
  const counted = [...new Map(f.staff.filter((s) => s.confirmed).map((s) => [s.expertId, s])).values()];
  const waiting = f.staff.length - f.staff.filter((s) => s.confirmed).length;
  const senior = counted.filter((s) => s.titleLevel === 'full-senior' || s.titleLevel === 'deputy-senior').length;
  const { numerator, denominator } = rules['staff.senior-share'].value;
  const missing = rules['staff.specialties'].value.filter((s) => !counted.some((m) => m.specialties.includes(s)));
  const low = ['junior', 'none'];
  const leaders = new Set(
    f.staff.filter((s) => s.confirmed && s.kind === 'full-time' && !low.includes(s.titleLevel)).map((s) => s.expertId),
  ).size;
  const floor = rules['staff.floor'].value;
  return [
    ruleAnswer(profile, 'staff.floor', {
      required: `${floor} 人`,
      measured: `${counted.length} 人${waiting > 0 ? `（另有 ${waiting} 人待本人确认）` : ''}`,
      met: counted.length >= floor,
      cure: `还需 ${floor - counted.length} 名已确认聘用的专业技术人员`,
    }),
    ruleAnswer(profile, 'staff.senior-share', {
      required: `${numerator}/${denominator}`,
      measured: `${senior}/${counted.length}`,
      // As a ratio of whole numbers, never rounded: 30 % of 15 are 5 people.
      met: counted.length > 0 && senior * denominator >= numerator * counted.length,
      cure: '请增加具有高级职称（正高级、副高级）的人员',
    }),
    ruleAnswer(profile, 'staff.specialties', {
      required: '五个专业',
      measured: missing.length === 0 ? '齐全' : `缺 ${nameSpecialties(missing)}`,
      met: missing.length === 0,
      cure: '请补充所缺专业的人员',
    }),
    ruleAnswer(profile, 'staff.leader-candidates', {
      required: `${rules['staff.leader-candidates'].value} 人`,
      measured: `${leaders} 人`,
      met: leaders >= rules['staff.leader-candidates'].value,
      cure: '请登记至少一名中级及以上职称的全职人员',
    }),
  ];
}

/** Every condition's answer, met or not (circular article 8, annex 1). */
export function judgeReadiness(f: ReadinessFacts, profile: Profile): RuleResult[] {
  const kinds = profile.rules['institution.kind'].value;
  const kindMet = kinds.includes(f.uscc.slice(0, 2)) || f.evidence.manualDecision !== null;
  const onFile = (present: boolean): string => (present ? '已有材料' : '无材料');
  const evidence = (
    rule:
      | 'institution.legal-person'
      | 'institution.experience'
      | 'institution.office'
      | 'institution.management-rules'
      | 'institution.stable-work',
    value: unknown,
  ): RuleResult =>
    ruleAnswer(profile, rule, {
      required: '有材料证明',
      measured: onFile(Boolean(value)),
      met: Boolean(value),
      cure: '请补充证明材料',
    });
  return [
    ruleAnswer(profile, 'institution.kind', {
      required: `信用代码前两位为 ${kinds.join('、')}`,
      measured: `${f.uscc.slice(0, 2)}${f.evidence.manualDecision !== null ? '（经人工认定）' : ''}`,
      met: kindMet,
      cure: '该类主体不能承担评估',
    }),
    evidence('institution.legal-person', f.evidence.legalPersonEvidence),
    evidence('institution.experience', f.evidence.experience),
    evidence('institution.office', f.evidence.office),
    evidence('institution.management-rules', f.evidence.managementRules),
    evidence('institution.stable-work', f.evidence.stableWork),
    ...staffRules(f, profile),
    ruleAnswer(profile, 'institution.bars', {
      required: '0 项',
      measured: `${f.bars} 项`,
      met: f.bars === 0,
      cure: '届满后方可再次采信',
    }),
  ];
}
