import type { Call } from '../../kernel/call';
import { LATEST } from '../../kernel/db/moment';
import { postNames } from '../../kernel/db/name-index';
import type { Tx } from '../../kernel/db/transaction';
import type { FieldFault } from '../../kernel/problem';
import type { LegalDate } from '../../kernel/pure/time';
import { nameKey } from '../../kernel/pure/text';
import type { RegionHistory } from './core/identity-number';
import regionCodes from './core/region-codes.json';
import { raiseDoubts } from './doubting';
import type { RegisterExpert } from './experts.contract';
import { judgeIdentities, type JudgedIdentity } from './experts.rules';
import { Expert, ExpertIdentity, expertTexts, ExpertVersion } from './experts.store';
import { identityHash, identityRow, type Registering, type Sealing } from './identities';
import { freePlatformNumbers, holdersOf } from './identities.store';
import { judgeFields, type JudgedFields } from './titles.rules';
import { togetherAt } from './together';

const regions: RegionHistory = regionCodes;

/** One person to register, judged: what was typed, without the faults. */
export interface JudgedPerson {
  body: RegisterExpert;
  identities: JudgedIdentity[];
  fields: JudgedFields;
}

/** Judges what was typed of one person, without any database; all faults at once. Pointers are those of the body. */
export function judgePerson(
  body: RegisterExpert,
  today: LegalDate,
): { ok: true; person: JudgedPerson } | { ok: false; faults: FieldFault[] } {
  const { identities, faults } = judgeIdentities(body.identities, body.documentSeen, today, regions);
  const judged = judgeFields(body);
  const all = [...faults, ...judged.faults];
  if (all.length > 0) return { ok: false, faults: all };
  return { ok: true, person: { body, identities, fields: judged.fields } };
}

/** What became of a person: registered, or already on record (or earlier in the same list) under that id. */
export type Registered =
  | { kind: 'new'; expertId: string; platformNumber: string; doubts: number }
  | { kind: 'known'; expertId: string }
  | { kind: 'twice'; earlier: number };

/** Rows in one statement. */
const PART = 50;

async function insertAll(tx: Tx, entity: typeof Expert | typeof ExpertIdentity | typeof ExpertVersion, rows: object[]) {
  for (let at = 0; at < rows.length; at += PART) await tx.m.insert(entity, rows.slice(at, at + PART));
}

function versionOf(at: Sealing, call: Call, expertId: string, { body, fields }: JudgedPerson): ExpertVersion {
  const { name, phone, titleName, titleEvidence, title, specialtyEvidence, specialtyProofs } = body;
  const { mineralAdminYears, civilServant, assessmentExperience } = body;
  return {
    id: at.sources.ids.timed(),
    expertId,
    name,
    nameKey: nameKey(name),
    phone,
    ...fields,
    titleName,
    titleEvidence,
    title,
    specialtyEvidence,
    specialtyProofs,
    mineralAdminYears,
    civilServant,
    assessmentExperience,
    validFrom: body.from,
    validTo: null,
    recordedAt: at.sources.clock.now(),
    supersededAt: null,
    recordedBy: call.actor.accountId,
    paper: body.paper,
  };
}

/** Which of the persons are on record, which come twice in the list, and the hashes of each. */
async function sortOut(tx: Tx, at: Sealing, persons: readonly JudgedPerson[]) {
  const hashes = persons.map((p) => p.identities.map(({ kind, number }) => identityHash(at.key, kind, number)));
  const holders = await holdersOf(tx, hashes.flat());
  const survivors = await togetherAt(tx, [...new Set(holders.values())], LATEST);
  const first = new Map<string, number>();
  return persons.map((_, i): Registered | undefined => {
    const known = hashes[i]!.map((hash) => holders.get(hash)).find((id) => id !== undefined);
    if (known !== undefined) return { kind: 'known', expertId: survivors.get(known)!.survivor };
    const earlier = hashes[i]!.map((hash) => first.get(hash)).find((n) => n !== undefined);
    if (earlier !== undefined) return { kind: 'twice', earlier };
    for (const hash of hashes[i]!) first.set(hash, i);
    return undefined;
  });
}

/**
 * Writes persons that nobody knows yet, in few statements however many there are, and says of each what became of it;
 * those already on record are left as they are. For lists (imports) as for one person: judge each with `judgePerson`
 * outside the transaction, hand in at most 500 at a time. Appends no audit entry: the caller, who knows what list it
 * is, does.
 */
export async function writePersons(
  tx: Tx,
  call: Call,
  at: Registering,
  persons: readonly JudgedPerson[],
): Promise<Registered[]> {
  const sorted = await sortOut(tx, at, persons);
  const fresh = persons.map((person, i) => ({ person, i })).filter(({ i }) => sorted[i] === undefined);
  const numbers = await freePlatformNumbers(tx, at.sources, fresh.length);
  const registeredAt = at.sources.clock.now();
  const rows = numbers.map((platformNumber): Expert => ({
    id: at.sources.ids.timed(),
    platformNumber,
    registeredAt,
    version: 1,
  }));
  await insertAll(tx, Expert, rows);
  const documents = fresh.flatMap(({ person }, n) =>
    person.identities.map((identity) => identityRow(at, rows[n]!.id, identity, person.body.documentSeen)),
  );
  await insertAll(tx, ExpertIdentity, documents);
  const versions = fresh.map(({ person }, n) => versionOf(at, call, rows[n]!.id, person));
  await insertAll(tx, ExpertVersion, versions);
  await postNames(
    tx,
    versions.map((v) => ({ list: 'expert', place: v.expertId, texts: expertTexts([v]) })),
  );
  const doubts = await raiseDoubts(
    tx,
    at,
    versions.map((v) => ({ id: v.expertId, nameKey: v.nameKey })),
  );
  fresh.forEach(({ i }, n) => {
    const { id: expertId, platformNumber } = rows[n]!;
    const raised = doubts.filter((d) => d.expertId === expertId).length;
    sorted[i] = { kind: 'new', expertId, platformNumber, doubts: raised };
  });
  return sorted as Registered[];
}
