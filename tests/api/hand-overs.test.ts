import { createHash } from 'node:crypto';
import { canonicalize } from '../../src/kernel/pure/jcs';
import { inTransaction } from '../../src/kernel/db/transaction';
import { WorkItem } from '../../src/modules/identity/work/work.store';
import { done } from '../support/client';
import { runJob } from '../support/play-notices';
import { aFile, aMine, pdfFile } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const problem = async (sent: ReturnType<Person['post']>): Promise<string> => {
  const reply = await sent;
  return `${reply.status} ${String((reply.body as { type?: string }).type).replace('/problems/', '')}`;
};

/** Lots that the person opens; the ids of their work. */
async function workOf(person: Person, count: number): Promise<string[]> {
  const mineId = await aMine(whole);
  for (let n = 0; n < count; n += 1) {
    const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
    const lot = { name: `示例批次第${whole.next()}号`, purpose: 'producing-mine', purchase, mineIds: [mineId] };
    await done(person.post('/lots', lot), 201);
  }
  return held(person);
}
const held = async (person: Person): Promise<string[]> =>
  (await done(person.get('/work?held=own&limit=200'))).items.map((w: { id: string }) => w.id);

const prepare = (by: Person, giver: Person, receiver: Person, items?: object[]) =>
  by.post('/hand-overs', { giverPostId: giver.postId, receiverPostId: receiver.postId, items });
const sign = (by: Person, h: { id: string; listSha256: string }) =>
  by.post(`/hand-overs/${h.id}/sign`, { listSha256: h.listSha256 });

/** What the person was told so far of lists and work; the test's clock stands still, so in the order of the words. */
async function toldTo(person: Person): Promise<string[]> {
  await runJob(whole, 'notifications.place');
  const { items } = await done(person.get('/inbox'));
  return items.map(({ kind, ref }: { kind: string; ref: string }) => `${kind} ${ref}`).sort();
}

describe('work', () => {
  test('that is assigned is told to the post that gets it, not to who takes it himself', async () => {
    const [officer, other] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const [id] = await workOf(officer, 1);
    const { ref } = await done(whole.lead.post(`/work/${id}/assign`, { postId: other.postId }));
    expect(await toldTo(other)).toEqual([`work.assigned lot:${ref}`]);
    expect(await toldTo(officer)).toEqual([]);
  });

  test('that a lead gives to another post of his own is no news to him', async () => {
    const [officer, lead] = [await whole.enlist('bureau'), await whole.enlist('bureau-lead')];
    const [id] = await workOf(officer, 1);
    const wanted = { accountId: lead.accountId, role: 'bureau', from: '2026-01-01' };
    const own = await done(whole.admin.post('/posts', wanted), 201);
    await lead.signIn(lead.username, lead.password);
    await done(lead.post(`/work/${id}/assign`, { postId: own.id }, { 'lujian-post': lead.postId }));
    expect(await toldTo(lead)).toEqual([]);
  });

  test('lies with the post that opened it; a lead sees it by post and what is orphaned', async () => {
    const officer = await whole.enlist('bureau');
    const [id] = await workOf(officer, 1);
    const all = async (query: string) =>
      (await done(whole.lead.get(`/work/overview?${query}&limit=200`))).items.map((w: { id: string }) => w.id);
    expect(await all(`postId=${officer.postId}`)).toEqual([id]);
    expect(await all('orphaned=true')).not.toContain(id);
    await done(whole.admin.post(`/posts/${officer.postId}/end`, { lastDay: '2026-03-01' }));
    expect(await all('orphaned=true')).toContain(id);
    expect(await problem(whole.bureau.get('/work/overview'))).toBe('403 sign-in/forbidden');
    // Assigned by the lead it is no longer orphaned; an officer takes nothing from somebody's desk.
    expect(await problem(whole.bureau.post(`/work/${id}/assign`, { postId: whole.bureau.postId }))).toBe(
      '403 work/not-yours',
    );
    const unfit = whole.lead.post(`/work/${id}/assign`, { postId: whole.inspector.postId });
    expect(await problem(unfit)).toBe('409 work/post-unfit');
    const reply = await whole.lead.post(`/work/${id}/assign`, { postId: whole.reviewer.postId });
    expect(reply.body).toMatchObject({ postId: whole.reviewer.postId, orphaned: false });
    expect((await whole.traceOf(reply)).types).toEqual(['work.assigned']);
    expect(await all('orphaned=true')).not.toContain(id);
  });

  test('is found as orphaned exactly where it is shown so: by a disabled account too', async () => {
    const officer = await whole.enlist('bureau');
    const [id] = await workOf(officer, 1);
    const shown = async (query: string): Promise<Record<string, unknown>[]> =>
      (await done(whole.lead.get(`/work/overview?${query}limit=200`))).items;
    const bothAgree = async (): Promise<string[]> => {
      const found = (await shown('orphaned=true&')).map((w) => w.id);
      expect(found).toEqual((await shown('')).filter((w) => w.orphaned).map((w) => w.id));
      return found as string[];
    };
    expect(await bothAgree()).not.toContain(id);
    await done(whole.admin.post(`/accounts/${officer.accountId}/disable`));
    expect(await bothAgree()).toContain(id);
  });
});

describe('a hand-over', () => {
  test('freezes its list, is signed by both, and moves everything at once', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const ids = await workOf(giver, 3);
    const made = await prepare(giver, giver, receiver);
    expect(made.status).toBe(201);
    const h = made.body;
    expect(h).toMatchObject({ state: 'prepared', itemCount: 3, may: ['sign', 'cancel'] });
    expect(h.list.items.map((i: { work: string }) => i.work)).toEqual(ids);
    expect(h.listSha256).toBe(createHash('sha256').update(canonicalize(h.list)).digest('hex'));
    expect((await whole.traceOf(made)).types).toEqual(['hand-over.prepared']);

    const pdf = await giver.get(`/hand-overs/${h.id}/list.pdf`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect((pdf.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');

    expect(await problem(sign(receiver, { ...h, listSha256: '0'.repeat(64) }))).toBe('409 hand-over/other-list');
    expect(await problem(sign(whole.bureau, h))).toBe('404 request/not-found');
    expect(await problem(sign(whole.lead, h))).toBe('403 hand-over/not-a-signer');
    expect((await done(sign(receiver, h))).state).toBe('part-signed');
    expect(await problem(sign(receiver, h))).toBe('409 hand-over/signed-already');
    expect(await held(receiver)).toEqual([]);
    const last = await sign(giver, h);
    expect(last.body).toMatchObject({ state: 'completed', list: h.list, listSha256: h.listSha256, may: [] });
    expect(last.body.outcomes.map((o: { outcome: string }) => o.outcome)).toEqual(['moved', 'moved', 'moved']);
    expect((await whole.traceOf(last)).types).toEqual(['hand-over.completed', 'hand-over.signed']);
    expect(await held(giver)).toEqual([]);
    expect(await held(receiver)).toEqual(ids);
    expect(await problem(sign(giver, h))).toBe('409 hand-over/wrong-state');
    expect(await problem(giver.post(`/hand-overs/${h.id}/cancel`, { reason: '示例' }))).toBe(
      '409 hand-over/wrong-state',
    );
  });

  test('is told to whoever has still to sign, and to receivers when it moves', async () => {
    const people = [await whole.enlist('bureau'), await whole.enlist('bureau'), await whole.enlist('bureau')] as const;
    const [giver, one, two] = people;
    const [a, b] = await workOf(giver, 2);
    const items = [{ workId: a }, { workId: b, receiverPostId: two.postId }];
    const h = await done(prepare(giver, giver, one, items), 201);
    for (const signer of [one, giver, two]) await done(sign(signer, h));
    const asked = `handover.to-confirm hand-over:${h.id}`;
    expect(await toldTo(giver)).toEqual([]);
    expect(await toldTo(one)).toEqual([asked, `work.assigned hand-over:${h.id}`]);
    // His signature was the last: he saw it move.
    expect(await toldTo(two)).toEqual([asked]);
  });

  test('prepared by the lead is told to the giver too, unless the giver is gone', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    await workOf(giver, 1);
    const h = await done(prepare(whole.lead, giver, receiver), 201);
    expect(await toldTo(giver)).toEqual([`handover.to-confirm hand-over:${h.id}`]);
    await done(whole.lead.post(`/hand-overs/${h.id}/cancel`, { reason: '示例原因' }));
    await done(whole.admin.post(`/posts/${giver.postId}/end`, { lastDay: '2026-03-01' }));
    await done(prepare(whole.lead, giver, receiver), 201);
    const letters = await whole.service.db.m.query<unknown[]>("SELECT id FROM notification WHERE state = 'dead'");
    expect(letters).toEqual([]);
  });

  test('may go to several receivers, item by item', async () => {
    const [giver, one, two] = [
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
    ];
    const [a, b, kept] = await workOf(giver, 3);
    const items = [{ workId: a }, { workId: b, receiverPostId: two.postId }];
    const h = await done(prepare(giver, giver, one, items), 201);
    expect((await done(sign(giver, h))).state).toBe('part-signed');
    expect((await done(sign(one, h))).state).toBe('part-signed');
    expect((await done(sign(two, h))).state).toBe('completed');
    expect([await held(giver), await held(one), await held(two)]).toEqual([[kept], [a], [b]]);
  });

  test('what was done meanwhile is listed as such, what went elsewhere stays there', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const [done1, elsewhere, open] = await workOf(giver, 3);
    const h = await done(prepare(giver, giver, receiver), 201);
    const { ref } = await whole.service.db.m.findOneByOrFail<WorkItem>(WorkItem, { id: done1 });
    await done(whole.lead.post(`/lots/${ref}/cancel`, { reason: '示例' }));
    await done(whole.lead.post(`/work/${elsewhere}/assign`, { postId: whole.reviewer.postId }));
    await done(sign(giver, h));
    const { outcomes } = await done(sign(receiver, h));
    expect(outcomes.map((o: { outcome: string }) => o.outcome)).toEqual(['closed', 'elsewhere', 'moved']);
    expect(await held(receiver)).toEqual([open]);
    expect(await held(whole.reviewer)).toContain(elsewhere);
  });

  test('of a giver who is gone is confirmed by the lead with the signed paper', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const ids = await workOf(giver, 2);
    const h = await done(prepare(whole.lead, giver, receiver), 201);
    const scanFileId = await aFile(whole.lead, pdfFile('交接清单.pdf'));
    const body = { listSha256: h.listSha256, scanFileId, paper: '示例档案柜' };
    const at = `/hand-overs/${h.id}/sign-for-giver`;
    expect(await problem(whole.lead.post(at, body))).toBe('409 hand-over/giver-there');
    await done(whole.admin.post(`/posts/${giver.postId}/end`, { lastDay: '2026-03-01' }));
    expect(await problem(whole.bureau.post(at, body))).toBe('403 sign-in/forbidden');
    const text = { bytes: Buffer.from('示例\n'), mediaType: 'text/plain', name: '清单.txt' };
    const wrong = { ...body, scanFileId: await aFile(whole.lead, text) };
    expect(await problem(whole.lead.post(at, wrong))).toBe('422 hand-over/scan-type');
    const signed = await done(whole.lead.post(at, body));
    expect(signed.signatures[0]).toMatchObject({ side: 'giver', signedBy: whole.lead.accountId, scanFileId });
    expect((await done(sign(receiver, h))).state).toBe('completed');
    expect(await held(receiver)).toEqual(ids);
  });

  test('refused: not one’s own, to oneself, to another role, nothing held, twice in the list', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    expect(await problem(prepare(giver, giver, receiver))).toBe('409 hand-over/nothing-held');
    const [id] = await workOf(giver, 1);
    expect(await problem(prepare(receiver, giver, receiver))).toBe('403 hand-over/not-yours');
    expect(await problem(prepare(giver, giver, giver))).toBe('409 hand-over/same-person');
    expect(await problem(prepare(giver, giver, whole.inspector))).toBe('409 hand-over/receiver-unfit');
    const twice = [{ workId: id }, { workId: id }];
    expect(await problem(prepare(giver, giver, receiver, twice))).toBe('409 hand-over/item-not-held');
    const others = [{ workId: (await workOf(receiver, 1))[0] }];
    expect(await problem(prepare(giver, giver, receiver, others))).toBe('409 hand-over/item-not-held');
    const h = await done(prepare(giver, giver, receiver), 201);
    expect(await problem(receiver.post(`/hand-overs/${h.id}/cancel`, { reason: '示例' }))).toBe(
      '403 hand-over/not-yours',
    );
    expect((await done(giver.post(`/hand-overs/${h.id}/cancel`, { reason: '示例' }))).state).toBe('cancelled');
    expect(await problem(sign(receiver, h))).toBe('409 hand-over/wrong-state');
    expect(await held(giver)).toEqual([id]);
  });

  test('is not completed once the receiver’s post has ended', async () => {
    const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
    const ids = await workOf(giver, 1);
    const h = await done(prepare(giver, giver, receiver), 201);
    await done(sign(receiver, h));
    await done(whole.admin.post(`/posts/${receiver.postId}/end`, { lastDay: '2026-03-01' }));
    expect(await problem(sign(giver, h))).toBe('409 hand-over/receiver-unfit');
    expect(await held(giver)).toEqual(ids);
  });

  test('a deputy signs for nobody', async () => {
    const [giver, receiver, deputy] = [
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
      await whole.enlist('bureau'),
    ];
    await workOf(giver, 1);
    const days = { from: whole.today(), to: whole.today() };
    const body = { postId: giver.postId, deputyAccountId: deputy.accountId, ...days, reason: '出差' };
    const { id } = await done(giver.post('/deputyships', body), 201);
    const h = await done(prepare(giver, giver, receiver), 201);
    const asDeputy = { 'lujian-post': id as string };
    const signing = deputy.post(`/hand-overs/${h.id}/sign`, { listSha256: h.listSha256 }, asDeputy);
    expect((await signing).status).toBe(404);
    expect(
      await problem(
        deputy.post('/hand-overs', { giverPostId: giver.postId, receiverPostId: receiver.postId }, asDeputy),
      ),
    ).toBe('403 hand-over/not-yours');
    // The deputy sees the work of the represented post.
    expect((await done(deputy.get('/work?held=own', asDeputy))).items).toHaveLength(1);
  });
});

test('two hand-overs of one item at the same moment: it moves once, and both lists say so', async () => {
  const giver = await whole.enlist('bureau');
  const receivers = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  for (let round = 0; round < 5; round += 1) {
    const [id] = await workOf(giver, 1);
    const made: { id: string; listSha256: string }[] = [];
    for (const receiver of receivers) {
      const h = await done(prepare(giver, giver, receiver), 201);
      await done(sign(giver, h));
      made.push(h);
    }
    const ended = await Promise.all(receivers.map((receiver, n) => done(sign(receiver, made[n]!))));
    const told = ended.map((h) => h.outcomes[0].outcome as string);
    expect([...told].sort()).toEqual(['elsewhere', 'moved']);
    const winner = receivers[told.indexOf('moved')]!;
    expect(await held(winner)).toContain(id);
    expect(await whole.service.db.m.countBy(WorkItem, { id })).toBe(1);
    expect(await held(giver)).toEqual([]);
  }
});

test('a thousand items move in one transaction, quickly', async () => {
  const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const { authorityId } = (await done(giver.get('/session'))).posts[0];
  const item = (n: number): WorkItem => ({
    id: `bulk-${n}`,
    kind: 'lot',
    ref: `bulk-${n}`,
    openKey: `lot/bulk-${n}`,
    role: 'bureau',
    authorityId: authorityId as string,
    institutionId: null,
    postId: giver.postId,
    openedAt: whole.clock.now(),
    closedAt: null,
    version: 1,
  });
  await inTransaction(whole.service.db, async (tx) => {
    for (let at = 0; at < 1000; at += 50) {
      await tx.m.insert(
        WorkItem,
        Array.from({ length: 50 }, (_, n) => item(at + n)),
      );
    }
  });
  const h = await done(prepare(giver, giver, receiver), 201);
  expect(h.itemCount).toBe(1000);
  const pdf = await giver.get(`/hand-overs/${h.id}/list.pdf`);
  expect(pdf.status).toBe(200);
  await done(sign(giver, h));
  const ended = await done(sign(receiver, h));
  expect(ended.outcomes.filter((o: { outcome: string }) => o.outcome === 'moved')).toHaveLength(1000);
  expect(await whole.service.db.m.countBy(WorkItem, { postId: receiver.postId })).toBe(1000);
});
