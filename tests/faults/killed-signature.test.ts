import type { BlobStore } from '../../src/kernel/blobs/blob-store';
import type { Actor } from '../../src/kernel/call';
import type { Pool } from '../../src/kernel/workers/pool';
import { Pledge, PledgeRevision } from '../../src/modules/pledges/pledges.store';
import { clerk, paperApp, paperPool, type PaperApp } from '../support/paper-app';
import { aClerk, movingClock, type Clerk, type Prepared } from '../support/pledge-signing';

const forEver = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The process that dies stops where it is: it neither goes on nor tidies up. */
describe('killed while a signature is stored', () => {
  let t: PaperApp;
  let pool: Pool;
  let clock: ReturnType<typeof movingClock>;
  let c: Clerk;
  let id: string;
  let prepared: Prepared;
  beforeAll(() => {
    pool = paperPool();
  });
  beforeEach(async () => {
    clock = movingClock();
    t = await paperApp(clock, pool);
    c = aClerk(t);
    id = await c.makePledge();
    prepared = await c.prepare(id);
  });
  afterEach(() => t.close());
  afterAll(() => pool.close());

  /** A completion in a process whose file store stops answering; settles once it has stopped there. */
  async function dieAt(stop: (store: BlobStore, reached: () => void) => Partial<BlobStore>): Promise<void> {
    const answer = await c.answer(prepared);
    const actor = JSON.parse(decodeURIComponent(clerk)) as Actor;
    await new Promise<void>((reached, fail) => {
      const pledges = t.pledgesOver({ blobs: { ...t.blobs, ...stop(t.blobs, reached) } });
      pledges.completeSignature({ actor, requestId: t.database.db.sources.ids.timed() }, id, answer).then(fail, fail);
    });
  }

  const deaths: [string, (store: BlobStore, reached: () => void) => Partial<BlobStore>][] = [
    [
      'after the claim, before a byte is read',
      (_store, reached) => ({
        get: () => {
          reached();
          return forEver();
        },
      }),
    ],
    [
      'after assembling, before the file is kept',
      (_store, reached) => ({
        putIfAbsent: () => {
          reached();
          return forEver();
        },
      }),
    ],
    [
      'after the file is kept, before a row names it',
      (store, reached) => ({
        putIfAbsent: async (key, source) => {
          await store.putIfAbsent(key, source);
          reached();
          return forEver();
        },
      }),
    ],
  ];

  test.each(deaths)(
    '%s: not signed; nobody else signs meanwhile; after the lease the same answer signs',
    async (_name, stop) => {
      await dieAt(stop);
      const before = await c.get(`/pledges/${id}`).expect(200);
      expect(before.body).toMatchObject({ state: 'prepared', revision: 0, signers: [{ signedAt: null }] });
      const early = await c.complete(id, prepared);
      expect(early).toMatchObject({ status: 409, body: { type: '/problems/pledge/signing-in-progress' } });
      expect(Number(early.headers['retry-after'])).toBeLessThanOrEqual(60);
      const other = await c.complete(id, await c.prepare(id));
      expect(other).toMatchObject({ status: 409, body: { type: '/problems/pledge/signing-in-progress' } });
      clock.pass(60_000);
      const done = await c.complete(id, prepared);
      expect(done.status).toBe(200);
      const signed = await c.get(`/pledges/${id}/file`).buffer(true).expect(200);
      expect((signed.body as Buffer).subarray(-6).toString()).toBe('%%EOF\n');
      expect((await t.auditTypes()).filter((type) => type === 'pledge.signed')).toHaveLength(1);
      expect(await t.database.db.m.countBy(PledgeRevision, { state: 'stored' })).toBe(1);
      expect(await t.database.db.m.findOneByOrFail(Pledge, { id })).toMatchObject({ state: 'complete', revision: 1 });
    },
  );

  test('the same answer of the signer makes the same bytes again', async () => {
    const answer = await c.answer(prepared);
    const kept: string[] = [];
    const actor = JSON.parse(decodeURIComponent(clerk)) as Actor;
    await new Promise<void>((reached) => {
      const putIfAbsent = (key: string): Promise<boolean> => {
        kept.push(key);
        reached();
        return forEver();
      };
      const pledges = t.pledgesOver({ blobs: { ...t.blobs, putIfAbsent } });
      void pledges.completeSignature({ actor, requestId: t.database.db.sources.ids.timed() }, id, answer);
    });
    clock.pass(60_000);
    const done = await c.post(`/pledges/${id}/signatures/complete`, answer).expect(200);
    expect(kept).toEqual([`pledges/${done.body.fileSha256 as string}.pdf`]);
  });

  test('a fault that the process survives frees the claim at once', async () => {
    const answer = await c.answer(prepared);
    const actor = JSON.parse(decodeURIComponent(clerk)) as Actor;
    const full = async (): Promise<boolean> => {
      throw new Error('no space left on device');
    };
    const pledges = t.pledgesOver({ blobs: { ...t.blobs, putIfAbsent: full } });
    const failing = pledges.completeSignature({ actor, requestId: t.database.db.sources.ids.timed() }, id, answer);
    await expect(failing).rejects.toThrow('no space left');
    await c.post(`/pledges/${id}/signatures/complete`, answer).expect(200);
  });

  test('a stored base that is not what was prepared on is noticed before a signature goes into it', async () => {
    const answer = await c.answer(prepared);
    const actor = JSON.parse(decodeURIComponent(clerk)) as Actor;
    const get = async (key: string): Promise<Buffer> => {
      const bytes = await t.blobs.get(key);
      if (key.startsWith('pledges/')) bytes[100]! ^= 1;
      return bytes;
    };
    const pledges = t.pledgesOver({ blobs: { ...t.blobs, get } });
    const failing = pledges.completeSignature({ actor, requestId: t.database.db.sources.ids.timed() }, id, answer);
    await expect(failing).rejects.toThrow('not the one that was prepared');
    expect((await c.get(`/pledges/${id}`)).body).toMatchObject({ state: 'prepared', revision: 0 });
  });
});
