import { bodyOf, holds, idOf } from './steps';
import type { World } from './world';

const statement = {
  independent: true,
  noSelfAssessment: true,
  noFee: true,
  noOutsourcing: true,
  dealings: '无',
};

async function joinPool(w: World): Promise<void> {
  for (const key of ['A', 'B', 'C']) {
    const body = { institutionId: w.id(`inst:${key}`) };
    const reply = await w.steps.step(
      'lot',
      `纳入名录 ${key}`,
      w.actor(`clerk-${key}`),
      { method: 'POST', path: '/pool-entries', body },
      201,
    );
    w.ids[`pool:${key}`] = idOf(reply);
  }
  // The centre of first public-benefit class may stand in the register, and fails at the lot.
  const body = { institutionId: w.id('inst:E') };
  await w.steps.step('lot', '纳入名录 E', w.actor('bureau'), { method: 'POST', path: '/pool-entries', body }, 201);
}

async function openLot(w: World): Promise<void> {
  const bureau = w.actor('bureau');
  const mineIds = Array.from({ length: 8 }, (_, i) => w.id(`mine:${i + 1}`));
  const body = {
    name: '2026年第一批绿色矿山第三方评估（演示）',
    purpose: 'producing-mine',
    mode: 'direct',
    purchase: {
      method: 'government-purchase',
      projectNumber: 'SDZF-2026-001（演示）',
      contractNumber: 'HT-2026-001（演示）',
    },
    mineIds,
  };
  const lot = await w.steps.step('lot', '拟制批次', bureau, { method: 'POST', path: '/lots', body }, 201);
  w.ids['lot'] = idOf(lot);
  const institutionIds = ['A', 'B', 'C', 'E'].map((k) => w.id(`inst:${k}`));
  await w.steps.step(
    'lot',
    '公布候选机构名单',
    bureau,
    { method: 'POST', path: `/lots/${idOf(lot)}/candidates`, body: { institutionIds } },
    200,
  );
}

async function offer(
  w: World,
  key: string,
  name: string,
  mines: number[],
  expected: number,
): Promise<string | undefined> {
  const body = { institutionId: w.id(`inst:${key}`), mineIds: mines.map((n) => w.id(`mine:${n}`)), answerBy: w.today };
  const reply = await w.steps.step(
    'lot',
    name,
    w.actor('bureau'),
    { method: 'POST', path: `/lots/${w.id('lot')}/assignments`, body },
    expected,
  );
  return expected === 201 ? idOf(reply) : undefined;
}

async function takeUp(w: World, key: string, assignment: string, as: string): Promise<void> {
  const path = `/assignments/${assignment}/take-up`;
  const reply = await w.steps.step(
    'lot',
    `接受委托并声明回避情况 ${key}`,
    w.actor(`clerk-${key}`),
    { method: 'POST', path, body: { statement } },
    {
      status: 200,
      check: (r) => {
        const { state, evaluationIds } = bodyOf<{ state: string; evaluationIds: string[] }>(r);
        holds(state === 'taken-up' && evaluationIds.length > 0, 'the evaluations are open');
        return { evaluations: evaluationIds.length };
      },
    },
  );
  bodyOf<{ evaluationIds: string[] }>(reply).evaluationIds.forEach((id, i) => (w.ids[`${as}:${i + 1}`] = id));
}

/** Register of assessors, lot, candidates, direct assignment, taking up with the conflict statement. */
export async function playLot(w: World): Promise<void> {
  await joinPool(w);
  await openLot(w);
  await offer(w, 'D', '不在候选名单的机构被拒绝', [1], 409);
  await offer(w, 'E', '公益一类事业单位不得承接政府购买服务', [1], 409);
  const a = (await offer(w, 'A', '直接委托 A（四矿）', [1, 2, 3, 4], 201))!;
  await offer(w, 'B', '已委托的矿山不能再委托', [4, 5], 409);
  const b = (await offer(w, 'B', '直接委托 B（两矿）', [5, 6], 201))!;
  const open = (await offer(w, 'A', '再委托 A 一矿（待确认）', [7], 201))!;
  w.ids['assignment:A'] = a;
  w.ids['assignment:B'] = b;
  w.ids['assignment:A-open'] = open;
  await takeUp(w, 'A', a, 'eval:A');
  await takeUp(w, 'B', b, 'eval:B');
}

/** An entitled payer is recorded, an operator is refused and leaves a finding. */
export async function playFees(w: World): Promise<void> {
  const bureau = w.actor('bureau');
  const payment = {
    institutionId: w.id('inst:A'),
    lotId: w.id('lot'),
    amountFen: 12_000_000,
    paidOn: w.today,
    purpose: '评估服务费（演示）',
  };
  const fair = { ...payment, payerId: w.id('org:payer'), voucher: 'CZ-2026-0001' };
  await w.steps.step('fees', '财政支付登记', bureau, { method: 'POST', path: '/payments', body: fair }, 201);
  const foul = { ...payment, payerId: w.id('org:operator'), amountFen: 5_000_000, voucher: 'KS-2026-0001' };
  await w.steps.step(
    'fees',
    '矿山企业付款被拒绝',
    bureau,
    { method: 'POST', path: '/payments', body: foul },
    {
      status: 409,
      check: (r) => {
        const { type } = bodyOf<{ type: string }>(r);
        holds(type === '/problems/payment/mine-payer', 'the refusal names the mine payer');
        return { problem: type };
      },
    },
  );
  await w.steps.step(
    'fees',
    '该笔付款形成资金疑点',
    w.actor('inspector'),
    { method: 'GET', path: '/findings' },
    {
      status: 200,
      check: (r) => {
        const { items } = bodyOf<{ items: { voucher: string; state: string }[] }>(r);
        holds(
          items.some((f) => f.voucher === 'KS-2026-0001' && f.state === 'raised'),
          'a finding stands',
        );
        return { findings: items.length };
      },
    },
  );
}
