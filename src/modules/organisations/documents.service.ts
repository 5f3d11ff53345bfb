import { IsNull } from 'typeorm';
import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { recordVersion, replaceEntries, type Moment } from '../../kernel/db/history';
import { lastDayOf, momentOf, shownMoment, spanOf, todayOf } from '../../kernel/db/moment';
import { changeRecord, expectVersion } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import type { Page } from '../../kernel/http/page';
import { say } from '../../kernel/pure/wording';
import type { Instant, LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import {
  addDocument,
  type AddDocument,
  type AmendDocument,
  type DocumentItem,
  type DocumentsReply,
  type FileDocument,
} from './documents.contract';
import { amendedPaper } from './documents.rules';
import { documentsAt, listEnding, OrganisationDocument, shownDocuments, type EndingAsked } from './documents.store';
import type { OrganisationDeps } from './organisations.service';
import { loadBody, Organisation, organisationGuard } from './organisations.store';

/** A paper as other modules see it; `validTo` is its last day, null without an end. */
export type DocumentFacts = Pick<OrganisationDocument, 'kind' | 'number' | 'issuer' | 'fileId' | 'validFrom'> & {
  id: string;
  validTo: LegalDate | null;
};

export interface BodyDocuments {
  listDocuments(
    actor: Actor,
    id: string,
    asked: { asOf?: LegalDate; knownAt?: Instant; expiringDays: number },
  ): Promise<DocumentsReply>;
  addDocument(call: Call, id: string, version: number, body: AddDocument): Promise<DocumentsReply>;
  amendDocument(
    call: Call,
    at: { id: string; documentId: string },
    version: number,
    body: AmendDocument,
  ): Promise<DocumentsReply>;
  withdrawDocument(
    call: Call,
    at: { id: string; documentId: string },
    version: number,
    body: { paper: string },
  ): Promise<DocumentsReply>;
  endingDocuments(actor: Actor, asked: EndingAsked): Promise<Page<DocumentItem>>;
  /** Records papers inside the caller's transaction, which holds the body's guard and appends its own audit entry. */
  fileDocuments(tx: Tx, call: Call, organisationId: string, documents: readonly FileDocument[]): Promise<string[]>;
  /** The body is an assessor from now on: what it filed before runs out for it too. */
  remindOfPapers(tx: Tx, organisationId: string): Promise<void>;
  /**
   * Throws Problem `request.not-found` where one of the papers is not the body's, `request.unprocessable` where its days
   * do not fit; `at` is where the papers stand in the caller's body.
   */
  requireDocuments(on: Reads, organisationId: string, documents: readonly FileDocument[], at: string): Promise<void>;
  /** Every paper known at the moment, each by the entry that matters on that day; expired ones too. */
  documentsAt(on: Reads, organisationId: string, moment: Moment): Promise<DocumentFacts[]>;
}

const EXPIRING_DAYS = 30;
const bodyNotFound = (id: string): Problem =>
  new Problem('request.not-found', { id, what: say('组织', 'organisation') });

/** Papers with a validity: licences, authorisations, rules, proofs. Whether one has run out is computed, never stored. */
export function createBodyDocuments(deps: OrganisationDeps): BodyDocuments {
  const { db, command, audit, files, ownBody } = deps;
  const { clock, ids } = deps.sources;
  const stamp = () => ({ now: clock.now(), id: ids.timed });

  const reading = async (
    on: Reads,
    row: Organisation,
    moment: Moment,
    expiringDays: number,
  ): Promise<DocumentsReply> => ({
    organisationId: row.id,
    version: row.version,
    ...shownMoment(clock, moment),
    expiringDays,
    items: await shownDocuments(on, row.id, moment, expiringDays),
  });

  /** The paper's last day may be another one now; null when it has none, or is taken back. */
  const endsAnew = async (tx: Tx, at: { organisationId: string; documentId: string }): Promise<void> => {
    const entries = await tx.m.findBy(OrganisationDocument, { documentId: at.documentId, supersededAt: IsNull() });
    const last = [...entries].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1)).at(-1);
    await deps.documentEnds(tx, { ...at, lastDay: last === undefined ? null : lastDayOf(last) });
  };

  const record = async (
    tx: Tx,
    call: Call,
    at: { organisationId: string; documentId: string },
    body: AddDocument,
    anew: boolean,
  ): Promise<void> => {
    const holder = { kind: 'organisation', ref: at.organisationId } as const;
    if (body.fileId !== null) await files.attach(tx, call, body.fileId, holder);
    const { from, lastDay, paper, kind, title, number, issuer, fileId } = body;
    const fields = { ...at, kind, title, number, issuer, fileId };
    const recording = { ...spanOf({ from, lastDay }), by: call.actor.accountId, paper };
    const where = { documentId: at.documentId };
    if (anew) await replaceEntries(tx, OrganisationDocument, where, [{ fields, ...recording }], stamp());
    else await recordVersion(tx, OrganisationDocument, where, fields, recording, stamp());
    await endsAnew(tx, at);
  };

  /** One change of the papers of a body. */
  const change = (
    call: Call,
    id: string,
    version: number,
    work: (tx: Tx, row: Organisation) => Promise<void>,
  ): Promise<DocumentsReply> =>
    command(call, { subjects: () => [organisationGuard(id)] }, async (tx) => {
      const row = await loadBody(tx, id);
      expectVersion(row, version);
      await changeRecord(tx, Organisation, row, {});
      await work(tx, row);
      return reading(tx, row, todayOf(clock), EXPIRING_DAYS);
    });

  const entriesOf = async (on: Reads, organisationId: string, documentId: string): Promise<OrganisationDocument[]> => {
    const known = await on.m.findBy(OrganisationDocument, { organisationId, documentId, supersededAt: IsNull() });
    if (known.length === 0) throw new Problem('request.not-found', { id: documentId, what: say('材料', 'paper') });
    return known;
  };

  /** The body's whole entry, with all that it leaves out. */
  const amendedOf = async (
    on: Reads,
    at: { organisationId: string; documentId: string },
    { paper, ...said }: Omit<AmendDocument, 'correct'>,
    correct: boolean,
    pointer = '/lastDay',
  ): Promise<AddDocument> => {
    const known = await entriesOf(on, at.organisationId, at.documentId);
    const { lastDay, ...kept } = amendedPaper(known, said, { today: todayOf(clock).asOf, correct });
    if (lastDay === undefined) {
      const detail = '续期或换发须填截止日 lastDay（含当日）；无期限的请填 null。';
      throw new Problem('request.unprocessable', {}, [{ pointer, in: 'body', detail }]);
    }
    const whole = { ...kept, lastDay, paper };
    if (whole.lastDay !== null && whole.lastDay < whole.from) {
      const detail = `截止日 ${whole.lastDay}（原登记）早于起始日 ${whole.from}；请一并填写 lastDay。`;
      throw new Problem('request.unprocessable', {}, [{ pointer, in: 'body', detail }]);
    }
    return whole;
  };

  const recorded = (tx: Tx, call: Call, organisationId: string, documentId: string, body: object): Promise<unknown> =>
    audit.append(tx, call, {
      type: 'organisation.document-recorded',
      payload: { organisationId, documentId, ...body },
    });

  return {
    listDocuments: async (actor, id, { expiringDays, ...asked }) => {
      const own = await ownBody(db, actor);
      if (own !== undefined && own !== id) throw bodyNotFound(id);
      return reading(db, await loadBody(db, id), momentOf(clock, asked), expiringDays);
    },
    addDocument: (call, id, version, body) =>
      change(call, id, version, async (tx) => {
        const documentId = ids.timed();
        await record(tx, call, { organisationId: id, documentId }, body, false);
        await recorded(tx, call, id, documentId, body);
      }),
    amendDocument: (call, { id, documentId }, version, { correct, ...body }) =>
      change(call, id, version, async (tx) => {
        const at = { organisationId: id, documentId };
        const whole = await amendedOf(tx, at, body, correct);
        await record(tx, call, at, whole, correct);
        await recorded(tx, call, id, documentId, { ...whole, correct });
      }),
    withdrawDocument: (call, { id, documentId }, version, { paper }) =>
      change(call, id, version, async (tx) => {
        await entriesOf(tx, id, documentId);
        await replaceEntries(tx, OrganisationDocument, { documentId }, [], stamp());
        await endsAnew(tx, { organisationId: id, documentId });
        const payload = { organisationId: id, documentId, paper };
        await audit.append(tx, call, { type: 'organisation.document-withdrawn', payload });
      }),
    async remindOfPapers(tx, organisationId) {
      const known = await tx.m.findBy(OrganisationDocument, { organisationId, supersededAt: IsNull() });
      for (const documentId of new Set(known.map((d) => d.documentId))) {
        await endsAnew(tx, { organisationId, documentId });
      }
    },
    endingDocuments: async (actor, asked) => listEnding(db, await ownBody(db, actor), asked),
    fileDocuments: async (tx, call, organisationId, documents) => {
      const filed: string[] = [];
      for (const { documentId: known, ...body } of documents) {
        // Reports from before a paper could be named in them name none.
        const at = { organisationId, documentId: known ?? ids.timed() };
        const whole = known ? await amendedOf(tx, at, body, false) : addDocument.parse(body);
        await record(tx, call, at, whole, false);
        filed.push(at.documentId);
      }
      return filed;
    },
    requireDocuments: async (on, organisationId, documents, at) => {
      for (const [i, { documentId, ...body }] of documents.entries())
        if (documentId) await amendedOf(on, { organisationId, documentId }, body, false, `${at}/${i}/lastDay`);
    },
    documentsAt: async (on, organisationId, moment) =>
      (await documentsAt(on, organisationId, moment)).map((d) => ({
        id: d.documentId,
        kind: d.kind,
        number: d.number,
        issuer: d.issuer,
        fileId: d.fileId,
        validFrom: d.validFrom,
        validTo: lastDayOf(d),
      })),
  };
}
