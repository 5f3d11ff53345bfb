import { insertMany } from '../../kernel/db/bulk';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { LATEST } from '../../kernel/db/moment';
import { postNames } from '../../kernel/db/name-index';
import type { Tx } from '../../kernel/db/transaction';
import { nameKey } from '../../kernel/pure/text';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { fillDetail } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
import {
  fieldFaults,
  target,
  unlike,
  type AnyTarget,
  type Beside,
  type ImportSetting,
  type Registered,
  type RowFault,
  type Values,
} from '../imports';
import { organisationGuard, type Organisations } from '../organisations';
import { mineColumns } from './mines.columns';
import { mineProblems, registerMine, type RegisterMine } from './mines.contract';
import { judgeDivision } from './lists.rules';
import { isSameMine, type KnownMine } from './mines.rules';
import { entriesOf, likeThese, Mine, minePlace, mineRegister, mineTexts, MineVersion } from './mines.store';

/** A mine as a sheet has it: its operator is named by credit code. */
type Row = RegisterMine & { operatorCode: string | null };

function judge(values: Values, setting: ImportSetting): { row: Row } | { faults: readonly RowFault[] } {
  const { operatorCode, ...fields } = values;
  const body = { ...fields, from: fields.from ?? setting.from, paper: fields.paper ?? setting.paper };
  const parsed = registerMine.safeParse(body);
  if (!parsed.success) return { faults: fieldFaults(parsed.error.issues) };
  const division = judgeDivision(parsed.data.province, parsed.data.divisionCode);
  if (!division.ok) {
    const { code, params } = division.refusal;
    return { faults: [{ key: 'divisionCode', reason: fillDetail(mineProblems[code]!.detail, params) }] };
  }
  return { row: { ...parsed.data, operatorCode: (operatorCode as string | null | undefined) ?? null } };
}

const compared = [
  'name',
  'provinceCode',
  'division',
  'divisionCode',
  'sizeClass',
  'minerals',
  'miningMethod',
  'operation',
  'licenceNumber',
  'operatorId',
  'list',
  'status',
  'note',
] as const;

const marksOf = (row: Row): Pick<KnownMine, 'nameKey' | 'provinceCode' | 'licenceNumber'> => ({
  nameKey: nameKey(row.name),
  provinceCode: row.province,
  licenceNumber: row.licenceNumber,
});

/** As the register keeps it. */
const fieldsOf = (row: Row, operatorId: string | null) => {
  const { from: _from, paper: _paper, province: provinceCode, operatorCode: _code, ...rest } = row;
  return { ...rest, provinceCode, operatorId };
};

type Marks = ReturnType<typeof marksOf>;

/** Under what a mine is looked for. */
const keysOf = ({ nameKey: name, licenceNumber }: Marks): string[] =>
  licenceNumber === null ? [name] : [name, licenceNumber];

/** A known or earlier mine that is this one, or bears its licence. */
const meets = (mine: Marks, known: Marks): boolean =>
  isSameMine(known, mine) || (mine.licenceNumber !== null && known.licenceNumber === mine.licenceNumber);

/** Mines from sheets, the whole register of a mine in one line. */
export function createMineImport({ clock, ids }: Sources, organisations: Organisations): AnyTarget {
  const operatorsOf = (on: Reads, rows: readonly Row[]): Promise<Map<string, { id: string }>> =>
    organisations.byCodes(on, [...new Set(rows.flatMap((r) => r.operatorCode ?? []))]);

  const compare = async (on: Reads, rows: readonly Row[], setting: ImportSetting): Promise<Beside[]> => {
    const operators = await operatorsOf(on, rows);
    const marks = rows.map(marksOf);
    const licences = marks.flatMap((m) => m.licenceNumber ?? []);
    const known = await likeThese(on, { nameKeys: marks.map((m) => m.nameKey), licences });
    const byKey = new Map<string, KnownMine[]>();
    for (const k of known) {
      for (const key of keysOf(k)) byKey.set(key, [...(byKey.get(key) ?? []), k]);
    }
    const held = await entriesOf(on, [...new Set(known.map((k) => k.mineId))], {
      asOf: setting.today,
      knownAt: LATEST,
    });
    const earlier = new Map<string, Marks[]>();
    return rows.map((row, i): Beside => {
      const mine = marks[i]!;
      const operator = row.operatorCode === null ? undefined : operators.get(row.operatorCode);
      if (row.operatorCode !== null && !operator) {
        return [{ key: 'operatorCode', reason: `代码 ${row.operatorCode} 尚未登记为组织；请先登记该矿山企业。` }];
      }
      const near = keysOf(mine);
      const present = near.flatMap((key) => byKey.get(key) ?? []).find((k) => meets(mine, k));
      if (present) return unlike(compared, fieldsOf(row, operator?.id ?? null), held.get(present.mineId), sheetColumns);
      // Rows of one chunk are written together: they must not meet one another either.
      const before = near.flatMap((key) => earlier.get(key) ?? []).some((m) => meets(mine, m));
      if (before) return [{ key: 'name', reason: '与前面的行是同一矿山，或采矿许可证号相同；请只保留一行。' }];
      for (const key of near) earlier.set(key, [...(earlier.get(key) ?? []), mine]);
      return 'new';
    });
  };

  const versionOf = (
    row: Row,
    mineId: string,
    operatorId: string | null,
    at: { now: Instant; by: string | null },
  ): MineVersion => ({
    id: ids.timed(),
    mineId,
    ...fieldsOf(row, operatorId),
    nameKey: nameKey(row.name),
    validFrom: row.from,
    validTo: null as LegalDate | null,
    recordedAt: at.now,
    supersededAt: null,
    recordedBy: at.by,
    paper: row.paper,
  });

  const write = async (tx: Tx, rows: readonly Row[], setting: ImportSetting): Promise<Registered[]> => {
    const operators = await operatorsOf(tx, rows);
    const now = clock.now();
    const mines = rows.map(() => ({ id: ids.timed(), importId: null, registeredAt: now, version: 1 }));
    const versions = rows.map((row, i) => {
      const operatorId = row.operatorCode === null ? null : operators.get(row.operatorCode)!.id;
      return versionOf(row, mines[i]!.id, operatorId, { now, by: setting.actor.accountId });
    });
    await insertMany(tx, Mine, mines);
    await insertMany(tx, MineVersion, versions);
    await postNames(
      tx,
      versions.map((v) => ({ ...minePlace(v.mineId), texts: mineTexts([v]) })),
    );
    return rows.map((content, i) => ({ id: mines[i]!.id, content }));
  };

  /** Whoever becomes an operator meets the doors that rest on his not being one. */
  const guards = async (on: Reads, rows: readonly Row[]): Promise<Subject[]> => [
    mineRegister,
    ...[...(await operatorsOf(on, rows)).values()].map((o) => organisationGuard(o.id)),
  ];

  return target<Row>({
    kind: 'mines',
    title: '矿山',
    permission: 'mine.register',
    personal: false,
    ofInstitution: false,
    columns: mineColumns,
    notes: [
      '五、矿山企业以统一社会信用代码填写，须先登记为组织。',
      '六、已登记的矿山不会因导入而改变；内容有变的，请在该记录上登记变更。',
    ],
    judge,
    keyOf: (row) => row.licenceNumber ?? `${row.province} ${nameKey(row.name)}`,
    compare,
    guards,
    write: (tx, _call, rows, setting) => write(tx, rows, setting),
  });
}

/** Columns under the names of the register's fields, to name those in which a row differs. */
const sheetColumns = mineColumns.map((c) => ({
  ...c,
  key: { province: 'provinceCode', operatorCode: 'operatorId' }[c.key] ?? c.key,
}));
