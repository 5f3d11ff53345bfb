import { migrations } from '../../migrations';
import { FillLetterExpiry1795606000002 } from '../../migrations/1795606000002-fill-letter-expiry';
import { migrate } from '../../src/kernel/db/migrate';
import { inTransaction } from '../../src/kernel/db/transaction';
import { parseInstant, type LegalDate } from '../../src/kernel/pure/time';
import { Post } from '../../src/modules/identity/posts/posts.store';
import { Deadline, DeadlineHolder } from '../../src/modules/policy/deadlines/deadlines.store';
import { testDatabase, type TestDatabase } from '../support/database';

let t: TestDatabase;
beforeEach(async () => {
  t = await testDatabase();
});
afterEach(() => t.drop());

const post = (id: string, wished: Partial<Post>): Post => ({
  ...{ id, accountId: `account-${id}`, role: 'institution', institutionId: 'body' },
  ...{ authorityCode: null, authorityId: null, office: null, organisationId: null, expertId: null },
  ...{ fromDay: '2020-01-01' as LegalDate, toDay: null, letterUntil: null, grantedAt: 1, endedAt: null },
  ...wished,
});
const day = (text: string) => text as LegalDate;

test('letters that were recorded before their end was a deadline get one, as far as they end a post to come', async () => {
  const { db } = t;
  const undo = migrations.findIndex((m) => m.name.startsWith('FillLetterExpiry'));
  for (let n = undo; n < migrations.length; n += 1)
    await db.source.undoLastMigration({ transaction: db.engine === 'sqlite' ? 'each' : 'none' });
  await inTransaction(db, (tx) =>
    tx.m.insert(Post, [
      post('clerk', { letterUntil: day('2199-03-31') }),
      post('keeper', { role: 'seal-keeper', letterUntil: day('2199-03-31'), toDay: day('2199-12-31') }),
      post('ends-before', { letterUntil: day('2199-03-31'), toDay: day('2199-03-31') }),
      post('over', { letterUntil: day('2020-03-31') }),
      post('without', {}),
    ]),
  );
  await migrate(db);
  const rows = await db.m.find(Deadline, { order: { id: 'ASC' } });
  expect(rows).toMatchObject(
    ['clerk', 'keeper'].map((ref) => ({ kind: 'letter.expiry', ref, dueOn: '2199-03-31', mark: -1, closedAt: null })),
  );
  const holders = await db.m.find(DeadlineHolder, { order: { deadlineId: 'ASC', holderKind: 'ASC' } });
  expect(holders.map((h) => `${h.deadlineId}: ${h.holderKind} ${h.holderId}`)).toEqual([
    'clerk: institution body',
    'keeper: institution body',
    'keeper: post keeper',
  ]);
});

/** The migration on its own, as on a server that knows no transaction around it. */
async function filledAt(moment: string): Promise<string[]> {
  const { db } = t;
  const runner = db.source.createQueryRunner();
  await new FillLetterExpiry1795606000002({ now: () => parseInstant(moment) })
    .up(runner)
    .finally(() => runner.release());
  return (await db.m.find(Deadline, { order: { id: 'ASC' } })).map((d) => d.id);
}
const holders = async (): Promise<string[]> =>
  (await t.db.m.find(DeadlineHolder)).map((h) => `${h.deadlineId}: ${h.holderKind} ${h.holderId}`).sort();

test('a run that broke off, whichever row it had come to, is taken up again', async () => {
  const { db } = t;
  const letterUntil = day('2026-03-31');
  const posts = [post('first', { letterUntil }), post('second', { letterUntil, role: 'seal-keeper' })];
  await inTransaction(db, (tx) => tx.m.insert(Post, posts));
  const noon = '2026-03-01T04:00:00.000Z';
  await filledAt(noon);
  const whole = await holders();
  expect(whole).toEqual(['first: institution body', 'second: institution body', 'second: post second']);
  const keeper = { deadlineId: 'second', holderKind: 'post' } as const;
  for (const lost of [[keeper], [keeper, { deadlineId: 'second' }, { id: 'second' }], []] as const) {
    await inTransaction(db, async (tx) => {
      for (const row of lost) await tx.m.delete('id' in row ? Deadline : DeadlineHolder, row);
    });
    expect(await filledAt(noon)).toEqual(['first', 'second']);
    expect(await holders()).toEqual(whole);
  }
});

test('what ended yesterday has ended at midnight in Beijing, not eight hours later', async () => {
  const [yesterday, today] = [day('2026-03-31'), day('2026-04-01')];
  const posts = [post('ended', { letterUntil: yesterday }), post('last-day', { letterUntil: today })];
  await inTransaction(t.db, (tx) => tx.m.insert(Post, posts));
  expect(await filledAt('2026-03-31T16:00:00.000Z')).toEqual(['last-day']);
});
