import { startOfDay } from '../../kernel/pure/time';
import { bodyOf, holds, idOf } from './steps';
import { assessors, paperPdf } from './samples';
import { must, store, type World } from './world';

const chapter = 'registry' as const;

/** The papers on which the conditions rest: each with a file and days, the text of the assessor's file only explains. */
async function filePapers(w: World, key: string): Promise<void> {
  const bureau = w.actor('bureau');
  const fileId = await store(w, chapter, bureau, `file:papers-${key}`, {
    bytes: await paperPdf('条件材料', '业绩、场所、制度、培训和人员保障的证明材料。', startOfDay(w.today)),
    mediaType: 'application/pdf',
    name: '条件材料.pdf',
  });
  const path = `/organisations/${w.id(`org:${key}`)}/documents`;
  let etag = '"1"';
  for (const [kind, title] of [
    ['performance-proof', '业绩证明'],
    ['office-proof', '办公场所证明'],
    ['management-rules', '管理制度'],
    ['training-record', '培训记录'],
    ['stable-work-proof', '长期稳定开展工作的证明'],
  ] as const) {
    const body = { kind, title: `${title}（演示）`, from: '2024-05-01', fileId, paper: '条件材料（演示）' };
    const headers = { 'if-match': etag };
    const reply = await w.steps.step(chapter, `登记${title}`, bureau, { method: 'POST', path, body, headers }, 201);
    etag = must(reply.headers.get('etag') ?? undefined, 'ETag');
  }
  w.etags[key] = etag;
}

/** A paper that runs out, a change reported and confirmed, a mine's standing in a list: dated, none rewritten. */
export async function playDetails(w: World): Promise<void> {
  const { today } = w;
  const bureau = w.actor('bureau');
  const [assessor] = assessors;
  const organisation = `/organisations/${w.id(`org:${assessor!.key}`)}`;
  for (const key of ['A', 'B']) await filePapers(w, key);
  const first = { 'if-match': '"1"' };
  const now = { 'if-match': must(w.etags[assessor!.key], 'ETag') };
  const licence = { kind: 'business-licence', number: '示例证号', from: '2020-01-01', lastDay: today, paper: '演示' };
  await w.steps.step(
    chapter,
    '登记今日到期的营业执照（演示）',
    bureau,
    { method: 'POST', path: `${organisation}/documents`, body: licence, headers: now },
    {
      status: 201,
      check: (reply) => {
        const { items } = bodyOf<{ items: { kind: string; standing: string }[] }>(reply);
        const filed = items.find((d) => d.kind === licence.kind);
        holds(filed?.standing === 'expiring', 'the last day still counts');
      },
    },
  );
  const report = {
    kind: 'address',
    happenedOn: today,
    note: '住所变更（演示）',
    proposal: { organisation: { address: '示例市示例路1号' } },
  };
  const reported = await w.steps.step(
    chapter,
    '评估机构报告住所变更',
    w.actor(`clerk-${assessor!.key}`),
    { method: 'POST', path: `/institutions/${w.id(`inst:${assessor!.key}`)}/changes`, body: report },
    {
      status: 201,
      check: (reply) => {
        const { late, dueOn } = bodyOf<{ late: boolean; dueOn: string }>(reply);
        holds(!late && dueOn > today, 'reported within twenty working days');
        return { late, dueOn };
      },
    },
  );
  const confirm = `/institution-changes/${idOf(reported)}/confirm`;
  await w.steps.step(
    chapter,
    '确认变更并据以登记',
    bureau,
    { method: 'POST', path: confirm, body: { paper: '变更材料（演示）' }, headers: first },
    200,
  );
  await playStanding(w);
}

async function playStanding(w: World): Promise<void> {
  const { today } = w;
  const bureau = w.actor('bureau');
  const path = `/mines/${w.id('mine:12')}/list-entries`;
  const headers = { 'if-match': '"1"' };
  const standing = { level: 'provincial', list: '示例省绿色矿山名录（演示）', from: today };
  const put = (name: string, line: object, status: number) =>
    w.steps.step(
      chapter,
      name,
      bureau,
      { method: 'PUT', path, body: { paper: '演示', items: [line] }, headers },
      status,
    );
  await put('未在名录的矿山不能移出', { ...standing, status: 'removed' }, 422);
  await put('登记公示中的名录状态（演示）', { ...standing, status: 'public-notice' }, 200);
}
