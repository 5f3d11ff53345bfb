import { addDays } from '../../src/kernel/pure/time';
import { Notification } from '../../src/modules/notifications/notifications.store';
import { done } from '../support/client';
import { aCaseSubject } from '../support/line-builders';
import { aDirectory, anApplication, decidePool, proposal } from '../support/play-pool';
import { aFile, anInstitution } from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

// A directory (核准制名录): one officer proposes, another decides, and what was measured that day stays with it.

let whole: Whole;
let profile: string;
beforeAll(async () => {
  whole = await wholeService();
  profile = await aDirectory(whole);
});
afterAll(() => whole.close());

const etag = (version: unknown) => ({ 'if-match': `"${String(version)}"` });
const at = (entry: { id: string }, what: string): string => `/pool-entries/${entry.id}/${what}`;
const propose = (entry: { id: string }, outcome: 'admit' | 'refuse' | 'remove', more: object = {}) => {
  // Entries of one millisecond come in any order.
  whole.clock.advance(1);
  return whole.bureau.post(at(entry, 'proposals'), proposal(whole, outcome, more));
};
const workOf = async (person: Whole['bureau'], entry: { id: string }) =>
  (await done(person.get('/work?kind=pool-entry&limit=200'))).items.filter((w: { ref: string }) => w.ref === entry.id);
/** To whom a notice of the kind about the entry goes: kind and id. */
const toldOf = async (kind: 'pool.applied' | 'pool.decided', entry: { id: string }): Promise<string[]> => {
  const rows = await whole.service.db.m.findBy(Notification, { kind, ref: `pool-entry:${entry.id}` });
  return rows.map((n) => `${n.toKind} ${n.toId}`);
};

test('an application waits for the office, its proposal for the lead, and the decision is told', async () => {
  const institution = await anInstitution(whole);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const entry = await done(clerk.post('/pool-entries', { institutionId: institution.id }), 201);
  expect(entry).toMatchObject({ state: 'applied', admittedOn: null, endedOn: null });
  expect(await workOf(whole.bureau, entry)).toHaveLength(1);
  const [office] = await toldOf('pool.applied', entry);
  expect(office).toMatch(/^role .*:bureau$/);

  const scanFileId = await aFile(whole.bureau);
  const reply = await propose(entry, 'admit');
  const proposed = reply.body as { version: number; decisions: unknown[] };
  expect(proposed.decisions).toMatchObject([
    { state: 'proposed', outcome: 'admit', profile, ready: true, proposedBy: whole.bureau.accountId, settledBy: null },
  ]);
  expect((await whole.traceOf(reply)).types).toEqual(['pool-entry.decision-proposed']);
  expect(await workOf(whole.bureau, entry)).toHaveLength(0);
  expect(await workOf(whole.lead, entry)).toHaveLength(1);
  expect(await toldOf('pool.applied', entry)).toContain(`${office}-lead`);
  // The institution sees what is decided, not what is prepared.
  expect((await done(clerk.get(`/pool-entries/${entry.id}`))).decisions).toEqual([]);

  const decided = await whole.lead.post(at(entry, 'decide'), { scanFileId }, etag(proposed.version));
  expect(decided.body).toMatchObject({ state: 'admitted', admittedOn: whole.today(), endedOn: null });
  expect((await whole.traceOf(decided)).types).toEqual(['pool-entry.admitted']);
  const [decision] = decided.body.decisions;
  expect(decision).toMatchObject({ state: 'decided', settledBy: whole.lead.accountId, scanFileId });
  expect(decision.rules.map((r: { rule: string }) => r.rule)).toContain('institution.bars');
  for (const rule of decision.rules) expect(rule).toHaveProperty('citation');
  expect(await workOf(whole.lead, entry)).toHaveLength(0);
  expect(await toldOf('pool.decided', entry)).toEqual([`institution ${institution.id}`]);
  const seen = await done(clerk.get(`/pool-entries/${entry.id}`));
  expect(seen.decisions).toMatchObject([{ state: 'decided', proposedBy: null, settledBy: null, scanFileId: null }]);
  const stranger = await whole.enlist('institution', { institutionId: (await anInstitution(whole)).id });
  await done(stranger.get(`/pool-entries/${entry.id}`), 404);
  // And now it may be a candidate.
  const [row] = await whole.audit(decided.headers['x-request-id']);
  expect(JSON.parse(row!.leaf)).toMatchObject({ subjects: [`institution:${institution.uscc}`] });
});

test('two people: neither the proposer nor a stale reading decides', async () => {
  const entry = await anApplication(whole);
  const both = await whole.enlist('bureau');
  const { version } = await done(both.post(at(entry, 'proposals'), proposal(whole, 'admit')));
  const post = { accountId: both.accountId, role: 'bureau-lead', from: '2026-01-01' };
  const { id: postId } = await done(whole.admin.post('/posts', post), 201);
  await both.signIn(both.username, both.password);
  const own = await both.post(at(entry, 'decide'), {}, { ...etag(version), 'lujian-post': postId });
  expect(own.body.type).toBe('/problems/pool-entry/same-officer');
  const stale = await whole.lead.post(at(entry, 'decide'), {}, etag(Number(version) - 1));
  expect(stale.status).toBe(412);
  await done(whole.bureau.post(at(entry, 'decide'), {}, etag(version)), 403);
  await done(whole.lead.post(at(entry, 'proposals'), proposal(whole, 'admit')), 403);
  expect((await done(whole.bureau.get(`/pool-entries/${entry.id}`))).state).toBe('applied');
  await done(whole.lead.post(at(entry, 'decide'), {}, etag(version)));
  const again = await whole.lead.post(at(entry, 'decide'), {}, etag(Number(version) + 1));
  expect(again.body.type).toBe('/problems/pool-entry/not-proposed');
});

test('a proposal given back goes to the office again, and the trail keeps each', async () => {
  const entry = await anApplication(whole);
  const first = await done(propose(entry, 'admit'));
  const second = await done(propose(entry, 'refuse'));
  expect(second.decisions.map((d: { state: string }) => d.state)).toEqual(['superseded', 'proposed']);
  const stale = await whole.lead.post(at(entry, 'decide'), {}, etag(first.version));
  expect(stale.status).toBe(412);
  const reason = '示例退回：理由不充分';
  const returned = await done(whole.lead.post(at(entry, 'return'), { reason }, etag(second.version)));
  expect(returned.decisions[1]).toMatchObject({ state: 'returned', returnReason: reason });
  expect(await workOf(whole.bureau, entry)).toHaveLength(1);
  const refused = await decidePool(whole, entry.id, 'refuse');
  expect(refused).toMatchObject({ state: 'refused', endedOn: whole.today(), admittedOn: null });
  expect(refused.decisions.map((d) => d['state'])).toEqual(['superseded', 'returned', 'decided']);
  const late = await propose(entry, 'admit');
  expect(late.body.type).toBe('/problems/pool-entry/wrong-state');
  // A refusal is not the end: the institution may apply anew.
  await done(whole.bureau.post('/pool-entries', { institutionId: entry.institutionId }), 201);
});

test('days: not to come, not before the application, an admission not before its public notice has run', async () => {
  const entry = await anApplication(whole);
  const tried = async (more: object) => (await propose(entry, 'admit', more)).body.type as string;
  expect(await tried({ decidedOn: addDays(whole.today(), 1) })).toBe('/problems/pool-entry/day-in-future');
  expect(await tried({ decidedOn: addDays(whole.today(), -1) })).toBe('/problems/pool-entry/day-order');
  const notice = { from: whole.today(), lastDay: whole.today(), paper: '示例公示', objections: '无' };
  expect(await tried({ publicNotice: notice })).toBe('/problems/pool-entry/notice-running');
  const backwards = await propose(entry, 'admit', { publicNotice: { ...notice, lastDay: '2026-01-01' } });
  expect(backwards.status).toBe(422);
  const over = { ...notice, from: '2026-02-20', lastDay: addDays(whole.today(), -1) };
  const { decisions } = await done(propose(entry, 'admit', { publicNotice: over }));
  expect(decisions[0].publicNotice).toEqual(over);
});

test('a bar decides at the door: served between proposal and decision, it shuts out', async () => {
  const [entry, refused] = [await anApplication(whole), await anApplication(whole)];
  const { version } = await done(propose(entry, 'admit'));
  const waiting = await done(propose(refused, 'refuse'));
  for (const { institutionId } of [entry, refused]) {
    await aCaseSubject(whole, { kind: 'institution', id: institutionId }, { state: 'served' });
  }
  const shut = await whole.lead.post(at(entry, 'decide'), {}, etag(version));
  expect(shut.body).toMatchObject({ type: '/problems/sanctions/barred', doorCode: 'pool', code: entry.uscc });
  expect((await whole.traceOf(shut)).types).toEqual(['door.refused']);
  expect((await done(whole.bureau.get(`/pool-entries/${entry.id}`))).state).toBe('applied');
  // Nothing stands in the way of refusing one that is barred, and of saying why.
  const said = await done(whole.lead.post(at(refused, 'decide'), {}, etag(waiting.version)));
  expect(said.state).toBe('refused');
  const bars = said.decisions[0].rules.find((r: { rule: string }) => r.rule === 'institution.bars');
  expect(bars).toMatchObject({ met: false });
  expect(said.decisions[0].ready).toBe(false);
});

test('leaving: by own word, by an officer with its paper, or by a decision of two against its will', async () => {
  const [own, onPaper, against] = [await anApplication(whole), await anApplication(whole), await anApplication(whole)];
  for (const { id } of [own, onPaper, against]) await decidePool(whole, id, 'admit');
  const clerk = await whole.enlist('institution', { institutionId: own.institutionId });
  const left = await done(clerk.post(at(own, 'withdraw'), { reason: '示例退出' }));
  expect(left).toMatchObject({ state: 'withdrawn', endedOn: whole.today(), endReason: '示例退出' });
  const bare = await whole.bureau.post(at(onPaper, 'withdraw'), { reason: '示例退出' });
  expect(bare.body.type).toBe('/problems/pool-entry/request-missing');
  await done(whole.bureau.post(at(onPaper, 'withdraw'), { reason: '示例退出', paper: '示例退出申请' }));
  const removed = await decidePool(whole, against.id, 'remove');
  expect(removed).toMatchObject({ state: 'withdrawn', endedOn: whole.today() });
  expect(removed.decisions.map((d) => d['outcome'])).toEqual(['admit', 'remove']);
  // A removal that is given back leaves the entry and nobody's work behind.
  const kept = await anApplication(whole);
  await decidePool(whole, kept.id, 'admit');
  const { version } = await done(propose(kept, 'remove'));
  await done(whole.lead.post(at(kept, 'return'), { reason: '示例退回' }, etag(version)));
  expect(await workOf(whole.bureau, kept)).toHaveLength(0);
  expect(await workOf(whole.lead, kept)).toHaveLength(0);
  // One that leaves takes what was proposed with it.
  const waiting = await anApplication(whole);
  await done(propose(waiting, 'admit'));
  await done(whole.bureau.post(at(waiting, 'withdraw'), { reason: '示例撤回' }));
  const { state, decisions } = await done(whole.bureau.get(`/pool-entries/${waiting.id}`));
  expect([state, decisions[0].state]).toEqual(['withdrawn', 'superseded']);
});

test('the register as of a day holds those who were in it then', async () => {
  const entry = await anApplication(whole);
  await decidePool(whole, entry.id, 'admit');
  const first = whole.today();
  await whole.moveTo(`${addDays(first, 5)}T01:00:00.000Z`);
  await decidePool(whole, entry.id, 'remove');
  const inOn = async (day: string): Promise<boolean> => {
    const { items } = await done(whole.bureau.get(`/pool-entries?limit=200&asOf=${day}`));
    return (items as { id: string }[]).some((e) => e.id === entry.id);
  };
  expect(await inOn(addDays(first, -1))).toBe(false);
  expect(await inOn(first)).toBe(true);
  expect(await inOn(addDays(first, 4))).toBe(true);
  expect(await inOn(addDays(first, 5))).toBe(false);
  const of = await done(whole.bureau.get(`/pool-entries?institutionId=${entry.institutionId}&state=withdrawn`));
  expect(of.items.map((e: { id: string }) => e.id)).toEqual([entry.id]);
});

test('who is not ready on the day is not admitted, and is told what is missing; refused it may be', async () => {
  await aDirectory(whole, { keep: ['staff.floor'] });
  const entry = await anApplication(whole);
  const reply = await propose(entry, 'admit');
  expect(reply.status).toBe(409);
  expect(reply.body.type).toBe('/problems/pool-entry/not-ready');
  expect(reply.body.rules).toEqual(['staff.floor']);
  expect(reply.body.detail).toContain('15 人');
  expect((await decidePool(whole, entry.id, 'refuse')).decisions[0]).toMatchObject({ ready: false });
});

test('a basis that has lapsed carries no admission, refusal or removal; what was decided stays', async () => {
  await aDirectory(whole, { basis: { validThrough: addDays(whole.today(), 1) } });
  const [admitted, waiting] = [await anApplication(whole), await anApplication(whole)];
  await decidePool(whole, admitted.id, 'admit');
  const lastDay = addDays(whole.today(), 1);
  await whole.moveTo(`${addDays(lastDay, 1)}T01:00:00.000Z`);
  for (const [entry, outcome] of [
    [waiting, 'admit'],
    [waiting, 'refuse'],
    [admitted, 'remove'],
  ] as const) {
    expect((await propose(entry, outcome)).body.type).toBe('/problems/policy/basis-lapsed');
  }
  expect((await done(whole.bureau.get(`/pool-entries/${admitted.id}`))).state).toBe('admitted');
  // Of the last day it still does, entered late.
  const late = await done(propose(waiting, 'admit', { decidedOn: lastDay }));
  expect((await done(whole.lead.post(at(waiting, 'decide'), {}, etag(late.version)))).admittedOn).toBe(lastDay);
});
