import fs from 'node:fs';
import path from 'node:path';
import { connect } from '../sign/service-connection';
import { enrol, signPledge, type OwnKey } from '../sign/sign-client';
import { nodeSigner, publicKeyDerOf } from '../../modules/signing/index';
import { generateKeyPairSync } from 'node:crypto';
import { paperPdf, picture } from './samples';
import { bodyOf, holds, idOf } from './steps';
import { store, type World } from './world';

const team = (w: World, keys: string[]) => ({
  leaderId: w.id(`expert:${keys[0]!}`),
  memberIds: keys.slice(1).map((k) => w.id(`expert:${k}`)),
});

/** Names the teams; one that is too small is refused with every rule's answer. */
export async function playTeam(w: World): Promise<void> {
  const clerk = w.actor('clerk-A');
  const small = {
    method: 'POST' as const,
    path: `/evaluations/${w.id('eval:A:1')}/team`,
    body: team(w, ['A9', 'A10']),
  };
  await w.steps.step('team', '人数和职称不足的评估组被拒绝', clerk, small, {
    status: 409,
    check: (r) => {
      const { rules } = bodyOf<{ rules: { rule: string; met: boolean }[] }>(r);
      holds(rules.length >= 6, 'all rule results are told');
      return { unmet: rules.filter((x) => !x.met).map((x) => x.rule) };
    },
  });
  for (const n of [1, 2, 3]) {
    const body = team(w, ['A1', 'A2', 'A3', 'A4', 'A5']);
    await w.steps.step(
      'team',
      `组建评估组 A-${n}`,
      clerk,
      { method: 'POST', path: `/evaluations/${w.id(`eval:A:${n}`)}/team`, body },
      200,
    );
  }
  const body = team(w, ['B1', 'B2', 'B3', 'B4', 'B5']);
  await w.steps.step(
    'team',
    '组建评估组 B-1',
    w.actor('clerk-B'),
    { method: 'POST', path: `/evaluations/${w.id('eval:B:1')}/team`, body },
    200,
  );
}

function ownKey(): OwnKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3072 });
  return { signer: nodeSigner(privateKey), publicKeyDer: publicKeyDerOf(privateKey) };
}

/** The institution signs with a key that stays with it; the service never sees more than the public half. */
async function sign(w: World, clerkKey: string, evaluation: string, as: string): Promise<void> {
  const clerk = w.actor(clerkKey);
  const made = await w.steps.step(
    'pledge',
    '生成真实性承诺书',
    clerk,
    { method: 'POST', path: `/evaluations/${evaluation}/pledges` },
    201,
  );
  w.ids[as] = idOf(made);
  const newIdempotencyKey = (): string => w.randomness.bytes(16).toString('hex');
  const connection = connect({ baseUrl: w.baseUrl, headers: clerk.cookieHeaders, newIdempotencyKey });
  const key = ownKey();
  const certificate = await enrol(connection, key, clerk.name);
  await signPledge(connection, { pledgeId: idOf(made), key, certificate, confirm: () => true });
  await w.steps.step(
    'pledge',
    '承诺书签署完成',
    clerk,
    { method: 'GET', path: `/pledges/${idOf(made)}` },
    {
      status: 200,
      check: (r) => {
        const { state } = bodyOf<{ state: string }>(r);
        holds(state === 'complete', 'the pledge is complete');
        return { state };
      },
    },
  );
}

export async function playPledge(w: World, out: string): Promise<void> {
  await sign(w, 'clerk-A', w.id('eval:A:1'), 'pledge:A1');
  const file = await w.steps.step(
    'pledge',
    '下载承诺书',
    w.actor('clerk-A'),
    { method: 'GET', path: `/pledges/${w.id('pledge:A1')}/file` },
    200,
  );
  fs.writeFileSync(path.join(out, 'pledge.pdf'), file.bytes);
  const anchors = await w.steps.step(
    'pledge',
    '下载信任锚',
    w.newActor('公众'),
    { method: 'GET', path: '/public/trust-anchors.pem' },
    200,
  );
  fs.writeFileSync(path.join(out, 'trust-anchors.pem'), anchors.bytes);
  await sign(w, 'clerk-A', w.id('eval:A:2'), 'pledge:A2');
}

async function workOn(w: World, n: number, at: number): Promise<void> {
  const clerk = w.actor('clerk-A');
  const evaluation = w.id(`eval:A:${n}`);
  const post = (name: string, what: string, body: unknown, status: number) =>
    w.steps.step('report', name, clerk, { method: 'POST', path: `/evaluations/${evaluation}/${what}`, body }, status);
  await post(
    `内业评估 A-${n}`,
    'desk-review',
    { reviewedOn: w.today, preconditionsMet: true, focus: '生态修复与综合利用（演示）' },
    200,
  );
  await post(
    `现场核查 A-${n}`,
    'on-site',
    { from: w.today, to: w.today, pledgeReadOut: true, note: '首次会议宣读承诺书（演示）' },
    200,
  );
  const pdf = async (name: string) => ({
    bytes: await paperPdf(name, `${name}正文，编号 ${n}。`, at),
    mediaType: 'application/pdf',
    name: `${name}.pdf`,
  });
  const report = await store(w, 'report', clerk, `file:report:${n}`, await pdf('第三方评估报告'));
  const record = await store(w, 'report', clerk, `file:record:${n}`, await pdf('核查记录'));
  const image = await store(w, 'report', clerk, `file:image:${n}`, {
    bytes: picture(),
    mediaType: 'image/png',
    name: '现场照片.png',
  });
  await post('提交评估报告文件', 'evidence', { kind: 'report', fileId: report }, 201);
  if (n !== 3) await post('提交核查记录', 'evidence', { kind: 'verification-record', fileId: record }, 201);
  if (n !== 3) await post('提交影像资料', 'evidence', { kind: 'imagery', fileId: image }, 201);
  await post(`提交报告 A-${n}`, 'report', { scoreHundredths: 8650, conclusion: 'meets' }, 200);
}

/** Work to the report; acceptance refuses what lacks papers or pledge, and accepts what is whole. */
export async function playReport(w: World, at: number): Promise<void> {
  for (const n of [1, 2, 3]) await workOn(w, n, at);
  const accept = (n: number) => ({ method: 'POST' as const, path: `/evaluations/${w.id(`eval:A:${n}`)}/accept` });
  await w.steps.step('report', '材料和承诺不齐的报告不予采信', w.actor('bureau'), accept(3), {
    status: 409,
    check: (r) => {
      const { missing } = bodyOf<{ missing: string }>(r);
      holds(
        ['核查记录', '影像资料', '真实性承诺书'].every((m) => missing.includes(m)),
        'all that is missing is named',
      );
      return { missing };
    },
  });
  await w.steps.step('report', '采信 A-1', w.actor('bureau'), accept(1), 200);
}
