import type { LegalDate } from '../../kernel/pure/time';
import { say, saying, type Wording } from '../../kernel/pure/wording';
import type { SuccessionLinks } from '../organisations/lists.contract';
import type { Profile, ReadinessFacts, RuleResult } from '../policy';
import { judge } from '../policy/core/answers';
import { citationEn, profileTitleEn } from '../policy/core/citations';
import { basisHolds } from '../policy/core/profile';
import type { PublicBar } from '../sanctions/sanctions.contract';
import type { Verdict } from './screening.contract';

const citation = '自然资规〔2024〕1号第（十七）条';

/** One reason of a verdict, with what it rests on. */
export const reasonOf = (code: string, { zh, en }: Wording, rests: string | null): Verdict['reasons'][number] => ({
  code,
  text: zh,
  citation: rests,
  en: { text: en, citation: rests === null ? null : citationEn(rests) },
});

/** Facts in, verdict with reasons out. A bar that is stayed or over does not refuse, and is said. */
export function judgeBars(bars: readonly PublicBar[], known: boolean): Pick<Verdict, 'verdict' | 'reasons'> {
  const barred = bars.filter((b) => b.state === 'barred');
  const reasons = bars.map((b) => reasonOf(`bar-${b.state}`, textOf(b), b.basis));
  if (barred.length > 0) return { verdict: 'not-fit', reasons };
  if (!known) {
    const text = say(
      '本库没有该主体的记录，也没有对其不再采信的决定',
      'There is no record of this subject here, and no decision to bar it',
    );
    return { verdict: 'fit', reasons: [reasonOf('unknown-subject', text, null)] };
  }
  if (reasons.length === 0)
    reasons.push(reasonOf('no-bar', say('没有对其不再采信的决定', 'There is no decision to bar it'), citation));
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
  const add = (code: string, zh: string, en: string): void => void reasons.push(reasonOf(code, say(zh, en), null));
  if (present !== undefined && present !== asked) {
    add(
      'former-code',
      `所查代码为曾用代码，现行代码为${present}`,
      `The code asked about is a former one; the present code is ${present}`,
    );
  }
  for (const s of links?.successors ?? []) {
    add('succeeded', `自${s.from}起由${s.name}（${s.uscc}）承继`, `Succeeded by ${s.name} (${s.uscc}) from ${s.from}`);
  }
  const open = barsOfPredecessors.filter((b) => b.state === 'barred');
  for (const b of open) {
    add(
      'predecessor-barred',
      `其承继的${b.name}（${b.code}）在不再采信期间内（${b.decisionNumber}），需人工核实`,
      `${b.name} (${b.code}), which it succeeded, is barred (${b.decisionNumber}): a person must look into it`,
    );
  }
  return {
    ...verdict,
    verdict: verdict.verdict === 'fit' && open.length > 0 ? 'needs-person' : verdict.verdict,
    reasons,
  };
}

function textOf(b: PublicBar): Wording {
  const until = say(
    `，届满日${b.lastBarredDay}，可再次采信之日${b.freeFrom}`,
    `; last barred day ${b.lastBarredDay}, first free day ${b.freeFrom}`,
  );
  switch (b.state) {
    case 'barred':
      return saying`${say(`不再采信期间内（${b.decisionNumber}）`, `Barred (${b.decisionNumber})`)}${until}`;
    case 'stayed':
      return saying`${say(`停止执行期间（${b.decisionNumber}）`, `Bar stayed (${b.decisionNumber})`)}${until}`;
    case 'ended':
      return saying`${say(`已届满（${b.decisionNumber}）`, `Bar ended (${b.decisionNumber})`)}${until}`;
    case 'annulled':
      return say(`决定已撤销或变更（${b.decisionNumber}）`, `Decision annulled or changed (${b.decisionNumber})`);
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
        en: r.en && {
          ...r.en,
          measured: `on the day: ${r.en.measured}`,
          cure:
            r.en.cure === null
              ? null
              : `If it was so on that day (${day}) and was not recorded, it may be recorded as of that day: ${r.en.cure}`,
        },
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
export const publicMeasure = (measured: string): string =>
  measured.replace(/（(另有[^）]*)?）| \((also [^)]*)?\)/g, '');

/** Every condition's answer, met or not (circular article 8, annex 1; the profile says which are asked). */
export const judgeReadiness = (f: ReadinessFacts, profile: Profile): RuleResult[] => judge('readiness', f, profile);

/** Which version answered, and on what basis: of a day in the past the one that was in force then. */
export function versionShown(profile: Profile, day: LegalDate) {
  const { authority, title, since, basis, ended } = profile;
  const { number, effectiveFrom: from, validThrough: through } = basis;
  const lapsed = Object.values(ended).filter((r) => r.kind.scope === 'readiness');
  return {
    version: {
      authority,
      title,
      titleEn: profileTitleEn(title),
      since,
      basis: number,
      from,
      through,
      holds: basisHolds(profile, day),
    },
    lapsed: lapsed.map((r) => ({
      rule: r.kind.id,
      title: r.title,
      titleEn: r.kind.titleEn,
      number: r.number,
      through: r.validThrough!,
    })),
  };
}
