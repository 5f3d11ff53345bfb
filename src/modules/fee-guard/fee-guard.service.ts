import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type * as z from 'zod';
import type { Call } from '../../kernel/call';
import { refuseAndRecord, type Command, type RecordedRefusal } from '../../kernel/db/command';
import type { Db, Reads } from '../../kernel/db/database';
import type { Moment } from '../../kernel/db/history';
import { todayOf } from '../../kernel/db/moment';
import type { Tx } from '../../kernel/db/transaction';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { asProblem, Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { addYears, instantText, legalDate, legalDateOf, type LegalDate } from '../../kernel/pure/time';
import type { Audit } from '../audit-log';
import type { Scope } from '../identity';
import { organisationGuard } from '../organisations';
import { carryingOn, coolingOffYears, requireBasis, settingOf, type Policy, type Profile } from '../policy';
import type { feeRoutes, findingView, paymentView } from './fee-guard.contract';
import { judgePayment, type PaymentFacts } from './fee-guard.rules';
import { Finding, Payment } from './fee-guard.store';

export interface FeeDeps {
  db: Db;
  command: Command;
  audit: Audit;
  policy: Policy;
  organisations: {
    load(on: Reads, id: string): Promise<{ id: string; uscc: string }>;
    nameAt(on: Reads, id: string, moment: Moment): Promise<string>;
  };
  institutions: { load(on: Reads, id: string): Promise<{ id: string; uscc: string }> };
  mines: {
    /** Mines the body operated on some day of [from, to]. */
    operatedWithin(
      on: Reads,
      organisationId: string,
      from: string,
      to: string,
    ): Promise<{ id: string; name: string }[]>;
  };
  lots: {
    load(on: Reads, id: string): Promise<{ authority: string; authorityId: string | null; openedOn: LegalDate }>;
    /** Ids of the lots of these authorities. */
    within(on: Reads, authorityIds: readonly string[]): Promise<string[]>;
  };
  scope: Scope;
  requireAuthority(): Promise<{ code: string }>;
}

type RecordBody = z.output<NonNullable<typeof feeRoutes.record.body>>;
type PaymentView = z.infer<typeof paymentView>;

const presentPayment = ({
  id,
  payerId,
  institutionId,
  lotId,
  amountFen,
  paidOn,
  voucher,
  purpose,
}: Payment): PaymentView => ({
  id,
  payerId,
  institutionId,
  lotId,
  amountFen,
  paidOn,
  voucher,
  purpose,
});

/** The same day years before or after; the day itself where the calendar of the register ends. */
const clipped = (day: LegalDate, years: number): LegalDate => {
  const year = Number(day.slice(0, 4)) + years;
  return year < 1900 || year > 2999 ? day : addYears(day, years);
};

export function createFeeGuard(deps: FeeDeps) {
  const { db, command, audit, policy, organisations, institutions, mines, lots, scope } = deps;
  const { clock, ids } = db.sources;

  /** A payment is its lot's authority's; one that names no lot is the installation's. */
  async function requireOwn(tx: Tx, call: Call, lotId: string | null): Promise<void> {
    if (lotId === null) return scope.requireHouse(tx, call, { permission: 'payment.record' });
    const { authorityId } = await lots.load(tx, lotId);
    await scope.require(tx, call, authorityId, { what: say('批次', 'lot'), id: lotId });
  }

  /** Money of a lot is paid out after the basis has lapsed too: the lot began while it held. */
  async function requireFeeBasis(tx: Tx, lotId: string | null, profile: Profile, today: LegalDate): Promise<void> {
    if (lotId === null) return requireBasis(profile, today, ['fee']);
    const { authority, openedOn } = await lots.load(tx, lotId);
    requireBasis(await policy.profileFor(tx, authority, openedOn), openedOn, ['fee']);
  }

  /** What the acting post's authority may see of it. */
  async function visible<T extends Payment | Finding>(query: SelectQueryBuilder<T>, { actor }: Call) {
    const authorityIds = await scope.authoritiesOf(actor);
    if (!authorityIds) return query;
    const own = { lotId: In(await lots.within(db, authorityIds)) };
    return query.andWhere((await scope.isOfHouse(db, actor)) ? [{ lotId: IsNull() }, own] : own);
  }

  async function factsOf(tx: Tx, body: RecordBody, profile: Profile): Promise<PaymentFacts> {
    const moment = todayOf(clock);
    const today = moment.asOf;
    const payer = await organisations.load(tx, body.payerId);
    const paidOn = legalDate(body.paidOn);
    const name = await organisations.nameAt(tx, payer.id, moment);
    const years = settingOf(profile, coolingOffYears)?.value ?? 0;
    const operated = await mines.operatedWithin(tx, payer.id, clipped(paidOn, -years), clipped(paidOn, years));
    return { payer: { name, uscc: payer.uscc }, operated, paidOn, today };
  }

  async function raise(tx: Tx, call: Call, body: RecordBody, facts: PaymentFacts): Promise<string> {
    const finding: Finding = {
      id: ids.timed(),
      kind: 'mine-payer',
      state: 'raised',
      payerId: body.payerId,
      institutionId: body.institutionId,
      lotId: body.lotId,
      amountFen: body.amountFen,
      paidOn: facts.paidOn,
      voucher: body.voucher,
      mineIds: facts.operated.map((m) => m.id).slice(0, 200),
      raisedAt: clock.now(),
      raisedBy: call.actor.accountId,
      version: 1,
    };
    await tx.m.insert(Finding, finding);
    const { payerId, institutionId, amountFen, paidOn, voucher } = finding;
    const payload = { finding: finding.id, payer: payerId, institution: institutionId, amountFen, paidOn, voucher };
    await audit.append(tx, call, { type: 'finding.raised', payload });
    return finding.id;
  }

  async function insert(tx: Tx, call: Call, body: RecordBody): Promise<PaymentView> {
    const known = await tx.m.findOneBy(Payment, { payerId: body.payerId, voucher: body.voucher });
    if (known) throw new Problem('payment.voucher-known', { voucher: body.voucher });
    const payment: Payment = { ...body, id: ids.timed(), paidOn: legalDate(body.paidOn), recordedAt: clock.now() };
    await tx.m.insert(Payment, payment);
    const view = presentPayment(payment);
    await audit.append(tx, call, { type: 'payment.recorded', payload: { payment: view } });
    return view;
  }

  /** An entitled public payer's payment enters the ledger; an operator's is refused and leaves a finding. */
  async function record(call: Call, body: RecordBody): Promise<PaymentView> {
    const authority = await deps.requireAuthority();
    return command(
      call,
      { subjects: () => [{ kind: 'institution', id: body.institutionId }, organisationGuard(body.payerId)] },
      async (tx): Promise<PaymentView | RecordedRefusal> => {
        await institutions.load(tx, body.institutionId);
        await requireOwn(tx, call, body.lotId);
        const today = legalDateOf(clock.now());
        const profile = carryingOn(await policy.profileFor(tx, authority.code, today));
        await requireFeeBasis(tx, body.lotId, profile, today);
        const facts = await factsOf(tx, body, profile);
        const judged = judgePayment(facts, profile);
        if (judged.ok) return insert(tx, call, body);
        const problem = asProblem(judged.refusal);
        if (problem.code !== 'payment.mine-payer') throw problem;
        await raise(tx, call, body, facts);
        return refuseAndRecord(problem);
      },
    );
  }

  async function list(call: Call, request: PageRequest & { institutionId?: string }): Promise<Page<PaymentView>> {
    const query = await visible(db.m.createQueryBuilder(Payment, 'p'), call);
    if (request.institutionId) query.andWhere('p.institutionId = :id', { id: request.institutionId });
    const order = {
      sort: 'p.paidOn',
      id: 'p.id',
      descending: true,
      keyOf: (p: Payment): [string, string] => [p.paidOn, p.id],
    };
    return mapPage(await pageBy(query, order, request), presentPayment);
  }

  async function findings(call: Call, request: PageRequest): Promise<Page<z.infer<typeof findingView>>> {
    const query = await visible(db.m.createQueryBuilder(Finding, 'f'), call);
    const order = {
      sort: 'f.raisedAt',
      id: 'f.id',
      descending: true,
      keyOf: (f: Finding): [number, string] => [f.raisedAt, f.id],
    };
    const page = await pageBy(query, order, request);
    return mapPage(page, ({ raisedAt, lotId: _lot, raisedBy: _by, version: _v, ...f }) => ({
      ...f,
      raisedAt: instantText(raisedAt),
    }));
  }

  return { recordPayment: record, listPayments: list, listFindings: findings };
}

export type FeeGuard = ReturnType<typeof createFeeGuard>;
