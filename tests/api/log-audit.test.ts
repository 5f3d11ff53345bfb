import { AuditEntry } from '../../src/modules/audit-log/audit-log.store';
import { done } from '../support/client';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// The self-audit of a whole service: in a worker thread, with a connection of its own.

let whole: Whole;
let keeper: Person;
beforeAll(async () => {
  whole = await wholeService();
  keeper = await whole.enlist('system-admin');
  await whole.service.log.integrate();
}, 60_000);
afterAll(() => whole.close());

test('of an honest service finds nothing, and says when it was', async () => {
  const audit = await whole.service.auditLog();
  expect(audit.report.drifts).toEqual([]);
  expect(audit).toMatchObject({ drifts: 0, generation: 0 });
  expect(audit.size).toBeGreaterThan(3);
  expect(audit.report.checked).toMatchObject({ entries: audit.size, rows: audit.size });
  const { notes } = await done(keeper.get('/operations'));
  expect((notes as string[]).join()).not.toContain('透明日志自查');
}, 120_000);

test('of one whose rows and files were changed names what, where it is shown', async () => {
  const { db } = whole.service;
  const [row] = await db.m.find(AuditEntry, { order: { id: 'ASC' }, take: 1 });
  await db.m.update(AuditEntry, { id: row!.id }, { role: 'public' });
  const audit = await whole.service.auditLog();
  expect(audit.drifts).toBe(1);
  expect(audit.report.drifts).toMatchObject([{ kind: 'columns-changed', where: expect.stringContaining(row!.id) }]);
  const { notes } = await done(keeper.get('/operations'));
  expect((notes as string[]).join()).toMatch(
    /透明日志自查.*发现1处不一致（记录栏目与日志不符）.*npm run verify -- log/,
  );
  // Outsiders read notes too: which entry it is stays with those who run the audit.
  expect((notes as string[]).join()).not.toContain(row!.id);
}, 120_000);
