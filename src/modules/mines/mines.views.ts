import { In, type SelectQueryBuilder } from 'typeorm';
import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { LATEST, shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageFound, type Condition, type NameList } from '../../kernel/db/name-index';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { Instant } from '../../kernel/pure/time';
import type { Clock } from '../../kernel/sources';
import { provinces } from './core/provinces';
import type { MineHistory, MineItem, MineReply } from './mines.contract';
import { Mine, MineVersion, visibleMine } from './mines.store';

const shown = (v: MineVersion): NonNullable<MineReply['record']> => ({
  ...shownEntry(v),
  name: v.name,
  provinceCode: v.provinceCode,
  province: provinces[v.provinceCode]!,
  division: v.division,
  sizeClass: v.sizeClass,
  minerals: v.minerals,
  licenceNumber: v.licenceNumber,
  operatorId: v.operatorId,
  list: v.list,
  status: v.status,
  note: v.note,
});

/** One mine as of the moment. */
export async function readMine(on: Reads, clock: Clock, row: Mine, moment: Moment): Promise<MineReply> {
  const [now] = await versionsAt(on, MineVersion, { mineId: row.id }, moment);
  return {
    id: row.id,
    version: row.version,
    importId: row.importId,
    ...shownMoment(clock, moment),
    record: now ? shown(now) : null,
  };
}

/** Every entry known at the instant, oldest day first. */
export const mineHistoryOf = async (on: Reads, id: string, knownAt: Instant): Promise<MineHistory> => ({
  id,
  entries: (await versionsKnownAt(on, MineVersion, { mineId: id }, knownAt)).map(shown),
});

const mineNames: NameList = {
  list: 'mine',
  holds: (place) => `(SELECT COUNT(*) FROM mine_version fv
    WHERE fv.mine_id = ${place} AND fv.superseded_at IS NULL AND INSTR(fv.name_key, :nameKey) > 0) > 0`,
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

async function pageOfMines(db: Db, request: PageRequest & { q?: string; province?: string }): Promise<Page<string>> {
  const { q, province } = request;
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
export async function listMines(
  db: Db,
  request: PageRequest & { q?: string; province?: string },
): Promise<Page<MineItem>> {
  const page = await pageOfMines(db, request);
  const rows =
    page.items.length === 0
      ? []
      : await entriesToday(db)
          .andWhere({ mineId: In(page.items) })
          .getMany();
  const present = new Map(rows.map((v) => [v.mineId, v]));
  return mapPage(page, (id) => {
    const now = present.get(id);
    return {
      id,
      name: now?.name ?? null,
      province: now ? provinces[now.provinceCode]! : null,
      sizeClass: now?.sizeClass ?? null,
      licenceNumber: now?.licenceNumber ?? null,
      operatorId: now?.operatorId ?? null,
      list: now?.list ?? null,
      status: now?.status ?? null,
    };
  });
}
