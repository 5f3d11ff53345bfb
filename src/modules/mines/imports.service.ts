import type { Call } from '../../kernel/call';
import { chunksOf } from '../../kernel/db/batches';
import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Upload } from '../../kernel/http/upload';
import { say } from '../../kernel/pure/wording';
import { tidyLine } from '../../kernel/pure/text';
import { instantText, legalDateOf, type Instant, type LegalDate } from '../../kernel/pure/time';
import { Problem } from '../../kernel/problem';
import type { Sources } from '../../kernel/sources';
import type { Audit } from '../audit-log';
import { organisationGuard, type Organisations } from '../organisations';
import { FAULTS_LISTED, type ImportReply, type RowFault } from './imports.contract';
import { recordsOf } from './imports.read';
import { isBlank, judgeBeside, judgeHeader, judgeRow, type ImportRow } from './imports.rules';
import {
  claimFile,
  dropAbandoned,
  dropStaged,
  holdStaging,
  isOvertaken,
  stageMines,
  type Staging,
} from './imports.store';
import type { KnownMine } from './mines.rules';
import { likeThese, mineRegister, MineImport, type MineVersion } from './mines.store';

export interface ImportDeps {
  db: Db;
  command: Command;
  audit: Audit;
  sources: Sources;
  organisations: Organisations;
}

export interface MineImports {
  /** Imports a list from a CSV file, all rows or none; the same file twice changes nothing. */
  importList(call: Call, upload: Upload, asked: { from?: LegalDate }): Promise<ImportReply>;
  readImport(id: string): Promise<ImportReply>;
  /** Drops what imports left behind whose process died; returns how many imports. For a job. */
  dropAbandonedImports(): Promise<number>;
}

/** What the rows came to; `read` = added + skipped + blank + faulty. */
interface Tally {
  read: number;
  added: number;
  skipped: number;
  blank: number;
  faulty: number;
  faultCount: number;
  faults: RowFault[];
  /** Organisations that the new rows name as operators. */
  operators: Set<string>;
}

/** Keeps the first faults and counts the rest, so that a bad file of any length is answered. */
function blame(tally: Tally, ...faults: readonly RowFault[]): void {
  tally.faultCount += faults.length;
  tally.faults.push(...faults.slice(0, Math.max(0, FAULTS_LISTED - tally.faults.length)));
}

/** One row is faulty. */
function refuseRow(tally: Tally, ...faults: readonly RowFault[]): void {
  tally.faulty += 1;
  blame(tally, ...faults);
}

async function* rowsOf(file: string, tally: Tally): AsyncIterable<ImportRow> {
  let header: string[] | undefined;
  for await (const record of recordsOf(file)) {
    if ('fault' in record) {
      blame(tally, record.fault);
      return;
    }
    if (!header) {
      const faults = judgeHeader(record.cells);
      blame(tally, ...faults);
      // Without a sound header no row can be read.
      if (faults.length > 0) return;
      header = record.cells.map(tidyLine);
      continue;
    }
    tally.read += 1;
    if (isBlank(record.cells)) {
      tally.blank += 1;
      continue;
    }
    const { faults, row } = judgeRow(header, record.row, record.cells);
    if (row) yield row;
    else refuseRow(tally, ...faults);
  }
  if (tally.read === tally.blank) blame(tally, { row: 1, column: null, reason: '没有可登记的行。' });
}

const shown = (row: MineImport, repeated: boolean): ImportReply => ({
  id: row.id,
  fileName: row.fileName,
  sha256: row.fileSha256,
  repeated,
  read: row.read,
  added: row.added,
  skipped: row.skipped,
  blank: row.blank,
  visibleAt: instantText(row.visibleAt as Instant),
});

/** Lists of mines from files: staged row by row, then switched visible by one row, or not at all. */
export function createMineImports({ db, command, audit, sources, organisations }: ImportDeps): MineImports {
  const { clock, ids } = sources;

  const staged = (row: ImportRow, operatorId: string | null, from: LegalDate, by: Call, staging: Staging) => {
    const id = ids.timed();
    const now = clock.now();
    const { row: _row, operatorCode: _code, sourceUrl, ...fields } = row;
    const version: MineVersion = {
      ...fields,
      id: ids.timed(),
      mineId: id,
      division: null,
      divisionCode: null,
      minerals: null,
      miningMethod: null,
      operation: null,
      operatorId,
      validFrom: from,
      validTo: null,
      recordedAt: now,
      supersededAt: null,
      recordedBy: by.actor.accountId,
      paper: sourceUrl,
    };
    return { mine: { id, importId: staging.importId, registeredAt: now, version: 1 }, version };
  };

  /** Judges one chunk beside what is registered and what came before it, and stages what is new. */
  const takeChunk = async (
    chunk: readonly ImportRow[],
    at: { call: Call; from: LegalDate; staging: Staging; tally: Tally },
  ): Promise<void> => {
    const codes = new Set(chunk.flatMap((r) => (r.operatorCode === null ? [] : [r.operatorCode])));
    const operators = await organisations.byCodes(db, [...codes]);
    const licences = chunk.flatMap((r) => (r.licenceNumber === null ? [] : [r.licenceNumber]));
    const known = await likeThese(db, { nameKeys: chunk.map((r) => r.nameKey), licences }, at.staging.importId);
    const beside = new Map<string, Pick<KnownMine, 'nameKey' | 'provinceCode' | 'licenceNumber'>[]>();
    const keysOf = (m: { nameKey: string; licenceNumber: string | null }): string[] =>
      m.licenceNumber === null ? [m.nameKey] : [m.nameKey, `licence:${m.licenceNumber}`];
    const remember = (m: KnownMine | ImportRow): void =>
      keysOf(m).forEach((k) => void beside.set(k, [...(beside.get(k) ?? []), m]));
    known.forEach(remember);
    const fresh: ReturnType<typeof staged>[] = [];
    for (const row of chunk) {
      const operator = row.operatorCode === null ? undefined : operators.get(row.operatorCode);
      const verdict = judgeBeside(
        row,
        keysOf(row).flatMap((k) => beside.get(k) ?? []),
      );
      if (verdict === 'same') at.tally.skipped += 1;
      else if (verdict !== 'new') refuseRow(at.tally, verdict);
      else if (row.operatorCode !== null && !operator) {
        const reason = `代码 ${row.operatorCode} 尚未登记为组织；请先登记该矿山企业。`;
        refuseRow(at.tally, { row: row.row, column: 'operator_uscc', reason });
      } else {
        at.tally.added += 1;
        remember(row);
        if (operator) at.tally.operators.add(operator.id);
        fresh.push(staged(row, operator?.id ?? null, at.from, at.call, at.staging));
      }
    }
    await stageMines(db, at.staging, fresh);
  };

  const switchVisible = (call: Call, staging: Staging, upload: Upload, tally: Tally): Promise<ImportReply> =>
    command(call, { subjects: () => [mineRegister, ...[...tally.operators].map(organisationGuard)] }, async (tx) => {
      await holdStaging(tx, staging, clock.now());
      if (await isOvertaken(tx, staging.importId)) throw new Problem('mine.import-overtaken');
      const { read, added, skipped, blank } = tally;
      const done = { visibleAt: clock.now(), read, added, skipped, blank };
      await tx.m.update(MineImport, { id: staging.importId }, done);
      const { name: fileName, sha256 } = upload;
      const payload = { importId: staging.importId, sha256, read, added, skipped, blank };
      await audit.append(tx, call, { type: 'mine.imported', payload });
      return shown({ id: staging.importId, fileSha256: sha256, fileName, ...staging, leaseUntil: 0, ...done }, false);
    });

  const importList: MineImports['importList'] = async (call, upload, asked) => {
    if (upload.mediaType !== 'text/csv') throw new Problem('request.media-type', { expected: 'text/csv' });
    const claimed = await claimFile(db, { sha256: upload.sha256, name: upload.name });
    if ('finished' in claimed) {
      const { finished } = claimed;
      return command(call, {}, async (tx) => {
        await audit.append(tx, call, { type: 'mine.import-repeated', payload: { importId: finished.id } });
        return shown(finished, true);
      });
    }
    try {
      await dropStaged(db, claimed, true);
      const tally: Tally = {
        read: 0,
        added: 0,
        skipped: 0,
        blank: 0,
        faulty: 0,
        faultCount: 0,
        faults: [],
        operators: new Set(),
      };
      const at = { call, from: asked.from ?? legalDateOf(clock.now()), staging: claimed, tally };
      for await (const chunk of chunksOf(rowsOf(upload.temporary, tally))) await takeChunk(chunk, at);
      if (tally.faultCount > 0) {
        const { read, faulty, blank, skipped, faultCount, faults } = tally;
        throw new Problem('mine.import-faulty', {
          read,
          sound: tally.added,
          skipped,
          blank,
          faulty,
          faultCount,
          faults,
        });
      }
      return await switchVisible(call, claimed, upload, tally);
    } catch (error) {
      // What cannot be removed now stays unseen; the lease runs out and the next upload or the job removes it.
      await dropStaged(db, claimed, false).catch(() => undefined);
      throw error;
    }
  };

  return {
    importList,
    readImport: async (id) => {
      const row = await db.m.findOneBy(MineImport, { id });
      if (!row || row.visibleAt === null) throw new Problem('request.not-found', { id, what: say('导入', 'import') });
      return shown(row, false);
    },
    dropAbandonedImports: () => dropAbandoned(db),
  };
}
