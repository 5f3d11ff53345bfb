import { IsNull } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { replaceEntries, type Moment } from '../../kernel/db/history';
import { momentOf, shownMoment, spanOf, todayOf } from '../../kernel/db/moment';
import { repostNames } from '../../kernel/db/name-index';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { unwrap } from '../../kernel/problem';
import type { ContactDeps } from './contacts.service';
import type { ImportDeps } from './imports.service';
import type { LicenceLine, LicencesReply, ListEntriesReply, ListLine } from './lists.contract';
import { judgeLicences, judgeListEntries } from './lists.rules';
import { MineListEntry, shownLicences, shownListEntries } from './lists.store';
import { judgeMarks } from './mines.rules';
import {
  findableTexts,
  likeThese,
  Mine,
  mineGuard,
  MineLicence,
  minePlace,
  mineRegister,
  MineVersion,
} from './mines.store';

interface Asked {
  asOf?: LegalDate;
  knownAt?: Instant;
}
interface List<L> {
  paper: string;
  items: readonly L[];
}

export interface MineLists {
  readLicences(actor: Actor, id: string, asked: Asked): Promise<LicencesReply>;
  putLicences(call: Call, id: string, version: number, list: List<LicenceLine>): Promise<LicencesReply>;
  readListEntries(actor: Actor, id: string, asked: Asked): Promise<ListEntriesReply>;
  putListEntries(call: Call, id: string, version: number, list: List<ListLine>): Promise<ListEntriesReply>;
}

/** Licences and standings of a mine: dated lists, each read and recorded whole. */
export function createMineLists(deps: ImportDeps & Pick<ContactDeps, 'loadFor'>): MineLists {
  const { db, command, audit, loadFor } = deps;
  const { clock, ids } = deps.sources;
  const stamp = () => ({ now: clock.now(), id: ids.timed });

  const head = (row: Mine, moment: Moment) => ({ mineId: row.id, version: row.version, ...shownMoment(clock, moment) });
  const licences = async (on: Reads, row: Mine, moment: Moment): Promise<LicencesReply> => ({
    ...head(row, moment),
    items: await shownLicences(on, row.id, moment),
  });
  const listEntries = async (on: Reads, row: Mine, moment: Moment): Promise<ListEntriesReply> => ({
    ...head(row, moment),
    items: await shownListEntries(on, row.id, moment),
  });

  const change = <R>(
    call: Call,
    id: string,
    version: number,
    work: (tx: Tx, row: Mine, entries: MineVersion[]) => Promise<R>,
  ): Promise<R> =>
    command(call, { subjects: () => [mineRegister, mineGuard(id)] }, async (tx) => {
      const row = await loadFor(tx, call.actor, id);
      expectVersion(row, version);
      await changeRecord(tx, Mine, row, {});
      const entries = await tx.m.find(MineVersion, {
        where: { mineId: id, supersededAt: IsNull() },
        order: { validFrom: 'ASC' },
      });
      return work(tx, row, entries);
    });

  /** A licence is one mine's on any day, whether the other mine names it in its record or in its list. */
  const mustBeFree = async (tx: Tx, id: string, entries: readonly MineVersion[], items: readonly LicenceLine[]) => {
    const numbers = items.map((i) => i.number);
    const known = (await likeThese(tx, { nameKeys: [], licences: numbers })).filter((k) => k.mineId !== id);
    const last = entries.at(-1)!;
    for (const line of items) {
      const { name, provinceCode, operatorId } = last;
      // Only the licence is in question here, not the name.
      const marks = { name, nameKey: '', provinceCode, operatorId, licenceNumber: line.number };
      unwrap(judgeMarks({ ...marks, ...spanOf(line) }, known));
    }
  };

  const putLicences: MineLists['putLicences'] = (call, id, version, { paper, items }) =>
    change(call, id, version, async (tx, row, entries) => {
      unwrap(judgeLicences(items));
      await mustBeFree(tx, id, entries, items);
      const before = await findableTexts(tx, id, entries);
      const lines = items.map(({ from, lastDay, number, issuer, areaSquareMetres }) => ({
        fields: { mineId: id, number, issuer, areaSquareMetres },
        ...spanOf({ from, lastDay }),
        by: call.actor.accountId,
        paper,
      }));
      await replaceEntries(tx, MineLicence, { mineId: id }, lines, stamp());
      await repostNames(tx, minePlace(id), before, await findableTexts(tx, id, entries));
      await audit.append(tx, call, { type: 'mine.licences-recorded', payload: { mineId: id, paper, items } });
      return licences(tx, row, todayOf(clock));
    });

  const putListEntries: MineLists['putListEntries'] = (call, id, version, { paper, items }) =>
    change(call, id, version, async (tx, row, entries) => {
      const recorded = entries.flatMap(({ list, status, validFrom }) =>
        status === null ? [] : [{ list, status, from: validFrom }],
      );
      unwrap(judgeListEntries(items, recorded));
      const lines = items.map(({ from, lastDay, level, list, status, announcementNumber, announcedOn, correctBy }) => ({
        fields: { mineId: id, level, list, status, announcementNumber, announcedOn, correctBy },
        ...spanOf({ from, lastDay }),
        by: call.actor.accountId,
        paper,
      }));
      await replaceEntries(tx, MineListEntry, { mineId: id }, lines, stamp());
      const payload = { mineId: id, paper, items };
      await audit.append(tx, call, { type: 'mine.list-entries-recorded', subjects: [`mine:${id}`], payload });
      return listEntries(tx, row, todayOf(clock));
    });

  return {
    readLicences: async (actor, id, asked) => {
      const moment = momentOf(clock, asked);
      return licences(db, await loadFor(db, actor, id), moment);
    },
    putLicences,
    readListEntries: async (actor, id, asked) => {
      const moment = momentOf(clock, asked);
      return listEntries(db, await loadFor(db, actor, id), moment);
    },
    putListEntries,
  };
}
