import { todayOf, LATEST } from '../../kernel/db/moment';
import type { Page, PageRequest } from '../../kernel/http/page';
import { mapPage } from '../../kernel/http/page';
import { legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { OpenHead } from '../audit-log';
import type { PublicPoolEntry } from '../commissions';
import type { OpenInstitution } from '../institutions';
import type { BorneName } from '../organisations';
import { barredOn, endOfBars, type BarDays, type PublicEntry } from '../sanctions';
import type { PublicReadiness } from '../screening';
import { judgeTyped, type CodeFault } from './look-up.rules';
import type { PublicSources } from './registers.port';

/** Where an institution stands by its published bars on a day. */
export interface Standing {
  state: 'free' | 'stayed' | 'barred';
  lastBarredDay: string | null;
  freeFrom: string | null;
  /** Barred, and from this day on stayed without end: no last day is known. */
  stayedFrom: string | null;
}

/** An entry of a register with the name of its authority. */
export interface Membership extends PublicPoolEntry {
  authorityName: string;
}

export interface ListedInstitution extends OpenInstitution {
  /** Entries begun by the day, the latest first. */
  memberships: Membership[];
  standing: Standing;
}

export interface InstitutionRecord extends ListedInstitution {
  asOf: LegalDate;
  /** False where nothing is on record for the day. */
  onRecord: boolean;
  /** Every name borne up to the day, the present one last. */
  names: readonly BorneName[];
  successors: readonly { uscc: string; name: string; from: string }[];
  predecessors: readonly { uscc: string; name: string; from: string }[];
  verdict: 'fit' | 'not-fit' | 'needs-person';
  bars: PublicEntry[];
  /** Entries of the log up to the day, the latest first. */
  logged: OpenHead[];
  /** Undefined where it was in no register on the day. */
  readiness?: PublicReadiness;
  /** Whose rules were asked, and whose could be. */
  authority?: string;
  authorities: readonly { code: string; name: string }[];
}

export interface Found {
  institutions: Page<ListedInstitution>;
  bars: Page<PublicEntry>;
  code?: CodeFault & { likely: OpenInstitution[] };
}

type Dated = Pick<PublicEntry, 'servedOn' | 'lastBarredDay' | 'stays' | 'annulledFrom'>;

/** What of an entry says when it holds. */
export const daysOf = (e: Dated): BarDays => ({
  start: legalDate(e.servedOn),
  lastBarredDay: legalDate(e.lastBarredDay),
  stays: e.stays,
  annulledFrom: e.annulledFrom,
});

/** The union of the bars: each decision is its own interval. */
export function standingOn(entries: readonly (Dated & Pick<PublicEntry, 'state'>)[], day: LegalDate): Standing {
  const bars = entries.map(daysOf);
  if (barredOn(bars, day).length > 0) return { state: 'barred', ...endOfBars(bars, day) };
  const isStayed = entries.some((e) => e.state === 'stayed');
  return { state: isStayed ? 'stayed' : 'free', lastBarredDay: null, freeFrom: null, stayedFrom: null };
}

export const isMember = (m: PublicPoolEntry, day: LegalDate): boolean =>
  m.admittedOn <= day && (m.endedOn === null || m.endedOn > day);

/** What of the log is shown beside a public record. */
export const loggedTypes = [
  'institution.registered',
  'pool-entry.admitted',
  'pool-entry.removed',
  'pool-entry.withdrawn',
  'bar.imposed',
  'bar.published',
] as const;
export type LoggedType = (typeof loggedTypes)[number];
const LOGGED = 50;

/** So many entries of the blacklist stand beside the institutions of a search. */
const BARS_BESIDE = 10;

/** What everybody may look up. Of persons there is only what a publicity decision made public. */
export function createLookUp(sources: PublicSources) {
  const { db, bars, pool, institutions, organisations, screening } = sources;
  const { clock } = db.sources;

  async function named(entries: readonly PublicPoolEntry[]): Promise<Membership[]> {
    const names = new Map<string | null, string>();
    for (const id of new Set(entries.map((e) => e.authorityId))) {
      names.set(id, (await sources.authorityOf(db, id)).name);
    }
    return entries.map((e) => ({ ...e, authorityName: names.get(e.authorityId)! }));
  }

  /** Adds where they stand on the day. */
  async function listed(found: readonly OpenInstitution[], asOf: LegalDate): Promise<ListedInstitution[]> {
    const ids = found.map((i) => i.id);
    const entries = await named(await pool.ofInstitutions(ids, asOf));
    const barred = await bars.ofInstitutions(db, ids, asOf);
    return found.map((i) => ({
      ...i,
      memberships: entries.filter((e) => e.institutionId === i.id),
      standing: standingOn(barred.get(i.id) ?? [], asOf),
    }));
  }

  /** Which of the codes that were likely meant are on record. */
  async function likely(fault: CodeFault): Promise<OpenInstitution[]> {
    const bodies = await organisations.byCodes(db, fault.candidates);
    return institutions.ofOrganisations(
      [...bodies.values()].map((b) => b.id),
      todayOf(clock),
    );
  }

  async function search(request: PageRequest & { q: string }): Promise<Found> {
    const today = todayOf(clock);
    const page = await institutions.search(request, today);
    const dressed = await listed(page.items, today.asOf);
    const fault = judgeTyped(request.q);
    return {
      institutions: { ...page, items: dressed },
      bars: await bars.list({ q: request.q, state: 'all', asOf: today.asOf, limit: BARS_BESIDE }),
      ...(fault ? { code: { ...fault, likely: await likely(fault) } } : {}),
    };
  }

  /** Who stands in a register on the day; one that stands in two comes twice. */
  async function members(
    asOf: LegalDate,
    request: PageRequest,
  ): Promise<Page<{ entry: Membership; institution: ListedInstitution }>> {
    const page = await pool.membersOn(asOf, request);
    const ids = [...new Set(page.items.map((e) => e.institutionId))];
    const found = await institutions.at(ids, { asOf, knownAt: LATEST });
    const barred = await bars.ofInstitutions(db, ids, asOf);
    const items = await named(page.items);
    return mapPage({ ...page, items }, (entry) => ({
      entry,
      institution: {
        ...found.get(entry.institutionId)!,
        memberships: [entry],
        standing: standingOn(barred.get(entry.institutionId) ?? [], asOf),
      },
    }));
  }

  async function loggedBy(about: Parameters<typeof sources.logged>[1], asOf: LegalDate): Promise<OpenHead[]> {
    const found = await sources.logged(db, about, loggedTypes, LOGGED);
    return found.filter((entry) => legalDateOf(entry.at) <= asOf);
  }

  /** Whose register it stands in on the day; the installation's own authority first. */
  async function authoritiesOf(memberships: readonly Membership[], asOf: LegalDate) {
    const own = await sources.ownAuthority(db);
    const among = memberships.filter((m) => isMember(m, asOf));
    among.sort((a, b) => Number(b.authority === own?.code) - Number(a.authority === own?.code));
    return [...new Map(among.map((m) => [m.authority, m.authorityName]))].map(([code, name]) => ({ code, name }));
  }

  /** The assessor with this present or former code; undefined if there is none. */
  async function institution(
    uscc: string,
    asked: { asOf: LegalDate; authority?: string },
  ): Promise<InstitutionRecord | undefined> {
    const { asOf } = asked;
    const body = await organisations.byCode(db, uscc);
    const [open] = body ? await institutions.ofOrganisations([body.id], { asOf, knownAt: LATEST }) : [];
    if (!body || !open) return undefined;
    const [record] = await listed([open], asOf);
    const own = (await bars.ofInstitutions(db, [open.id], asOf)).get(open.id) ?? [];
    const { record: now, successors, predecessors } = await organisations.read(body.id, { asOf });
    const authorities = await authoritiesOf(record!.memberships, asOf);
    const authority = (authorities.find((a) => a.code === asked.authority) ?? authorities[0])?.code;
    return {
      ...record!,
      asOf,
      onRecord: now !== null,
      names: await institutions.namesOf(open, { asOf, knownAt: LATEST }),
      ...{ successors, predecessors, authorities, authority },
      verdict: (await screening.screenInstitution(open.uscc, asOf)).verdict,
      bars: own,
      logged: await loggedBy({ subject: `institution:${open.uscc}` }, asOf),
      readiness: authority === undefined ? undefined : await screening.publicReadiness(open.id, authority, asOf),
    };
  }

  /** A decision's entries in the log, where it is public. */
  const loggedOfBar = (id: string, asOf: LegalDate): Promise<OpenHead[]> => loggedBy({ recordId: id }, asOf);

  return { search, members, institution, blacklist: bars.list, entry: bars.find, loggedOfBar };
}

export type LookUp = ReturnType<typeof createLookUp>;
