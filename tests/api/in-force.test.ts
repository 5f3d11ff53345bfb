import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays } from '../../src/kernel/pure/time';
import type { Notice } from '../../src/modules/notifications';
import { done, type Client } from '../support/client';
import { aLot, anAssignment } from '../support/line-builders';
import { aForeignAuthority, anOfficerOf } from '../support/officers';
import { runJob } from '../support/play-notices';
import { aReadyInstitution, type ReadyInstitution } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Whoever is not authorised is told nothing, is given no work and stands for nobody; an office named by its division
// code is the installation's own kind of authority, and no other that bears the same code.

let whole: Whole;
let institution: ReadyInstitution;
let lettered: Person;
let other: Person;
beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole, { staff: 0 });
  lettered = await whole.enlist('institution', { institutionId: institution.id });
  other = await whole.enlist('institution', { institutionId: institution.id });
  for (const post of [lettered, other]) await renew(post, addDays(whole.today(), 30));
  // From here on the first clerk, who brought no letter, acts for nobody.
  await done(whole.admin.put('/installation/letters', { from: whole.today() }));
}, 60_000);
afterAll(() => whole.close());

const renew = (post: Person, lastDay: string) =>
  done(whole.admin.post(`/posts/${post.postId}/letters`, { number: '示例', paper: '示例档案柜', lastDay }), 201);

const problem = async (sent: ReturnType<Client['get']>): Promise<string> => {
  const { status, body } = await sent;
  return `${status} ${String((body as { type?: string }).type).replace('/problems/', '')}`;
};

async function tell(notice: Notice): Promise<string> {
  const { id } = await inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
  await runJob(whole, 'notifications.place');
  return id;
}

const reached = async (id: string): Promise<string[]> => {
  const rows = await whole.service.db.m.query<{ account_id: string }[]>(
    `SELECT account_id FROM inbox_item WHERE notification_id = '${id}'`,
  );
  return rows.map((r) => r.account_id).sort();
};

const notice = { kind: 'pool.decided' } as const;

test('a notice to an institution reaches the clerks whose letters hold', async () => {
  const to = { institutionId: institution.id };
  expect(await reached(await tell({ ...notice, to }))).toEqual([lettered.accountId, other.accountId].sort());
  expect(await reached(await tell({ ...notice, to: { postId: institution.clerk.postId } }))).toEqual([]);
  // Named as a person, not as a clerk: the account is told.
  const named = { accountId: institution.clerk.accountId };
  expect(await reached(await tell({ ...notice, to: named }))).toEqual([institution.clerk.accountId]);
});

test('work is given to no clerk without a letter, and what such a one holds is free to be taken', async () => {
  const lot = await aLot(whole, [institution]);
  const assignment = { lot, takenUp: false, answerBy: addDays(whole.today(), 10) };
  await anAssignment(whole, institution, assignment);
  const [item] = (await done(lettered.get('/work?kind=assignment'))).items as { id: string }[];
  const taken = await done(lettered.post(`/work/${item!.id}/assign`, { postId: lettered.postId }));
  expect(taken).toMatchObject({ postId: lettered.postId, orphaned: false });
  const give = { giverPostId: lettered.postId, receiverPostId: institution.clerk.postId };
  expect(await problem(lettered.post('/hand-overs', give))).toBe('409 hand-over/receiver-unfit');
  expect((await done(other.get('/work?kind=assignment'))).items).toEqual([]);

  // Taken while no letter was asked for.
  const held = `UPDATE work_item SET post_id = '${institution.clerk.postId}' WHERE id = '${item!.id}'`;
  await inTransaction(whole.service.db, (tx) => tx.m.query(held));
  // A lead finds it by the same meaning, once it lies within an authority.
  const [house] = await whole.service.db.m.query<{ id: string }[]>(
    `SELECT authority_id AS id FROM post WHERE id = '${whole.lead.postId}'`,
  );
  const placed = (id: string | null): Promise<unknown> =>
    inTransaction(whole.service.db, (tx) =>
      tx.m.query(`UPDATE work_item SET authority_id = ${id === null ? 'NULL' : `'${id}'`} WHERE id = '${item!.id}'`),
    );
  await placed(house!.id);
  const { items } = await done(whole.lead.get('/work/overview?orphaned=true'));
  expect(items).toMatchObject([{ id: item!.id, orphaned: true }]);
  await placed(null);
  const freed = await done(other.post(`/work/${item!.id}/assign`, { postId: other.postId }));
  expect(freed).toMatchObject({ postId: other.postId });
  // Held by somebody at work it is not.
  expect(await problem(lettered.post(`/work/${item!.id}/assign`, { postId: lettered.postId }))).toBe(
    '403 work/not-yours',
  );
});

test('whoever may not act in the own post deputises for nobody, and issues no key', async () => {
  const days = { from: whole.today(), to: addDays(whole.today(), 5), reason: '示例出差' };
  const body = { postId: lettered.postId, deputyAccountId: other.accountId, ...days };
  const { id } = await done(lettered.post('/deputyships', body), 201);
  const as = { 'lujian-post': id as string };
  expect((await other.get('/work', as)).status).toBe(200);
  const without = { ...body, deputyAccountId: institution.clerk.accountId };
  expect(await problem(lettered.post('/deputyships', without))).toBe('409 deputyship/not-colleague');
  const key = { name: '示例', postId: institution.clerk.postId, expiresOn: whole.today() };
  expect(await problem(institution.clerk.post('/api-keys', key))).toBe('403 sign-in/no-post');
  // The deputy's own post ends before the deputyship does.
  await done(whole.admin.post(`/posts/${other.postId}/end`, { lastDay: whole.today() }));
  await whole.moveTo(`${addDays(whole.today(), 1)}T02:00:00.000Z`);
  expect(await problem(other.get('/work', as))).toBe('403 sign-in/post-unusable');
});

test('a division code means the house’s kind: others of the same code are told nothing and owe nothing', async () => {
  const ecology = await anOfficerOf(whole, 'bureau', await aForeignAuthority(whole));
  const to = { authority: '370000', role: 'bureau' };
  const told = await reached(await tell({ ...notice, to }));
  expect(told).toContain(whole.bureau.accountId);
  expect(told).not.toContain(ecology.accountId);
  await inTransaction(whole.service.db, (tx) =>
    whole.service.time.deadlines.open(tx, {
      kind: 'screening.person',
      ref: 'example',
      startsOn: whole.today(),
      days: 5,
      unit: 'working',
      holders: [to],
    }),
  );
  const owes = async (who: Person): Promise<number> => ((await done(who.get('/deadlines'))).items as unknown[]).length;
  expect(await owes(whole.bureau)).toBe(1);
  expect(await owes(ecology)).toBe(0);
});

test('a disabled account is given nothing by the lead', async () => {
  const { id: ref } = await aLot(whole, [institution]);
  const [gone, there] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const { items } = await done(whole.bureau.get('/work?kind=lot&limit=200'));
  const item = (items as { id: string; ref: string }[]).find((w) => w.ref === ref)!;
  await done(whole.admin.post(`/accounts/${gone.accountId}/disable`));
  const assign = (post: Person) => whole.lead.post(`/work/${item.id}/assign`, { postId: post.postId });
  expect(await problem(assign(gone))).toBe('409 work/post-unfit');
  await done(assign(there));
});
