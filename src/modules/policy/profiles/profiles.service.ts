import * as z from 'zod';
import { personsBehind, type Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { changeRecord } from '../../../kernel/db/records';
import type { Tx } from '../../../kernel/db/transaction';
import { Problem, unwrap } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf, type LegalDate } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { mayActor, type Scope, type Work } from '../../identity';
import { repealOf, resolve, type Profile, type ProfileVersion } from '../core/profile';
import type { RuleSetting } from '../core/rule';
import { ruleKinds } from '../kinds';
import { shippedVersions } from '../profiles';
import type { policyRoutes, ProfileReply } from './profiles.contract';
import { settingsOf } from './settings';
import {
  belowLaw,
  judgeAdoption,
  judgeRepeal,
  judgeStanding,
  judgeWithdrawal,
  moveProfile,
  stateOf,
  versionOn,
} from './profiles.rules';
import {
  actsOf,
  adoptedAll,
  adoptedOf,
  draftsOf,
  findProfile,
  insertAct,
  insertProfile,
  PolicyProfile,
  type PolicyAct,
} from './profiles.store';

export interface ProfileDeps {
  db: Db;
  command: Command;
  audit: Audit;
  scope: Scope;
  work: Pick<Work, 'openCheck' | 'close'>;
  actingAuthority(call: Call): Promise<{ id: string; code: string }>;
  /** Codes of the authority and of those above it in the tree, nearest first; the code alone where none is registered. */
  codesAbove(on: Reads, code: string): Promise<string[]>;
  /** Codes of these authorities. */
  codesOf(on: Reads, ids: readonly string[]): Promise<string[]>;
  /** Those of the authorities whose rules this installation's decisions follow: of its owner's kind. */
  ofOwnersKind(on: Reads, ids: readonly string[]): Promise<string[]>;
}

type Acts = 'draft' | 'withdraw' | 'adopt' | 'review' | 'repeal';
type Body<K extends Acts> = z.output<NonNullable<(typeof policyRoutes)[K]['body']>>;

const NATION = '100000';
const shipped = shippedVersions();
const national = shipped.find((v) => v.authority === NATION)!;

/** City, province and nation by the code itself, for what the tree does not say. */
const divisionsAbove = (code: string): string[] => [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`, NATION];

function withActs(v: ProfileVersion, acts: readonly PolicyAct[]): ProfileVersion {
  const own = acts.filter((a) => a.profileId === v.id);
  const reviews = own
    .filter((a) => a.kind === 'review')
    .map((a) => ({
      rule: a.rule,
      number: a.paper,
      day: a.day,
      result: a.result!,
      fairCompetition: a.fairCompetition,
      recordedBy: a.recordedBy,
      recordedOn: legalDateOf(a.recordedAt),
    }));
  const repeals = own.filter((a) => a.kind === 'repeal').map(({ rule, day, paper }) => ({ rule, day, paper }));
  return { ...v, reviews, repeals };
}

const asVersion = ({
  id,
  authority,
  title,
  basis,
  poolMode,
  effectiveFrom,
  settings,
}: PolicyProfile): ProfileVersion => ({
  id,
  authority,
  title,
  basis,
  poolMode,
  effectiveFrom,
  settings,
  reviews: [],
  repeals: [],
});

const dayOf = (at: PolicyProfile['withdrawnAt']): LegalDate | null => (at === null ? null : legalDateOf(at));

/** Shipped versions are in force from the start and never withdrawn. */
const standingOf = (v: ProfileVersion, row?: PolicyProfile) => ({
  effectiveFrom: v.effectiveFrom,
  withdrawnOn: dayOf(row?.withdrawnAt ?? null),
});

export function presentProfile(v: ProfileVersion, row?: PolicyProfile): ProfileReply {
  return {
    id: v.id,
    authority: v.authority,
    title: v.title,
    state: stateOf(standingOf(v, row)),
    source: row ? 'entered' : 'shipped',
    basis: v.basis,
    poolMode: v.poolMode,
    effectiveFrom: v.effectiveFrom,
    withdrawal:
      row && row.withdrawnAt !== null
        ? { on: legalDateOf(row.withdrawnAt), by: row.withdrawnBy!, reason: row.withdrawnBecause! }
        : null,
    rules: Object.entries(v.settings).map(([rule, { repeal: _own, disputed, ...s }]) => ({
      rule,
      title: ruleKinds.get(rule)?.title ?? rule,
      titleEn: ruleKinds.get(rule)?.titleEn ?? rule,
      ...s,
      disputed: disputed ?? false,
      repealed: repealOf(v, rule) ?? null,
    })),
    reviews: v.reviews.map((r) => ({ ...r })),
    repeals: v.repeals.map((r) => ({ ...r })),
    version: row?.version ?? null,
  };
}

/** The settings as they stand: what was repealed beside the version is repealed in what is drafted upon it too. */
const standing = (v: ProfileVersion): Record<string, RuleSetting> =>
  Object.fromEntries(
    Object.entries(v.settings).map(([rule, s]) => {
      const repeal = repealOf(v, rule);
      return [rule, repeal ? { ...s, repeal } : s];
    }),
  );

/** Profiles by authority and day: shipped ones, and those that authorities draft and adopt. */
export function createPolicy(deps: ProfileDeps) {
  const { db, command, audit, scope } = deps;
  const { clock, ids } = db.sources;
  const today = (): LegalDate => legalDateOf(clock.now());
  const lock = { subjects: () => [{ kind: 'record' as const, id: 'policy' }] };

  /** The authority's own version, else that of the nearest above it, else the nation's; `undefined` never. */
  async function versionFor(on: Reads, authority: string, day: LegalDate): Promise<ProfileVersion> {
    const codes = [...new Set([authority, ...(await deps.codesAbove(on, authority)), ...divisionsAbove(authority)])];
    const adopted = await adoptedOf(on, codes);
    const binding = await deps.ofOwnersKind(
      on,
      adopted.map((r) => r.authorityId),
    );
    const versions = [
      ...shipped.filter((v) => codes.includes(v.authority)),
      ...adopted.filter((r) => binding.includes(r.authorityId)).map(asVersion),
    ];
    const acts = await actsOf(
      on,
      versions.map((v) => v.id),
    );
    const known = versions.map((v) => withActs(v, acts));
    for (const code of codes) {
      const found = versionOn(
        known.filter((v) => v.authority === code),
        day,
      );
      if (found) return found;
    }
    return known.find((v) => v.id === national.id)!;
  }

  /** Before the circular nothing was asked: its rules are shown, and its basis carries no decision of such a day. */
  async function profileFor(on: Reads, authority: string, day: LegalDate): Promise<Profile> {
    const version = await versionFor(on, authority, day);
    const first = version.effectiveFrom!;
    return resolve(version, ruleKinds, day < first ? first : day);
  }

  async function load(on: Reads, id: string): Promise<{ version: ProfileVersion; row?: PolicyProfile }> {
    const known = shipped.find((v) => v.id === id);
    const row = known ? undefined : await findProfile(on, id);
    if (!known && !row) throw new Problem('request.not-found', { what: say('规则集', 'rule profile'), id });
    return { version: withActs(known ?? asVersion(row!), await actsOf(on, [id])), row: row ?? undefined };
  }

  /** Outside the scope of the acting post it does not exist; shipped ones lie where their division does. */
  async function loadOwn(on: Reads, call: Call, id: string) {
    const loaded = await load(on, id);
    if (loaded.row) await scope.require(on, call, loaded.row.authorityId, { what: say('规则集', 'rule profile'), id });
    else {
      const own = await deps.codesOf(
        on,
        await deps.ofOwnersKind(on, (await scope.authoritiesOf(call.actor, on)) ?? []),
      );
      if (!own.includes(loaded.version.authority))
        throw new Problem('request.not-found', { what: say('规则集', 'rule profile'), id });
    }
    return loaded;
  }

  /** Any adopted version, or a draft of the own scope, as if it were in force: what a replay judges under. */
  async function rehearse(on: Reads, call: Call, id: string): Promise<Profile> {
    const { version } = await load(on, id);
    if (version.effectiveFrom === null) await loadOwn(on, call, id);
    return resolve(version, ruleKinds, today(), true);
  }

  async function contentOf(on: Reads, call: Call, body: Body<'draft'>) {
    const base = body.basedOn === null ? undefined : await load(on, body.basedOn);
    if (base?.row && base.version.effectiveFrom === null) await loadOwn(on, call, body.basedOn!);
    const settings = { ...(base && standing(base.version)), ...settingsOf(body.rules) };
    for (const rule of body.without) delete settings[rule];
    return { title: body.title, basis: body.basis, poolMode: body.poolMode, settings };
  }

  async function draft(call: Call, body: Body<'draft'>): Promise<ProfileReply> {
    const authority = await deps.actingAuthority(call);
    return command(call, lock, async (tx) => {
      const row: PolicyProfile = {
        id: ids.timed(),
        authorityId: authority.id,
        authority: authority.code,
        ...(await contentOf(tx, call, body)),
        draftedBy: call.actor.accountId!,
        effectiveFrom: null,
        adoptedBy: null,
        adoptedAt: null,
        paper: null,
        withdrawnAt: null,
        withdrawnBy: null,
        withdrawnBecause: null,
        version: 1,
      };
      await insertProfile(tx, row);
      const waits = { kind: 'policy-draft', ref: row.id, authorityId: authority.id, notBy: [row.draftedBy] } as const;
      await deps.work.openCheck(tx, waits);
      const payload = { profile: row.id, authority: row.authority, title: row.title };
      await audit.append(tx, call, { type: 'policy.drafted', payload });
      return presentProfile(asVersion(row), row);
    });
  }

  const onOwn = (
    call: Call,
    id: string,
    work: (tx: Tx, loaded: { version: ProfileVersion; row?: PolicyProfile }) => Promise<void>,
  ): Promise<ProfileReply> =>
    command(call, lock, async (tx) => {
      await work(tx, await loadOwn(tx, call, id));
      const { version, row } = await load(tx, id);
      return presentProfile(version, row);
    });

  const amend = (call: Call, id: string, body: Body<'draft'>): Promise<ProfileReply> =>
    onOwn(call, id, async (tx, { version, row }) => {
      if (!row || row.effectiveFrom !== null) throw new Problem('policy.already-adopted');
      unwrap(judgeStanding(standingOf(version, row)));
      // One hand writes a draft: whoever has written in it may not adopt or review it.
      if (row.draftedBy !== call.actor.accountId) throw new Problem('policy.drafter-only');
      // A review is of the text that was read: another text is another draft.
      if (version.reviews.length > 0) throw new Problem('policy.reviewed-already');
      await changeRecord(tx, PolicyProfile, row, await contentOf(tx, call, body));
      await audit.append(tx, call, { type: 'policy.amended', payload: { profile: id } });
    });

  const withdraw = (call: Call, id: string, { reason }: Body<'withdraw'>): Promise<ProfileReply> =>
    onOwn(call, id, async (tx, { version, row }) => {
      if (!row) throw new Problem('policy.already-adopted');
      const isDrafter = personsBehind(call.actor).includes(row.draftedBy);
      const by = { isDrafter, mayAdopt: mayActor(call.actor, 'policy.adopt') };
      unwrap(judgeWithdrawal(standingOf(version, row), by));
      const said = { withdrawnAt: clock.now(), withdrawnBy: call.actor.accountId, withdrawnBecause: reason };
      await changeRecord(tx, PolicyProfile, row, said);
      await deps.work.close(tx, 'policy-draft', id);
      await audit.append(tx, call, { type: 'policy.withdrawn', payload: { profile: id, reason } });
    });

  const adopt = (call: Call, id: string, body: Body<'adopt'>): Promise<ProfileReply> =>
    onOwn(call, id, async (tx, { version, row }) => {
      if (!row) throw new Problem('policy.already-adopted');
      unwrap(moveProfile(standingOf(version, row), 'adopted'));
      const asked = { ...body, today: today(), persons: personsBehind(call.actor), drafters: [row.draftedBy] };
      unwrap(judgeAdoption(version, asked, belowLaw(version, national, ruleKinds, body.effectiveFrom)));
      const { effectiveFrom, paper } = body;
      const by = { adoptedBy: call.actor.accountId, adoptedAt: clock.now() };
      await changeRecord(tx, PolicyProfile, row, { effectiveFrom, paper, ...by });
      await deps.work.close(tx, 'policy-draft', id);
      const repealed = Object.keys(version.settings).flatMap((rule) => {
        const repeal = repealOf(version, rule);
        return repeal ? [{ rule, ...repeal }] : [];
      });
      const payload = { profile: id, authority: row.authority, title: row.title, effectiveFrom, paper, repealed };
      await audit.append(tx, call, { type: 'policy.adopted', subjects: [`policy:${id}`], payload });
    });

  /** The act stands beside the version; what it says is never written into it. */
  async function act(
    tx: Tx,
    call: Call,
    of: ProfileVersion,
    said: Pick<PolicyAct, 'rule' | 'kind' | 'paper' | 'day'> & Partial<PolicyAct>,
  ) {
    if (said.rule !== null && !of.settings[said.rule]) throw new Problem('policy.rule-unknown', { rule: said.rule });
    const at = { recordedBy: call.actor.accountId!, recordedAt: clock.now() };
    await insertAct(tx, { id: ids.timed(), profileId: of.id, result: null, fairCompetition: null, ...said, ...at });
    const { rule, paper, day, result = null } = said;
    const type = said.kind === 'review' ? 'policy.reviewed' : 'policy.repealed';
    await audit.append(tx, call, {
      type,
      subjects: [`policy:${of.id}`],
      payload: { profile: of.id, rule, paper, day, result },
    });
  }

  const review = (call: Call, id: string, body: Body<'review'>): Promise<ProfileReply> =>
    onOwn(call, id, async (tx, { version, row }) => {
      unwrap(judgeStanding(standingOf(version, row)));
      if (row && personsBehind(call.actor).includes(row.draftedBy)) throw new Problem('policy.same-person');
      if (body.day > today()) throw new Problem('policy.day-in-future', { day: body.day, today: today() });
      const { number: paper, ...said } = body;
      await act(tx, call, version, { kind: 'review', paper, ...said });
    });

  const repeal = (call: Call, id: string, body: Body<'repeal'>): Promise<ProfileReply> =>
    onOwn(call, id, async (tx, { version, row }) => {
      if (!row) throw new Problem('policy.shipped');
      unwrap(judgeStanding(standingOf(version, row)));
      const asked = { repeal: body, today: today(), persons: personsBehind(call.actor), drafters: [row.draftedBy] };
      unwrap(judgeRepeal(version, asked, national, ruleKinds));
      await act(tx, call, version, { kind: 'repeal', ...body });
    });

  async function presentAll(on: Reads, rows: readonly PolicyProfile[], others: readonly ProfileVersion[] = []) {
    const acts = await actsOf(on, [...rows.map((r) => r.id), ...others.map((v) => v.id)]);
    return {
      items: [
        ...others.map((v) => presentProfile(withActs(v, acts))),
        ...rows.map((r) => presentProfile(withActs(asVersion(r), acts), r)),
      ],
    };
  }

  async function list(asked: { authority?: string; day?: LegalDate }) {
    if (asked.authority === undefined) return presentAll(db, await adoptedAll(db), shipped);
    const { id } = await versionFor(db, asked.authority, asked.day ?? today());
    const { version, row } = await load(db, id);
    return { items: [presentProfile(version, row)] };
  }

  /** Drafts are the authority's own: to others they do not exist. */
  async function read(id: string): Promise<ProfileReply> {
    const { version, row } = await load(db, id);
    if (version.effectiveFrom === null)
      throw new Problem('request.not-found', { what: say('规则集', 'rule profile'), id });
    return presentProfile(version, row);
  }

  const drafts = async (call: Call, state: 'draft' | 'withdrawn') =>
    presentAll(db, await draftsOf(db, (await scope.authoritiesOf(call.actor)) ?? [], state));

  const kinds = () => ({
    items: [...ruleKinds.values()].map(({ id, title, titleEn, scope: of, needs, value }) => ({
      id,
      title,
      titleEn,
      scope: of,
      needs: [...needs],
      schema: z.toJSONSchema(value),
    })),
  });

  return { profileFor, rehearse, draft, amend, withdraw, adopt, review, repeal, list, read, drafts, kinds };
}

export type PolicyService = ReturnType<typeof createPolicy>;
/** What most modules need of it. */
export type Policy = Pick<PolicyService, 'profileFor'>;
