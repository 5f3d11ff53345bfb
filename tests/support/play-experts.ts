import { done } from './client';
import { anEmployment, anExpert, anInstitution } from './register-builders';
import type { Whole } from './whole-service';

/** What the builders do not do with persons: corrections, objections, documents, merging. */
export async function playExperts(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const institution = await anInstitution(whole);
  const expert = await anExpert(whole);
  const employment = await anEmployment(whole, expert, institution.id);
  const correction = { from: whole.today(), reason: '示例更正', paper: '更正登记表' };
  await done(bureau.post(`/employments/${employment}/void`, correction));
}
