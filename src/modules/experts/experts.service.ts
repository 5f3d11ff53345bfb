import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { recordVersion, versionsAt, type Moment } from '../../kernel/db/history';
import { momentOf, spanOf, todayOf } from '../../kernel/db/moment';
import { repostChange } from '../../kernel/db/name-index';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page, PageRequest } from '../../kernel/http/page';
import { nameKey } from '../../kernel/pure/text';
import { normaliseTypedCode } from '../../kernel/pure/typed-code';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import type { Vault } from '../../kernel/vault/vault';
import { boundTo } from '../institutions';
import type { IdentityKind, RegionHistory } from './core/identity-number';
import regionCodes from './core/region-codes.json';
import { createEmployments, type EmploymentDeps, type Employments } from './employments.service';
import {
  employmentsAt,
  employmentsKnownAt,
  factsOfEmployment,
  staffAt,
  type EmploymentFacts,
  type StaffMember,
} from './employments.views';
import type { AmendExpert, ExpertHistory, ExpertItem, ExpertReply, RegisterExpert } from './experts.contract';
import { judgeIdentities } from './experts.rules';
import { Expert, expertTexts, ExpertVersion, findByHashes, findByPlatformNumber, findExpert } from './experts.store';
import { expertHistoryOf, listExperts, readExpert, type Reach, type Viewer } from './experts.views';
import type { Specialty, TitleLevel } from './fields.contract';
import { freePlatformNumber, identityHash, storeIdentities } from './identities';

export interface ExpertDeps extends EmploymentDeps {
  vault: Vault;
  /** Key of the identity hash, from the vault; never changes, or nobody is found again. */
  identityKey: Buffer;
}

export interface ExpertRef {
  id: string;
  platformNumber: string;
}

/** What a person was on a day. */
export interface ExpertFacts {
  name: string;
  titleLevel: TitleLevel;
  titleName: string | null;
  titleEvidence: string | null;
  specialties: Specialty[];
  specialtyEvidence: string | null;
}

/** Front door of the register of persons and of their employments. */
export interface Experts extends Employments {
  register(call: Call, body: RegisterExpert): Promise<ExpertReply>;
  /** Throws `request.precondition-failed` unless the record still has the version that the caller read. */
  amend(call: Call, id: string, version: number, body: AmendExpert): Promise<ExpertReply>;
  list(actor: Actor, request: PageRequest & { number?: string; name?: string }): Promise<Page<ExpertItem>>;
  read(actor: Actor, id: string, asked: { asOf?: LegalDate; knownAt?: Instant }): Promise<ExpertReply>;
  history(actor: Actor, id: string, asked: { knownAt?: Instant }): Promise<ExpertHistory>;
  /** Throws Problem `request.not-found`. */
  load(on: Reads, id: string): Promise<ExpertRef>;
  /** Takes a normalised public number. */
  byPlatformNumber(on: Reads, platformNumber: string): Promise<ExpertRef | undefined>;
  /** Takes a number as typed; undefined when nobody is registered under it, be it well-formed or not. */
  byIdentity(on: Reads, kind: IdentityKind, text: string): Promise<ExpertRef | undefined>;
  /** What the person was at the moment; undefined when no entry holds there. */
  at(on: Reads, id: string, moment: Moment): Promise<ExpertFacts | undefined>;
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

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: '评估人员' });

const regions: RegionHistory = regionCodes;

/** What the log keeps of an entry: the name and the papers stay in the register. */
const logged = ({ from, lastDay, paper, titleLevel, titleName, specialties }: AmendExpert) => ({
  from,
  lastDay,
  paper,
  titleLevel,
  titleName,
  specialties,
});

const reachOf = (actor: Actor): Reach =>
  actor.role === 'expert' ? { expertId: actor.expertId ?? '' } : { institutionId: boundTo(actor) };

/** The register of persons: who they are, once each, with what they were on every day. */
export function createExperts(deps: ExpertDeps): Experts {
  const { db, command, audit, sources, vault, identityKey } = deps;
  const { clock, ids } = sources;

  const viewerOf = (actor: Actor): Viewer => ({
    reach: reachOf(actor),
    nameOf: (on, id) => deps.institutions.nameAt(on, id, todayOf(clock)),
  });

  const load = async (on: Reads, id: string): Promise<Expert> => {
    const row = await findExpert(on, id);
    if (!row) throw notFound(id);
    return row;
  };
  const loadFor = async (actor: Actor, id: string): Promise<Expert> => {
    const { expertId, institutionId } = reachOf(actor);
    if (expertId !== undefined && expertId !== id) throw notFound(id);
    const row = await load(db, id);
    if (institutionId === undefined) return row;
    const here = await employmentsKnownAt(db, { expertId: id, institutionId }, todayOf(clock).knownAt);
    if (here.length === 0) throw notFound(id);
    return row;
  };

  const record = async (tx: Tx, call: Call, expertId: string, body: AmendExpert): Promise<void> => {
    const { from, lastDay, paper, ...fields } = body;
    const change = await recordVersion(
      tx,
      ExpertVersion,
      { expertId },
      { expertId, ...fields, nameKey: nameKey(fields.name) },
      { ...spanOf({ from, lastDay }), by: call.actor.accountId, paper },
      { now: clock.now(), id: ids.timed },
    );
    await repostChange(tx, { list: 'expert', place: expertId }, change, expertTexts);
  };

  const already = async (tx: Tx, actor: Actor, person: Expert): Promise<Problem> => {
    const { platformNumber } = person;
    if (boundTo(actor) !== undefined) return new Problem('expert.already-registered', { platformNumber });
    const [held] = await versionsAt(tx, ExpertVersion, { expertId: person.id }, todayOf(clock));
    return new Problem('expert.already-registered', { platformNumber, id: person.id, name: held?.name ?? null });
  };

  const register: Experts['register'] = async (call, body) => {
    const { identities: typed, documentSeen, ...fields } = body;
    // Under a second document a barred person would be somebody new: who employs him is no witness to that.
    const plain = typed.every((i) => i.kind === 'resident-id') && !documentSeen;
    if (call.actor.role === 'institution' && !plain) throw new Problem('expert.document-by-bureau');
    const { identities, faults } = judgeIdentities(typed, documentSeen, todayOf(clock).asOf, regions);
    if (faults.length > 0) throw new Problem('request.unprocessable', {}, faults);
    const hashes = identities.map(({ kind, number }) => identityHash(identityKey, kind, number));
    return command(call, {}, async (tx) => {
      const present = await findByHashes(tx, hashes);
      if (present) throw await already(tx, call.actor, present);
      const platformNumber = await freePlatformNumber(tx, sources);
      const row = { id: ids.timed(), platformNumber, registeredAt: clock.now(), version: 1 };
      await tx.m.insert(Expert, row);
      await storeIdentities(tx, { vault, key: identityKey, sources }, row.id, identities, documentSeen);
      await record(tx, call, row.id, { ...fields, lastDay: null });
      const kinds = identities.map((i) => i.kind);
      const payload = {
        expertId: row.id,
        platformNumber,
        kinds,
        documentSeen,
        ...logged({ ...fields, lastDay: null }),
      };
      await audit.append(tx, call, { type: 'expert.registered', payload });
      return readExpert(tx, clock, row, viewerOf(call.actor), todayOf(clock));
    });
  };

  const amend: Experts['amend'] = (call, id, version, body) =>
    // A title that goes may turn a verdict to no, so the doors meet this act on the guard row.
    command(call, { subjects: () => [{ kind: 'person', id }] }, async (tx) => {
      const row = await load(tx, id);
      expectVersion(row, version);
      await changeRecord(tx, Expert, row, {});
      await record(tx, call, id, body);
      await audit.append(tx, call, { type: 'expert.amended', payload: { expertId: id, ...logged(body) } });
      return readExpert(tx, clock, row, viewerOf(call.actor), todayOf(clock));
    });

  const at: Experts['at'] = async (on, id, moment) => {
    const [v] = await versionsAt(on, ExpertVersion, { expertId: id }, moment);
    if (!v) return undefined;
    const { name, titleLevel, titleName, titleEvidence, specialties, specialtyEvidence } = v;
    return { name, titleLevel, titleName, titleEvidence, specialties, specialtyEvidence };
  };

  return {
    ...createEmployments(deps),
    register,
    amend,
    list: (actor, request) => listExperts(db, reachOf(actor), request),
    read: async (actor, id, asked) =>
      readExpert(db, clock, await loadFor(actor, id), viewerOf(actor), momentOf(clock, asked)),
    history: async (actor, id, asked) =>
      expertHistoryOf(db, await loadFor(actor, id), viewerOf(actor), momentOf(clock, asked).knownAt),
    load,
    byPlatformNumber: findByPlatformNumber,
    byIdentity: (on, kind, text) => findByHashes(on, [identityHash(identityKey, kind, normaliseTypedCode(text))]),
    at,
    staffAt,
    employmentAt: async (on, expertId, institutionId, moment) => {
      const [entry] = await employmentsAt(on, { expertId, institutionId }, moment);
      return entry && factsOfEmployment(entry, moment.knownAt);
    },
    employersOf: async (on, expertId, moment) =>
      (await employmentsAt(on, { expertId }, moment)).map((e) => factsOfEmployment(e, moment.knownAt)),
  };
}
