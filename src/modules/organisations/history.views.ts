import type { Actor } from '../../kernel/call';
import type { Db, Reads } from '../../kernel/db/database';
import { momentOf } from '../../kernel/db/moment';
import {
  createRecordHistory,
  historyEntries,
  strandOf,
  type RecordHistory,
  type Recorders,
  type Strand,
} from '../../kernel/db/record-history';
import { labelsOf, type HistoryQuery } from '../../kernel/http/history-routes';
import { OrganisationDocument } from './documents.store';
import { OrganisationFormerCode, OrganisationOwner, OrganisationSuccessor, veil } from './lists.store';
import { amendOrganisation, type OrganisationHistory } from './organisations.contract';
import { loadBody, OrganisationVersion } from './organisations.store';
import { shownVersion } from './organisations.views';

const own = strandOf(OrganisationVersion, (organisationId) => ({ organisationId }), {
  list: null,
  labels: labelsOf(amendOrganisation.shape),
  shown: shownVersion,
});

const formerCodes = strandOf(OrganisationFormerCode, (organisationId) => ({ organisationId }), {
  list: { field: 'formerCodes', label: '曾用代码' },
  labels: { kind: '种类', code: '代码' },
  shown: ({ kind, code }) => ({ kind, code }),
  keyOf: (r) => r.code,
});

const successors = strandOf(OrganisationSuccessor, (organisationId) => ({ organisationId }), {
  list: { field: 'successors', label: '承继组织' },
  labels: { organisationId: '承继组织', kind: '方式' },
  shown: ({ successorId, kind }) => ({ organisationId: successorId, kind }),
  keyOf: (r) => r.successorId,
});

/** The one body of which the reader sees everything; undefined for those who see everything of all. */
type OwnBody = (on: Reads, reader: Actor) => Promise<string | undefined>;

const ownerLabels = {
  relation: '关系',
  holderKind: '类别',
  uscc: '统一社会信用代码',
  name: '名称',
  shareBasisPoints: '出资比例',
};

/** Names of persons among the owners are veiled for those to whom the list of owners veils them. */
const owners = (ownBody: OwnBody): Strand => ({
  list: { field: 'owners', label: '股东、举办单位、主管单位' },
  labels: ownerLabels,
  rows: async (on, organisationId, reader) => {
    const body = await ownBody(on, reader);
    const veiled = body !== undefined && body !== organisationId;
    const rows = await on.m.find(OrganisationOwner, { where: { organisationId }, order: { id: 'ASC' } });
    const numbers = new Map<string, number>();
    const numberOf = (who: string): number => {
      if (!numbers.has(who)) numbers.set(who, numbers.size + 1);
      return numbers.get(who)!;
    };
    return rows.map((version) => {
      const { relation, holderKind, holderCode: uscc, holderName, shareBasisPoints } = version;
      const hidden = veiled && holderKind === 'person' && holderName !== null;
      const name = hidden ? veil(holderName) : holderName;
      const who = `${relation}:${uscc ?? holderName ?? ''}`;
      return {
        version,
        fields: { relation, holderKind, uscc, name, shareBasisPoints },
        // A key with the name in it would lift the veil.
        key: hidden ? `${relation}:${name}:${numberOf(who)}` : who,
      };
    });
  },
});

/** Papers are seen by those who may list them. */
const documents = (ownBody: OwnBody): Strand => {
  const all = strandOf(OrganisationDocument, (organisationId) => ({ organisationId }), {
    list: { field: 'documents', label: '证照和材料' },
    labels: { kind: '种类', title: '材料名称', number: '编号', issuer: '发证单位', fileId: '扫描件' },
    shown: ({ kind, title, number, issuer, fileId }) => ({ kind, title, number, issuer, fileId }),
    keyOf: (d) => d.documentId,
  });
  return {
    ...all,
    rows: async (on, id, reader, knownAt) => {
      const body = await ownBody(on, reader);
      return body === undefined || body === id ? all.rows(on, id, reader, knownAt) : [];
    },
  };
};

export interface OrganisationHistories extends RecordHistory {
  history(reader: Actor, id: string, asked: HistoryQuery): Promise<OrganisationHistory>;
}

/** All that was ever recorded of a body, what changed between two moments, and who changed it. */
export function createOrganisationHistories(db: Db, recorders: Recorders, ownBody: OwnBody): OrganisationHistories {
  const { clock } = db.sources;
  return {
    ...createRecordHistory(db, clock, recorders, {
      admit: (_reader, id) => loadBody(db, id),
      strands: [own, formerCodes, owners(ownBody), successors, documents(ownBody)],
    }),
    history: async (reader, id, asked) => {
      const { uscc } = await loadBody(db, id);
      const at = { reader, knownAt: momentOf(clock, asked).knownAt, superseded: asked.superseded };
      const where = { organisationId: id };
      const of = { entity: OrganisationVersion, where, shown: shownVersion };
      return { id, uscc, entries: await historyEntries(db, recorders, at, of) };
    },
  };
}
