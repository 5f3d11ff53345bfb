import { done } from './client';
import type { Whole } from './whole-service';

export const sampleDraft = {
  title: '示例省规则',
  basis: { number: '示例规〔2026〕1号', title: '示例办法', effectiveFrom: '2026-01-01' },
  poolMode: 'register',
  basedOn: 'national-2024/1',
};

/** A draft, amended, adopted by another person, reviewed and in the end repealed rule by rule. */
export async function playPolicy(whole: Whole): Promise<void> {
  const { bureau, lead } = whole;
  const today = whole.today();
  const other = await done(bureau.post('/policy/drafts', { ...sampleDraft, title: '示例另一文本' }), 201);
  await done(bureau.post(`/policy/drafts/${other.id}/withdraw`, { reason: '示例原因' }));
  const { id } = await done(bureau.post('/policy/drafts', sampleDraft), 201);
  await done(bureau.post(`/policy/drafts/${id}/versions`, { ...sampleDraft, title: '示例省规则（修改）' }));
  await done(lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: today, paper: '示例公布文件' }));
  const review = { rule: 'institution.training', number: '示例合审1号', day: today, result: 'upheld' };
  await done(lead.post(`/policy/profiles/${id}/reviews`, review));
  const repeal = { rule: 'institution.training', day: today, paper: '示例废止文件' };
  await done(lead.post(`/policy/profiles/${id}/repeal`, repeal));
}
