import type { LegalDate } from '../../kernel/pure/time';
import { bodyOf, holds } from './steps';
import { must, type World } from './world';

async function signInAgain(w: World, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const username = key === 'security-admin' ? must(w.accounts[0], 'account').username : `demo-${key}`;
    const account = must(
      w.accounts.find((a) => a.username === username),
      `account ${username}`,
    );
    const reply = await w.actor(key).signIn(account.username, account.password, w.codeOf(account));
    if (reply.status !== 200) throw new Error(`${username} could not sign in: ${reply.status}`);
  }
}

const engagement = (kind: 'institution' | 'person', id: string, day: LegalDate) => ({
  subject: { kind, id },
  role: 'reviewer',
  from: day,
  to: null,
});

/** On the last barred day the doors are shut; the service runs on a copy, by a clock that no setting can reach. */
export async function playLastDay(w: World, day: LegalDate): Promise<void> {
  await signInAgain(w, ['bureau', 'clerk-A']);
  const shut = (name: string, actor: string, path: string, body: unknown) =>
    w.steps.step(
      'later-days',
      `${day} ${name}`,
      w.actor(actor),
      { method: 'POST', path, body },
      {
        status: 409,
        check: (r) => {
          const { type, freeFrom } = bodyOf<{ type: string; freeFrom: string }>(r);
          holds(type === '/problems/sanctions/barred', 'still barred on the last day');
          return { freeFrom };
        },
      },
    );
  await shut('名录之门仍关闭', 'clerk-A', '/pool-entries', { institutionId: w.id('inst:A') });
  await shut('其他角色之门仍关闭（机构）', 'bureau', '/engagements', engagement('institution', w.id('inst:A'), day));
  await shut('其他角色之门仍关闭（人员）', 'bureau', '/engagements', engagement('person', w.id('expert:B1'), day));
}

/** The day after, the same requests pass. */
export async function playDayAfter(w: World, day: LegalDate): Promise<void> {
  await signInAgain(w, ['bureau', 'clerk-A', 'lead', 'clerk-B']);
  const open = (name: string, actor: string, path: string, body: unknown, status: number) =>
    w.steps.step('later-days', `${day} ${name}`, w.actor(actor), { method: 'POST', path, body }, status);
  const reason = { reason: '原记录届满后重新申请（演示）' };
  await open('退出原名录记录', 'clerk-A', `/pool-entries/${w.id('pool:A')}/withdraw`, reason, 200);
  await open('名录之门重新开放', 'clerk-A', '/pool-entries', { institutionId: w.id('inst:A') }, 201);
  await open(
    '其他角色之门重新开放（机构）',
    'bureau',
    '/engagements',
    engagement('institution', w.id('inst:A'), day),
    201,
  );
  await open(
    '其他角色之门重新开放（人员）',
    'bureau',
    '/engagements',
    engagement('person', w.id('expert:B1'), day),
    201,
  );
  const resume = { reason: '不再采信期限届满（演示）' };
  await open('恢复办理暂停的评估', 'lead', `/evaluations/${w.id('eval:A:2')}/resume`, resume, 200);
  await open('采信之门重新开放', 'bureau', `/evaluations/${w.id('eval:A:2')}/accept`, undefined, 200);
  const offer = { institutionId: w.id('inst:A'), mineIds: [w.id('mine:8')], answerBy: day };
  await open('委托之门重新开放', 'bureau', `/lots/${w.id('lot')}/assignments`, offer, 201);
  const b = (k: string): string => w.id(`expert:${k}`);
  const team = { leaderId: b('B1'), memberIds: ['B2', 'B3', 'B4', 'B5'].map(b) };
  await open('评估组之门重新开放（人员）', 'clerk-B', `/evaluations/${w.id('eval:B:2')}/team`, team, 200);
}
