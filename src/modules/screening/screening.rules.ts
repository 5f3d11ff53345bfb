import type { LegalDate } from '../../kernel/pure/time';
import type { SuccessionLinks } from '../organisations/lists.contract';
import type { Profile, ReadinessFacts, RuleResult } from '../policy';
import { judge } from '../policy/core/answers';
import { basisHolds } from '../policy/core/profile';
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

/** What was on another day is said as of that day, and cured only by entering what was so then. */
export const asOfDay = (rules: readonly RuleResult[], day: LegalDate, today: LegalDate): RuleResult[] =>
  day >= today
    ? [...rules]
    : rules.map((r) => ({
        ...r,
        measured: `当日${r.measured}`,
        cure: r.cure === null ? null : `当日（${day}）如已具备而未登记的，可按当日补登：${r.cure}`,
      }));

/** Facts without the numbers of papers: a lease or a title deed may be a person's. */
export const unnumbered = (f: ReadinessFacts): ReadinessFacts => ({
  ...f,
  documents: f.documents.map((d) => ({ ...d, number: null })),
  evidence: {
    ...f.evidence,
    legalPersonEvidence: f.evidence.legalPersonEvidence && { ...f.evidence.legalPersonEvidence, number: '' },
  },
});

/**
 * What was measured, without a word of those who do not count: that somebody of a small staff is barred or disputed tells
 * of a person, and nobody decided to publish that. A number left out leaves no empty brackets.
 */
export const publicMeasure = (measured: string): string => measured.replace(/（(另有[^）]*)?）/g, '');

/** Every condition's answer, met or not (circular article 8, annex 1; the profile says which are asked). */
export const judgeReadiness = (f: ReadinessFacts, profile: Profile): RuleResult[] => judge('readiness', f, profile);

/** Which version answered, and on what basis: of a day in the past the one that was in force then. */
export function versionShown(profile: Profile, day: LegalDate) {
  const { authority, title, since, basis, ended } = profile;
  const { number, effectiveFrom: from, validThrough: through } = basis;
  const lapsed = Object.values(ended).filter((r) => r.kind.scope === 'readiness');
  return {
    version: { authority, title, since, basis: number, from, through, holds: basisHolds(profile, day) },
    lapsed: lapsed.map((r) => ({ rule: r.kind.id, title: r.title, number: r.number, through: r.validThrough! })),
  };
}
