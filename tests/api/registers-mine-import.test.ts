import fs from 'node:fs';
import path from 'node:path';
import { LATEST } from '../../src/kernel/db/moment';
import {
  anOrganisation,
  bureau,
  codes,
  institutionActor,
  registerApp,
  type RegisterApp,
} from '../support/register-app';

let registers: RegisterApp;
beforeEach(async () => {
  registers = await registerApp();
});
afterEach(() => registers.database.drop());

const HEADER = 'mine_name,province,list,status,note,source_url,licence_number,operator_uscc,size_class';
const listed = fs.readFileSync(path.resolve(__dirname, '../../src/modules/mines/data/green-mines.csv'));
const known = listed.toString('utf8').trimEnd();
const upload = (content: string | Buffer, query = '') => registers.as(bureau).upload(`/mines/imports${query}`, content);
const lines = (...rows: string[]): string => [HEADER, ...rows].join('\n');
const count = async (table: string): Promise<number> =>
  Number((await registers.database.db.m.query(`SELECT COUNT(*) AS n FROM ${table}`))[0].n);
const nothingStored = async () => {
  expect([await count('mine'), await count('mine_version'), await count('mine_import')]).toEqual([0, 0, 0]);
  expect((await registers.as(bureau).get('/mines')).body.items).toEqual([]);
};

describe('importing a list', () => {
  test('the real list: counted in, counted out', async () => {
    const reply = await upload(listed, '?from=2024-01-01');
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      read: 72,
      added: 72,
      skipped: 0,
      blank: 0,
      repeated: false,
      fileName: '名录.csv',
    });
    const { items, count: all } = (await registers.as(bureau).get('/mines?limit=200')).body;
    expect([items.length, all]).toEqual([72, '72']);
    const removed = items.find((m: { status: string }) => m.status === 'removed');
    const mine = (await registers.as(bureau).get(`/mines/${removed.id}`)).body;
    expect(mine).toMatchObject({
      importId: reply.body.id,
      record: { from: '2024-01-01', province: '江西省', list: '全国绿色矿山名录' },
    });
    expect(mine.record.paper).toMatch(/^http/);
    await registers.as(bureau).get(`/mines/imports/${reply.body.id}`).expect(200);
    expect((await registers.audited()).map((e) => e.type)).toEqual(['mine.imported']);
  });

  test('the same file twice changes nothing, even under another name and with a repeat key', async () => {
    const first = await upload(listed).expect(200);
    registers.clock.pass(1000);
    const second = await upload(listed).expect(200);
    expect(second.body).toEqual({ ...first.body, repeated: true });
    expect(await count('mine')).toBe(72);
    const keyed = await upload(listed).set('idempotency-key', 'import-once').expect(200);
    const replay = await upload(listed).set('idempotency-key', 'import-once').expect(200);
    expect(replay.headers['idempotent-replayed']).toBe('true');
    expect(replay.body).toEqual(keyed.body);
    expect((await registers.audited()).map((e) => e.type).sort()).toEqual([
      'mine.import-repeated',
      'mine.import-repeated',
      'mine.imported',
    ]);
  });

  test('rows that are there already, in the register or further up, are skipped and counted', async () => {
    await upload(listed).expect(200);
    const again = await upload(`${known}\n新矿,浙江,,,,\n 新 矿 ,浙江省,,,,\n\n,,,,,\n`).expect(200);
    expect(again.body).toMatchObject({ read: 76, added: 1, skipped: 73, blank: 2 });
    expect(await count('mine')).toBe(73);
  });

  test('operators, licences, size classes; a byte order mark is borne', async () => {
    const operator = await anOrganisation(registers, { uscc: codes.enterprise, legalForm: 'enterprise' });
    const row = `"示例,矿""一""",山东,省级 2024,在名录,,,c3700002009064210023021,${codes.enterprise.toLowerCase()},大型`;
    await upload(`\ufeff${lines(row)}\r\n`).expect(200);
    const [mine] = (await registers.as(bureau).get('/mines')).body.items;
    expect(mine).toMatchObject({
      name: '示例,矿"一"',
      province: '山东省',
      licenceNumber: 'C3700002009064210023021',
      operatorId: operator,
      sizeClass: 'large',
      status: 'on-list',
    });
  });

  test('more rows than one batch', async () => {
    const rows = [...Array(1203).keys()].map((n) => `示例矿${n},浙江省,,,,,,,`);
    const reply = await upload(lines(...rows)).expect(200);
    expect(reply.body).toMatchObject({ read: 1203, added: 1203 });
    expect((await registers.as(bureau).get('/mines')).body.count).toBe('1000+');
  });
});

describe('a faulty list', () => {
  test('every fault is told with row, column and reason, and nothing stays', async () => {
    const reply = await upload(
      lines(
        '好矿,浙江省,,,,,,,',
        ',火星省,,listed,,,12345,91370000MA3X000107,巨型',
        '少列矿,浙江省',
        '无主矿,浙江省,,,,,,91370000MA3X000106,',
        `矿甲,浙江省,,,,,C3300002009064210023021,,`,
        `矿乙,浙江省,,,,,C3300002009064210023021,,`,
      ),
    );
    expect(reply.status).toBe(422);
    expect(reply.body).toMatchObject({
      type: '/problems/mine/import-faulty',
      read: 6,
      sound: 2,
      faulty: 4,
      skipped: 0,
      blank: 0,
    });
    const faults = (reply.body.faults as { row: number; column: string; reason: string }[]).map((f) => [
      f.row,
      f.column,
    ]);
    expect(faults).toEqual(
      expect.arrayContaining([
        [3, 'mine_name'],
        [3, 'province'],
        [3, 'status'],
        [3, 'licence_number'],
        [3, 'operator_uscc'],
        [3, 'size_class'],
        [4, null],
        [5, 'operator_uscc'],
        [7, 'licence_number'],
      ]),
    );
    expect(faults).toHaveLength(9);
    expect(reply.body.faultCount).toBe(9);
    await nothingStored();
    expect(await registers.audited()).toEqual([]);
    // Corrected, the file goes in.
    await upload(lines('好矿,浙江省,,,,,,,')).expect(200);
  });

  test('a licence that another mine holds', async () => {
    const mine = {
      name: '老矿',
      province: '浙江',
      licenceNumber: 'C3300002009064210023021',
      from: '2020-01-01',
      paper: '证',
    };
    await registers.as(bureau).post('/mines', mine).expect(201);
    const reply = await upload(lines('新矿,浙江省,,,,,C3300002009064210023021,,'));
    expect(reply.status).toBe(422);
    expect(reply.body.faults).toEqual([
      { row: 2, column: 'licence_number', reason: expect.stringContaining('已登记为另一矿山') },
    ]);
    expect(await count('mine')).toBe(1);
  });

  test.each([
    [
      'a quote that is never closed',
      lines('好矿,浙江省,,,,,,,', '"坏矿,浙江省,,,,,,,', '又一矿,浙江省,,,,,,,'),
      '引号没有成对',
    ],
    ['text behind a closing quote', lines('"坏"矿,浙江省,,,,,,,'), '引号后面还有多余的字符'],
    ['a quote amid a cell', lines('坏"矿,浙江省,,,,,,,'), '引号出现在内容中间'],
    ['a column that is missing', 'mine_name,list\n矿,甲', '缺少这一列'],
    ['a column that is not known', 'mine_name,province,colour\n矿,浙江,red', '没有这一列'],
    ['a column that comes twice', 'mine_name,province,note,note\n矿,浙江,a,b', '重复出现'],
    ['semicolons', 'mine_name;province\n矿;浙江', '逗号分隔'],
    ['a header alone', HEADER, '没有可登记的行'],
    ['an empty line instead of a header', '', '缺少这一列'],
  ])('%s', async (_what, content, why) => {
    const reply = await upload(content === '' ? '\n' : content);
    expect(reply.status).toBe(422);
    expect(reply.body.type).toBe('/problems/mine/import-faulty');
    expect(JSON.stringify(reply.body.faults)).toContain(why);
    await nothingStored();
  });

  test('bytes that are not UTF-8, another media type, another role', async () => {
    const gb = Buffer.concat([Buffer.from(`${HEADER}\n`), Buffer.from([0xbf, 0xf3, 0xc9, 0xbd]), Buffer.from(',x\n')]);
    const reply = await upload(gb);
    expect(reply.body).toMatchObject({ status: 422, type: '/problems/mine/import-encoding' });
    await registers.as(bureau).upload('/mines/imports', '{}', 'application/json').expect(415);
    await registers.as(institutionActor('i')).upload('/mines/imports', listed).expect(403);
    await nothingStored();
  });

  test('faults beyond ten thousand are counted', async () => {
    const rows = [...Array(10_002).keys()].map((n) => `矿${n},火星省,,,,,,,`);
    const reply = await upload(lines(...rows)).expect(422);
    expect(reply.body.faultCount).toBe(10_002);
    expect(reply.body.faults).toHaveLength(10_000);
  });
});

describe('an import that was not finished', () => {
  /** What a process leaves behind that dies after its first batch. */
  const halfStaged = async (sha256: string, leaseUntil: number) => {
    const { m } = registers.database.db;
    const at = registers.clock.now();
    const none = { visibleAt: null, read: 0, added: 0, skipped: 0, blank: 0 };
    await m.insert('mine_import', {
      id: 'imp-1',
      fileSha256: sha256,
      fileName: 'x.csv',
      token: 't',
      leaseUntil,
      ...none,
    });
    await m.insert('mine', { id: 'mine-1', importId: 'imp-1', registeredAt: at, version: 1 });
    const span = {
      validFrom: '2020-01-01',
      validTo: null,
      recordedAt: at,
      supersededAt: null,
      recordedBy: null,
      paper: null,
    };
    const marks = { mineId: 'mine-1', name: '半矿', nameKey: '半矿', provinceCode: '330000', licenceNumber: null };
    const rest = {
      division: null,
      sizeClass: null,
      minerals: null,
      operatorId: 'org',
      list: null,
      status: null,
      note: null,
    };
    await m.insert('mine_version', { id: 'v-1', ...span, ...marks, ...rest });
  };
  const sha = 'a'.repeat(64);

  test('its mines are never shown', async () => {
    await halfStaged(sha, registers.clock.now() + 60_000);
    const { mines, database } = registers;
    const moment = { asOf: '2026-03-02', knownAt: LATEST } as never;
    await registers.as(bureau).get('/mines/mine-1').expect(404);
    await registers.as(bureau).get('/mines/mine-1/history').expect(404);
    await registers.as(bureau).get('/mines/imports/imp-1').expect(404);
    expect((await registers.as(bureau).get('/mines')).body).toMatchObject({ items: [], count: '0' });
    expect(await mines.at(database.db, 'mine-1', moment)).toBeUndefined();
    expect(await mines.operatedBy(database.db, 'org', moment)).toEqual([]);
    expect(await mines.operatedWithin(database.db, 'org', '2020-01-01' as never, '2026-01-01' as never)).toEqual([]);
    const same = { name: '半矿', province: '浙江', from: '2020-01-01', paper: '证' };
    await registers.as(bureau).post('/mines', same).expect(201);
  });

  test('while its lease runs the same file waits; afterwards it is staged anew', async () => {
    const { createHash } = await import('node:crypto');
    const content = lines('半矿,浙江省,,,,,,,');
    await halfStaged(createHash('sha256').update(content).digest('hex'), registers.clock.now() + 60_000);
    const busy = await upload(content);
    expect(busy.body).toMatchObject({ status: 409, type: '/problems/mine/import-in-progress', retryAfter: 60 });
    expect(busy.headers['retry-after']).toBe('60');
    registers.clock.pass(61_000);
    const reply = await upload(content).expect(200);
    expect(reply.body).toMatchObject({ id: 'imp-1', added: 1, skipped: 0 });
    expect(await count('mine')).toBe(1);
  });

  test('a job removes what nobody takes up again', async () => {
    await halfStaged(sha, registers.clock.now() + 60_000);
    expect(await registers.mines.dropAbandonedImports()).toBe(0);
    registers.clock.pass(61_000);
    expect(await registers.mines.dropAbandonedImports()).toBe(1);
    await nothingStored();
  });

  test('what is registered while the file is read is not registered twice', async () => {
    const rows = [...Array(1500).keys()].map((n) => `示例矿${n},浙江省,,,,,,,`);
    const [imported, single] = await Promise.all([
      upload(lines(...rows)),
      registers.as(bureau).post('/mines', { name: '示例矿3', province: '浙江', from: '2020-01-01', paper: '证' }),
    ]);
    expect(single.status === 201 ? [200, 409] : [200]).toContain(imported.status);
    expect([201, 409]).toContain(single.status);
    const { items } = (await registers.as(bureau).get(`/mines?q=${encodeURIComponent('示例矿3')}&limit=200`)).body;
    expect(items.filter((m: { name: string }) => m.name === '示例矿3')).toHaveLength(1);
  });
});
