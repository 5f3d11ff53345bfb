import type { Db, Reads } from '../../kernel/db/database';
import { atMoment, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { LATEST, shownEntry, shownMoment, todayOf } from '../../kernel/db/moment';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
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

/** Mines in the order of their registration, as of today. */
export async function listMines(
  db: Db,
  request: PageRequest & { q?: string; province?: string },
): Promise<Page<MineItem>> {
  const [holds, day] = atMoment('v', todayOf(db.sources.clock));
  const query = db.m
    .createQueryBuilder(Mine, 'm')
    .leftJoinAndMapOne('m.now', MineVersion, 'v', `v.mineId = m.id AND ${holds}`, day)
    .where(...visibleMine('m', LATEST));
  if (request.province !== undefined) query.andWhere('v.provinceCode = :province', { province: request.province });
  if (request.q !== undefined) {
    query.andWhere(
      `EXISTS (SELECT 1 FROM mine_version fv WHERE fv.mine_id = m.id AND fv.superseded_at IS NULL
        AND (INSTR(fv.name_key, :key) > 0 OR INSTR(fv.licence_number, :licence) = 1))`,
      { key: nameKey(request.q), licence: normaliseTypedCode(request.q) },
    );
  }
  const page = await pageBy(query, { sort: 'm.id', id: 'm.id', keyOf: (m) => [m.id, m.id] }, request);
  const items = (page.items as (Mine & { now: MineVersion | null })[]).map(({ id, now }) => ({
    id,
    name: now?.name ?? null,
    province: now ? provinces[now.provinceCode]! : null,
    sizeClass: now?.sizeClass ?? null,
    licenceNumber: now?.licenceNumber ?? null,
    operatorId: now?.operatorId ?? null,
    list: now?.list ?? null,
    status: now?.status ?? null,
  }));
  return { ...page, items };
}
