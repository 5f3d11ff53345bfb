import type { Actor } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { todayOf } from '../../kernel/db/moment';
import type { Download } from '../../kernel/http/endpoint';
import { legalDateOf, parseInstant, type Instant, type LegalDate } from '../../kernel/pure/time';
import type { Cell, SheetColumn, TableFormat } from '../../kernel/tables';
import type { Experts } from '../experts';
import { staffColumns } from '../experts';
import { accountNameOf } from '../identity';
import { exportTable, listColumn, wordOf, type ExportFrame, type ImportColumn } from '../imports';
import { institutionColumns, type Institutions } from '../institutions';
import { mineColumns, type Mines } from '../mines';
import { organisationColumns, type Organisations } from '../organisations';
import type { PublicBar, SanctionViews } from '../sanctions';
import { beijingTime, roleWords } from './audit-trail.rules';
import type { AuditTrail, TrailAsked } from './audit-trail.service';

export interface ExportDeps {
  db: Db;
  organisations: Organisations;
  institutions: Institutions;
  experts: Experts;
  mines: Mines;
  views: Pick<SanctionViews, 'publicList'>;
  trail: Pick<AuditTrail, 'check' | 'list'>;
  /** The authority that stands above what is exported. */
  unit(): Promise<{ name: string }>;
}

interface Asked {
  format: TableFormat;
}

type Facts = Readonly<Record<string, unknown>>;

/** A field as people read it, under the word by which a sheet would be read back. */
function cellOf(column: ImportColumn, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((v) => wordOf(column, String(v))).join('、');
  if (typeof value === 'boolean' || typeof value === 'number') return value;
  return column.kind === 'choice' ? wordOf(column, value as string) : (value as string);
}

const cellsOf = (columns: readonly ImportColumn[], facts: Facts): Cell[] => columns.map((c) => cellOf(c, facts[c.key]));

/** Days and papers belong to entries, not to a list of what holds today. */
const shownColumns = (columns: readonly ImportColumn[]): ImportColumn[] =>
  columns.filter(({ key }) => !['from', 'paper'].includes(key));

/** Of people: nothing of their documents. */
const personColumns = staffColumns.filter(({ key }) =>
  ['name', 'titleLevel', 'titleName', 'specialties'].includes(key),
);
const employmentColumn = staffColumns.find(({ key }) => key === 'employmentKind')!;

/** Columns of the blacklist as a table, with their Chinese heads. */
export const barColumns: readonly [keyof PublicBar, string, width: number][] = [
  ['kind', '对象类别', 10],
  ['code', '统一社会信用代码或公开编号', 21],
  ['name', '名称', 22],
  ['ground', '事由', 20],
  ['decisionNumber', '决定文号', 20],
  ['authority', '决定机关', 18],
  ['basis', '依据', 22],
  ['servedOn', '送达日', 12],
  ['lastBarredDay', '届满日', 12],
  ['freeFrom', '可再次采信之日', 12],
  ['state', '状态', 14],
];

/** How kinds and states read there. */
export const barWords: Readonly<Record<string, string>> = {
  institution: '评估机构',
  person: '评估人员',
  barred: '不再采信期间内',
  stayed: '停止执行期间',
  ended: '已届满',
  annulled: '已撤销或变更',
};

/** Columns of the log as a table. */
const trailColumns: readonly SheetColumn[] = [
  { title: '时间（北京时间）', width: 20 },
  { title: '所为之事', width: 22 },
  { title: '经办人', width: 12 },
  { title: '用户名', width: 14 },
  { title: '岗位', width: 14 },
  { title: '被代办人', width: 12 },
  { title: '机关代码', width: 9 },
  { title: '公开的对象', width: 22 },
  { title: '记录类型', width: 20 },
  { title: '记录编号', width: 22 },
];

/** Lists as files: page by page through the functions of the list routes, so that filters and reach are theirs. */
export function createExports(deps: ExportDeps) {
  const { db, organisations, institutions, experts, mines } = deps;
  const { clock } = db.sources;

  const frame = async (actor: Actor, title: string): Promise<ExportFrame> => ({
    title,
    unit: (await deps.unit()).name,
    maker: (await accountNameOf(db, actor.accountId)) ?? '系统',
  });

  const each = async <T>(items: readonly T[], cells: (item: T) => Promise<Cell[]>): Promise<Cell[][]> => {
    const rows: Cell[][] = [];
    for (const item of items) rows.push(await cells(item));
    return rows;
  };

  const ofBodies = async (actor: Actor, asked: Asked & { q?: string }): Promise<Download> => {
    const columns = shownColumns(organisationColumns);
    return exportTable(asked.format, await frame(actor, '组织名录'), columns.map(listColumn), {
      clock,
      list: (cursor, limit) => organisations.list({ q: asked.q, cursor, limit }),
      cells: (items) =>
        each(items, async ({ id, uscc, name }) => {
          const facts = await organisations.at(db, id, todayOf(clock));
          return cellsOf(columns, { ...facts, uscc, name: facts?.name ?? name });
        }),
    });
  };

  const ofInstitutions = async (actor: Actor, asked: Asked & { q?: string }): Promise<Download> => {
    const columns = shownColumns(institutionColumns);
    const named: SheetColumn = { title: '名称', width: 22 };
    const [code, ...others] = columns.map(listColumn);
    const titles = [code!, named, ...others];
    return exportTable(asked.format, await frame(actor, '评估机构名录'), titles, {
      clock,
      list: (cursor, limit) => institutions.list(actor, { q: asked.q, cursor, limit }),
      cells: (items) =>
        each(items, async ({ id, uscc, name }) => {
          const facts = await institutions.at(db, id, todayOf(clock));
          const { kind, number, validTo } = facts?.legalPersonEvidence ?? {};
          const certificate = { certificateKind: kind, certificateNumber: number, certificateTo: validTo };
          const [shown, ...texts] = cellsOf(columns, { ...facts, ...certificate, uscc });
          return [shown!, name, ...texts];
        }),
    });
  };

  const ofExperts = async (actor: Actor, asked: Asked & { number?: string }): Promise<Download> => {
    const titles = [{ title: '公开编号', width: 16 }, ...personColumns.map(listColumn)];
    return exportTable(asked.format, await frame(actor, '评估人员名录'), titles, {
      clock,
      list: (cursor, limit) => experts.list(actor, { number: asked.number, cursor, limit }),
      cells: (items) =>
        each(items, async ({ id, platformNumber, name }) => {
          const facts = await experts.factsFor(actor, id);
          return [platformNumber, ...cellsOf(personColumns, { ...facts, name: facts?.name ?? name })];
        }),
    });
  };

  const ofStaff = async (
    actor: Actor,
    id: string,
    asked: Asked & { asOf?: LegalDate; knownAt?: Instant },
  ): Promise<Download> => {
    const { items } = await experts.staff(actor, id, asked);
    const titles = [{ title: '公开编号', width: 16 }, ...personColumns.map(listColumn), listColumn(employmentColumn)];
    const page = { items, next: null, previous: null, count: String(items.length) };
    const name = await institutions.nameAt(db, id, todayOf(clock));
    return exportTable(asked.format, await frame(actor, `${name}人员名单`), [...titles, { title: '本人已确认' }], {
      clock,
      list: async () => page,
      cells: async (members) =>
        members.map((m) => [
          m.platformNumber,
          ...cellsOf(personColumns, m),
          cellOf(employmentColumn, m.kind),
          m.confirmed ? '是' : '否',
        ]),
    });
  };

  const ofMines = async (actor: Actor, asked: Asked & { q?: string; province?: string }): Promise<Download> => {
    const columns = shownColumns(mineColumns);
    return exportTable(asked.format, await frame(actor, '矿山名录'), columns.map(listColumn), {
      clock,
      list: (cursor, limit) => mines.list(actor, { q: asked.q, province: asked.province, cursor, limit }),
      cells: (items) =>
        each(items, async ({ id }) => {
          const { record } = await mines.read(actor, id, {});
          const operator = record?.operatorId ? await organisations.load(db, record.operatorId) : undefined;
          return cellsOf(columns, { ...record, operatorCode: operator?.uscc });
        }),
    });
  };

  const ofBars = async (
    actor: Actor,
    asked: Asked & { state: 'current' | 'past' | 'all'; asOf?: LegalDate },
  ): Promise<Download> => {
    const asOf = asked.asOf ?? legalDateOf(clock.now());
    const titles = barColumns.map(([, title, width]) => ({ title, width }));
    const title = '黑名单（不再采信名单，依据自然资规〔2024〕1号第（十七）条）';
    return exportTable(asked.format, await frame(actor, title), titles, {
      clock,
      async list(cursor, limit) {
        const { items, next } = await deps.views.publicList({ state: asked.state, asOf, cursor, limit });
        return { items, next, previous: null, count: '' };
      },
      cells: async (bars) =>
        bars.map((bar) => barColumns.map(([key]) => barWords[String(bar[key])] ?? (bar[key] as Cell))),
    });
  };

  const ofTrail = async (actor: Actor, { format, ...asked }: Asked & Omit<TrailAsked, 'limit'>): Promise<Download> => {
    deps.trail.check(asked);
    return exportTable(format, await frame(actor, '操作日志'), trailColumns, {
      clock,
      list: (cursor, limit) => deps.trail.list(actor, { ...asked, cursor, limit }),
      cells: async (entries) =>
        entries.map((e) => [
          ...[beijingTime(parseInstant(e.at)), e.title, e.account?.name ?? null, e.account?.username ?? null],
          ...[roleWords[e.role] ?? e.role, e.represented?.name ?? null, e.authority],
          ...[e.subjects.join('、') || null, e.type, e.id],
        ]),
    });
  };

  return { ofBodies, ofInstitutions, ofExperts, ofStaff, ofMines, ofBars, ofTrail };
}

export type Exports = ReturnType<typeof createExports>;
