import { Column, Entity, In, Index, IsNull, type SelectQueryBuilder } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { Version, atMoment, type Moment } from '../../kernel/db/history';
import type { Listed } from '../../kernel/db/name-index';
import { LATEST } from '../../kernel/db/moment';
import type { FindableTexts } from '../../kernel/pure/grams';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import type { ListStatus, MiningMethod, Operation, SizeClass } from './fields.contract';
import type { KnownMine } from './mines.rules';

@Entity('mine')
@Index('ix_mine_import', ['importId'])
export class Mine {
  @Column(col.key(36)) id: string;
  /** The import that brought it; as long as that one is not visible, nor is the mine. */
  @Column({ ...col.text(36, nullable), name: 'import_id' }) importId: string | null;
  @Column({ ...col.at(), name: 'registered_at' }) registeredAt: number;
  @Column(col.int()) version: number;
}

@Entity('mine_version')
@Index('ix_mine_version_of', ['mineId', 'validFrom'])
@Index('ix_mine_version_name', ['nameKey', 'provinceCode'])
@Index('ix_mine_version_licence', ['licenceNumber'])
@Index('ix_mine_version_operator', ['operatorId'])
@Index('ix_mine_version_province', ['provinceCode'])
@Index('ix_mine_version_province_mine', ['provinceCode', 'mineId'])
export class MineVersion extends Version {
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  @Column(col.text(200)) name: string;
  @Column({ ...col.text(300), name: 'name_key' }) nameKey: string;
  @Column({ ...col.text(6), name: 'province_code' }) provinceCode: string;
  @Column(col.text(100, nullable)) division: string | null;
  @Column({ ...col.text(10, nullable), name: 'size_class' }) sizeClass: SizeClass | null;
  @Column({ ...col.text(6, nullable), name: 'division_code' }) divisionCode: string | null;
  @Column(col.text(200, nullable)) minerals: string | null;
  @Column({ ...col.text(20, nullable), name: 'mining_method' }) miningMethod: MiningMethod | null;
  @Column(col.text(20, nullable)) operation: Operation | null;
  @Column({ ...col.text(23, nullable), name: 'licence_number' }) licenceNumber: string | null;
  @Column({ ...col.text(36, nullable), name: 'operator_id' }) operatorId: string | null;
  @Column({ ...col.text(100, nullable), name: 'list_name' }) list: string | null;
  @Column({ ...col.text(20, nullable), name: 'list_status' }) status: ListStatus | null;
  @Column(col.text(500, nullable)) note: string | null;
}

/** One licence on the days on which it is valid. */
@Entity('mine_licence')
@Index('ix_mine_licence_of', ['mineId', 'validFrom'])
@Index('ix_mine_licence_number', ['number'])
export class MineLicence extends Version {
  @Column({ ...col.text(36), name: 'mine_id' }) mineId: string;
  @Column(col.text(23)) number: string;
  @Column(col.text(200, nullable)) issuer: string | null;
  @Column({ ...col.big(nullable), name: 'area_square_metres' }) areaSquareMetres: number | null;
}

/** A list that was, or is being, imported. Its one row switches all its mines visible. */
@Entity('mine_import')
@Index('ux_mine_import_file', ['fileSha256'], { unique: true })
export class MineImport {
  @Column(col.key(36)) id: string;
  @Column({ ...col.text(64), name: 'file_sha256' }) fileSha256: string;
  @Column({ ...col.text(200), name: 'file_name' }) fileName: string;
  /** Who is staging it now; another may take over once the lease has run out. */
  @Column(col.text(36)) token: string;
  @Column({ ...col.at(), name: 'lease_until' }) leaseUntil: number;
  @Column({ ...col.at(nullable), name: 'visible_at' }) visibleAt: number | null;
  @Column({ ...col.int(), name: 'read_count' }) read: number;
  @Column({ ...col.int(), name: 'added_count' }) added: number;
  @Column({ ...col.int(), name: 'skipped_count' }) skipped: number;
  @Column({ ...col.int(), name: 'blank_count' }) blank: number;
}

/** Acts on the register of mines are rare and each looks at all others' licences, so they take turns on one row. */
export const mineRegister: Subject = { kind: 'record', id: 'mine-register' };

/** Whoever changes what belongs to one mine, and rests a door on it. */
export const mineGuard = (id: string): Subject => ({ kind: 'record', id: `mine-${id}` });

export const minePlace = (id: string): Listed => ({ list: 'mine', place: id });

/** What a mine is found by, from the entries now believed: every name, and every licence by its beginning. */
export const mineTexts = (rows: readonly Pick<MineVersion, 'nameKey' | 'licenceNumber'>[]): FindableTexts => ({
  names: rows.map((v) => v.nameKey),
  codes: rows.flatMap((v) => (v.licenceNumber === null ? [] : [v.licenceNumber])),
});

/** What a mine is found by: what its entries say, and the licences of its list. */
export async function findableTexts(
  on: Reads,
  mineId: string,
  entries: readonly MineVersion[],
): Promise<FindableTexts> {
  const listed = await on.m.findBy(MineLicence, { mineId, supersededAt: IsNull() });
  const { names, codes } = mineTexts(entries);
  return { names, codes: [...codes, ...listed.map((l) => l.number)] };
}

/** SQL condition and parameters: the mine was not imported, or its import was visible at the instant. */
export const visibleMine = (alias: string, knownAt: Instant): [string, Record<string, unknown>] => [
  `(${alias}.import_id IS NULL OR EXISTS (
    SELECT 1 FROM mine_import vi WHERE vi.id = ${alias}.import_id AND vi.visible_at <= :visibleBy))`,
  { visibleBy: knownAt },
];

export async function findMine(on: Reads, id: string, knownAt: Instant = LATEST): Promise<Mine | undefined> {
  const query = on.m.createQueryBuilder(Mine, 'm').where('m.id = :id', { id });
  return (await query.andWhere(...visibleMine('m', knownAt)).getOne()) ?? undefined;
}

/** Entries now believed of visible mines, as query; `staged` adds those of one import that is not visible yet. */
export function currentEntries(on: Reads, staged?: string): SelectQueryBuilder<MineVersion> {
  const [visible, parameters] = visibleMine('m', LATEST);
  const query = on.m
    .createQueryBuilder(MineVersion, 'v')
    .innerJoin(Mine, 'm', 'm.id = v.mineId')
    .where('v.supersededAt IS NULL');
  if (staged === undefined) return query.andWhere(visible, parameters);
  return query.andWhere(`(m.importId = :staged OR ${visible})`, { ...parameters, staged });
}

export const marksOf = (v: MineVersion): KnownMine => ({
  mineId: v.mineId,
  name: v.name,
  nameKey: v.nameKey,
  provinceCode: v.provinceCode,
  licenceNumber: v.licenceNumber,
  operatorId: v.operatorId,
  from: v.validFrom,
  to: v.validTo,
});

const later = (a: LegalDate, b: LegalDate): LegalDate => (a > b ? a : b);
const earlier = (a: LegalDate | null, b: LegalDate | null): LegalDate | null =>
  a === null ? b : b === null || a < b ? a : b;

/** The same marks for licences of the dated lists, each on the days of an entry of its mine. */
async function listedLicences(on: Reads, numbers: readonly string[]): Promise<KnownMine[]> {
  if (numbers.length === 0) return [];
  const listed = await on.m.findBy(MineLicence, { number: In([...numbers]), supersededAt: IsNull() });
  if (listed.length === 0) return [];
  const mineIds = [...new Set(listed.map((l) => l.mineId))];
  const entries = await currentEntries(on).andWhere('v.mineId IN (:...mineIds)', { mineIds }).getMany();
  return listed.flatMap((l) =>
    entries
      .filter((v) => v.mineId === l.mineId)
      .map((v) => ({
        ...marksOf(v),
        licenceNumber: l.number,
        from: later(v.validFrom, l.validFrom),
        to: earlier(v.validTo, l.validTo),
      }))
      .filter((k) => k.to === null || k.from < k.to),
  );
}

/** Current entries that share a name or a licence with one of these, a licence of the dated lists included. */
export async function likeThese(
  on: Reads,
  these: { nameKeys: readonly string[]; licences: readonly string[] },
  staged?: string,
): Promise<KnownMine[]> {
  const found: KnownMine[] = [];
  // Two queries, each with its own index: an OR would have neither engine use both.
  const lists = [
    ['v.nameKey', these.nameKeys],
    ['v.licenceNumber', these.licences],
  ] as const;
  for (const [column, values] of lists) {
    if (values.length === 0) continue;
    const rows = await currentEntries(on, staged).andWhere(`${column} IN (:...values)`, { values }).getMany();
    found.push(...rows.map(marksOf));
  }
  return [...found, ...(await listedLicences(on, these.licences))];
}

const heldWithin = (on: Reads, from: LegalDate, to: LegalDate): SelectQueryBuilder<MineVersion> =>
  currentEntries(on).andWhere('v.validFrom <= :to AND (v.validTo IS NULL OR v.validTo > :from)', { from, to });

/** Mines whose licence the organisation held on some day from `from` to `to`, both included, with their names then. */
export async function operatedWithin(
  on: Reads,
  organisationId: string,
  from: LegalDate,
  to: LegalDate,
): Promise<{ id: string; name: string }[]> {
  const rows = await heldWithin(on, from, to)
    .andWhere('v.operatorId = :organisationId', { organisationId })
    .orderBy('v.validFrom')
    .getMany();
  const latest = new Map(rows.map((v) => [v.mineId, v.name]));
  return [...latest].map(([id, name]) => ({ id, name }));
}

/** Organisations that held the mine's licence on some day from `from` to `to`, both included. */
export async function operatorsWithin(on: Reads, mineId: string, from: LegalDate, to: LegalDate): Promise<string[]> {
  const rows = await heldWithin(on, from, to)
    .andWhere('v.mineId = :mineId AND v.operatorId IS NOT NULL', { mineId })
    .getMany();
  return [...new Set(rows.map((v) => v.operatorId!))].sort();
}

/** The entries of these mines that hold at the moment, by mine. */
export async function entriesOf(on: Reads, ids: readonly string[], moment: Moment): Promise<Map<string, MineVersion>> {
  if (ids.length === 0) return new Map();
  const rows = await on.m
    .createQueryBuilder(MineVersion, 'v')
    .where({ mineId: In([...ids]) })
    .andWhere(...atMoment('v', moment))
    .getMany();
  return new Map(rows.map((v) => [v.mineId, v]));
}
