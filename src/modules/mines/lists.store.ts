import { Column, Entity, In, Index } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { atMoment, Version, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { lastDayOf, shownEntry } from '../../kernel/db/moment';
import { nameKey } from '../../kernel/pure/text';
import type { LegalDate } from '../../kernel/pure/time';
import type { Organisations } from '../organisations';
import type { ListLevel, ListStatus } from './fields.contract';
import type { LicencesReply, ListEntriesReply, MineSide } from './lists.contract';
import { correctByOf, operatorRuns } from './lists.rules';
import { MineLicence, MineVersion } from './mines.store';

/** How a mine stood in one list on the days of the entry. */
@Entity('mine_list_entry')
@Index('ix_mine_list_entry_of', ['mineId', 'validFrom'])
export class MineListEntry extends Version {
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  @Column(col.text(20)) level: ListLevel;
  @Column({ ...col.text(100), name: 'list_name' }) list: string;
  @Column(col.text(20)) status: ListStatus;
  @Column({ ...col.text(100, nullable), name: 'announcement_number' }) announcementNumber: string | null;
  @Column({ ...col.day(nullable), name: 'announced_on' }) announcedOn: LegalDate | null;
  @Column({ ...col.day(nullable), name: 'correct_by' }) correctBy: LegalDate | null;
}

const holdsOn = (v: Version, day: LegalDate): boolean => v.validFrom <= day && (v.validTo === null || v.validTo > day);

export const shownLicences = async (on: Reads, mineId: string, moment: Moment): Promise<LicencesReply['items']> =>
  (await versionsKnownAt(on, MineLicence, { mineId }, moment.knownAt)).map((l) => ({
    ...shownEntry(l),
    holds: holdsOn(l, moment.asOf),
    number: l.number,
    issuer: l.issuer,
    areaSquareMetres: l.areaSquareMetres,
  }));

const correctionOf = (e: MineListEntry, day: LegalDate) => {
  const correctBy = correctByOf(e);
  return { correctBy, correctionOverdue: correctBy !== null && holdsOn(e, day) && day > correctBy };
};

export const shownListEntries = async (on: Reads, mineId: string, moment: Moment): Promise<ListEntriesReply['items']> =>
  (await versionsKnownAt(on, MineListEntry, { mineId }, moment.knownAt)).map((e) => ({
    ...shownEntry(e),
    holds: holdsOn(e, moment.asOf),
    level: e.level,
    list: e.list,
    status: e.status,
    announcementNumber: e.announcementNumber,
    announcedOn: e.announcedOn,
    ...correctionOf(e, moment.asOf),
  }));

type Standing = MineSide['listStatuses'][number] & { from: LegalDate };

/** What an entry of the mine says of a list, unless a dated entry of that list says more. */
function recordedStanding(v: MineVersion | undefined, dated: readonly MineListEntry[]): Standing[] {
  if (v === undefined || v.status === null) return [];
  if (v.list !== null && dated.some((e) => nameKey(e.list) === nameKey(v.list!))) return [];
  const unsaid = {
    level: null,
    announcementNumber: null,
    announcedOn: null,
    correctBy: null,
    correctionOverdue: false,
  };
  return [{ ...unsaid, list: v.list, status: v.status, from: v.validFrom }];
}

/** The standings of mines in all lists at the moment, by mine; `present` are the entries that hold then. */
export async function standingsAt(
  on: Reads,
  present: readonly MineVersion[],
  mineIds: readonly string[],
  moment: Moment,
): Promise<Map<string, Standing[]>> {
  if (mineIds.length === 0) return new Map();
  const [condition, parameters] = atMoment('e', moment);
  const rows = await on.m
    .createQueryBuilder(MineListEntry, 'e')
    .where({ mineId: In([...mineIds]) })
    .andWhere(condition, parameters)
    .orderBy('e.validFrom')
    .addOrderBy('e.id')
    .getMany();
  return new Map(
    mineIds.map((id) => {
      const dated = rows.filter((e) => e.mineId === id);
      const shown = dated.map(({ level, list, status, validFrom, announcementNumber, announcedOn, ...e }) => ({
        level,
        list,
        status,
        from: validFrom,
        announcementNumber,
        announcedOn,
        ...correctionOf({ ...e, level, list, status, validFrom, announcementNumber, announcedOn }, moment.asOf),
      }));
      const v = present.find((p) => p.mineId === id);
      return [id, [...shown, ...recordedStanding(v, dated)]];
    }),
  );
}

/** Licences that hold at the moment: those of the dated list, and the one the record names if the list does not. */
export async function licencesAt(
  on: Reads,
  mineId: string,
  record: MineVersion | undefined,
  moment: Moment,
): Promise<MineSide['licences']> {
  const listed = (await shownLicences(on, mineId, moment)).filter((l) => l.holds);
  const held = listed.map(({ number, issuer, areaSquareMetres }) => ({ number, issuer, areaSquareMetres }));
  const named = record?.licenceNumber ?? null;
  if (named === null || held.some((l) => l.number === named)) return held;
  return [{ number: named, issuer: null, areaSquareMetres: null }, ...held];
}

/** Who operated the mine from when to when, as known at the moment. */
export async function operatorsOf(
  on: Reads,
  organisations: Organisations,
  entries: readonly MineVersion[],
  moment: Moment,
): Promise<MineSide['operators']> {
  const runs = operatorRuns(entries);
  const names = await organisations.namesAt(on, [...new Set(runs.map((r) => r.operatorId))], moment);
  return runs.map((r) => ({
    organisationId: r.operatorId,
    uscc: names.get(r.operatorId)!.uscc,
    name: names.get(r.operatorId)!.name,
    from: r.validFrom,
    lastDay: lastDayOf(r),
    present: r.validFrom <= moment.asOf && (r.validTo === null || r.validTo > moment.asOf),
  }));
}
