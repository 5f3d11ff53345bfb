import { In } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { atMoment, isRecorded, type Moment, recordVersion, versionsAt } from '../../kernel/db/history';
import { momentOf, spanOf, todayOf } from '../../kernel/db/moment';
import { repostNames } from '../../kernel/db/name-index';
import type { Recorders } from '../../kernel/db/record-history';
import { changeRecord, expectVersion, replyOf, type Unchanged, wholeEntry } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { say } from '../../kernel/pure/wording';
import { nameKey } from '../../kernel/pure/text';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import type { Scope } from '../identity';
import { organisationGuard } from '../organisations';
import { provinces } from './core/provinces';
import { mayCall } from './contacts.rules';
import type { ContactSight } from './contacts.store';
import { createMineContacts, type MineContacts } from './contacts.service';
import type { MiningMethod, Operation } from './fields.contract';
import { createMineLists, type MineLists } from './lists.service';
import { judgeDivision } from './lists.rules';
import { createMineHistories, type MineHistories } from './history.views';
import { createMineImports, type ImportDeps, type MineImports } from './imports.service';
import {
  mineContent,
  type AmendMine,
  type ListStatus,
  type MineEntry,
  type MineItem,
  type MineReply,
  type RegisterMine,
  type SizeClass,
} from './mines.contract';
import { judgeMarks } from './mines.rules';
import {
  findableTexts,
  findMine,
  likeThese,
  Mine,
  minePlace,
  mineRegister,
  MineVersion,
  operatedWithin,
  operatorsWithin,
  visibleMine,
} from './mines.store';
import { listMines, mainStandingAt, readMine } from './mines.views';

export interface MineDeps extends ImportDeps {
  recorders: Recorders;
  scope: Pick<Scope, 'isOfHouse' | 'requireHouse'>;
}

export interface MineRef {
  id: string;
}

/** What a mine was on a day. */
export interface MineFacts {
  name: string;
  provinceCode: string;
  province: string;
  division: string | null;
  sizeClass: SizeClass | null;
  divisionCode: string | null;
  minerals: string | null;
  miningMethod: MiningMethod | null;
  operation: Operation | null;
  licenceNumber: string | null;
  /** The organisation that holds the licence. */
  operatorId: string | null;
  list: string | null;
  status: ListStatus | null;
}

/** Front door of the register of mines. */
export interface Mines extends MineImports, MineLists, MineContacts, MineHistories {
  register(call: Call, body: RegisterMine): Promise<MineReply>;
  /** Throws `request.precondition-failed` unless the record still has the version that the caller read. */
  amend(call: Call, id: string, version: number, body: AmendMine): Promise<MineReply & Unchanged>;
  /** Operators' accounts see the mines that they operate today, and no others. */
  list(actor: Actor, request: PageRequest & { q?: string; province?: string }): Promise<Page<MineItem>>;
  read(actor: Actor, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<MineReply>;
  /** Throws Problem `request.not-found`; so also for mines of an import that is not visible. */
  load(on: Reads, id: string): Promise<MineRef>;
  /** What it was at the moment; undefined when no entry holds there. */
  at(on: Reads, id: string, moment: Moment): Promise<MineFacts | undefined>;
  /** What the mines are called at the moment, by their ids; those without an entry then are missing. */
  namesAt(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, string>>;
  /** Ids of the mines whose licence the organisation holds at the moment. */
  operatedBy(on: Reads, organisationId: string, moment: Moment): Promise<string[]>;
  isOperator(on: Reads, organisationId: string, moment: Moment): Promise<boolean>;
  /** Mines whose licence the organisation held on some day from `from` to `to`, both included, with their names then. */
  operatedWithin(
    on: Reads,
    organisationId: string,
    from: LegalDate,
    to: LegalDate,
  ): Promise<{ id: string; name: string }[]>;
  /** Organisations that held the mine's licence on some day from `from` to `to`, both included. */
  operatorsWithin(on: Reads, mineId: string, from: LegalDate, to: LegalDate): Promise<string[]>;
}

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('矿山', 'mine') });

const factsOf = (v: MineVersion, standing: Pick<MineFacts, 'list' | 'status'>): MineFacts => ({
  ...standing,
  name: v.name,
  provinceCode: v.provinceCode,
  province: provinces[v.provinceCode]!,
  division: v.division,
  sizeClass: v.sizeClass,
  divisionCode: v.divisionCode,
  minerals: v.minerals,
  miningMethod: v.miningMethod,
  operation: v.operation,
  licenceNumber: v.licenceNumber,
  operatorId: v.operatorId,
});

/** Accounts of operators work for one organisation and see its mines only. */
const ownOnly = (actor: Actor): { operatorId?: string } =>
  actor.role === 'mine' ? { operatorId: actor.organisationId ?? '' } : {};

/** Whoever becomes an operator meets the doors that rest on his not being one. */
const guardsOf = (body: { operatorId: string | null }): Subject[] => [
  mineRegister,
  ...(body.operatorId === null ? [] : [organisationGuard(body.operatorId)]),
];

/** The register of mines: which mine, whose, of which size, on which list. */
export function createMines(deps: MineDeps): Mines {
  const { db, command, audit, organisations } = deps;
  const { clock, ids } = deps.sources;

  const loadRow = async (on: Reads, id: string, knownAt?: Instant): Promise<Mine> => {
    const row = await findMine(on, id, knownAt);
    if (!row) throw notFound(id);
    return row;
  };

  const loadFor = async (on: Reads, actor: Actor, id: string, knownAt?: Instant): Promise<Mine> => {
    const row = await loadRow(on, id, knownAt);
    const { operatorId } = ownOnly(actor);
    if (operatorId === undefined) return row;
    const [now] = await versionsAt(on, MineVersion, { mineId: id }, todayOf(clock));
    if (now?.operatorId !== operatorId) throw notFound(id);
    return row;
  };

  /** Whoever may have to call a mine sees names and phones as they are, an operator those of its own time. */
  const sightOf = async (on: Reads, actor: Actor): Promise<ContactSight> => {
    const { operatorId } = ownOnly(actor);
    const plain = operatorId !== undefined || (mayCall(actor.role) && (await deps.scope.isOfHouse(on, actor)));
    return { plain, only: operatorId };
  };

  const checkOperator = async (tx: Tx, operatorId: string | null): Promise<void> => {
    if (operatorId === null) return;
    const known = await organisations.namesAt(tx, [operatorId], todayOf(clock));
    if (!known.has(operatorId)) throw new Problem('mine.operator-missing', { operatorId });
  };

  const record = async (
    tx: Tx,
    call: Call,
    id: string,
    body: MineEntry,
    event: { type: 'mine.registered' | 'mine.amended'; subjects?: string[] },
  ): Promise<boolean> => {
    const { from, lastDay, paper, province: provinceCode, ...rest } = body;
    unwrap(judgeDivision(provinceCode, rest.divisionCode));
    await checkOperator(tx, rest.operatorId);
    const fields = { mineId: id, provinceCode, ...rest, nameKey: nameKey(rest.name) };
    const span = spanOf({ from, lastDay });
    const licences = rest.licenceNumber === null ? [] : [rest.licenceNumber];
    const known = await likeThese(tx, { nameKeys: [fields.nameKey], licences });
    unwrap(
      judgeMarks(
        { ...fields, ...span },
        known.filter((k) => k.mineId !== id),
      ),
    );
    const recording = { ...span, by: call.actor.accountId, paper };
    if (await isRecorded(tx, MineVersion, { mineId: id }, fields, recording)) return false;
    const stamp = { now: clock.now(), id: ids.timed };
    const change = await recordVersion(tx, MineVersion, { mineId: id }, fields, recording, stamp);
    const found = [await findableTexts(tx, id, change.before), await findableTexts(tx, id, change.after)] as const;
    await repostNames(tx, minePlace(id), ...found);
    const payload = { mineId: id, from, lastDay, paper, provinceCode, ...rest };
    await audit.append(tx, call, { ...event, payload });
    return true;
  };

  const register: Mines['register'] = (call, body) =>
    command(call, { subjects: () => guardsOf(body) }, async (tx) => {
      const row = { id: ids.timed(), importId: null, registeredAt: clock.now(), version: 1 };
      await tx.m.insert(Mine, row);
      const event = { type: 'mine.registered' as const, subjects: [`mine:${row.id}`] };
      await record(tx, call, row.id, { ...body, lastDay: null }, event);
      return readMine(tx, clock, organisations, row, todayOf(clock));
    });

  const entryOf = async (on: Reads, id: string, { from, lastDay, paper, ...said }: AmendMine): Promise<MineEntry> => {
    const [v] = await versionsAt(on, MineVersion, { mineId: id }, { ...todayOf(clock), asOf: from });
    return { from, lastDay, paper, ...wholeEntry(mineContent, said, v && { ...v, province: v.provinceCode }) };
  };

  // The operator that is left out may become one again of later days, so that one is guarded too.
  const operatorMeant = async (id: string, body: AmendMine): Promise<{ operatorId: string | null }> => {
    if (body.operatorId !== undefined) return { operatorId: body.operatorId };
    const [v] = await versionsAt(db, MineVersion, { mineId: id }, { ...todayOf(clock), asOf: body.from });
    return { operatorId: v?.operatorId ?? null };
  };

  const amend: Mines['amend'] = (call, id, version, body) =>
    command(call, { subjects: async () => guardsOf(await operatorMeant(id, body)) }, async (tx) => {
      const row = await loadRow(tx, id);
      expectVersion(row, version);
      const entry = await entryOf(tx, id, body);
      requireGuarded(tx, guardsOf(entry));
      const changed = await record(tx, call, id, entry, { type: 'mine.amended' });
      if (changed) await changeRecord(tx, Mine, row, {});
      const reply = await readMine(tx, clock, organisations, row, todayOf(clock));
      return replyOf(tx, reply, changed ? 'changed' : 'unchanged');
    });

  const operatedBy: Mines['operatedBy'] = async (on, organisationId, moment) => {
    const rows = await on.m
      .createQueryBuilder(MineVersion, 'v')
      .innerJoin(Mine, 'm', 'm.id = v.mineId')
      .where('v.operatorId = :organisationId', { organisationId })
      .andWhere(...atMoment('v', moment))
      .andWhere(...visibleMine('m', moment.knownAt))
      .orderBy('v.mineId')
      .getMany();
    return rows.map((v) => v.mineId);
  };

  return {
    register,
    amend,
    list: (actor, request) => listMines(db, { ...request, ...ownOnly(actor) }),
    read: async (actor, id, asked) => {
      const moment = momentOf(clock, asked);
      return readMine(db, clock, organisations, await loadFor(db, actor, id, moment.knownAt), moment);
    },
    ...createMineHistories(db, deps.recorders, (reader, id, knownAt) => loadFor(db, reader, id, knownAt), sightOf),
    ...createMineImports(deps),
    ...createMineLists({ ...deps, loadFor }),
    ...createMineContacts({ ...deps, loadFor, sightOf }),
    load: async (on, id) => ({ id: (await loadRow(on, id)).id }),
    at: async (on, id, moment) => {
      if (!(await findMine(on, id, moment.knownAt))) return undefined;
      const [v] = await versionsAt(on, MineVersion, { mineId: id }, moment);
      return v && factsOf(v, await mainStandingAt(on, v, moment));
    },
    namesAt: async (on, ids, moment) => {
      const found = ids.length === 0 ? [] : await versionsAt(on, MineVersion, { mineId: In([...ids]) }, moment);
      return new Map(found.map((v) => [v.mineId, v.name]));
    },
    operatedBy,
    isOperator: async (on, organisationId, moment) => (await operatedBy(on, organisationId, moment)).length > 0,
    operatedWithin,
    operatorsWithin,
  };
}
