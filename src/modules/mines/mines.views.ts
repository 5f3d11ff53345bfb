import { In, type SelectQueryBuilder } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { LATEST, shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type Condition, type NameList } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { LegalDate } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import type { Organisations } from '../organisations';
import { provinces } from './core/provinces';
import { mineralsOf, type ListStatus } from './fields.contract';
import type { MineSide } from './lists.contract';
import { mainStanding } from './lists.rules';
import { licencesAt, operatorsOf, standingsAt } from './lists.store';
import type { MineItem, MineReply } from './mines.contract';
import { Mine, MineVersion, visibleMine } from './mines.store';

/** What reads show of an entry. */
export const shownVersion = (v: MineVersion): NonNullable<MineReply['record']> => ({
  ...shownEntry(v),
  name: v.name,
  provinceCode: v.provinceCode,
  province: provinces[v.provinceCode]!,
  division: v.division,
  divisionCode: v.divisionCode,
  sizeClass: v.sizeClass,
  minerals: v.minerals,
  mineralList: mineralsOf(v.minerals),
  miningMethod: v.miningMethod,
  operation: v.operation,
  licenceNumber: v.licenceNumber,
  operatorId: v.operatorId,
  list: v.list,
  status: v.status,
  note: v.note,
});

/** What stands where only one list has a place. */
const mainOf = (
  standings: readonly MineSide['listStatuses'][number][],
  named: string | null,
): { list: string | null; status: ListStatus | null } => {
  const main = mainStanding(standings as (MineSide['listStatuses'][number] & { from: LegalDate })[], named);
  return { list: main?.list ?? named, status: main?.status ?? null };
};

/** One mine as of the moment. */
export async function readMine(
  on: Reads,
  clock: Clock,
  organisations: Organisations,
  row: Mine,
  moment: Moment,
): Promise<MineReply> {
  const [now] = await versionsAt(on, MineVersion, { mineId: row.id }, moment);
  const entries = await versionsKnownAt(on, MineVersion, { mineId: row.id }, moment.knownAt);
  const listStatuses = (await standingsAt(on, now ? [now] : [], [row.id], moment)).get(row.id)!;
  return {
    id: row.id,
    version: row.version,
    importId: row.importId,
    ...shownMoment(clock, moment),
    record: now ? { ...shownVersion(now), ...mainOf(listStatuses, now.list) } : null,
    licences: await licencesAt(on, row.id, now, moment),
    operators: await operatorsOf(on, organisations, entries, moment),
    listStatuses,
  };
}

/** The list and the status of a mine at the moment, where only one list has a place. */
export async function mainStandingAt(
  on: Reads,
  v: MineVersion,
  moment: Moment,
): Promise<{ list: string | null; status: ListStatus | null }> {
  return mainOf((await standingsAt(on, [v], [v.mineId], moment)).get(v.mineId)!, v.list);
}

const mineNames: NameList = {
  list: 'mine',
};

function entriesToday(db: Db): SelectQueryBuilder<MineVersion> {
  return db.m.createQueryBuilder(MineVersion, 'v').where(...atMoment('v', todayOf(db.sources.clock)));
}

/** Is the mine at the place to be seen, and in the province if one is asked for? */
function shownHere(db: Db, province: string | undefined): (place: string) => Condition {
  const [seen, parameters] = visibleMine('fm', LATEST);
  const [holds, day] = atMoment('fp', todayOf(db.sources.clock));
  return (place) => {
    const visible = `(SELECT COUNT(*) FROM mine fm WHERE fm.id = ${place} AND ${seen}) > 0`;
    if (province === undefined) return [visible, parameters];
    const there = `(SELECT COUNT(*) FROM mine_version fp
      WHERE fp.mine_id = ${place} AND fp.province_code = :province AND ${holds}) > 0`;
    return [`${visible} AND ${there}`, { ...parameters, ...day, province }];
  };
}

export interface MinesAsked extends PageRequest {
  q?: string;
  province?: string;
  /** Only the mines that this organisation operates today. */
  operatorId?: string;
}

/** The mines of one operator: few, so they are looked through without the index of names. */
async function pageOfOperator(db: Db, { q, province, operatorId, ...request }: MinesAsked): Promise<Page<string>> {
  const [seen, parameters] = visibleMine('fm', LATEST);
  const own = entriesToday(db)
    .andWhere('v.operatorId = :operatorId', { operatorId })
    .andWhere(`EXISTS (SELECT 1 FROM mine fm WHERE fm.id = v.mineId AND ${seen})`, parameters);
  if (province !== undefined) own.andWhere('v.provinceCode = :province', { province });
  if (q !== undefined) {
    const sought = { key: nameKey(q), licence: normaliseTypedCode(q) };
    own.andWhere('(INSTR(v.nameKey, :key) > 0 OR INSTR(v.licenceNumber, :licence) = 1)', sought);
  }
  const page = await pageBy(own, { sort: 'v.mineId', id: 'v.mineId', keyOf: (v) => [v.mineId, v.mineId] }, request);
  return mapPage(page, (v) => v.mineId);
}

async function pageOfMines(db: Db, request: MinesAsked): Promise<Page<string>> {
  const { q, province } = request;
  if (request.operatorId !== undefined) return pageOfOperator(db, request);
  if (q !== undefined) {
    const where = shownHere(db, province);
    return pageFound(db, mineNames, { name: nameKey(q), code: normaliseTypedCode(q), where }, request);
  }
  if (province === undefined) {
    const all = db.m.createQueryBuilder(Mine, 'm').where(...visibleMine('m', LATEST));
    const page = await pageBy(all, { sort: 'm.id', id: 'm.id', keyOf: (m) => [m.id, m.id] }, request);
    return mapPage(page, (m) => m.id);
  }
  // Led by the entries of the province, whose index is in the order of the mines.
  const there = entriesToday(db).andWhere('v.provinceCode = :province', { province });
  const [seen, parameters] = visibleMine('fm', LATEST);
  there.andWhere(`(SELECT COUNT(*) FROM mine fm WHERE fm.id = v.mineId AND ${seen}) > 0`, parameters);
  const page = await pageBy(there, { sort: 'v.mineId', id: 'v.mineId', keyOf: (v) => [v.mineId, v.mineId] }, request);
  return mapPage(page, (v) => v.mineId);
}

/** Mines in the order of their registration, as of today. */
export async function listMines(db: Db, request: MinesAsked): Promise<Page<MineItem>> {
  const page = await pageOfMines(db, request);
  const rows =
    page.items.length === 0
      ? []
      : await entriesToday(db)
          .andWhere({ mineId: In(page.items) })
          .getMany();
  const present = new Map(rows.map((v) => [v.mineId, v]));
  const standings = await standingsAt(db, rows, page.items, todayOf(db.sources.clock));
  return mapPage(page, (id) => {
    const now = present.get(id);
    return {
      id,
      name: now?.name ?? null,
      province: now ? provinces[now.provinceCode]! : null,
      sizeClass: now?.sizeClass ?? null,
      licenceNumber: now?.licenceNumber ?? null,
      operatorId: now?.operatorId ?? null,
      ...mainOf(standings.get(id)!, now?.list ?? null),
    };
  });
}
