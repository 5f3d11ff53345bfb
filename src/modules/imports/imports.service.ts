import { createHash } from 'node:crypto';
import type { Actor, Call } from '../../kernel/call';
import type { BlobStore } from '../../kernel/blobs/blob-store';
import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import { inTransaction } from '../../kernel/db/transaction';
import { Download } from '../../kernel/http/endpoint';
import { mapPage, type Page, type PageRequest } from '../../kernel/http/page';
import type { Upload } from '../../kernel/http/upload';
import { say, type Wording } from '../../kernel/pure/wording';
import { legalDateOf, type LegalDate } from '../../kernel/pure/time';
import { asProblem, Problem } from '../../kernel/problem';
import { systemCall } from '../../kernel/call';
import { inspectInThread, mediaTypes, noRows, TableFault, writeTable, type TableFormat } from '../../kernel/tables';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import { isInOwnName, mayRole } from '../identity';
import { chooseSheet, type ChosenSheet } from './header';
import {
  ABANDONED_AFTER_H,
  KEPT_AFTER_END_H,
  type ImportFaultRow,
  type ImportKind,
  type ImportMode,
  type ImportReply,
} from './imports.contract';
import { mayImportMove, type ImportState } from './imports.states';
import {
  dropStaged,
  findImport,
  findSame,
  insertImport,
  leftovers,
  moveImport,
  type SheetImport,
} from './imports.store';
import { listFaults, listImports, shownImport, type ImportFilter } from './imports.views';
import { returnSheet } from './returning';
import { emptyRoot } from './root';
import { createSheetFiles } from './sheet-files';
import type { AnyTarget } from './target';
import { templateOf } from './template';
import { dropUnknownSheets } from './unknown-sheets';
import { createImportWork, isAtWork } from './work';
import { unreadableProblem } from './unreadable';

export interface ImportDeps {
  db: Db;
  command: Command;
  audit: Audit;
  blobs: BlobStore;
  vault: Vault;
  /** Under it, rows are compared without being kept in the open. */
  hashKey: Uint8Array;
  /** Asked when a request comes: the registers are built after this. */
  targets: () => readonly AnyTarget[];
  /** Told of faults in work that no request waits for. */
  onFault?: (error: unknown, importId: string) => void;
}

export interface UploadWish {
  institutionId?: string;
  from?: LegalDate;
  paper?: string;
  sheet?: string;
}

/** Imports from sheets: staged, checked row by row, registered by choice, resumed after a stop. */
export interface Imports {
  template(kind: ImportKind, format: TableFormat): Promise<Download>;
  upload(call: Call, kind: ImportKind, upload: Upload, wish: UploadWish): Promise<ImportReply>;
  list(actor: Actor, request: PageRequest & ImportFilter): Promise<Page<ImportReply>>;
  read(actor: Actor, id: string, waitSeconds: number): Promise<ImportReply>;
  faults(
    actor: Actor,
    id: string,
    request: PageRequest & { verdict?: ImportFaultRow['verdict'] },
  ): Promise<Page<ImportFaultRow>>;
  sheet(actor: Actor, id: string): Promise<Download>;
  apply(call: Call, id: string, mode: ImportMode): Promise<ImportReply>;
  cancel(call: Call, id: string): Promise<ImportReply>;
  /** Takes up what a stopped process left; for a job. */
  resume(): Promise<number>;
  /** Clears away files and staged rows whose time is over; for a job. */
  clear(): Promise<number>;
  close(): Promise<void>;
}

const HOUR_MS = 3600_000;

/**
 * An institution sees its own imports, an officer those of the own authority: by its id, since authorities of two kinds
 * may share a division code. Whoever has neither sees what he or she uploaded.
 */
const scopeOf = (actor: Actor): string =>
  (actor.role === 'institution' ? actor.institutionId : actor.authorityId) ?? actor.accountId ?? '';

const stateWords: Record<ImportState, Wording> = {
  reading: say('读取中', 'being read'),
  checked: say('已检查', 'checked'),
  unreadable: say('无法读取', 'unreadable'),
  applying: say('登记中', 'being registered'),
  finished: say('已完成', 'finished'),
  cancelled: say('已取消', 'cancelled'),
  dropped: say('已清除', 'cleared'),
};

const wrongState = (row: SheetImport): Problem => new Problem('import.wrong-state', { state: stateWords[row.state] });

const notFound = (id: string): Problem => new Problem('request.not-found', { id, what: say('导入', 'import') });

/** What lies around: the sheets that were not read. */
const notesOf = ({ others, form }: ChosenSheet): string[] =>
  form.format === 'xlsx' && others.length > 0 ? [`未读取的工作表：${others.join('、')}。`.slice(0, 2000)] : [];

export function createImports(deps: ImportDeps): Imports {
  const { db, command, audit, blobs, vault } = deps;
  const { clock, ids } = db.sources;
  const files = createSheetFiles(blobs, vault);

  const targetOf = (kind: string): AnyTarget => {
    const found = deps.targets().find((t) => t.kind === kind);
    if (!found) throw new Problem('request.not-found', { id: kind, what: say('导入模板', 'import template') });
    return found;
  };
  const work = createImportWork({
    db,
    vault,
    hashKey: deps.hashKey,
    audit,
    files,
    targetOf,
    onFault: deps.onFault ?? (() => undefined),
  });
  const shown = (row: SheetImport, repeated = false): ImportReply =>
    shownImport(row, targetOf(row.kind).columns, { repeated, reached: work.reached(row.id) });

  const permit = (actor: Actor, target: AnyTarget): void => {
    // What the sheet registers asks for the same rights as one by one, own name and the key's scopes included.
    for (const permission of [target.permission, ...(target.alsoNeeds ?? [])]) {
      if (actor.deputy && isInOwnName(permission)) throw new Problem('sign-in.own-name', { permission });
      const scoped = actor.scopes === undefined || actor.scopes.includes(permission);
      if (!mayRole(actor.role, permission) || !scoped) throw new Problem('import.forbidden', { title: target.title });
    }
  };

  const loadFor = async (actor: Actor, id: string): Promise<SheetImport> => {
    const row = await findImport(db, id);
    if (!row || row.scope !== scopeOf(actor)) throw notFound(id);
    return row;
  };

  const chosenOf = async (target: AnyTarget, upload: Upload, sheet: string | undefined): Promise<ChosenSheet> => {
    try {
      const judged = chooseSheet(target.columns, await inspectInThread(upload.temporary), sheet);
      if ('fault' in judged) throw asProblem(judged.fault);
      return judged.chosen;
    } catch (error) {
      if (error instanceof TableFault) throw unreadableProblem(error);
      throw error;
    }
  };

  const institutionOf = async (target: AnyTarget, actor: Actor, asked: string | undefined): Promise<string | null> =>
    target.institutionFor ? target.institutionFor(actor, asked) : null;

  const newRow = (
    call: Call,
    upload: Upload,
    fixed: Pick<SheetImport, 'kind' | 'institutionId' | 'from' | 'paper' | 'sameAs'> & { chosen: ChosenSheet },
  ): SheetImport => {
    const { chosen, ...rest } = fixed;
    const now = clock.now();
    return {
      id: ids.timed(),
      ...rest,
      scope: scopeOf(call.actor),
      actor: call.actor,
      requestId: call.requestId,
      fileName: upload.name,
      fileSha256: upload.sha256,
      form: chosen.form,
      header: chosen.header,
      notes: notesOf(chosen),
      state: 'reading',
      mode: null,
      readTo: chosen.header.row,
      appliedTo: 0,
      good: 0,
      faulty: 0,
      repeated: 0,
      blank: 0,
      applied: 0,
      hidden: 0,
      width: Math.max(...Object.values(chosen.header.places), ...chosen.header.unknown.map((u) => u.place)) + 1,
      root: emptyRoot,
      stopped: null,
      token: '',
      leaseUntil: 0,
      createdAt: now,
      movedAt: now,
      hasFile: true,
      tries: 0,
    };
  };

  /** The same sheet that is being worked on, or that left nothing to do. One that had faults is checked anew. */
  const isDone = (same: SheetImport): boolean =>
    isAtWork(same) ||
    (same.state === 'checked' && same.faulty === 0) ||
    (same.state === 'finished' && same.faulty === 0);

  const upload: Imports['upload'] = async (call, kind, file, wish) => {
    const target = targetOf(kind);
    permit(call.actor, target);
    const institutionId = await institutionOf(target, call.actor, wish.institutionId);
    const chosen = await chosenOf(target, file, wish.sheet);
    const from = wish.from ?? legalDateOf(clock.now());
    const paper = wish.paper ?? `批量导入：${file.name}`.slice(0, 200);
    const scope = scopeOf(call.actor);
    const same = JSON.stringify([
      kind,
      scope,
      institutionId,
      file.sha256,
      chosen.form,
      wish.from ?? null,
      wish.paper ?? null,
    ]);
    const sameAs = createHash('sha256').update(same).digest('hex');
    const row = newRow(call, file, { kind, institutionId, from, paper, sameAs, chosen });
    await files.keep(row.id, file, target.personal);
    let kept = false;
    try {
      const reply = await command(call, {}, async (tx) => {
        kept = false;
        const earlier = await findSame(tx, sameAs);
        if (earlier && isDone(earlier)) {
          await audit.append(tx, call, { type: 'import.repeated', payload: { importId: earlier.id, kind } });
          return shown(earlier, true);
        }
        if (earlier) {
          const left = { id: earlier.id, state: earlier.state };
          const next =
            earlier.state === 'finished' ? {} : { state: 'dropped' as const, movedAt: 0, token: ids.timed() };
          if (!(await moveImport(tx, left, { sameAs: null, ...next }))) throw new Problem('request.conflict');
        }
        await insertImport(tx, row);
        kept = true;
        const payload = { importId: row.id, kind, institutionId, fileSha256: file.sha256, paper };
        await audit.append(tx, call, { type: 'import.received', payload });
        return shown(row);
      });
      if (kept) work.start(row.id);
      return reply;
    } finally {
      if (!kept) await files.drop(row.id);
    }
  };

  const apply: Imports['apply'] = async (call, id, mode) => {
    permit(call.actor, targetOf((await loadFor(call.actor, id)).kind));
    const reply = await command(call, {}, async (tx) => {
      const row = await findImport(tx, id);
      if (!row || !mayImportMove(row.state, 'applying')) throw row ? wrongState(row) : notFound(id);
      if (mode === 'all-or-nothing' && row.faulty > 0) throw new Problem('import.faulty', { faulty: row.faulty });
      if (row.good === 0) throw new Problem('import.nothing-good');
      const { actor, requestId } = call;
      const now = clock.now();
      // Whoever chose answers for what is registered.
      const patch = {
        state: 'applying' as const,
        mode,
        actor,
        requestId,
        stopped: null,
        leaseUntil: 0,
        movedAt: now,
        tries: 0,
      };
      if (!(await moveImport(tx, { id, state: 'checked' }, patch))) throw new Problem('request.conflict');
      await audit.append(tx, call, {
        type: 'import.confirmed',
        payload: { importId: id, mode, good: row.good, faulty: row.faulty },
      });
      return shown({ ...row, ...patch });
    });
    work.start(id);
    return reply;
  };

  const clearAway = async (row: SheetImport): Promise<void> => {
    await dropStaged(db, row.id);
    await files.drop(row.id);
    await inTransaction(db, (tx) => moveImport(tx, { id: row.id }, { hasFile: false }));
  };

  const cancel: Imports['cancel'] = async (call, id) => {
    await loadFor(call.actor, id);
    const reply = await command(call, {}, async (tx) => {
      const row = await findImport(tx, id);
      if (!row || !mayImportMove(row.state, 'cancelled')) throw row ? wrongState(row) : notFound(id);
      // A new token: whoever reads the file loses it with the next row.
      const patch = { state: 'cancelled' as const, token: ids.timed(), sameAs: null, movedAt: 0, leaseUntil: 0 };
      if (!(await moveImport(tx, { id, state: row.state }, patch))) throw new Problem('request.conflict');
      await audit.append(tx, call, { type: 'import.cancelled', payload: { importId: id } });
      return shown({ ...row, ...patch, hasFile: false });
    });
    const row = await findImport(db, id);
    // What cannot be cleared now is cleared by the job.
    if (row) await work.settle(id, 0).then(() => clearAway(row));
    return reply;
  };

  const drop = async (row: SheetImport): Promise<void> => {
    if (mayImportMove(row.state, 'dropped')) {
      const call = systemCall(ids.timed());
      await inTransaction(db, async (tx) => {
        const moved = await moveImport(
          tx,
          { id: row.id, state: row.state },
          { state: 'dropped', sameAs: null, token: ids.timed() },
        );
        if (moved) await audit.append(tx, call, { type: 'import.dropped', payload: { importId: row.id } });
      });
    }
    await clearAway(row);
  };

  return {
    async template(kind, format) {
      const target = targetOf(kind);
      const stream = writeTable(format, templateOf(target), noRows());
      return new Download(stream, mediaTypes[format], `${target.title}登记表模板.${format}`);
    },
    upload,
    list: async (actor, request) => mapPage(await listImports(db, scopeOf(actor), request), (row) => shown(row)),
    async read(actor, id, waitSeconds) {
      const row = await loadFor(actor, id);
      // The request takes up what a process that died left behind.
      if (isAtWork(row)) work.start(id);
      if (isAtWork(row) && waitSeconds > 0) await work.settle(id, waitSeconds * 1000);
      return shown(await loadFor(actor, id));
    },
    faults: async (actor, id, request) => listFaults(db, (await loadFor(actor, id)).id, request),
    async sheet(actor, id) {
      const row = await loadFor(actor, id);
      if (!['checked', 'unreadable', 'finished'].includes(row.state)) throw wrongState(row);
      if (!row.hasFile) throw new Problem('import.file-gone');
      const stream = await returnSheet(db, files, row, targetOf(row.kind).personal);
      const name = row.fileName.replace(/\.[^.]*$/, '');
      return new Download(stream, mediaTypes[row.form.format], `${name}（校验结果）.${row.form.format}`);
    },
    apply,
    cancel,
    resume: work.resume,
    async clear() {
      const now = clock.now();
      const bounds = { endedBefore: now - KEPT_AFTER_END_H * HOUR_MS, idleBefore: now - ABANDONED_AFTER_H * HOUR_MS };
      const rows = await leftovers(db, bounds);
      for (const row of rows) await drop(row);
      return rows.length + (await dropUnknownSheets(db, files, bounds.idleBefore));
    },
    close: work.close,
  };
}
