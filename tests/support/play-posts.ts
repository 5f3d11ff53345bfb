import { addDays } from '../../src/kernel/pure/time';
import { done } from './client';
import { aFile, aMine, anInstitution } from './register-builders';
import type { Whole } from './whole-service';

const etag = (version: number) => ({ 'if-match': `"${version}"` });

/** The tree of authorities and the letters of clerks. */
export async function playPosts(whole: Whole): Promise<void> {
  const { admin } = whole;
  const today = whole.today();
  const owner = (await done(admin.get('/authorities?code=370000'))).items[0];
  const city = { code: '370200', kind: 'natural-resources', name: '示例市自然资源局', parentId: owner.id };
  const from = { from: '2020-01-01', paper: '示例文号' };
  const { id } = await done(admin.post('/authorities', { ...city, ...from }), 201);
  const renamed = { name: '示例市自然资源和规划局', parentId: owner.id, from: '2021-01-01', paper: '示例文号' };
  await done(admin.post(`/authorities/${id}/versions`, renamed, etag(1)), 201);
  await done(admin.post(`/authorities/${id}/end`, { lastDay: today, paper: '示例文号' }));
  const institution = await anInstitution(whole);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const letter = { number: '示例授权第1号', paper: '示例档案柜', lastDay: addDays(today, 10) };
  await done(admin.post(`/posts/${clerk.postId}/letters`, letter), 201);
  await done(admin.put('/installation/letters', { from: null }));
}

/** A deputy appointed and the deputyship taken back. */
export async function playDeputies(whole: Whole): Promise<void> {
  const { bureau, reviewer } = whole;
  const days = { from: whole.today(), to: whole.today() };
  const body = { postId: bureau.postId, deputyAccountId: reviewer.accountId, ...days, reason: '示例出差' };
  const { id } = await done(bureau.post('/deputyships', body), 201);
  await done(bureau.post(`/deputyships/${id}/revoke`));
}

/** A lead assigns what lies with somebody. */
export async function playWork(whole: Whole): Promise<void> {
  const lot = {
    name: '示例批次',
    purpose: 'producing-mine',
    purchase: { method: 'government-purchase', projectNumber: '示例采购项目' },
    mineIds: [await aMine(whole)],
  };
  const { id: ref } = await done(whole.bureau.post('/lots', lot), 201);
  const { items } = await done(whole.bureau.get('/work?kind=lot'));
  const item = items.find((w: { ref: string }) => w.ref === ref);
  await done(whole.lead.post(`/work/${item.id}/assign`, { postId: whole.reviewer.postId }));
}

/** Work handed over by both, by the lead for one who is gone, and not after all. */
export async function playHandOvers(whole: Whole): Promise<void> {
  const { lead, admin } = whole;
  const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const lot = async (): Promise<void> => {
    const purchase = { method: 'government-purchase', projectNumber: '示例采购项目' };
    const body = { name: '示例批次', purpose: 'producing-mine', purchase, mineIds: [await aMine(whole)] };
    await done(giver.post('/lots', body), 201);
  };
  const body = { giverPostId: giver.postId, receiverPostId: receiver.postId };
  await lot();
  const { id: dropped } = await done(giver.post('/hand-overs', body), 201);
  await done(giver.post(`/hand-overs/${dropped}/cancel`, { reason: '示例原因' }));
  const { id, listSha256 } = await done(giver.post('/hand-overs', body), 201);
  await done(giver.post(`/hand-overs/${id}/sign`, { listSha256 }));
  await done(receiver.post(`/hand-overs/${id}/sign`, { listSha256 }));
  await lot();
  await done(admin.post(`/posts/${giver.postId}/end`, { lastDay: addDays(whole.today(), -1) }));
  const left = await done(lead.post('/hand-overs', body), 201);
  const paper = { listSha256: left.listSha256, scanFileId: await aFile(lead), paper: '示例档案柜' };
  await done(lead.post(`/hand-overs/${left.id}/sign-for-giver`, paper));
}
