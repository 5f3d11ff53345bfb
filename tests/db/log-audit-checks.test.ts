import fs from 'node:fs';
import path from 'node:path';
import { systemCall } from '../../src/kernel/call';
import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays, instant, legalDate } from '../../src/kernel/pure/time';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { createAudit, type RowsAgainstLog } from '../../src/modules/audit-log';
import { createFindings } from '../../src/modules/audit-log/audit/drift';
import { filesAgainstHashes } from '../../src/modules/documents';
import { StoredFile } from '../../src/modules/documents/files.store';
import { barsAgainstLog, sanctionEvents } from '../../src/modules/sanctions';
import { Bar, BarStay } from '../../src/modules/sanctions/sanctions.store';
import { logWorld, type LogWorld } from '../support/log-world';

let world: LogWorld;
beforeEach(async () => {
  world = await logWorld();
});
afterEach(() => world.drop());

async function driftsOf(check: RowsAgainstLog): Promise<string[]> {
  const findings = createFindings(50);
  await check(world.t.db, findings);
  return findings.report().drifts.map(({ kind, where, expected, found }) => `${kind}|${where}|${expected}|${found}`);
}

const servedOn = legalDate('2026-03-02');

/** A bar and its decision in the log, as one act. */
async function impose(subjectKind: Bar['subjectKind'], more: Partial<Bar> = {}): Promise<Bar> {
  const { db } = world.t;
  const bar: Bar = {
    id: db.sources.ids.timed(),
    subjectKind,
    subjectId: 's',
    code: subjectKind === 'institution' ? '91370000示例' : 'P-1',
    name: '示例机构',
    ground: 'secret-leak',
    decisionNumber: '示例决字〔2026〕1号',
    caseId: 'c',
    caseSubjectId: 'cs',
    authority: '370000',
    authorityName: '示例省厅',
    basis: '第十七条',
    profile: 'p',
    servedOn,
    lastBarredDay: legalDate('2029-03-02'),
    freeFrom: legalDate('2029-03-03'),
    steps: [],
    published: subjectKind === 'institution',
    recordedAt: instant(1),
    annulledFrom: null,
    annulledAt: null,
    ...more,
  };
  const { code, ground, decisionNumber, lastBarredDay, freeFrom, basis, profile } = bar;
  const payload = { bar: bar.id, code, ground, decisionNumber, servedOn, lastBarredDay, freeFrom, basis, profile };
  const type = subjectKind === 'institution' ? 'bar.imposed' : 'bar.imposed-on-person';
  await inTransaction(db, async (tx) => {
    await tx.m.insert(Bar, bar);
    await recorder().append(tx, systemCall('test'), { type, payload });
  });
  return bar;
}

const recorder = () => createAudit(world.t.db.sources, sanctionEvents);
const log = (type: string, payload: Record<string, unknown>): Promise<unknown> =>
  inTransaction(world.t.db, (tx) => recorder().append(tx, systemCall('test'), { type, payload }));

test('bars that are what was decided are no drift, stayed, annulled and published ones too', async () => {
  const { m } = world.t.db;
  await impose('institution');
  const person = await impose('person');
  await log('bar.published', { bar: person.id });
  await m.update(Bar, { id: person.id }, { published: true });
  const stayed = await impose('institution');
  await log('bar.stayed', { bar: stayed.id, from: '2026-04-01', to: null, paper: 'x' });
  const stay = { id: 'st', barId: stayed.id, validFrom: legalDate('2026-04-01'), validTo: null };
  await m.insert(BarStay, { ...stay, recordedAt: instant(2), supersededAt: null, recordedBy: null, paper: 'x' });
  const annulled = await impose('institution');
  await log('bar.annulled', { bar: annulled.id, from: '2026-05-01', paper: 'x' });
  await m.update(Bar, { id: annulled.id }, { annulledFrom: legalDate('2026-05-01'), annulledAt: instant(3) });
  expect(await driftsOf(barsAgainstLog)).toEqual([]);
});

test('each way in which a bar departs from its decision is named', async () => {
  const { m } = world.t.db;
  const [first, second, third, fourth] = [
    await impose('institution'),
    await impose('institution'),
    await impose('person'),
    await impose('institution'),
  ];
  await m.update(Bar, { id: first.id }, { servedOn: addDays(servedOn, 1), lastBarredDay: legalDate('2028-03-02') });
  await m.update(Bar, { id: second.id }, { annulledFrom: servedOn, annulledAt: instant(4), code: '别的' });
  await m.update(Bar, { id: third.id }, { published: true });
  await m.delete(Bar, { id: fourth.id });
  await m.insert(Bar, { ...first, id: 'unlogged' });
  const stay = { id: 'st', barId: third.id, validFrom: legalDate('2026-04-01'), validTo: null };
  await m.insert(BarStay, { ...stay, recordedAt: instant(2), supersededAt: null, recordedBy: null, paper: 'x' });
  const place = ({ id, decisionNumber }: Bar): string => `bar ${id} (${decisionNumber})`;
  const found = await driftsOf(barsAgainstLog);
  expect(found.filter((line) => !line.startsWith('bar-missing')).sort()).toEqual(
    [
      `bar-changed|${place(first)}: start|2026-03-02|2026-03-03`,
      `bar-changed|${place(first)}: last day|2029-03-02|2028-03-02`,
      `bar-changed|${place(second)}: subject|91370000示例|别的`,
      `bar-changed|${place(second)}: annulled from|null|2026-03-02`,
      `bar-changed|${place(third)}: published|false|true`,
      `bar-changed|${place(third)}: stayed from|a logged stay|2026-04-01`,
      `bar-unlogged|${place({ ...first, id: 'unlogged' })}|a logged decision|none`,
    ].sort(),
  );
  expect(found.filter((line) => line.startsWith('bar-missing'))).toEqual([
    expect.stringContaining(`|bar ${fourth.id} (${fourth.decisionNumber})|no row`),
  ]);
});

test('stored files: bytes that are gone, changed, or of another length', async () => {
  const { blobs, blobFolder, t } = world;
  const hashes: string[] = [];
  for (const text of ['one', 'two', 'three']) {
    const hash = Buffer.from(sha256(Buffer.from(text))).toString('hex');
    hashes.push(hash);
    await blobs.putIfAbsent(`files/${hash}`, Buffer.from(text));
    const row = { id: `file-${text}`, sha256: hash, size: text.length, mediaType: 'text/plain', name: text };
    const owner = { accountId: null, institutionId: null, authority: null, authorityId: null };
    await t.db.m.insert(StoredFile, { ...row, ...owner, storedAt: instant(1) });
  }
  expect(await driftsOf(filesAgainstHashes(blobs))).toEqual([]);
  fs.rmSync(path.join(blobFolder, 'files', hashes[0]!));
  fs.writeFileSync(path.join(blobFolder, 'files', hashes[1]!), 'tvo');
  await t.db.m.update(StoredFile, { id: 'file-three' }, { size: 6 });
  const found = await driftsOf(filesAgainstHashes(blobs));
  expect(found.map((line) => line.split('|').slice(0, 2).join(' '))).toEqual([
    'file-missing stored file file-one',
    'file-changed stored file file-three',
    'file-changed stored file file-two',
  ]);
});
