import { In, IsNull, MoreThan } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { entriesOfType, type AuditNote, type Drift, type RowsAgainstLog } from '../audit-log';
import { Bar, BarStay } from './sanctions.store';

// Bars against the decisions in the log: start, last day, subject, and what was done to them since.

const PAGE = 500;

type Logged = Partial<Record<'imposed' | 'annulled' | 'published', AuditNote>> & {
  /** First days, and days after the last, of logged stays. */
  stayDays: Set<unknown>;
};

const acts: Record<string, 'imposed' | 'annulled' | 'published' | 'stayed'> = {
  'bar.imposed': 'imposed',
  'bar.imposed-on-person': 'imposed',
  'bar.annulled': 'annulled',
  'bar.published': 'published',
  'bar.stayed': 'stayed',
};

/** Decisions by the id of their bar; bars are some hundreds in a province. */
async function loggedBars(on: Reads): Promise<{ by: Map<string, Logged>; hasErased: boolean }> {
  const by = new Map<string, Logged>();
  let hasErased = false;
  for await (const entry of entriesOfType(on, Object.keys(acts))) {
    hasErased ||= entry.erased;
    const id = entry.fact('/bar');
    if (typeof id !== 'string') continue;
    const logged = by.get(id) ?? { stayDays: new Set() };
    const act = acts[entry.type]!;
    if (act === 'stayed') for (const path of ['/from', '/to']) logged.stayDays.add(entry.fact(path));
    else logged[act] ??= entry;
    by.set(id, logged);
  }
  return { by, hasErased };
}

const facts = {
  servedOn: 'start',
  lastBarredDay: 'last day',
  freeFrom: 'free from',
  code: 'subject',
  ground: 'ground',
  decisionNumber: 'decision',
  basis: 'basis',
  profile: 'profile',
} as const satisfies Partial<Record<keyof Bar, string>>;

/** What a bar says otherwise than its decision did, each with what was decided. */
function differences(bar: Bar, { imposed, annulled, published, stayDays }: Logged, stays: readonly BarStay[]) {
  const found: { what: string; expected: unknown; found: unknown }[] = [];
  for (const [name, what] of Object.entries(facts) as [keyof typeof facts, string][]) {
    const expected = imposed!.fact(`/${name}`);
    if (expected !== bar[name]) found.push({ what, expected, found: bar[name] });
  }
  const kind = imposed!.type === 'bar.imposed' ? 'institution' : 'person';
  if (bar.subjectKind !== kind) found.push({ what: 'kind of subject', expected: kind, found: bar.subjectKind });
  const from = annulled?.fact('/from') ?? null;
  if (bar.annulledFrom !== from) found.push({ what: 'annulled from', expected: from, found: bar.annulledFrom });
  const isPublic = kind === 'institution' || published !== undefined;
  if (bar.published !== isPublic) found.push({ what: 'published', expected: isPublic, found: bar.published });
  for (const { validFrom } of stays.filter((s) => !stayDays.has(s.validFrom)))
    found.push({ what: 'stayed from', expected: 'a logged stay', found: validFrom });
  if (stays.length === 0 && stayDays.size > 0) found.push({ what: 'stay', expected: 'a stay', found: 'none' });
  return found;
}

function driftsOf(bar: Bar, logged: Logged | undefined, stays: readonly BarStay[], hasErased: boolean): Drift[] {
  const place = `bar ${bar.id} (${bar.decisionNumber})`;
  if (!logged?.imposed) {
    // A decision whose facts were destroyed names its bar no more; a logged order says so at its position.
    const found = hasErased ? 'none that can still be read' : 'none';
    return [{ kind: 'bar-unlogged', where: place, expected: 'a logged decision', found }];
  }
  return differences(bar, logged, stays).map(({ what, expected, found }) => ({
    kind: 'bar-changed',
    where: `${place}: ${what}`,
    expected: String(expected),
    found: String(found),
  }));
}

async function compare(on: Reads): Promise<{ drifts: Drift[]; bars: number }> {
  const { by, hasErased } = await loggedBars(on);
  const drifts: Drift[] = [];
  let count = 0;
  for (let after = ''; ;) {
    const bars = await on.m.find(Bar, { where: { id: MoreThan(after) }, order: { id: 'ASC' }, take: PAGE });
    const where = { barId: In(bars.map((b) => b.id)), supersededAt: IsNull() };
    const stays = bars.length === 0 ? [] : await on.m.find(BarStay, { where });
    for (const bar of bars) {
      const logged = by.get(bar.id);
      by.delete(bar.id);
      const own = stays.filter((s) => s.barId === bar.id);
      drifts.push(...driftsOf(bar, logged, own, hasErased));
    }
    count += bars.length;
    if (bars.length < PAGE) break;
    after = bars.at(-1)!.id;
  }
  for (const [id, { imposed }] of by) {
    if (!imposed) continue;
    const expected = `bar ${id} (${String(imposed.fact('/decisionNumber'))})`;
    drifts.push({ kind: 'bar-missing', where: `entry ${imposed.id}`, expected, found: 'no row' });
  }
  return { drifts, bars: count };
}

/** For the self-audit: each bar has its logged decision and says what was decided, and each decision has its bar. */
export const barsAgainstLog: RowsAgainstLog = async (on, findings) => {
  const { drifts, bars } = await compare(on);
  findings.count('bars', bars);
  if (drifts.length === 0) return;
  // A decision that is being recorded may have been read half: what is wrong is so a second time.
  const again = new Set((await compare(on)).drifts.map((drift) => JSON.stringify(drift)));
  for (const drift of drifts) if (again.has(JSON.stringify(drift))) findings.add(drift);
};
