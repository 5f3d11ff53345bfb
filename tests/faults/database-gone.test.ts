import path from 'node:path';
import request from 'supertest';
import { openDatabase, type Db } from '../../src/kernel/db/database';
import { faultOf } from '../../src/kernel/db/errors';
import { inTransaction } from '../../src/kernel/db/transaction';
import { systemSources } from '../../src/kernel/sources';
import { migrations } from '../../migrations';
import { entities } from '../../src/schema';
import { cellApp } from '../support/cell-app';
import { Cell, cell, committedCells, makeCells, putCell } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';

const LIMIT_MS = 60_000;
const unavailable = { code: 'service.unavailable', params: { retryAfter: 2 } };

serverLane('when the database server goes away', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  let t: TestDatabase;
  let db: Db;
  let app: ReturnType<typeof cellApp>;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, LIMIT_MS);
  afterAll(() => server.close());
  beforeEach(async () => {
    t = await testDatabase(undefined, [...entities, Cell], { server: server.url, waitMs: 3_000 });
    db = t.db;
    await makeCells(db);
    app = cellApp(db, path.join(t.directory, 'blobs'));
  }, LIMIT_MS);
  afterEach(() => t.drop());

  const ways = [
    ['stopped', (): Promise<void> => server.stop()],
    ['killed', (): Promise<void> => server.kill9()],
  ] as const;

  test.each(ways)(
    '%s in the middle of a use case: 503, nothing kept, and it works again after the start',
    async (_name, end) => {
      const run = inTransaction(db, async (tx) => {
        await putCell(tx, cell('lost'));
        await end();
        await putCell(tx, cell('lost too'));
      });
      await expect(run).rejects.toMatchObject(unavailable);
      await server.start();
      await inTransaction(db, (tx) => putCell(tx, cell('kept')));
      expect(await committedCells(db)).toEqual(['kept']);
    },
    LIMIT_MS,
  );

  test.each(ways)(
    '%s between requests: every request is 503 with Retry-After, then 200 again without our restart',
    async (_name, end) => {
      expect((await request(app).post('/api/v1/cells').send({ id: 'a' })).status).toBe(201);
      await end();
      for (let n = 0; n < 4; n += 1) {
        const replies = await Promise.all([
          request(app).get('/api/v1/cells'),
          request(app)
            .post('/api/v1/cells')
            .send({ id: `b${n}` }),
          request(app)
            .post('/api/v1/cells')
            .set('Idempotency-Key', 'key-0000-0001')
            .send({ id: `c${n}` }),
        ]);
        for (const reply of replies) {
          expect(reply.body).toMatchObject({ type: '/problems/service/unavailable', status: 503, retryAfter: 2 });
          expect(reply.headers['retry-after']).toBe('2');
        }
      }
      await server.start();
      expect((await request(app).get('/api/v1/cells')).body).toEqual({ ids: ['a'] });
      expect((await request(app).post('/api/v1/cells').send({ id: 'd' })).status).toBe(201);
      expect((await request(app).get('/api/v1/cells')).body).toEqual({ ids: ['a', 'd'] });
    },
    LIMIT_MS,
  );

  test(
    'killed under load: whatever was acknowledged is there, nothing but 503 was said otherwise, no connection is lost',
    async () => {
      const done: string[] = [];
      const refused: unknown[] = [];
      let ended = false;
      const worker = async (name: string): Promise<void> => {
        for (let n = 0; !ended; n += 1) {
          const id = `${name}-${n}`;
          await inTransaction(db, (tx) => putCell(tx, cell(id))).then(
            () => done.push(id),
            (error: unknown) => refused.push(error),
          );
          await new Promise((next) => setTimeout(next, 5));
        }
      };
      const workers = Promise.all(Array.from({ length: 14 }, (_, n) => worker(`w${n}`)));
      await new Promise((next) => setTimeout(next, 500));
      await server.kill9();
      await new Promise((next) => setTimeout(next, 300));
      await server.start();
      await new Promise((next) => setTimeout(next, 500));
      ended = true;
      await workers;
      expect(refused.length).toBeGreaterThan(0);
      for (const error of refused) expect(error).toMatchObject(unavailable);
      expect(await committedCells(db)).toEqual(expect.arrayContaining(done));
      const held = Array.from({ length: 10 }, () => db.source.createQueryRunner());
      await Promise.all(held.map((runner) => runner.startTransaction()));
      await Promise.all(held.map((runner) => runner.release()));
    },
    LIMIT_MS,
  );

  test(
    'a start without the server fails at once with what was wrong',
    async () => {
      await server.stop();
      const settings = { url: t.url!, directory: t.directory, entities, migrations };
      const fault: unknown = await openDatabase(settings, systemSources()).catch((error: unknown) => error);
      expect(faultOf(fault)).toBe('gone');
      expect(String((fault as Error).message)).toMatch(/ECONNREFUSED/);
      await server.start();
    },
    LIMIT_MS,
  );
});
