import type * as z from 'zod';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import type { Subject } from '../../kernel/db/guards';
import { todayOf } from '../../kernel/db/moment';
import { changeRecord, loadRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { Problem, unwrap } from '../../kernel/problem';
import { say, sayNames } from '../../kernel/pure/wording';
import { legalDateOf } from '../../kernel/pure/time';
import { requireBasis } from '../policy';
import type { commissionRoutes, lotView } from './commissions.contract';
import type { CommissionDeps } from './commissions.service';
import { moveLot } from './commissions.rules';
import { holding, type LotState } from './commissions.states';
import { Assignment, candidatesOfLot, Lot, LotCandidate, LotMine, minesOfLot, PoolEntry } from './commissions.store';

type Body<K extends keyof typeof commissionRoutes> = z.output<NonNullable<(typeof commissionRoutes)[K]['body']>>;
type LotView = z.infer<typeof lotView>;

export async function presentLot(on: Reads, lot: Lot): Promise<LotView> {
  return {
    id: lot.id,
    name: lot.name,
    purpose: lot.purpose,
    mode: lot.mode,
    purchase: { method: lot.purchaseMethod, projectNumber: lot.projectNumber, contractNumber: lot.contractNumber },
    state: lot.state,
    openedOn: lot.openedOn,
    mineIds: await minesOfLot(on, lot.id),
    candidateIds: await candidatesOfLot(on, lot.id),
    endReason: lot.endReason,
    version: lot.version,
  };
}

/** What a lot begins: its offers and teams go on by these rules after they have run out, so none begins then. */
const begun = ['offer', 'team'] as const;

export const loadLot = (on: Reads, id: string): Promise<Lot> => loadRecord(on, Lot, { id }, say('批次', 'lot'));

/** Moves the lot and records it; the guard on the record lets officers meet. */
export async function moveLotTo(tx: Tx, lot: Lot, wanted: LotState, patch: Partial<Lot> = {}): Promise<void> {
  await changeRecord(tx, Lot, lot, { ...patch, state: unwrap(moveLot(lot.state, wanted)) });
}

/** Throws `lot.candidate-not-admitted` naming those that are not in the register of the lot's authority. */
export async function requireAdmitted(tx: Tx, lot: Lot, institutionIds: readonly string[]): Promise<void> {
  const rows = await tx.m.find(PoolEntry, {
    where: { institutionId: In([...institutionIds]), authorityId: lot.authorityId ?? IsNull(), state: 'admitted' },
  });
  const missing = institutionIds.filter((id) => !rows.some((r) => r.institutionId === id));
  if (missing.length > 0) throw new Problem('lot.candidate-not-admitted', { institutions: sayNames(missing) });
}

export function createLots(deps: CommissionDeps) {
  const { db, command, audit, policy, facts, scope, work } = deps;
  const { clock, ids } = db.sources;
  const onLot = (id: string) => ({ subjects: () => [{ kind: 'record' as const, id }] });

  async function open(call: Call, body: Body<'openLot'>): Promise<LotView> {
    const repeated = body.mineIds.find((m, i) => body.mineIds.indexOf(m) !== i);
    if (repeated) throw new Problem('lot.mine-twice', { mine: repeated });
    const authority = await deps.actingAuthority(call);
    return command(call, {}, async (tx) => {
      const today = legalDateOf(clock.now());
      requireBasis(await policy.profileFor(tx, authority.code, today), today, begun);
      for (const mineId of body.mineIds) await facts.mines.load(tx, mineId);
      const lot: Lot = {
        id: ids.timed(),
        authority: authority.code,
        authorityId: authority.id,
        name: body.name,
        purpose: body.purpose,
        mode: body.mode,
        purchaseMethod: body.purchase.method,
        projectNumber: body.purchase.projectNumber,
        contractNumber: body.purchase.contractNumber ?? null,
        state: 'drafted',
        openedOn: today,
        endReason: null,
        version: 1,
      };
      await tx.m.insert(Lot, lot);
      await tx.m.insert(
        LotMine,
        body.mineIds.map((mineId) => ({ lotId: lot.id, mineId })),
      );
      await work.open(tx, { kind: 'lot', ref: lot.id, holder: { by: call.actor } });
      await audit.append(tx, call, {
        type: 'lot.opened',
        subjects: [`lot:${lot.id}`],
        payload: { lot: lot.id, purpose: lot.purpose, mode: lot.mode, purchase: body.purchase, mines: body.mineIds },
      });
      return presentLot(tx, lot);
    });
  }

  /** Outside the scope of the acting post a lot does not exist. */
  async function loadOwn(tx: Tx, call: Call, id: string): Promise<Lot> {
    const lot = await loadLot(tx, id);
    await scope.require(tx, call, lot.authorityId, { what: say('批次', 'lot'), id });
    return lot;
  }

  /** Guarded, so that one who leaves the register at this moment is not published as a candidate. */
  const candidates = (body: Body<'publishCandidates'>): Subject[] =>
    body.institutionIds.map((id) => ({ kind: 'institution', id }));

  const publishCandidates = (call: Call, lotId: string, body: Body<'publishCandidates'>): Promise<LotView> =>
    command(call, { subjects: () => [...candidates(body), { kind: 'record', id: lotId }] }, async (tx) => {
      const lot = await loadOwn(tx, call, lotId);
      const institutionIds = [...new Set(body.institutionIds)];
      for (const id of institutionIds) await facts.institutions.load(tx, id);
      const today = legalDateOf(clock.now());
      requireBasis(await policy.profileFor(tx, lot.authority, today), today, begun);
      if ((await policy.profileFor(tx, lot.authority, lot.openedOn)).poolMode !== 'none') {
        await requireAdmitted(tx, lot, institutionIds);
      }
      await moveLotTo(tx, lot, 'candidates-published');
      await tx.m.insert(
        LotCandidate,
        institutionIds.map((institutionId) => ({ lotId, institutionId })),
      );
      await audit.append(tx, call, {
        type: 'lot.candidates-published',
        subjects: [`lot:${lotId}`],
        payload: { lot: lotId, institutions: institutionIds },
      });
      return presentLot(tx, lot);
    });

  const close = (call: Call, lotId: string): Promise<LotView> =>
    command(call, onLot(lotId), async (tx) => {
      const lot = await loadOwn(tx, call, lotId);
      const rows = await tx.m.find(Assignment, { where: { lotId, state: In([...holding]) } });
      const open = rows.filter((a) => a.state !== 'fulfilled');
      if (open.length > 0) throw new Problem('lot.work-open', { assignments: open.map((a) => a.id).join('、') });
      await moveLotTo(tx, lot, 'closed');
      await work.close(tx, 'lot', lotId);
      await audit.append(tx, call, { type: 'lot.closed', subjects: [`lot:${lotId}`], payload: { lot: lotId } });
      return presentLot(tx, lot);
    });

  const cancel = (call: Call, lotId: string, body: Body<'cancelLot'>): Promise<LotView> =>
    command(call, onLot(lotId), async (tx) => {
      const lot = await loadOwn(tx, call, lotId);
      await moveLotTo(tx, lot, 'cancelled', { endReason: body.reason });
      await work.close(tx, 'lot', lotId);
      await audit.append(tx, call, {
        type: 'lot.cancelled',
        subjects: [`lot:${lotId}`],
        payload: { lot: lotId, reason: body.reason },
      });
      return presentLot(tx, lot);
    });

  /** Institutions see the lots whose candidates they are, authorities those of their scope. */
  async function visible(query: SelectQueryBuilder<Lot>, { actor }: Call): Promise<SelectQueryBuilder<Lot>> {
    const authorityIds = await scope.authoritiesOf(actor);
    if (authorityIds) return query.andWhere({ authorityId: In([...authorityIds]) });
    const named = 'SELECT 1 FROM lot_candidate own WHERE own.lot_id = lot.id AND own.institution_id = :own';
    return query.andWhere(`EXISTS (${named})`, { own: actor.institutionId ?? '' });
  }

  async function show(call: Call, id: string): Promise<LotView> {
    const lot = await (await visible(db.m.createQueryBuilder(Lot, 'lot').where({ id }), call)).getOne();
    if (!lot) throw new Problem('request.not-found', { what: say('批次', 'lot'), id });
    return presentLot(db, lot);
  }

  async function mines(call: Call, id: string): Promise<{ items: { id: string; name: string }[] }> {
    const { mineIds } = await show(call, id);
    const names = await facts.mines.namesAt(db, mineIds, todayOf(clock));
    return { items: mineIds.map((mineId) => ({ id: mineId, name: names.get(mineId) ?? mineId })) };
  }

  async function list(call: Call, asked: PageRequest & { q?: string; state?: LotState }): Promise<Page<LotView>> {
    const { q, state, ...request } = asked;
    const query = db.m.createQueryBuilder(Lot, 'lot');
    if (state) query.andWhere({ state });
    // Lots are few, so their names are looked through without an index.
    if (q !== undefined) query.andWhere('INSTR(LOWER(lot.name), LOWER(:q)) > 0', { q });
    const page = await pageBy(
      await visible(query, call),
      { sort: 'lot.openedOn', id: 'lot.id', descending: true, keyOf: (l) => [l.openedOn, l.id] },
      request,
    );
    return { ...page, items: await Promise.all(page.items.map((l) => presentLot(db, l))) };
  }

  return {
    openLot: open,
    publishCandidates,
    closeLot: close,
    cancelLot: cancel,
    showLot: show,
    showLotMines: mines,
    listLots: list,
  };
}
