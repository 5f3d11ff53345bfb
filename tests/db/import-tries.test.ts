import { Problem } from '../../src/kernel/problem';
import { inTransaction } from '../../src/kernel/db/transaction';
import { pause } from '../../src/kernel/sources';
import type { Vault } from '../../src/kernel/vault/vault';
import { createAudit } from '../../src/modules/audit-log';
import { importEvents } from '../../src/modules/imports/imports.contract';
import { findImport, insertImport, insertStaged, type SheetImport } from '../../src/modules/imports/imports.store';
import { emptyRoot } from '../../src/modules/imports/root';
import type { SheetFiles } from '../../src/modules/imports/sheet-files';
import { target, type AnyTarget, type Registered } from '../../src/modules/imports/target';
import { createImportWork } from '../../src/modules/imports/work';
import { testDatabase, type TestDatabase } from '../support/database';
import { handClock } from '../support/hand-clock';

// Work that breaks off again and again without coming on, and work that is refused.

const ROWS = 3;
const clock = handClock();
let t: TestDatabase;
beforeEach(async () => (t = await testDatabase(clock)));
afterEach(() => t.drop());

async function anImport(id: string): Promise<void> {
  const row: SheetImport = {
    id,
    kind: 'organisations',
    scope: 'house',
    institutionId: null,
    actor: {
      accountId: 'a',
      role: 'bureau',
      institutionId: null,
      authorityId: null,
    } as unknown as SheetImport['actor'],
    requestId: 'r',
    fileName: 'a.csv',
    fileSha256: '0'.repeat(64),
    sameAs: null,
    form: { format: 'csv' } as SheetImport['form'],
    header: { row: 1, places: {}, unknown: [] },
    notes: [],
    from: '2026-01-01',
    paper: 'p',
    state: 'applying',
    mode: 'good-rows',
    readTo: ROWS + 1,
    appliedTo: 0,
    good: ROWS,
    faulty: 0,
    repeated: 0,
    blank: 0,
    applied: 0,
    hidden: 0,
    width: 1,
    root: emptyRoot,
    stopped: null,
    token: '',
    leaseUntil: 0,
    createdAt: clock.now(),
    movedAt: clock.now(),
    hasFile: false,
    tries: 0,
  };
  const rows = Array.from({ length: ROWS }, (_, n) => ({
    importId: id,
    rowNo: n + 2,
    keyHash: `${id}${n}`,
    contentHash: 'c',
    body: '{}',
  }));
  await inTransaction(t.db, async (tx) => {
    await insertImport(tx, row);
    await insertStaged(tx, rows, []);
  });
}

const registerThat = (write: () => Promise<Registered[]>): AnyTarget =>
  target({
    kind: 'organisations',
    title: '组织',
    permission: 'organisation.register',
    personal: false,
    ofInstitution: false,
    columns: [],
    notes: [],
    judge: () => ({ faults: [] }),
    keyOf: () => '',
    compare: (_on, rows) => Promise.resolve(rows.map(() => 'new' as const)),
    write,
  });

function workWith(write: () => Promise<Registered[]>) {
  const faults: unknown[] = [];
  const work = createImportWork({
    db: t.db,
    vault: {} as Vault,
    hashKey: Buffer.alloc(32),
    audit: createAudit(t.db.sources, importEvents),
    files: {} as SheetFiles,
    targetOf: () => registerThat(write),
    onFault: (error) => faults.push(error),
  });
  const begin = async (id: string): Promise<SheetImport> => {
    const before = faults.length;
    // The lease of the beginning before has run out.
    clock.advance(30_000);
    work.start(id);
    for (;;) {
      const row = (await findImport(t.db, id))!;
      if (faults.length > before || row.state !== 'applying') return row;
      await pause(5);
    }
  };
  return { faults, begin };
}

test('five beginnings without a step ahead end it, with what happened; nothing is registered', async () => {
  await anImport('broken');
  const { faults, begin } = workWith(() => Promise.reject(new Error('disk full')));
  for (let n = 1; n <= 5; n += 1) expect(await begin('broken')).toMatchObject({ state: 'applying', tries: n });
  expect(faults).toHaveLength(5);
  const end = await begin('broken');
  expect(end).toMatchObject({ state: 'checked', mode: null, applied: 0, good: ROWS, tries: 0 });
  expect(end.stopped).toContain('5 次中断');
  expect(end.stopped).toContain('未登记任何一行');
});

test('a refusal that would come again ends it at once', async () => {
  await anImport('refused');
  const { faults, begin } = workWith(() => Promise.reject(new Problem('institution.already-registered')));
  const end = await begin('refused');
  expect(end).toMatchObject({ state: 'checked', mode: null, applied: 0 });
  expect(end.stopped).toContain('institution.already-registered');
  expect(faults).toEqual([]);
});

test('a database that is away for a while is no refusal', async () => {
  await anImport('away');
  const { begin } = workWith(() => Promise.reject(new Problem('service.unavailable', { retryAfter: 2 })));
  expect(await begin('away')).toMatchObject({ state: 'applying', tries: 1, stopped: null });
});
