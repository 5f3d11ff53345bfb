import { createCommand, refuseAndRecord } from '../../src/kernel/db/command';
import { beginIdempotent, forgetOldReplies, type Begun, type IdempotentRequest } from '../../src/kernel/db/idempotency';
import { Idempotency } from '../../src/kernel/db/kernel.store';
import { inTransaction } from '../../src/kernel/db/transaction';
import { systemCall, type Call, type IdempotencyClaim } from '../../src/kernel/call';
import { Problem } from '../../src/kernel/problem';
import { entities } from '../../src/schema';
import { auditor, Cell, cell, committedCells, makeCells, putCell } from '../support/cells';
import { testDatabase, type TestDatabase } from '../support/database';
import { handClock, type HandClock } from '../support/hand-clock';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

let t: TestDatabase;
let clock: HandClock;
beforeEach(async () => {
  clock = handClock();
  t = await testDatabase(clock, [...entities, Cell]);
  await makeCells(t.db);
});
afterEach(() => t.drop());

const request = (changes: Partial<IdempotentRequest> = {}): IdempotentRequest => ({
  scope: 'account-1/post-1',
  route: 'post /cells',
  key: 'key-00000001',
  requestSha256: 'a'.repeat(64),
  render: (outcome) =>
    'problem' in outcome
      ? { status: 409, body: { type: (outcome.problem as Problem).code } }
      : { status: 201, body: outcome.result },
  ...changes,
});

const begin = (changes?: Partial<IdempotentRequest>): Promise<Begun> => beginIdempotent(t.db, request(changes));

function claimed(begun: Begun): { claim: IdempotencyClaim; abandon: () => Promise<void> } {
  if (!('claim' in begun)) throw new Error('answered instead of claimed');
  return begun;
}

const callWith = (idempotency: IdempotencyClaim): Call => ({ ...systemCall(t.db.sources.ids.timed()), idempotency });

const make = (claim: IdempotencyClaim, id: string): Promise<{ id: string }> =>
  createCommand(t.db)(callWith(claim), {}, async (tx) => {
    await putCell(tx, cell(id));
    await auditor(t.db)(tx);
    return { id };
  });

const inProgress = (retryAfter: number): object => ({ code: 'idempotency.in-progress', params: { retryAfter } });

test('a repeat gets the same status and body', async () => {
  await make(claimed(await begin()).claim, '矿山');
  expect(await begin()).toEqual({ replay: { status: 201, body: { id: '矿山' } } });
  expect(await begin()).toEqual({ replay: { status: 201, body: { id: '矿山' } } });
});

test('a reply without a body is kept as such', async () => {
  const { claim } = claimed(await begin({ render: () => ({ status: 204, body: undefined }) }));
  await make(claim, 'a');
  expect(await begin()).toEqual({ replay: { status: 204, body: undefined } });
});

test('the same key with other content is 422, whether answered or not', async () => {
  const { claim } = claimed(await begin());
  const other = { code: 'idempotency.other-request' };
  await expect(begin({ requestSha256: 'b'.repeat(64) })).rejects.toMatchObject(other);
  await make(claim, 'a');
  await expect(begin({ requestSha256: 'b'.repeat(64) })).rejects.toMatchObject(other);
});

test('keys of another client or another route are other keys', async () => {
  await make(claimed(await begin()).claim, 'a');
  for (const changes of [{ scope: 'account-2/post-1' }, { scope: 'account-1/' }, { route: 'put /cells' }]) {
    expect(await begin(changes)).toHaveProperty('claim');
  }
});

test('while the first is at work the second is told when to come again', async () => {
  claimed(await begin());
  await expect(begin()).rejects.toMatchObject(inProgress(60));
  clock.advance(58 * SECOND + 500);
  await expect(begin()).rejects.toMatchObject(inProgress(2));
});

test('of ten at once exactly one claims', async () => {
  const ends = await Promise.allSettled(Array.from({ length: 10 }, () => begin()));
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
  for (const end of ends) {
    if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'idempotency.in-progress' });
  }
});

test('after the lease another takes over, and the first can no longer commit', async () => {
  const first = claimed(await begin());
  clock.advance(60 * SECOND);
  const second = claimed(await begin());
  await expect(make(first.claim, 'first')).rejects.toMatchObject({ code: 'idempotency.in-progress' });
  await first.abandon();
  expect(await make(second.claim, 'second')).toEqual({ id: 'second' });
  await expect(make(first.claim, 'first')).rejects.toMatchObject({ code: 'idempotency.in-progress' });
  expect(await committedCells(t.db)).toEqual(['second']);
  expect(await begin()).toEqual({ replay: { status: 201, body: { id: 'second' } } });
});

test('of several who take over at once exactly one does', async () => {
  claimed(await begin());
  clock.advance(61 * SECOND);
  const ends = await Promise.allSettled(Array.from({ length: 6 }, () => begin()));
  expect(ends.filter((end) => end.status === 'fulfilled')).toHaveLength(1);
});

test('a command that begins renews the lease', async () => {
  const { claim } = claimed(await begin());
  clock.advance(59 * SECOND);
  await inTransaction(t.db, (tx) => claim.hold(tx));
  clock.advance(59 * SECOND);
  await expect(begin()).rejects.toMatchObject(inProgress(1));
  await make(claim, 'a');
});

test('errors are not kept: the same key may try again at once', async () => {
  const { claim, abandon } = claimed(await begin());
  const run = createCommand(t.db)(callWith(claim), {}, () => Promise.reject(new Problem('request.conflict')));
  await expect(run).rejects.toMatchObject({ code: 'request.conflict' });
  await abandon();
  expect(await t.db.m.count(Idempotency)).toBe(0);
  expect(await begin()).toHaveProperty('claim');
});

test('recorded refusals are kept, and abandoning does not drop them', async () => {
  const { claim, abandon } = claimed(await begin());
  const run = createCommand(t.db)(callWith(claim), {}, async (tx) => {
    await auditor(t.db)(tx);
    return refuseAndRecord(new Problem('request.conflict'));
  });
  await expect(run).rejects.toMatchObject({ code: 'request.conflict' });
  await abandon();
  expect(await begin()).toEqual({ replay: { status: 409, body: { type: 'request.conflict' } } });
});

test('a second command under one key is our bug and does not commit', async () => {
  const { claim } = claimed(await begin());
  await make(claim, 'a');
  await expect(make(claim, 'b')).rejects.toThrow('one request, one command');
  expect(await committedCells(t.db)).toEqual(['a']);
  expect(await begin()).toEqual({ replay: { status: 201, body: { id: 'a' } } });
});

test('a reply that breaks its schema does not commit', async () => {
  const broken = (): never => {
    throw new Error('breaks its schema');
  };
  const { claim } = claimed(await begin({ render: broken }));
  await expect(make(claim, 'a')).rejects.toThrow('breaks its schema');
  expect(await committedCells(t.db)).toEqual([]);
});

test('after 24 hours the key is free again, and old replies are forgotten', async () => {
  await make(claimed(await begin()).claim, 'a');
  clock.advance(24 * HOUR - 1);
  expect(await begin()).toHaveProperty('replay');
  expect(await forgetOldReplies(t.db)).toBe(0);
  clock.advance(1);
  const again = claimed(await begin({ requestSha256: 'c'.repeat(64) }));
  await make(again.claim, 'b');
  expect(await begin({ requestSha256: 'c'.repeat(64) })).toMatchObject({ replay: { body: { id: 'b' } } });
  clock.advance(24 * HOUR);
  expect(await forgetOldReplies(t.db)).toBe(1);
  expect(await t.db.m.count(Idempotency)).toBe(0);
});
