import { identityCheck } from '../../src/modules/experts/core/identity-number';
import { done } from '../support/client';
import { aCaseSubject, paperOn } from '../support/line-builders';
import { passportOf } from '../support/play-experts';
import { aFile, anEmployment, anExpert, anInstitution, type AnExpert } from '../support/register-builders';
import { type Person, wholeService, type Whole } from '../support/whole-service';

let whole: Whole;
/** An officer beside the one who registers. */
let other: Person;
beforeAll(async () => {
  whole = await wholeService();
  other = await whole.enlist('bureau');
});
afterAll(() => whole.close());

const numberOf = (area: string, born: string, serial: number): string => {
  const first17 = `${area}${born}${String(serial).padStart(3, '0')}`;
  return first17 + identityCheck(first17);
};
const bornOf = (p: AnExpert): string => p.identity.slice(6, 14);
const add = (p: { id: string }, identity: object, replaces: string | null = null) =>
  whole.bureau.post(`/experts/${p.id}/identities`, { identity, originalSeen: true, replaces, paper: '证件复印件' });
const aPassport = (): { kind: string; number: string } => {
  const number = passportOf(whole.next());
  whole.identities.push(number);
  return { kind: 'passport', number };
};
const screened = (identity: object) => done(whole.bureau.post('/screening/persons', { identity, purpose: '核验' }));
const register = async (name: string, identity: { kind: string; number: string }) => {
  whole.identities.push(identity.number);
  const body = { identities: [identity], documentSeen: true, name, from: '2020-01-01', paper: '人员登记表' };
  return (await done(whole.bureau.post('/experts', body), 201)) as { id: string; openDoubts: number };
};

describe('documents that come later', () => {
  test.each([
    ['resident-id', () => numberOf('370102', '19900101', whole.next() % 1000)],
    ['hmt-residence-permit', () => numberOf('810000', '19900101', whole.next() % 1000)],
    ['hmt-residence-permit', () => numberOf('830000', '19900101', whole.next() % 1000)],
    ['permanent-residence-card', () => numberOf('911124', '19900101', whole.next() % 1000)],
    ['passport', () => passportOf(whole.next())],
  ])('%s is added with the original seen, sealed and masked', async (kind, make) => {
    const person = await anExpert(whole);
    const number = make();
    whole.identities.push(number);
    const unseen = { identity: { kind, number }, originalSeen: false, paper: '复印件' };
    await done(whole.bureau.post(`/experts/${person.id}/identities`, unseen), 400);
    const reply = await add(person, { kind, number });
    expect(reply.status).toBe(201);
    expect(reply.body.identities).toHaveLength(2);
    expect(reply.text).not.toContain(number);
    expect((await whole.traceOf(reply)).types).toEqual(['expert.document-added']);
    const again = await add(person, { kind, number });
    expect(again.body).toMatchObject({ status: 409, type: '/problems/expert/document-known' });
    const other = await anExpert(whole);
    const taken = await add(other, { kind, number });
    expect(taken.body).toMatchObject({ status: 409, platformNumber: person.platformNumber });
    expect(taken.text).not.toContain(number);
  });

  test('a number that cannot be is told by its fault, never repeated', async () => {
    const person = await anExpert(whole);
    const reply = await add(person, { kind: 'hmt-residence-permit', number: '810000199002310017' });
    expect(reply.status).toBe(422);
    expect(reply.body.errors[0].pointer).toBe('/identity/number');
    expect(reply.text).not.toContain('810000199002310017');
  });

  test('a renewed passport replaces the old one, which goes on finding the person', async () => {
    const person = await anExpert(whole);
    const [old, renewed] = [aPassport(), aPassport()];
    const first = await done(add(person, old), 201);
    const oldId = first.identities.find((i: { kind: string }) => i.kind === 'passport').id as string;
    const second = await done(add(person, renewed, oldId), 201);
    expect(second.identities.find((i: { id: string }) => i.id === oldId).withdrawnFor).toBe('replaced');
    expect((await add(person, aPassport(), oldId)).body.type).toBe('/problems/expert/document-withdrawn');
    for (const identity of [old, renewed]) {
      const reply = await whole.bureau.post('/experts', {
        identities: [identity],
        documentSeen: true,
        name: '示例别名',
        from: '2020-01-01',
        paper: '登记表',
      });
      expect(reply.body).toMatchObject({ status: 409, platformNumber: person.platformNumber });
    }
  });

  test('one entered by mistake frees its number, but not the last one and not under a bar', async () => {
    const person = await anExpert(whole);
    const wrong = aPassport();
    const { identities } = await done(add(person, wrong), 201);
    const idOf = (kind: string) => identities.find((i: { kind: string }) => i.kind === kind).id as string;
    const mistaken = { for: 'mistaken', reason: '登记有误', paper: '说明' };
    const withdraw = (id: string, p: { id: string } = person) =>
      whole.bureau.post(`/experts/${p.id}/identities/${id}/withdraw`, mistaken);
    await done(withdraw(idOf('passport')));
    expect((await withdraw(idOf('resident-id'))).body.type).toBe('/problems/expert/document-last');
    await register(`示例持证人${whole.next()}`, wrong);
    const barred = await anExpert(whole);
    const more = await done(add(barred, aPassport()), 201);
    const served = await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    const passport = more.identities.find((i: { kind: string }) => i.kind === 'passport').id as string;
    expect((await withdraw(passport, barred)).body.type).toBe('/problems/expert/document-under-bar');
    // A bar that is stayed goes on once the stay ends, and must find him then.
    const ruling = { ...paperOn(whole.today(), 0, await aFile(whole.lead)), from: whole.today(), until: null };
    await done(whole.secondLead.post(`/case-subjects/${served.id}/stays`, ruling));
    expect(await screened({ kind: 'resident-id', number: barred.identity })).toMatchObject({ verdict: 'fit' });
    expect((await withdraw(passport, barred)).body.type).toBe('/problems/expert/document-under-bar');
  });
});

describe('a barred person under another document', () => {
  const permitOf = (p: AnExpert) => ({
    kind: 'hmt-residence-permit',
    number: numberOf('820000', bornOf(p), whole.next() % 1000),
  });
  const doubtOf = async (id: string) => {
    const { items } = await done(whole.bureau.get('/expert-doubts?state=open&limit=200'));
    return items.find((d: { person: { id: string } }) => d.person.id === id);
  };

  test('is neither new nor merged: the doors wait for an officer’s decision, with a day by which it is owed', async () => {
    const barred = await anExpert(whole);
    await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    const again = await register(barred.name, permitOf(barred));
    expect(again.openDoubts).toBe(1);
    const doubt = await doubtOf(again.id);
    expect(doubt).toMatchObject({ ground: 'name-and-birth-day', known: { id: barred.id }, knownBarred: true });
    const owed = await done(whole.bureau.get('/deadlines?limit=200'));
    expect(owed.items.map((d: { ref: string }) => d.ref)).toContain(doubt.id);
    const engagement = { subject: { kind: 'person', id: again.id }, role: 'adviser', from: whole.today(), to: null };
    const held = await whole.bureau.post('/engagements', engagement);
    expect(held.body).toMatchObject({ status: 409, type: '/problems/sanctions/needs-person', doubtId: doubt.id });
    const different = { finding: 'different', reason: '经核实为两人（示例）', paper: '核实记录' };
    await done(whole.lead.post(`/expert-doubts/${doubt.id}/decide`, different), 403);
    const own = await whole.bureau.post(`/expert-doubts/${doubt.id}/decide`, different);
    expect(own.body).toMatchObject({ status: 409, type: '/problems/doubt/second-person-needed' });
    const decided = await other.post(`/expert-doubts/${doubt.id}/decide`, different);
    expect(decided.body).toMatchObject({ state: 'different', decidedBy: other.accountId, mergeId: null });
    expect((await whole.traceOf(decided)).types).toEqual(['doubt.decided']);
    await done(whole.bureau.post('/engagements', engagement), 201);
    expect((await whole.bureau.post(`/expert-doubts/${doubt.id}/decide`, different)).body.state).toBe('different');
    const left = await done(whole.bureau.get('/deadlines?limit=200'));
    expect(left.items.map((d: { ref: string }) => d.ref)).not.toContain(doubt.id);
  });

  const same = { finding: 'same', reason: '经核实为一人（示例）', paper: '核实记录' };
  const different = { finding: 'different', reason: '经核实为两人（示例）', paper: '核实记录' };
  const engage = (id: string) => {
    const subject = { kind: 'person', id };
    return whole.bureau.post('/engagements', { subject, role: 'adviser', from: whole.today(), to: null });
  };
  /** A barred person registered once more, found the same, with a merge proposed. */
  const foundSame = async () => {
    const barred = await anExpert(whole);
    await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    const again = await register(barred.name, permitOf(barred));
    const { id } = await doubtOf(again.id);
    const { mergeId } = await done(whole.bureau.post(`/expert-doubts/${id}/decide`, same));
    return { again, mergeId: mergeId as string };
  };
  const needsPerson = { status: 409, type: '/problems/sanctions/needs-person' };

  test('a merge that comes to nothing opens no door: another officer decides anew', async () => {
    for (const end of ['withdraw', 'refuse'] as const) {
      const { again, mergeId } = await foundSame();
      const by = end === 'withdraw' ? whole.bureau : whole.lead;
      const ended = await by.post(`/expert-merges/${mergeId}/${end}`, { reason: '示例' });
      expect(ended.status).toBe(200);
      const doubt = await doubtOf(again.id);
      expect(doubt).toMatchObject({ ground: 'name-and-birth-day', decidedBy: null });
      const entry = (await whole.audit(ended.headers['x-request-id']))[0]!;
      expect(JSON.stringify(entry)).toContain(doubt.id);
      expect((await engage(again.id)).body).toMatchObject({ ...needsPerson, doubtId: doubt.id });
      const owed = await done(whole.bureau.get('/deadlines?limit=200'));
      expect(owed.items.map((d: { ref: string }) => d.ref)).toContain(doubt.id);
      const own = await whole.bureau.post(`/expert-doubts/${doubt.id}/decide`, different);
      expect(own.body).toMatchObject({ status: 409, type: '/problems/doubt/second-person-needed' });
      expect((await engage(again.id)).body).toMatchObject(needsPerson);
      await done(other.post(`/expert-doubts/${doubt.id}/decide`, different));
      await done(engage(again.id), 201);
    }
  });

  test('a merge is undone by nobody who confirmed it, and the doors then wait for a decision', async () => {
    const { again, mergeId } = await foundSame();
    await done(whole.lead.post(`/expert-merges/${mergeId}/confirm`, { reason: '复核无误' }));
    expect((await engage(again.id)).body.type).toBe('/problems/sanctions/barred');
    const undo = { reason: '误并（示例）', paper: '更正记录' };
    const own = await whole.lead.post(`/expert-merges/${mergeId}/undo`, undo);
    expect(own.body).toMatchObject({ status: 409, type: '/problems/merge/other-person-needed' });
    expect((await engage(again.id)).body.type).toBe('/problems/sanctions/barred');
    await done(whole.secondLead.post(`/expert-merges/${mergeId}/undo`, undo));
    const doubt = await doubtOf(again.id);
    expect((await engage(again.id)).body).toMatchObject({ ...needsPerson, doubtId: doubt.id });
    await done(other.post(`/expert-doubts/${doubt.id}/decide`, different));
    await done(engage(again.id), 201);
  });

  const bornAlike = (id: string, p: AnExpert) => add({ id }, permitOf(p));
  const passportHolder = async () => {
    const barred = await anExpert(whole);
    await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    const again = await register(barred.name, aPassport());
    const doubt = await doubtOf(again.id);
    expect(doubt).toMatchObject({ ground: 'name', version: 1 });
    return { barred, again, doubt };
  };

  test('decided on the name alone, the two are asked about anew once the day of birth is the same', async () => {
    const { barred, again, doubt } = await passportHolder();
    await done(other.post(`/expert-doubts/${doubt.id}/decide`, different));
    await done(engage(again.id), 201);
    const added = await done(bornAlike(again.id, barred), 201);
    expect(added.openDoubts).toBe(1);
    const stronger = await doubtOf(again.id);
    expect(stronger).toMatchObject({ ground: 'name-and-birth-day', known: { id: barred.id } });
    expect((await engage(again.id)).body).toMatchObject({ ...needsPerson, doubtId: stronger.id });
    await done(other.post(`/expert-doubts/${stronger.id}/decide`, different));
    // The same ground asks nobody twice.
    expect((await done(add({ id: again.id }, aPassport()), 201)).openDoubts).toBe(0);
  });

  test('one that waits is told the stronger ground instead of being asked twice', async () => {
    const { barred, again, doubt } = await passportHolder();
    expect((await done(bornAlike(again.id, barred), 201)).openDoubts).toBe(1);
    expect(await doubtOf(again.id)).toMatchObject({ id: doubt.id, ground: 'name-and-birth-day', version: 2 });
  });

  test('found to be the same: a merge is proposed, another officer confirms, and the bar holds', async () => {
    const barred = await anExpert(whole);
    await aCaseSubject(whole, { kind: 'person', id: barred.id }, { state: 'served' });
    const permit = permitOf(barred);
    const again = await register(barred.name, permit);
    const doubt = await doubtOf(again.id);
    const same = { finding: 'same', reason: '经核实为一人（示例）', paper: '核实记录' };
    const { mergeId } = await done(whole.bureau.post(`/expert-doubts/${doubt.id}/decide`, same));
    expect(await screened(permit)).toMatchObject({ verdict: 'needs-person', bars: [] });
    const engagement = { subject: { kind: 'person', id: again.id }, role: 'adviser', from: whole.today(), to: null };
    expect((await whole.bureau.post('/engagements', engagement)).body.type).toBe('/problems/sanctions/needs-person');
    await done(whole.lead.post(`/expert-merges/${mergeId}/confirm`, { reason: '复核无误' }));
    expect(await screened(permit)).toMatchObject({ verdict: 'not-fit', bars: [{ code: barred.platformNumber }] });
  });

  test('another day of birth is another person; a passport that bears none asks', async () => {
    const known = await anExpert(whole);
    const other = await register(known.name, { kind: 'resident-id', number: numberOf('370102', '19991231', 7) });
    expect(other.openDoubts).toBe(0);
    const passport = await register(known.name, aPassport());
    expect(passport.openDoubts).toBe(2);
    expect(await doubtOf(passport.id)).toMatchObject({ ground: 'name' });
  });

  test('an institution that registers learns nothing of the likeness', async () => {
    const known = await anExpert(whole);
    const institution = await anInstitution(whole);
    const clerk = await whole.enlist('institution', { institutionId: institution.id });
    const number = numberOf('370103', bornOf(known), 11);
    whole.identities.push(number);
    const identities = [{ kind: 'resident-id', number }];
    const body = { identities, name: known.name, from: '2020-01-01', paper: '人员登记表' };
    const made = await done(clerk.post('/experts', body), 201);
    expect(made.openDoubts).toBeNull();
    await done(clerk.get('/expert-doubts'), 403);
  });
});

test('an objection is owed a decision within ten working days, and those concerned are told', async () => {
  const institution = await anInstitution(whole);
  const person = await anExpert(whole);
  const id = await anEmployment(whole, person, institution.id);
  const objection = { reason: '示例异议', paper: '书面异议' };
  const made = await done(whole.bureau.post(`/employments/${id}/objections`, objection), 201);
  const { items } = await done(whole.bureau.get('/deadlines?limit=200'));
  const owed = items.find((d: { ref: string }) => d.ref === made.id);
  // 2026-03-02 is a Monday: the tenth working day after it is Monday the 16th.
  expect(owed).toMatchObject({ kind: 'employment.objection', dueOn: '2026-03-16' });
  await done(whole.lead.post(`/employment-objections/${made.id}/dismiss`, { reason: '示例', paper: '核查记录' }));
  const left = await done(whole.bureau.get('/deadlines?limit=200'));
  expect(left.items.map((d: { ref: string }) => d.ref)).not.toContain(made.id);
});

test('numbers and names stay out of addresses and the log', () => {
  for (const secret of [...whole.names, ...whole.identities]) {
    expect(whole.logged.filter((line) => line.includes(secret) || line.includes(encodeURIComponent(secret)))).toEqual(
      [],
    );
  }
});
