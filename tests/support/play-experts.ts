import { done } from './client';
import { anEmployment, anExpert, anInstitution } from './register-builders';
import type { Whole } from './whole-service';

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
}
