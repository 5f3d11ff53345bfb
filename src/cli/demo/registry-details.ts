import { bodyOf, holds, idOf } from './steps';
import { assessors } from './samples';
import type { World } from './world';

const chapter = 'registry' as const;

/** A paper that runs out, a change reported and confirmed, a mine's standing in a list: dated, none rewritten. */
export async function playDetails(w: World): Promise<void> {
  const { today } = w;
  const bureau = w.actor('bureau');
  const [assessor] = assessors;
  const organisation = `/organisations/${w.id(`org:${assessor!.key}`)}`;
  const first = { 'if-match': '"1"' };
  const licence = { kind: 'business-licence', number: '示例证号', from: '2020-01-01', lastDay: today, paper: '演示' };
  await w.steps.step(
    chapter,
    '登记今日到期的营业执照（演示）',
    bureau,
    { method: 'POST', path: `${organisation}/documents`, body: licence, headers: first },
    {
      status: 201,
      check: (reply) => {
        const { items } = bodyOf<{ items: { standing: string }[] }>(reply);
        holds(items[0]?.standing === 'expiring', 'the last day still counts');
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
