import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { atMoment, type Moment } from '../../kernel/db/history';
import { LATEST, todayOf } from '../../kernel/db/moment';
import type { LegalDate } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import { birthDayIn } from './core/birth-day';
import { ExpertIdentity, ExpertVersion } from './experts.store';
import type { Specialty, TitleLevel } from './fields.contract';
import { specialtyEvidenceOn, titleOn, type SpecialtyEvidence } from './titles.rules';
import { togetherAt, type Together } from './together';

/** What a person was on a day, with what shows it. */
export interface ExpertFacts {
  name: string;
  titleLevel: TitleLevel;
  titleName: string | null;
  /** Null when nothing on file shows the title. */
  titleEvidence: string | null;
  specialties: Specialty[];
  /** What shows each specialty on that day; one that is missing here does not count. */
  specialtyEvidence: SpecialtyEvidence;
  /** Years of work in the administration of mineral resources; null where unknown. */
  mineralAdminYears: number | null;
  /** Null where nobody has found out. */
  civilServant: boolean | null;
  assessmentExperience: string | null;
}

/** The facts of an entry on a day inside it. */
export function factsOfVersion(v: ExpertVersion, day: LegalDate): ExpertFacts {
  const { name, specialties, mineralAdminYears, civilServant, assessmentExperience } = v;
  return {
    name,
    ...titleOn(v, day),
    specialties,
    specialtyEvidence: specialtyEvidenceOn(v, day),
    mineralAdminYears,
    civilServant: civilServant === null ? null : Boolean(civilServant),
    assessmentExperience,
  };
}

/** Ids in one statement at most. */
const PART = 400;

async function inParts<T>(ids: readonly string[], read: (part: string[]) => Promise<T[]>): Promise<T[]> {
  const rows: T[] = [];
  for (let at = 0; at < ids.length; at += PART) rows.push(...(await read(ids.slice(at, at + PART))));
  return rows;
}

const allIds = (persons: Iterable<Together>): string[] => [...new Set([...persons].flatMap((p) => p.ids))];

/**
 * The entry that holds for each person at the moment, by the surviving id. Of several registrations of one person the
 * surviving one speaks first, then the others in order: they may have been on record earlier.
 */
export async function entriesOf(
  on: Reads,
  persons: readonly Together[],
  moment: Moment,
): Promise<Map<string, ExpertVersion>> {
  const rows = await inParts(allIds(persons), (part) =>
    on.m
      .createQueryBuilder(ExpertVersion, 'v')
      .where({ expertId: In(part) })
      .andWhere(...atMoment('v', moment))
      .getMany(),
  );
  const byId = new Map(rows.map((v) => [v.expertId, v]));
  const held = new Map<string, ExpertVersion>();
  for (const { survivor, ids } of persons) {
    const speaking = ids.map((id) => byId.get(id)).find((v) => v !== undefined);
    if (speaking) held.set(survivor, speaking);
  }
  return held;
}

/** Names of today, by the asked ids, whichever registration bears them; those of whom nothing holds are left out. */
export async function namesToday(on: Reads, clock: Clock, ids: readonly string[]): Promise<Map<string, string>> {
  const persons = await togetherAt(on, ids, LATEST);
  const entries = await entriesOf(on, [...persons.values()], todayOf(clock));
  const named = ids.flatMap((id): [string, string][] => {
    const entry = entries.get(persons.get(id)!.survivor);
    return entry ? [[id, entry.name]] : [];
  });
  return new Map(named);
}

/**
 * Days of birth by the surviving id, read from the sealed numbers; null where no document bears one, or where documents
 * contradict each other.
 */
export async function birthDaysOf(
  on: Reads,
  vault: Pick<Vault, 'open'>,
  persons: readonly Together[],
): Promise<Map<string, LegalDate | null>> {
  const rows = await inParts(allIds(persons), (part) => on.m.findBy(ExpertIdentity, { expertId: In(part) }));
  const days = new Map<string, LegalDate | null>();
  for (const { survivor, ids } of persons) {
    const own = rows.filter((r) => ids.includes(r.expertId) && r.withdrawnFor !== 'mistaken');
    const found = new Set(own.map((r) => birthDayOf(vault, r)).filter((day) => day !== null));
    days.set(survivor, found.size === 1 ? [...found][0]! : null);
  }
  return days;
}

function birthDayOf(vault: Pick<Vault, 'open'>, { kind, expertId, sealed }: ExpertIdentity): LegalDate | null {
  // A passport bears no day of birth: it need not be opened.
  if (kind === 'passport') return null;
  return birthDayIn(kind, vault.open('identity', expertId, sealed).toString('utf8'));
}
