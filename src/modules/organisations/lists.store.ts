import { Column, Entity, In, Index, IsNull } from 'typeorm';
import { col, nullable } from '../../kernel/db/columns';
import type { Reads } from '../../kernel/db/database';
import { moveNames, postFollowers, repostNames } from '../../kernel/db/name-index';
import type { Tx } from '../../kernel/db/transaction';
import type { FindableTexts } from '../../kernel/pure/grams';
import { Version, versionsAt, versionsKnownAt, type Moment } from '../../kernel/db/history';
import { lastDayOf, shownEntry } from '../../kernel/db/moment';
import type { LegalDate } from '../../kernel/pure/time';
import type {
  FormerCodeKind,
  FormerCodesReply,
  HolderKind,
  OwnerRelation,
  OwnersReply,
  SuccessionKind,
  SuccessionLinks,
  SuccessorsReply,
} from './lists.contract';
import {
  findByCodes,
  Organisation,
  organisationPlace,
  organisationTexts,
  OrganisationVersion,
} from './organisations.store';
import { namesOf } from './organisations.views';

/** One owner on the days of the entry: a body by credit code, a person by name. */
@Entity('organisation_owner')
@Index('ix_organisation_owner_of', ['organisationId', 'validFrom'])
@Index('ix_organisation_owner_holder', ['holderCode'])
export class OrganisationOwner extends Version {
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column(col.text(20)) relation: OwnerRelation;
  @Column({ ...col.text(30), name: 'holder_kind' }) holderKind: HolderKind;
  @Column({ ...col.text(18, nullable), name: 'holder_code' }) holderCode: string | null;
  @Column({ ...col.text(200, nullable), name: 'holder_name' }) holderName: string | null;
  @Column({ ...col.int(nullable), name: 'share_basis_points' }) shareBasisPoints: number | null;
}

/** A code that the body bore on the days of the entry; FIRST_DAY stands for "nobody knows since when". */
@Entity('organisation_former_code')
@Index('ix_organisation_former_code_of', ['organisationId'])
@Index('ix_organisation_former_code_code', ['code'])
export class OrganisationFormerCode extends Version {
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column(col.text(30)) kind: FormerCodeKind;
  @Column(col.text(64)) code: string;
}

/** Whose rights and duties went to whom by merger, division or conversion (民法典 67). */
@Entity('organisation_successor')
@Index('ix_organisation_successor_of', ['organisationId'])
@Index('ix_organisation_successor_to', ['successorId'])
export class OrganisationSuccessor extends Version {
  @Column({ ...col.text(36), name: 'organisation_id' }) organisationId: string;
  @Column({ ...col.text(36), name: 'successor_id' }) successorId: string;
  @Column(col.text(20)) kind: SuccessionKind;
}

export const FIRST_DAY = '1900-01-01' as LegalDate;
const firstDayShown = (day: LegalDate): string | null => (day === FIRST_DAY ? null : day);

const holdsOn = (v: Version, day: LegalDate): boolean => v.validFrom <= day && (v.validTo === null || v.validTo > day);

/** 张三 as 张*: for those who need to know that there is somebody, not who. */
export const veil = (name: string): string => `${[...name][0]!}*`;

export async function shownOwners(
  on: Reads,
  organisationId: string,
  moment: Moment,
  veiled: boolean,
): Promise<OwnersReply['items']> {
  const rows = await versionsKnownAt(on, OrganisationOwner, { organisationId }, moment.knownAt);
  const codes = [...new Set(rows.flatMap((r) => r.holderCode ?? []))];
  const bodies = new Map((await findByCodes(on, codes)).map((o) => [o.uscc, o.id]));
  const names = await namesOf(on, [...bodies.values()], moment);
  return rows.map((r) => {
    const holder = r.holderCode === null ? undefined : bodies.get(r.holderCode);
    const given = r.holderName ?? (holder === undefined ? null : names.get(holder)!.name);
    return {
      ...shownEntry(r),
      holds: holdsOn(r, moment.asOf),
      relation: r.relation,
      holderKind: r.holderKind,
      uscc: r.holderCode,
      organisationId: holder ?? null,
      name: veiled && r.holderKind === 'person' && given !== null ? veil(given) : given,
      shareBasisPoints: r.shareBasisPoints,
    };
  });
}

export const shownFormerCodes = async (
  on: Reads,
  organisationId: string,
  moment: Moment,
): Promise<FormerCodesReply['items']> =>
  (await versionsKnownAt(on, OrganisationFormerCode, { organisationId }, moment.knownAt)).map((r) => ({
    ...shownEntry(r),
    from: firstDayShown(r.validFrom),
    kind: r.kind,
    code: r.code,
  }));

export async function shownSuccessors(
  on: Reads,
  organisationId: string,
  moment: Moment,
): Promise<SuccessorsReply['items']> {
  const rows = await versionsKnownAt(on, OrganisationSuccessor, { organisationId }, moment.knownAt);
  const names = await namesOf(on, [...new Set(rows.map((r) => r.successorId))], moment);
  return rows.map((r) => {
    const { uscc, name } = names.get(r.successorId)!;
    const { kind, successorId } = r;
    return { ...shownEntry(r), holds: holdsOn(r, moment.asOf), organisationId: successorId, uscc, name, kind };
  });
}

/** The bodies before and after this one at the moment. */
export async function linksOf(on: Reads, organisationId: string, moment: Moment): Promise<SuccessionLinks> {
  const after = await versionsAt(on, OrganisationSuccessor, { organisationId }, moment);
  const before = await versionsAt(on, OrganisationSuccessor, { successorId: organisationId }, moment);
  const ids = [...after.map((r) => r.successorId), ...before.map((r) => r.organisationId)];
  const names = await namesOf(on, [...new Set(ids)], moment);
  const link = (r: OrganisationSuccessor, id: string): SuccessionLinks['successors'][number] => ({
    organisationId: id,
    ...names.get(id)!,
    kind: r.kind,
    from: r.validFrom,
  });
  return {
    successors: after.map((r) => link(r, r.successorId)),
    predecessors: before.map((r) => link(r, r.organisationId)),
  };
}

/** Successors registered of each body that can be reached from these. */
export async function successionFrom(on: Reads, ids: readonly string[]): Promise<Map<string, string[]>> {
  const known = new Map<string, string[]>();
  for (let next = [...ids]; next.length > 0;) {
    const rows = await on.m.findBy(OrganisationSuccessor, { organisationId: In(next), supersededAt: IsNull() });
    for (const id of next) known.set(id, []);
    for (const r of rows) known.get(r.organisationId)!.push(r.successorId);
    next = [...new Set(rows.map((r) => r.successorId))].filter((id) => !known.has(id));
  }
  return known;
}

/** The bodies that bear or bore these normalised codes, by the code asked for; a present bearer goes first. */
export async function bearersOf(on: Reads, codes: readonly string[]): Promise<Map<string, Organisation>> {
  const found = new Map((await findByCodes(on, codes)).map((o) => [o.uscc, o]));
  const entries = await formerCodeEntries(
    on,
    codes.filter((c) => !found.has(c)),
  );
  if (entries.length === 0) return found;
  const rows = await on.m.findBy(Organisation, { id: In(entries.map((e) => e.organisationId)) });
  for (const e of entries)
    found.set(
      e.code,
      rows.find((o) => o.id === e.organisationId)!,
    );
  return found;
}

/** Entries now believed that say the body bore one of these codes; takes normalised codes. */
export const formerCodeEntries = (on: Reads, codes: readonly string[]): Promise<OrganisationFormerCode[]> =>
  codes.length === 0
    ? Promise.resolve([])
    : on.m.findBy(OrganisationFormerCode, { code: In([...codes]), supersededAt: IsNull() });

export const formerCodesOf = (on: Reads, organisationId: string): Promise<OrganisationFormerCode[]> =>
  on.m.findBy(OrganisationFormerCode, { organisationId, supersededAt: IsNull() });

/** The codes by which a body may be sought in a list: what has another shape is found by the look-up of codes only. */
const SEEKABLE = /^[0-9A-Z]{1,23}$/;

const seekable = (entries: readonly OrganisationFormerCode[]): string[] =>
  entries.map((e) => e.code).filter((code) => SEEKABLE.test(code));

/** Names ever borne and former codes: what a body is found by beside its present code. */
export async function listedTexts(on: Reads, organisationId: string): Promise<FindableTexts> {
  const rows = await on.m.findBy(OrganisationVersion, { organisationId, supersededAt: IsNull() });
  return { ...organisationTexts(rows), codes: seekable(await formerCodesOf(on, organisationId)) };
}

/** The same with the present code, for lists that are not in the order of codes. */
export async function findableTexts(on: Reads, { id, uscc }: { id: string; uscc: string }): Promise<FindableTexts> {
  const { names, codes } = await listedTexts(on, id);
  return { names, codes: [uscc, ...codes] };
}

/** Brings the index of names and codes from some former codes to others. The present code shares beginnings with them. */
export const repostCodes = (
  tx: Tx,
  uscc: string,
  before: readonly OrganisationFormerCode[],
  after: readonly OrganisationFormerCode[],
): Promise<void> =>
  repostNames(
    tx,
    organisationPlace(uscc),
    { names: [], codes: [uscc, ...seekable(before)] },
    { names: [], codes: [uscc, ...seekable(after)] },
  );

/** The body stands at another place of its list from now on; whoever follows its names is found by the new code too. */
export async function moveToCode(tx: Tx, former: string, uscc: string, texts: FindableTexts): Promise<void> {
  await moveNames(tx, organisationPlace(former), organisationPlace(uscc), texts);
  await postFollowers(tx, organisationPlace(uscc), { names: [], codes: [uscc] });
}

export const formerCodeShown = (r: OrganisationFormerCode) => ({
  kind: r.kind,
  from: firstDayShown(r.validFrom),
  lastDay: lastDayOf(r),
});
