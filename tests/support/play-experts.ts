import { done } from './client';
import { anEmployment, anExpert, anInstitution } from './register-builders';
import type { Whole } from './whole-service';

const merging = { reason: '示例认定', paper: '核实记录' };

/** A passport of nobody. */
export const passportOf = (n: number): string => `E${String(10_000_000 + n)}`;

/** Documents renewed and withdrawn; likeness decided; merges confirmed, refused, withdrawn, undone. */
async function playWhoIsWho(whole: Whole): Promise<void> {
  const { bureau, lead } = whole;
  const one = await anExpert(whole);
  const add = async (replaces: string | null): Promise<string> => {
    const number = passportOf(whole.next());
    whole.identities.push(number);
    const identity = { kind: 'passport', number };
    const body = { identity, originalSeen: true, replaces, paper: '护照复印件' };
    const { identities } = await done(bureau.post(`/experts/${one.id}/identities`, body), 201);
    return (identities as { id: string; mask: string }[]).find((i) => i.mask.endsWith(number.slice(-2)))!.id;
  };
  const renewed = await add(await add(null));
  const lapsed = { for: 'lapsed', reason: '示例失效', paper: '说明' };
  await done(bureau.post(`/experts/${one.id}/identities/${renewed}/withdraw`, lapsed));
  const number = passportOf(whole.next());
  whole.identities.push(number);
  const namesake = {
    identities: [{ kind: 'passport', number }],
    documentSeen: true,
    name: one.name,
    from: '2020-01-01',
  };
  await done(bureau.post('/experts', { ...namesake, paper: '人员登记表' }), 201);
  const { items } = await done(bureau.get('/expert-doubts?state=open'));
  const same = await done(bureau.post(`/expert-doubts/${items[0].id}/decide`, { finding: 'same', ...merging }));
  await done(lead.post(`/expert-merges/${same.mergeId}/refuse`, { reason: '示例理由' }));
  const pair = { from: (await anExpert(whole)).platformNumber, into: one.platformNumber };
  const dropped = await done(bureau.post('/expert-merges', { ...pair, ...merging }), 201);
  await done(bureau.post(`/expert-merges/${dropped.id}/withdraw`, { reason: '示例理由' }));
  const { id } = await done(bureau.post('/expert-merges', { ...pair, ...merging }), 201);
  await done(lead.post(`/expert-merges/${id}/confirm`, { reason: '示例理由' }));
  await done(whole.secondLead.post(`/expert-merges/${id}/undo`, merging));
}

/** What the builders do not do with persons: corrections, objections, documents, merging. */
export async function playExperts(whole: Whole): Promise<void> {
  const { bureau, lead } = whole;
  const institution = await anInstitution(whole);
  const expert = await anExpert(whole);
  const employment = await anEmployment(whole, expert, institution.id);
  const objected = await anEmployment(whole, await anExpert(whole), institution.id);
  const objection = async (): Promise<string> => {
    const body = { reason: '示例异议', paper: '书面异议' };
    return (await done(bureau.post(`/employments/${objected}/objections`, body), 201)).id as string;
  };
  const finding = { reason: '示例核查', paper: '核查记录' };
  await done(bureau.post(`/employment-objections/${await objection()}/withdraw`, { paper: '书面撤回' }));
  await done(lead.post(`/employment-objections/${await objection()}/dismiss`, finding));
  await done(lead.post(`/employment-objections/${await objection()}/uphold`, finding));
  const correction = { from: whole.today(), reason: '示例更正', paper: '更正登记表' };
  await done(bureau.post(`/employments/${employment}/void`, correction));
  await playCorrections(whole);
  await playWhoIsWho(whole);
}

/** A person asks to have the own record put right: granted, refused, withdrawn. */
async function playCorrections(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const expert = await anExpert(whole);
  const person = await whole.enlist('expert', { expertId: expert.id });
  const ask = async (): Promise<string> => {
    const changes = { phone: `1380000${String(whole.next()).padStart(4, '0')}` };
    const body = { from: whole.today(), changes, reason: '示例理由' };
    return (await done(person.post('/experts/me/corrections', body), 201)).id as string;
  };
  await done(person.post(`/expert-corrections/${await ask()}/withdraw`));
  await done(bureau.post(`/expert-corrections/${await ask()}/refuse`, { reason: '示例理由', paper: '核查记录' }));
  await done(bureau.post(`/expert-corrections/${await ask()}/grant`, { paper: '更正登记表' }));
}
