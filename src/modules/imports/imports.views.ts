import type { Db } from '../../kernel/db/database';
import { mapPage, pageBy, type Page, type PageRequest } from '../../kernel/http/page';
import { instantText, type Instant } from '../../kernel/pure/time';
import type { ImportColumn } from './columns';
import { letterOf } from './header';
import { ABANDONED_AFTER_H, KEPT_AFTER_END_H, type ImportFaultRow, type ImportReply } from './imports.contract';
import { mayImportMove, type ImportState } from './imports.states';
import { SheetImport, SheetImportNote } from './imports.store';

const HOUR_MS = 3600_000;

function keptUntil({ state, hasFile, movedAt }: SheetImport): string | null {
  if (!hasFile) return null;
  const hours = state === 'finished' ? KEPT_AFTER_END_H : ABANDONED_AFTER_H;
  return state === 'applying' ? null : instantText((movedAt + hours * HOUR_MS) as Instant);
}

function mayOf(row: SheetImport): ImportReply['may'] {
  const may: ImportReply['may'] = [];
  if (row.state === 'checked' && row.good > 0) may.push('apply');
  if (mayImportMove(row.state, 'cancelled')) may.push('cancel');
  if (row.hasFile && ['checked', 'unreadable', 'finished'].includes(row.state)) may.push('sheet');
  return may;
}

const notesOf = (row: SheetImport): string[] =>
  row.hidden === 0
    ? row.notes
    : [...row.notes, `有 ${row.hidden} 行是隐藏的，已一并读取；如不需要，请删去后重新上传。`];

/** One import as it now is. */
export function shownImport(
  row: SheetImport,
  columns: readonly ImportColumn[],
  { repeated = false, reached = 0 }: { repeated?: boolean; reached?: number },
): ImportReply {
  const { good, faulty, repeated: repeats, blank, applied } = row;
  const recognised = columns.flatMap(({ key, title }) => {
    const place = row.header.places[key];
    return place === undefined ? [] : [{ place, column: letterOf(place), title }];
  });
  return {
    id: row.id,
    kind: row.kind,
    institutionId: row.institutionId,
    fileName: row.fileName,
    sha256: row.fileSha256,
    uploadedAt: instantText(row.createdAt as Instant),
    repeated,
    state: row.state,
    mode: row.mode,
    format: row.form.format,
    sheet: row.form.format === 'xlsx' ? row.form.sheet : null,
    headerRow: row.header.row,
    columns: recognised.sort((a, b) => a.place - b.place).map(({ column, title }) => ({ column, title })),
    unknownColumns: row.header.unknown.map(({ place, title }) => ({ column: letterOf(place), title })),
    notes: notesOf(row),
    progress: {
      row: row.state === 'applying' ? Math.max(row.appliedTo, reached) : row.readTo,
      settled: row.state !== 'reading' && row.state !== 'applying',
    },
    counts: { read: good + faulty + repeats + blank, good, faulty, repeated: repeats, blank, applied },
    stopped: row.stopped,
    filesKeptUntil: keptUntil(row),
    may: mayOf(row),
  };
}

export interface ImportFilter {
  state?: ImportState;
  withFaults?: 'true' | 'false';
}

/** Imports of one scope, newest first. */
export function listImports(db: Db, scope: string, request: PageRequest & ImportFilter): Promise<Page<SheetImport>> {
  const query = db.m.createQueryBuilder(SheetImport, 'i').where('i.scope = :scope', { scope });
  if (request.state !== undefined) query.andWhere('i.state = :state', { state: request.state });
  if (request.withFaults !== undefined) query.andWhere(`i.faulty ${request.withFaults === 'true' ? '>' : '='} 0`);
  return pageBy(query, { sort: 'i.id', id: 'i.id', descending: true, keyOf: (i) => [i.id, i.id] }, request);
}

/** Rows that are not registered, or those remarked on, in their order, with all that is said of them. */
export async function listFaults(
  db: Db,
  importId: string,
  request: PageRequest & { verdict?: ImportFaultRow['verdict'] },
): Promise<Page<ImportFaultRow>> {
  const query = db.m.createQueryBuilder(SheetImportNote, 'n').where('n.importId = :importId', { importId });
  if (request.verdict !== undefined) query.andWhere('n.verdict = :verdict', { verdict: request.verdict });
  else query.andWhere("n.verdict <> 'remarked'");
  const order = {
    sort: 'n.rowNo',
    id: 'n.rowNo',
    keyOf: (n: SheetImportNote): [number, string] => [n.rowNo, String(n.rowNo)],
  };
  return mapPage(await pageBy(query, order, request), ({ rowNo, verdict, said }) => ({
    row: rowNo,
    verdict,
    faults: said.map(({ place, title, reason }) => ({
      column: place === null ? null : letterOf(place),
      title,
      reason,
    })),
  }));
}
