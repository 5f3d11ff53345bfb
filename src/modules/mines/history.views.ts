import type { Actor } from '../../kernel/call';
import type { Db, Reads } from '../../kernel/db/database';
import { momentOf } from '../../kernel/db/moment';
import {
  createRecordHistory,
  historyEntries,
  strandOf,
  type RecordHistory,
  type Recorders,
  type Strand,
} from '../../kernel/db/record-history';
import { labelsOf, type HistoryQuery } from '../../kernel/http/history-routes';
import type { Instant } from '../../kernel/pure/time';
import { amendMine, type MineHistory } from './mines.contract';
import { contactsOf, MineContact, type ContactSight } from './contacts.store';
import { MineListEntry } from './lists.store';
import { MineLicence, MineVersion } from './mines.store';
import { shownVersion } from './mines.views';

type SightOf = (on: Reads, reader: Actor) => Promise<ContactSight>;

const licences = strandOf(MineLicence, (mineId) => ({ mineId }), {
  list: { field: 'licences', label: '采矿许可证' },
  labels: { number: '采矿许可证号', issuer: '发证机关', areaSquareMetres: '矿区面积' },
  shown: ({ number, issuer, areaSquareMetres }) => ({ number, issuer, areaSquareMetres }),
  keyOf: (l) => l.number,
});

const listEntries = strandOf(MineListEntry, (mineId) => ({ mineId }), {
  list: { field: 'listStatuses', label: '名录状态' },
  labels: {
    level: '名录级别',
    list: '名录',
    status: '状态',
    announcementNumber: '公告文号',
    announcedOn: '公告日期',
    correctBy: '整改期限',
  },
  shown: ({ level, list, status, announcementNumber, announcedOn, correctBy }) => ({
    level,
    list,
    status,
    announcementNumber,
    announcedOn,
    correctBy,
  }),
  keyOf: (e) => `${e.level}:${e.list}`,
});

/** Names and phones of contacts are told to those who may see them, to an operator those of its own time. */
const contacts = (sightOf: SightOf): Strand => ({
  list: { field: 'contacts', label: '联系人' },
  labels: { name: '姓名', role: '职务', phone: '联系电话' },
  rows: async (on, mineId, reader) => {
    const { plain, only } = await sightOf(on, reader);
    if (!plain) return [];
    const rows = await contactsOf(on, mineId, only, await on.m.findBy(MineContact, { mineId }));
    return rows.map((version) => {
      const { name, role, phone } = version;
      return { version, fields: { name, role, phone }, key: `${name}:${role}` };
    });
  },
});

export interface MineHistories extends RecordHistory {
  history(reader: Actor, id: string, asked: HistoryQuery): Promise<MineHistory>;
}

/** All that was ever recorded of a mine; `admit` throws for mines that were not to be seen at the instant. */
export function createMineHistories(
  db: Db,
  recorders: Recorders,
  admit: (reader: Actor, id: string, knownAt?: Instant) => Promise<unknown>,
  sightOf: SightOf,
): MineHistories {
  const { clock } = db.sources;
  const own = strandOf(MineVersion, (mineId) => ({ mineId }), {
    list: null,
    labels: { ...labelsOf(amendMine.shape), provinceCode: '省级行政区代码' },
    shown: shownVersion,
  });
  return {
    ...createRecordHistory(db, clock, recorders, { admit, strands: [own, licences, listEntries, contacts(sightOf)] }),
    history: async (reader, id, asked) => {
      const { knownAt } = momentOf(clock, asked);
      await admit(reader, id, knownAt);
      const at = { reader, knownAt, superseded: asked.superseded };
      const of = { entity: MineVersion, where: { mineId: id }, shown: shownVersion };
      return { id, entries: await historyEntries(db, recorders, at, of) };
    },
  };
}
