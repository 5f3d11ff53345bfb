import { addDays } from '../../src/kernel/pure/time';
import { done } from '../support/client';
import { aCaseSubject, anEvaluation, teamOf } from '../support/line-builders';
import {
  anEmployment,
  anExpert,
  anInstitution,
  aReadyInstitution,
  type AnExpert,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
beforeAll(async () => {
  whole = await wholeService();
});
afterAll(() => whole.close());

const merging = { reason: '同一人的两份登记（示例）', paper: '核实记录' };
const propose = (from: AnExpert, into: AnExpert) =>
  whole.bureau.post('/expert-merges', { from: from.platformNumber, into: into.platformNumber, ...merging });
const confirm = (id: string) => whole.lead.post(`/expert-merges/${id}/confirm`, { reason: '复核无误' });
const merge = async (from: AnExpert, into: AnExpert): Promise<string> => {
  const { id } = await done(propose(from, into), 201);
  await done(confirm(id as string));
  return id as string;
};
const screened = (p: AnExpert) =>
  done(
    whole.bureau.post('/screening/persons', { identity: { kind: 'resident-id', number: p.identity }, purpose: '核验' }),
  );

describe('two registrations of one person', () => {
  test('both numbers and both documents answer for the one; history shows both', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const institution = await anInstitution(whole);
    const employment = await anEmployment(whole, a, institution.id);
    const before = new Date(whole.clock.now()).toISOString();
    whole.clock.advance(1000);
    const proposed = await done(propose(a, b), 201);
    expect(proposed).toMatchObject({ state: 'proposed', conflicts: [], birthDaysDiffer: true });
    const own = await whole.bureau.post(`/expert-merges/${proposed.id}/confirm`, { reason: '自行复核' });
    expect(own.status).toBe(403);
    const merged = await confirm(proposed.id as string);
    expect(merged.body).toMatchObject({ state: 'confirmed', from: { id: a.id }, into: { id: b.id } });
    expect((await whole.traceOf(merged)).types).toEqual(['merge.confirmed']);
    const old = await done(whole.bureau.get(`/experts/${a.id}`));
    expect(old).toMatchObject({ platformNumber: a.platformNumber, mergedInto: { id: b.id }, mergedFrom: [] });
    const kept = await done(whole.bureau.get(`/experts/${b.id}`));
    expect(kept).toMatchObject({ mergedInto: null, mergedFrom: [{ id: a.id, platformNumber: a.platformNumber }] });
    for (const view of [old, kept]) {
      expect(view.identities).toHaveLength(2);
      expect(view.employments.map((e: { id: string }) => e.id)).toEqual([employment]);
    }
    const earlier = await done(whole.bureau.get(`/experts/${b.id}?knownAt=${before}`));
    expect(earlier).toMatchObject({ mergedFrom: [], employments: [] });
    const { entries } = await done(whole.bureau.get(`/experts/${b.id}/history`));
    expect(entries.map((e: { of: string }) => e.of).sort()).toEqual([a.platformNumber, b.platformNumber].sort());
    const { items } = await done(whole.bureau.get(`/institutions/${institution.id}/staff`));
    expect(items).toMatchObject([{ expertId: b.id, platformNumber: b.platformNumber }]);
    const list = await done(whole.bureau.get(`/experts?number=${a.platformNumber}`));
    expect(list.items).toMatchObject([{ id: a.id, mergedInto: b.platformNumber }]);
    // An employment entered under the old number is the person's.
    const part = {
      platformNumber: a.platformNumber,
      institutionId: (await anInstitution(whole)).id,
      kind: 'part-time',
    };
    const added = await done(whole.bureau.post('/employments', { ...part, from: '2025-01-01', paper: '协议' }), 201);
    expect(added).toMatchObject({ expertId: b.id, platformNumber: b.platformNumber });
    const change = { from: '2026-01-01', paper: '变更', name: '示例改名', titleLevel: 'medium', specialties: [] };
    const amend = await whole.bureau.post(`/experts/${a.id}/versions`, change, { 'if-match': '"1"' });
    expect(amend.body).toMatchObject({
      status: 409,
      type: '/problems/expert/merged',
      platformNumber: b.platformNumber,
    });
    const again = await propose(a, b);
    expect(again.body.type).toBe('/problems/merge/same-person');
    const third = await anExpert(whole);
    expect((await propose(a, third)).body.type).toBe('/problems/expert/merged');
  });

  test('a person’s account sees what either registration names, and speaks for both', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const account = await whole.enlist('expert', { expertId: a.id });
    const institution = await anInstitution(whole);
    const body = { platformNumber: b.platformNumber, institutionId: institution.id, kind: 'part-time' };
    const { id } = await done(whole.bureau.post('/employments', { ...body, from: '2025-01-01', paper: '协议' }), 201);
    await done(account.post(`/employments/${id}/confirm`, {}), 404);
    await merge(a, b);
    const own = await done(account.get('/experts/me/employments'));
    expect(own).toMatchObject({ expertId: b.id, employments: [{ id }], objections: [], teams: [], engagements: [] });
    await done(account.post(`/employments/${id}/confirm`, {}));
    await done(account.post(`/employments/${id}/objections`, { reason: '示例异议' }), 201);
    expect((await done(account.get('/experts/me/employments'))).objections).toMatchObject([{ state: 'open' }]);
    await done(whole.bureau.get('/experts/me/employments'), 403);
    expect(await done(whole.bureau.get(`/experts/${a.id}/employments`))).toMatchObject({ expertId: b.id });
  });

  test('what contradicts is listed and must be resolved first', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const [one, two] = [await anInstitution(whole), await anInstitution(whole)];
    const first = await anEmployment(whole, a, one.id);
    const second = await anEmployment(whole, b, two.id);
    const proposed = await done(propose(a, b), 201);
    expect(proposed.conflicts).toMatchObject([{ kind: 'full-time-overlap', ids: [first, second] }]);
    const refused = await confirm(proposed.id as string);
    expect(refused.body).toMatchObject({ status: 409, type: '/problems/merge/conflicts' });
    expect(refused.body.detail).toContain(first);
    expect((await propose(b, a)).body).toMatchObject({ status: 409, mergeId: proposed.id });
    await done(whole.bureau.post(`/employments/${second}/void`, { reason: '登记有误', paper: '更正登记表' }));
    expect((await done(whole.bureau.get(`/expert-merges/${proposed.id}`))).conflicts).toEqual([]);
    await done(confirm(proposed.id as string));
  });

  test('a proposal is refused or withdrawn, and then done with', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const one = await done(propose(a, b), 201);
    await done(whole.lead.post(`/expert-merges/${one.id}/refuse`, { reason: '证据不足' }));
    expect((await confirm(one.id as string)).body).toMatchObject({ status: 409, state: 'refused' });
    const two = await done(propose(a, b), 201);
    await done(whole.bureau.post(`/expert-merges/${two.id}/withdraw`, { reason: '误提' }));
    expect((await confirm(two.id as string)).body).toMatchObject({ status: 409, state: 'withdrawn' });
    const { items } = await done(whole.bureau.get('/expert-merges?state=withdrawn'));
    expect(items.map((m: { id: string }) => m.id)).toContain(two.id);
  });
});

describe('a bar on either registration', () => {
  let institution: ReadyInstitution;
  beforeAll(async () => {
    institution = await aReadyInstitution(whole);
  });

  test('holds for the person at every door, stops his work, and shows in screening', async () => {
    const barred = await anExpert(whole);
    const member = institution.staff[1]!;
    const evaluation = await anEvaluation(whole, institution, { state: 'team-named' });
    const adviser = { subject: { kind: 'person', id: member.id }, role: 'adviser', from: whole.today(), to: null };
    const engagement = await done(whole.bureau.post('/engagements', adviser), 201);
    await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    expect(await screened(member)).toMatchObject({ verdict: 'fit' });
    const id = await merge(barred, member);
    expect(await screened(member)).toMatchObject({ verdict: 'not-fit', bars: [{ code: barred.platformNumber }] });
    expect(await screened(barred)).toMatchObject({ verdict: 'not-fit' });
    const frozen = await done(whole.bureau.get(`/evaluations/${evaluation.id}`));
    expect(frozen).toMatchObject({ state: 'frozen', freezeReason: 'person-bar' });
    const own = await done(whole.bureau.get(`/experts/${member.id}/employments`));
    expect(own.engagements).toMatchObject([{ engagementId: engagement.id, lastDay: whole.today() }]);
    expect(own.teams).toMatchObject([{ evaluationId: evaluation.id, institutionName: institution.name, open: true }]);
    const next = await anEvaluation(whole, institution, { state: 'assigned' });
    const team = await institution.clerk.post(`/evaluations/${next.id}/team`, teamOf(institution));
    expect(team.body).toMatchObject({ status: 409, type: '/problems/sanctions/barred', code: barred.platformNumber });
    const again = await whole.bureau.post('/engagements', adviser);
    expect(again.body.type).toBe('/problems/sanctions/barred');
    const undone = await done(
      whole.secondLead.post(`/expert-merges/${id}/undo`, { reason: '误并', paper: '更正记录' }),
    );
    expect(undone).toMatchObject({ state: 'undone', undoReason: '误并' });
    // Two officers found them one: that they are two is for an officer to say, with reasons.
    expect(await screened(member)).toMatchObject({ verdict: 'needs-person', bars: [] });
    const { items } = await done(whole.bureau.get('/expert-doubts?state=open&limit=200'));
    const doubt = items.find((d: { person: { id: string } }) => d.person.id === barred.id);
    expect(doubt).toMatchObject({ ground: 'merge-undone', known: { id: member.id } });
    const different = { finding: 'different', reason: '经核实为两人（示例）', paper: '核实记录' };
    await done((await whole.enlist('bureau')).post(`/expert-doubts/${doubt.id}/decide`, different));
    expect(await screened(member)).toMatchObject({ verdict: 'fit' });
    expect(await screened(barred)).toMatchObject({ verdict: 'not-fit' });
  });

  test('one imposed after the merge stands in the way of undoing it', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const id = await merge(a, b);
    whole.clock.advance(1000);
    const served = await aCaseSubject(whole, { kind: 'person', id: a.id }, { state: 'served' });
    const refused = await whole.secondLead.post(`/expert-merges/${id}/undo`, { reason: '误并', paper: '更正记录' });
    expect(refused.body).toMatchObject({ status: 409, type: '/problems/merge/irreversible' });
    expect(refused.body.detail).toContain(served.decisionNumber);
    expect(await screened(b)).toMatchObject({ verdict: 'not-fit', bars: [{ code: b.platformNumber }] });
  });

  test('both of one team: the team is changed first', async () => {
    const other = await aReadyInstitution(whole);
    await anEvaluation(whole, other, { state: 'team-named' });
    const proposed = await done(propose(other.staff[1]!, other.staff[2]!), 201);
    const kinds = proposed.conflicts.map((c: { kind: string }) => c.kind).sort();
    expect(kinds).toEqual(['same-institution-overlap', 'same-team']);
  });

  test('bar and merge at once: whoever is later finds the other, and no work goes on', async () => {
    const free = await aReadyInstitution(whole);
    const [a, member] = [await anExpert(whole), free.staff[1]!];
    const evaluation = await anEvaluation(whole, free, { state: 'team-named' });
    const subject = await aCaseSubject(whole, { kind: 'person', id: a.id }, { state: 'decided' });
    const { id } = await done(propose(a, member), 201);
    const proof = { manner: 'direct', proof: '送达回证', servedOn: whole.today() };
    const scan = await whole.inspector.upload('/files', {
      bytes: Buffer.from('%PDF-1.7\n% 回证\n'),
      mediaType: 'application/pdf',
      name: '回证.pdf',
    });
    const serve = whole.inspector.post(`/case-subjects/${subject.id}/serve`, { ...proof, proofFileId: scan.body.id });
    const replies = await Promise.all([serve, confirm(id as string)]);
    expect(replies.map((r) => r.status)).toEqual([200, 200]);
    expect(await screened(member)).toMatchObject({ verdict: 'not-fit' });
    expect(await done(whole.bureau.get(`/evaluations/${evaluation.id}`))).toMatchObject({ state: 'frozen' });
  });
});

describe('a merge undone', () => {
  test('what was entered since stands in the way until it is struck out', async () => {
    const [a, b] = [await anExpert(whole), await anExpert(whole)];
    const id = await merge(a, b);
    whole.clock.advance(1000);
    const body = { platformNumber: a.platformNumber, institutionId: (await anInstitution(whole)).id, kind: 'outside' };
    const made = await done(
      whole.bureau.post('/employments', { ...body, from: addDays(whole.today(), -10), paper: '协议' }),
      201,
    );
    const undo = () => whole.secondLead.post(`/expert-merges/${id}/undo`, { reason: '误并', paper: '更正记录' });
    expect((await undo()).body.detail).toContain(made.id);
    await done(whole.bureau.post(`/employments/${made.id}/void`, { reason: '登记有误', paper: '更正登记表' }));
    await done(undo());
    expect(await done(whole.bureau.get(`/experts/${a.id}`))).toMatchObject({ mergedInto: null });
    expect((await undo()).body).toMatchObject({ status: 409, type: '/problems/merge/wrong-state', state: 'undone' });
  });

  test('merges one upon another come apart in turn', async () => {
    const [a, b, c] = [await anExpert(whole), await anExpert(whole), await anExpert(whole)];
    const first = await merge(a, b);
    whole.clock.advance(1000);
    const second = await merge(b, c);
    expect(await done(whole.bureau.get(`/experts/${a.id}`))).toMatchObject({ mergedInto: { id: c.id } });
    expect((await done(whole.bureau.get(`/experts/${c.id}`))).mergedFrom).toHaveLength(2);
    const undo = (id: string) =>
      whole.secondLead.post(`/expert-merges/${id}/undo`, { reason: '误并', paper: '更正记录' });
    expect((await undo(first)).body).toMatchObject({ status: 409, type: '/problems/merge/irreversible' });
    await done(undo(second));
    await done(undo(first));
    expect(await done(whole.bureau.get(`/experts/${c.id}`))).toMatchObject({ mergedFrom: [] });
  });
});

test('names and numbers stay out of addresses and the log', () => {
  for (const secret of [...whole.names, ...whole.identities]) {
    expect(whole.logged.filter((line) => line.includes(secret) || line.includes(encodeURIComponent(secret)))).toEqual(
      [],
    );
  }
});
