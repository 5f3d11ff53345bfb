import { specialties } from '../../src/modules/experts';
import { done } from './client';
import { sampleDraft } from './play-policy';
import { anInstitution } from './register-builders';
import type { Whole } from './whole-service';

const setting = (rule: string, value: unknown, more: object = {}) => ({
  ...{ rule, value, number: '示例规〔2026〕2号', citation: '示例规〔2026〕2号第一条' },
  ...{ certainty: 'provincial', effect: 'refuse', effectiveFrom: '2026-01-01', ...more },
});

/**
 * Rules under which somebody is ready with little: what the circular's body asks stays as it is, by its own number, and
 * only informs where a review upheld that.
 */
const lenient = ['staff.specialties', 'institution.legal-person', 'institution.stable-work'] as const;
const lenientRules = [
  setting('staff.specialties', [...specialties], { effect: 'inform' }),
  setting('institution.legal-person', true, { effect: 'inform' }),
  setting('institution.stable-work', true, { effect: 'inform' }),
];
const ofTheAnnex = [
  'institution.experience',
  'institution.office',
  'institution.management-rules',
  'staff.floor',
  'staff.senior-share',
  'staff.leader-candidates',
];

/**
 * The house's own profile with a directory (核准) from today on. `wanted` adds rules; what the annex asks is left out,
 * so that a body of the right kind is ready. Its id.
 */
export async function aDirectory(
  whole: Whole,
  wanted: { rules?: object[]; keep?: string[]; basis?: object } = {},
): Promise<string> {
  const { rules = [], keep = [], basis = {} } = wanted;
  const draft = {
    ...sampleDraft,
    title: '示例省名录规则',
    basis: { ...sampleDraft.basis, ...basis },
    poolMode: 'directory',
    rules: [...lenientRules, ...rules],
    without: ofTheAnnex.filter((rule) => !keep.includes(rule)),
  };
  const { id } = await done(whole.bureau.post('/policy/drafts', draft), 201);
  for (const rule of lenient) {
    const review = { rule, number: '示例合审9号', day: whole.today(), result: 'upheld' };
    await done(whole.lead.post(`/policy/profiles/${id}/reviews`, review));
  }
  whole.clock.advance(1);
  await done(whole.lead.post(`/policy/drafts/${id}/adopt`, { effectiveFrom: whole.today(), paper: '示例公布文件' }));
  return id as string;
}

export interface AnApplication {
  id: string;
  institutionId: string;
  uscc: string;
}

/** Applies for a new institution; in a directory it then waits. */
export async function anApplication(whole: Whole): Promise<AnApplication> {
  const { id: institutionId, uscc } = await anInstitution(whole);
  const { id } = await done(whole.bureau.post('/pool-entries', { institutionId }), 201);
  return { id: id as string, institutionId, uscc };
}

export const proposal = (whole: Whole, outcome: 'admit' | 'refuse' | 'remove', more: object = {}) => ({
  outcome,
  decisionNumber: `示例函〔2026〕${whole.next()}号`,
  decidedOn: whole.today(),
  reasons: '示例理由：经核对申请材料。',
  ...more,
});

const etag = (version: number) => ({ 'if-match': `"${version}"` });

/** Proposed by one officer and decided by another. */
export async function decidePool(
  whole: Whole,
  entryId: string,
  outcome: 'admit' | 'refuse' | 'remove',
  more: object = {},
): Promise<{ version: number; state: string; decisions: Record<string, unknown>[] }> {
  const path = `/pool-entries/${entryId}`;
  whole.clock.advance(1);
  const { version } = await done(whole.bureau.post(`${path}/proposals`, proposal(whole, outcome, more)));
  return done(whole.lead.post(`${path}/decide`, {}, etag(version as number)));
}

/** Every way through a directory; afterwards the house keeps a register again. */
export async function playPool(whole: Whole): Promise<void> {
  const { bureau, lead } = whole;
  const profile = await aDirectory(whole);
  const [admitted, refused] = [await anApplication(whole), await anApplication(whole)];
  const path = `/pool-entries/${admitted.id}`;
  const { version } = await done(bureau.post(`${path}/proposals`, proposal(whole, 'admit')));
  await done(lead.post(`${path}/return`, { reason: '示例退回原因' }, etag(version as number)));
  await decidePool(whole, admitted.id, 'admit');
  await decidePool(whole, refused.id, 'refuse');
  await decidePool(whole, admitted.id, 'remove');
  await done(lead.post(`/policy/profiles/${profile}/repeal`, { day: whole.today(), paper: '示例废止文件' }));
}
