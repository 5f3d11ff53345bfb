import type { Actor } from '../../kernel/call';
import type { Db } from '../../kernel/db/database';
import { momentOf } from '../../kernel/db/moment';
import {
  createRecordHistory,
  historyEntries,
  strandOf,
  type RecordHistory,
  type Recorders,
} from '../../kernel/db/record-history';
import { labelsOf, type HistoryQuery } from '../../kernel/http/history-routes';
import { amendInstitution, type InstitutionHistory } from './institutions.contract';
import { InstitutionVersion } from './institutions.store';
import { shownVersion } from './institutions.views';

export interface InstitutionHistories extends RecordHistory {
  history(reader: Actor, id: string, asked: HistoryQuery): Promise<InstitutionHistory>;
}

/** All that was ever on file of an assessor; `admit` lets in who may read it and answers with its credit code. */
export function createInstitutionHistories(
  db: Db,
  recorders: Recorders,
  admit: (reader: Actor, id: string) => Promise<{ uscc: string }>,
): InstitutionHistories {
  const { clock } = db.sources;
  const own = strandOf(InstitutionVersion, (institutionId) => ({ institutionId }), {
    list: null,
    labels: labelsOf(amendInstitution.shape),
    shown: shownVersion,
  });
  return {
    ...createRecordHistory(db, clock, recorders, { admit, strands: [own] }),
    history: async (reader, id, asked) => {
      const { uscc } = await admit(reader, id);
      const at = { reader, knownAt: momentOf(clock, asked).knownAt, superseded: asked.superseded };
      const of = { entity: InstitutionVersion, where: { institutionId: id }, shown: shownVersion };
      return { id, uscc, entries: await historyEntries(db, recorders, at, of) };
    },
  };
}
