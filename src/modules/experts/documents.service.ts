import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { requireGuarded, type Subject } from '../../kernel/db/guards';
import { LATEST, todayOf } from '../../kernel/db/moment';
import { changeRecord } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { Problem } from '../../kernel/problem';
import { say, type Wording } from '../../kernel/pure/wording';
import { judgeIdentity, type RegionHistory } from './core/identity-number';
import regionCodes from './core/region-codes.json';
import { raiseDoubts } from './doubting';
import type { ExpertReply } from './experts.contract';
import { Expert, ExpertIdentity, findExpert } from './experts.store';
import { freedHash, identityHash, identityRow, type Registering } from './identities';
import { documentsOf, holdersOf, namesBorne } from './identities.store';
import type { MergeDeps } from './merging.service';
import type { AddDocument, WithdrawDocument } from './persons.contract';
import { personBehind, type Together } from './together';

export interface DocumentDeps extends MergeDeps {
  sealing: Registering;
  readBack(on: Reads, actor: Actor, row: Expert): Promise<ExpertReply>;
}

export interface PersonDocuments {
  addDocument(call: Call, id: string, body: AddDocument): Promise<ExpertReply>;
  withdrawDocument(call: Call, id: string, identityId: string, body: WithdrawDocument): Promise<ExpertReply>;
}

const regions: RegionHistory = regionCodes;
const notFound = (id: string, what: Wording): Problem => new Problem('request.not-found', { id, what });

/** Documents that come and go after the registration: entered by an officer who saw the original. */
export function createDocuments(deps: DocumentDeps): PersonDocuments {
  const { command, audit, line, sealing, readBack } = deps;
  const { clock } = deps.sources;

  /** Runs an act on the documents of a person under all his guards; writes under the registration that survives. */
  const onPerson = (
    call: Call,
    id: string,
    work: (tx: Tx, row: Expert, person: Together) => Promise<void>,
  ): Promise<ExpertReply> => {
    const subjects: Subject[] = [{ kind: 'person', id }];
    return command(call, { subjects: () => subjects }, async (tx) => {
      const row = await findExpert(tx, id);
      if (!row) throw notFound(id, say('评估人员', 'assessor'));
      const person = await personBehind(tx, id, LATEST);
      requireGuarded(
        tx,
        person.ids.map((one) => ({ kind: 'person', id: one })),
      );
      if (person.survivor !== id) {
        const { platformNumber } = (await findExpert(tx, person.survivor))!;
        throw new Problem('expert.merged', { id: person.survivor, platformNumber });
      }
      await changeRecord(tx, Expert, row, {});
      await work(tx, row, person);
      return readBack(tx, call.actor, row);
    });
  };

  const documentOf = async (tx: Tx, person: Together, identityId: string): Promise<ExpertIdentity> => {
    const found = (await documentsOf(tx, person.ids)).find((d) => d.id === identityId);
    if (!found) throw notFound(identityId, say('身份证件', 'identity document'));
    if (found.withdrawnFor !== null) throw new Problem('expert.document-withdrawn', { identityId });
    return found;
  };

  /** Nobody else may hold it; whose it is by the register is told, since two registrations may be one person. */
  const requireFree = async (tx: Tx, person: Together, hash: string): Promise<void> => {
    const holder = (await holdersOf(tx, [hash])).get(hash);
    if (holder === undefined) return;
    if (person.ids.includes(holder)) {
      const own = (await documentsOf(tx, person.ids)).find((d) => d.hash === hash);
      throw new Problem('expert.document-known', { mask: own!.mask });
    }
    const { survivor } = await personBehind(tx, holder, LATEST);
    const { platformNumber } = (await findExpert(tx, survivor))!;
    throw new Problem('expert.document-of-another', { platformNumber, id: survivor });
  };

  const addDocument: PersonDocuments['addDocument'] = async (call, id, body) => {
    const { kind, number } = body.identity;
    const judged = judgeIdentity(kind, number, todayOf(clock).asOf, regions);
    if (judged.verdict === 'invalid') {
      const faults = judged.faults.map((f) => `${f.detail}${f.cure}。`);
      const said = faults.map((detail) => ({ in: 'body', pointer: '/identity/number', detail }) as const);
      throw new Problem('request.unprocessable', {}, said);
    }
    const hash = identityHash(sealing.key, kind, judged.number);
    return onPerson(call, id, async (tx, _row, person) => {
      const old = body.replaces === null ? undefined : await documentOf(tx, person, body.replaces);
      await requireFree(tx, person, hash);
      const by = call.actor.accountId;
      const added = { addedAt: clock.now(), addedBy: by, paper: body.paper };
      const row = identityRow(sealing, id, { kind, number: judged.number }, true, added);
      await tx.m.insert(ExpertIdentity, row);
      if (old) {
        const gone = {
          withdrawnAt: clock.now(),
          withdrawnBy: by,
          withdrawnFor: 'replaced',
          replacedBy: row.id,
        } as const;
        await tx.m.update(ExpertIdentity, { id: old.id }, { ...gone, withdrawnPaper: body.paper });
      }
      // The new document may bear a day of birth, and so tell of whom this is a second registration.
      const names = await namesBorne(tx, person.ids);
      const doubts = await raiseDoubts(
        tx,
        sealing,
        names.map((nameKey) => ({ id, nameKey })),
      );
      const what = { expertId: id, identityId: row.id, kind, replaces: body.replaces, doubts: doubts.length };
      await audit.append(tx, call, { type: 'expert.document-added', payload: { ...what, paper: body.paper } });
    });
  };

  /** A mistaken document frees its number, which must not become a way out of a bar. */
  const requireMayFree = async (tx: Tx, person: Together, identityId: string): Promise<void> => {
    // One that is stayed or begins later must find the person as well as one that holds.
    const lasting = (await line.bars(tx, person.ids)).find((b) => b.lasts);
    if (lasting) throw new Problem('expert.document-under-bar', { decisionNumber: lasting.decisionNumber });
    const others = (await documentsOf(tx, person.ids)).filter((d) => d.id !== identityId);
    if (others.every((d) => d.withdrawnFor === 'mistaken')) throw new Problem('expert.document-last');
  };

  const withdrawDocument: PersonDocuments['withdrawDocument'] = (call, id, identityId, body) =>
    onPerson(call, id, async (tx, _row, person) => {
      const { reason, paper } = body;
      await documentOf(tx, person, identityId);
      if (body.for === 'mistaken') await requireMayFree(tx, person, identityId);
      const gone = { withdrawnAt: clock.now(), withdrawnBy: call.actor.accountId, withdrawnFor: body.for } as const;
      const hash = body.for === 'mistaken' ? { hash: freedHash(sealing.key, identityId) } : {};
      const said = { withdrawnReason: reason, withdrawnPaper: paper };
      await tx.m.update(ExpertIdentity, { id: identityId }, { ...gone, ...said, ...hash });
      const payload = { expertId: id, identityId, for: body.for, reason, paper };
      await audit.append(tx, call, { type: 'expert.document-withdrawn', payload });
    });

  return { addDocument, withdrawDocument };
}
