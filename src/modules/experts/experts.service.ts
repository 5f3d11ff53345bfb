import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { isRecorded, recordVersion, type Moment } from '../../kernel/db/history';
import { lastDayOf, LATEST, momentOf, spanOf, todayOf } from '../../kernel/db/moment';
import { repostChange } from '../../kernel/db/name-index';
import type { Recorders } from '../../kernel/db/record-history';
import { changeRecord, expectVersion, isFound, replyOf, type Unchanged, wholeEntry } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { canonicalize } from '../../kernel/pure/jcs';
import { say } from '../../kernel/pure/wording';
import { nameKey } from '../../kernel/pure/text';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import { mayActor } from '../identity';
import type { MayReadFile } from '../documents';
import { boundTo } from '../institutions';
import type { IdentityKind } from './core/identity-number';
import { createCorrections, type Amending, type Corrections } from './corrections.service';
import { raiseDoubts } from './doubting';
import { createExpertHistories, type ExpertHistories } from './history.views';
import { openDoubts } from './doubts.store';
import { createDocuments, type PersonDocuments } from './documents.service';
import { createDoubts, type Doubts } from './doubts.service';
import { createActing } from './employments.acting';
import type { EmploymentReply } from './employments.contract';
import { createEmployments, type Employments } from './employments.service';
import {
  employmentsAt,
  employmentsKnownAt,
  factsOfEmployments,
  staffAt,
  type EmploymentFacts,
  type StaffMember,
} from './employments.views';
import {
  expertContent,
  type AmendExpert,
  type ExpertEntry,
  type ExpertItem,
  type ExpertReply,
  type RegisterExpert,
} from './experts.contract';
import {
  type Employment,
  Expert,
  expertTexts,
  ExpertVersion,
  findByHashes,
  findByPlatformNumber,
  findEmployment,
  findExpert,
} from './experts.store';
import { listExperts, type NamesOf, readExpert, type Reach, type Viewer } from './experts.views';
import { identityHash, type Registering } from './identities';
import { holdersOf } from './identities.store';
import { createMerging, type MergeDeps, type Merges } from './merging.service';
import { proposedMerges } from './merging.store';
import { namingOf } from './naming.views';
import { createObjections, type Objections } from './objections.service';
import { entriesOf, factsOfVersion, type ExpertFacts } from './persons.views';
import type { NamingReply } from './persons.contract';
import { judgePerson, writePersons, type JudgedPerson, type Registered } from './registering';
import { entriesSeen } from './sight.views';
import { judgeFields, type JudgedFields } from './titles.rules';
import { personBehind, togetherAt, type Together } from './together';

export interface ExpertDeps extends MergeDeps {
  recorders: Recorders;
  /** Key of the identity hash, from the vault; never changes, or nobody is found again. */
  identityKey: Buffer;
}

export interface ExpertRef {
  id: string;
  platformNumber: string;
}

/** Front door of the register of persons and of their employments. */
export interface Experts
  extends Employments, ExpertHistories, Objections, Corrections, Merges, Doubts, PersonDocuments {
  readEmployment(actor: Actor, id: string): Promise<EmploymentReply>;
  /** Who may read the records on which stored files hang. */
  fileReaders: Record<'expert' | 'employment' | 'expert-correction', MayReadFile>;
  /** Every body that names the person; an expert asks for himself. */
  naming(actor: Actor, id: string): Promise<NamingReply>;
  /** The expert's own record. */
  readOwn(actor: Actor): Promise<ExpertReply>;
  register(call: Call, body: RegisterExpert): Promise<ExpertReply>;
  /** Throws `request.precondition-failed` unless the record still has the version that the caller read. */
  amend(call: Call, id: string, version: number, body: AmendExpert): Promise<ExpertReply & Unchanged>;
  list(actor: Actor, request: PageRequest & { number?: string; name?: string }): Promise<Page<ExpertItem>>;
  read(actor: Actor, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<ExpertReply>;
  /** Registers judged persons of a list in the caller's transaction, at most 500; the caller appends the audit entry. */
  registerMany(tx: Tx, call: Call, persons: readonly JudgedPerson[]): Promise<Registered[]>;
  /** The registration itself, merged or not. Throws Problem `request.not-found`. */
  load(on: Reads, id: string): Promise<ExpertRef>;
  /** Open doubts whether persons are one, from the side of the asked ids. */
  undecided(on: Reads, ids: readonly string[]): Promise<readonly { doubtId: string; id: string; other: string }[]>;
  /** Adds to persons among the subjects of a command the other registrations of the same persons. */
  alike(subjects: readonly Subject[]): Promise<readonly Subject[]>;
  /** Which registrations are one person, by every asked id; see `together.ts`. */
  together(on: Reads, ids: readonly string[], knownAt?: Instant): Promise<ReadonlyMap<string, Together>>;
  /** Takes a normalised public number; of a merged registration the surviving one is answered. */
  byPlatformNumber(on: Reads, platformNumber: string): Promise<ExpertRef | undefined>;
  /** Takes a number as typed; undefined when nobody is registered under it. A merged one answers as the survivor. */
  byIdentity(on: Reads, kind: IdentityKind, text: string): Promise<ExpertRef | undefined>;
  /** Who each of these documents belongs to, by the surviving registration, in the given order. */
  byIdentities(on: Reads, asked: readonly { kind: IdentityKind; number: string }[]): Promise<(string | undefined)[]>;
  /** What the person was at the moment; undefined when no entry holds there. */
  at(on: Reads, id: string, moment: Moment): Promise<ExpertFacts | undefined>;
  /** What the actor may see of what the person is today. */
  factsFor(actor: Actor, id: string): Promise<Partial<ExpertFacts> | undefined>;
  /** Everybody employed by the institution at the moment; only confirmed ones count. */
  staffAt(on: Reads, institutionId: string, moment: Moment): Promise<StaffMember[]>;
  employmentAt(
    on: Reads,
    expertId: string,
    institutionId: string,
    moment: Moment,
  ): Promise<EmploymentFacts | undefined>;
  employersOf(on: Reads, expertId: string, moment: Moment): Promise<EmploymentFacts[]>;
}

/** Whoever writes under a merged registration is sent to the one that survives. */
const merged = ({ id, platformNumber }: ExpertRef): Problem => new Problem('expert.merged', { id, platformNumber });

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('评估人员', 'assessor') });

/** What the log keeps of an entry: the name and the papers stay in the register. */
const logged = ({ from, lastDay, paper, titleName }: ExpertEntry, { titleLevel, specialties }: JudgedFields) => ({
  from,
  lastDay,
  paper,
  titleLevel,
  titleName,
  specialties,
});

const expertContentOf = (v: ExpertVersion) => ({
  ...v,
  specialtyProofs: v.specialtyProofs ?? [],
  civilServant: v.civilServant === null ? null : Boolean(v.civilServant),
});

/** The register of persons: who they are, once each, with what they were on every day. */
export function createExperts(deps: ExpertDeps): Experts {
  const { db, command, audit, sources, vault, identityKey } = deps;
  const { clock, ids } = sources;
  const sealing: Registering = { vault, key: identityKey, sources, duties: deps.duties };

  const reachOf = async (actor: Actor): Promise<Reach> =>
    actor.role === 'expert'
      ? { expertIds: (await personBehind(db, actor.expertId ?? '', LATEST)).ids }
      : { institutionId: boundTo(actor) };

  const viewerOf = async (actor: Actor): Promise<Viewer> => ({
    reader: actor,
    reach: await reachOf(actor),
    enteredFor: deps.enteredFor,
    namesOf: (on, ids) => deps.institutions.namesAt(on, ids, todayOf(clock)),
    officer: actor.role === 'bureau' || actor.role === 'bureau-lead',
  });

  const load = async (on: Reads, id: string): Promise<Expert> => {
    const row = await findExpert(on, id);
    if (!row) throw notFound(id);
    return row;
  };
  const loadFor = async (actor: Actor, id: string, on: Reads = db): Promise<Expert> => {
    const { expertIds, institutionId } = await reachOf(actor);
    if (expertIds !== undefined && !expertIds.includes(id)) throw notFound(id);
    const row = await load(on, id);
    if (institutionId === undefined) return row;
    const person = await personBehind(on, id, LATEST);
    const here = await employmentsKnownAt(on, { expertIds: person.ids, institutionId }, todayOf(clock).knownAt);
    // Whose employment was struck out altogether is not this institution's to see.
    if (!here.some((e) => e.voidReason === null)) throw notFound(id);
    return row;
  };

  /** Who may read the person may read his employments, a clerk those at his institution. */
  const admitEmployment = async (actor: Actor, id: string, on: Reads = db): Promise<Employment> => {
    const found = await findEmployment(on, id);
    const { institutionId } = await reachOf(actor);
    const isTheirs = institutionId === undefined || found?.institutionId === institutionId;
    if (!found || !isTheirs) throw new Problem('request.not-found', { id, what: say('聘用关系', 'employment') });
    await loadFor(actor, found.expertId, on);
    return found;
  };

  /** A person's papers are for those who work with them: not for every office that may read the record. */
  const readsPapersOf =
    (admit: (actor: Actor, id: string, on: Reads, fileId: string) => Promise<unknown>): MayReadFile =>
    async (on, actor, id, fileId) => {
      if (!mayActor(actor, 'register.read') || ['partner', 'auditor'].includes(actor.role)) return false;
      return (await deps.scope.isOfHouse(on, actor)) && isFound(() => admit(actor, id, on, fileId));
    };

  /** The person that a registration stands for: the surviving one. */
  const survivorOf = async (on: Reads, row: Expert | undefined): Promise<Expert | undefined> =>
    row && findExpert(on, (await personBehind(on, row.id, LATEST)).survivor);

  const record = async (tx: Tx, call: Call, expertId: string, body: ExpertEntry, judged: JudgedFields) => {
    const { from, lastDay, paper, ...fields } = body;
    const said = { expertId, ...fields, ...judged, nameKey: nameKey(fields.name) };
    const recording = { ...spanOf({ from, lastDay }), by: call.actor.accountId, paper };
    if (await isRecorded(tx, ExpertVersion, { expertId }, said, recording)) return false;
    const stamp = { now: clock.now(), id: ids.timed };
    const change = await recordVersion(tx, ExpertVersion, { expertId }, said, recording, stamp);
    await repostChange(tx, { list: 'expert', place: expertId }, change, expertTexts);
    return true;
  };

  type Papers = Pick<ExpertEntry, 'title' | 'specialtyProofs'>;
  const attachFiles = async (tx: Tx, call: Call, ref: string, body: Papers): Promise<void> => {
    const named = [body.title?.fileId, ...body.specialtyProofs.map((p) => p.fileId)];
    for (const id of named) if (id) await deps.files.attach(tx, call, id, { kind: 'expert', ref });
  };

  const already = async (tx: Tx, actor: Actor, expertId: string): Promise<Problem> => {
    const { platformNumber } = await load(tx, expertId);
    if (boundTo(actor) !== undefined) return new Problem('expert.already-registered', { platformNumber });
    const held = await at(tx, expertId, todayOf(clock));
    return new Problem('expert.already-registered', { platformNumber, id: expertId, name: held?.name ?? null });
  };

  const register: Experts['register'] = async (call, body) => {
    // Under a second document a barred person would be somebody new: who employs him is no witness to that.
    const plain = !body.documentSeen && body.identities.every((i) => i.kind === 'resident-id');
    if (call.actor.role === 'institution' && !plain) throw new Problem('expert.document-by-bureau');
    const judged = judgePerson(body, todayOf(clock).asOf);
    if (!judged.ok) throw new Problem('request.unprocessable', {}, judged.faults);
    const { person } = judged;
    return command(call, {}, async (tx) => {
      const [done] = await writePersons(tx, call, sealing, [person]);
      if (done!.kind !== 'new') throw await already(tx, call.actor, done!.kind === 'known' ? done!.expertId : '');
      const { expertId, platformNumber, doubts } = done!;
      await attachFiles(tx, call, expertId, body);
      const kinds = person.identities.map((i) => i.kind);
      const entry = logged({ ...body, lastDay: null }, person.fields);
      const payload = { expertId, platformNumber, kinds, documentSeen: body.documentSeen, doubts, ...entry };
      await audit.append(tx, call, { type: 'expert.registered', payload });
      return readBack(tx, call.actor, await load(tx, expertId));
    });
  };

  const entryOf = async (tx: Tx, id: string, { from, lastDay, paper, ...said }: AmendExpert): Promise<ExpertEntry> => {
    const person = await personBehind(tx, id, LATEST);
    const v = (await entriesOf(tx, [person], { asOf: from, knownAt: LATEST })).get(person.survivor);
    const inForce = v && expertContentOf(v);
    // The level on record is that of the name on record: a new name speaks for itself, or the clerk for it.
    const isNewTitle = typeof said.titleName === 'string' && said.titleName !== v?.titleName;
    const anew = isNewTitle && said.titleLevel === undefined ? { titleLevel: null } : {};
    return { from, lastDay, paper, ...wholeEntry(expertContent, { ...said, ...anew }, inForce) };
  };

  /** Writes an amendment under the guards of the person; false where all of it is on record. */
  const writeAmendment = async (tx: Tx, call: Call, row: Expert, body: AmendExpert): Promise<boolean> => {
    const entry = await entryOf(tx, row.id, body);
    const { fields, faults } = judgeFields(entry);
    if (faults.length > 0) throw new Problem('request.unprocessable', {}, faults);
    await attachFiles(tx, call, row.id, entry);
    if (!(await record(tx, call, row.id, entry, fields))) return false;
    await changeRecord(tx, Expert, row, {});
    const doubts = await raiseDoubts(tx, sealing, [{ id: row.id, nameKey: nameKey(entry.name) }]);
    const payload = { expertId: row.id, doubts: doubts.length, ...logged(entry, fields) };
    await audit.append(tx, call, { type: 'expert.amended', payload });
    return true;
  };

  const amend: Experts['amend'] = async (call, id, version, body) => {
    // A title that goes may turn a verdict to no, so the doors meet this act on the guard row.
    return command(call, { subjects: () => [{ kind: 'person', id }] }, async (tx) => {
      const row = await load(tx, id);
      const { survivor } = await personBehind(tx, id, LATEST);
      if (survivor !== id) throw merged(await load(tx, survivor));
      expectVersion(row, version);
      const changed = await writeAmendment(tx, call, row, body);
      return replyOf(tx, await readBack(tx, call.actor, row), changed ? 'changed' : 'unchanged');
    });
  };

  /** What a person asks is judged by the rules of an amendment, and recorded as one: of the days of one entry. */
  const amending: Amending = {
    weigh: async (tx, id, { from, changes }) => {
      const person = await personBehind(tx, id, LATEST);
      const held = (await entriesOf(tx, [person], { asOf: from, knownAt: LATEST })).get(person.survivor);
      if (!held) throw new Problem('correction.no-entry', { from });
      const lastDay = lastDayOf(held);
      const entry = await entryOf(tx, id, { from, lastDay, paper: '', ...changes });
      const { fields, faults } = judgeFields(entry);
      const now: Record<string, unknown> = expertContentOf(held);
      const wanted: Record<string, unknown> = { ...entry, ...fields };
      const recorded = Object.fromEntries(Object.keys(expertContent).map((f) => [f, now[f] ?? null]));
      const isNew = Object.keys(recorded).some((f) => canonicalize(wanted[f] ?? null) !== canonicalize(recorded[f]));
      return { lastDay, recorded, faults, isNew };
    },
    write: async (tx, call, row, body) => void (await writeAmendment(tx, call, row, body)),
  };

  const corrections = createCorrections({ ...deps, amending });

  const readBack = async (on: Reads, actor: Actor, row: Expert): Promise<ExpertReply> =>
    readExpert(on, clock, row, await viewerOf(actor), todayOf(clock));

  const at: Experts['at'] = async (on, id, moment) => {
    const person = await personBehind(on, id, moment.knownAt);
    const entry = (await entriesOf(on, [person], moment)).get(person.survivor);
    return entry && factsOfVersion(entry, moment.asOf);
  };

  return {
    ...createEmployments(deps),
    ...createObjections(deps),
    ...createMerging(deps),
    ...createDoubts(deps),
    ...corrections,
    ...createDocuments({ ...deps, sealing, readBack }),
    readOwn: async (actor) =>
      readExpert(db, clock, await load(db, actor.expertId ?? ''), await viewerOf(actor), todayOf(clock)),
    naming: async (actor, id) => {
      await load(db, id);
      const namesOf: NamesOf = (on, all) => deps.institutions.namesAt(on, all, todayOf(clock));
      return namingOf(db, id, { line: deps.line, namesOf, toPerson: actor.role === 'expert' });
    },
    fileReaders: {
      expert: readsPapersOf(async (actor, id, on, fileId) => {
        await loadFor(actor, id, on);
        // Of a person's papers an institution sees those that the entries name which it sees.
        const institutionId = boundTo(actor);
        if (institutionId === undefined) return;
        const seen = await entriesSeen(on, { ...deps, institutionId }, (await personBehind(on, id, LATEST)).ids);
        const named = seen.flatMap((v) => [v.title?.fileId, ...(v.specialtyProofs ?? []).map((p) => p.fileId)]);
        if (!named.includes(fileId)) throw notFound(id);
      }),
      employment: readsPapersOf(admitEmployment),
      'expert-correction': readsPapersOf(corrections.admitCorrection),
    },
    register,
    registerMany: (tx, call, persons) => writePersons(tx, call, sealing, persons),
    amend,
    list: async (actor, request) => listExperts(db, { ...deps, reach: await reachOf(actor) }, request),
    read: async (actor, id, asked) =>
      readExpert(db, clock, await loadFor(actor, id), await viewerOf(actor), momentOf(clock, asked)),
    readEmployment: async (actor, id) => {
      const { expertId } = await admitEmployment(actor, id);
      const { survivor } = await personBehind(db, expertId, LATEST);
      return createActing(deps).show(db, id, (await findExpert(db, survivor))!);
    },
    ...createExpertHistories({ ...deps, admit: loadFor, admitEmployment, reachOf, viewerOf }),
    load,
    alike: async (subjects) => {
      const persons = subjects.filter((s) => s.kind === 'person').map((s) => s.id);
      if (persons.length === 0) return subjects;
      const known = await togetherAt(db, persons, LATEST);
      return [...subjects, ...[...known.keys()].map((id): Subject => ({ kind: 'person', id }))];
    },
    undecided: async (on, asked) => {
      // Found to be one, but not yet merged: that, too, is not decided.
      const pairs = [
        ...(await openDoubts(on, asked)).map((d) => ({ id: d.id, one: d.expertId, two: d.knownId })),
        ...(await proposedMerges(on, asked)).map((m) => ({ id: m.id, one: m.fromId, two: m.intoId })),
      ];
      return pairs.map(({ id: doubtId, one, two }) =>
        asked.includes(one) ? { doubtId, id: one, other: two } : { doubtId, id: two, other: one },
      );
    },
    together: (on, asked, knownAt = LATEST) => togetherAt(on, asked, knownAt),
    byPlatformNumber: async (on, number) => survivorOf(on, await findByPlatformNumber(on, number)),
    byIdentity: async (on, kind, text) =>
      survivorOf(on, await findByHashes(on, [identityHash(identityKey, kind, normaliseTypedCode(text))])),
    byIdentities: async (on, asked) => {
      const hashes = asked.map(({ kind, number }) => identityHash(identityKey, kind, normaliseTypedCode(number)));
      const holders = await holdersOf(on, hashes);
      const persons = await togetherAt(on, [...new Set(holders.values())], LATEST);
      return hashes.map((hash) => persons.get(holders.get(hash) ?? '')?.survivor);
    },
    at,
    factsFor: async (actor, id) => {
      if (boundTo(actor) === undefined) return at(db, id, todayOf(clock));
      const { record: seen } = await readExpert(db, clock, await load(db, id), await viewerOf(actor), todayOf(clock));
      if (seen === null) return undefined;
      const { name, titleLevel, titleName, specialties } = seen;
      return { name, titleLevel, titleName, specialties };
    },
    staffAt: (on, institutionId, moment) => staffAt(on, vault, institutionId, moment),
    employmentAt: async (on, expertId, institutionId, moment) => {
      const { ids: expertIds } = await personBehind(on, expertId, moment.knownAt);
      const held = await employmentsAt(on, { expertIds, institutionId }, moment);
      return (await factsOfEmployments(on, held, moment.knownAt))[0];
    },
    employersOf: async (on, expertId, moment) => {
      const { ids: expertIds } = await personBehind(on, expertId, moment.knownAt);
      return factsOfEmployments(on, await employmentsAt(on, { expertIds }, moment), moment.knownAt);
    },
  };
}
