import { addDays, legalDate } from '../../kernel/pure/time';
import { paperPdf } from './samples';
import { bodyOf, holds, idOf } from './steps';
import { must, store, type World } from './world';

const chapter = 'case' as const;

interface Served {
  bar: { servedOn: string; lastBarredDay: string; freeFrom: string };
  frozen: { assignments: string[]; evaluations: string[] };
}

const post = (
  w: World,
  name: string,
  actor: string,
  path: string,
  body: unknown,
  status: number,
  headers?: Record<string, string>,
) => w.steps.step(chapter, name, w.actor(actor), { method: 'POST', path, body, headers }, status);

/** The last day of a defence that begins with a service on this day, by the tables of the State Council. */
async function fiveWorkingDaysAfter(w: World, day: string): Promise<string> {
  const question = { method: 'GET', path: `/calendar/working-days?from=${day}&days=5` } as const;
  const term = await w.steps.step(chapter, '推算陈述申辩期', w.actor('inspector'), question, 200);
  return bodyOf<{ day: string }>(term).day;
}

/** One subject from notice to service, each step entered as done on paper on its day. */
async function trySubject(
  w: World,
  file: string,
  subject: { kind: 'institution' | 'person'; id: string; as: string },
  decisionNumber: string,
): Promise<void> {
  const day = (back: number): string => addDays(w.today, -back);
  const paper = (name: string, back: number) => ({
    day: day(back),
    paper: `${name}（演示）`,
    scanFileId: w.id('file:scan'),
  });
  const { kind, id } = subject;
  const noticePaper = paper('拟不再采信告知书', 29);
  const notice = {
    ...noticePaper,
    subject: { kind, id },
    ground: 'untrue-conclusion',
    defenceUntil: await fiveWorkingDaysAfter(w, noticePaper.day),
  };
  const noticed = await post(w, `告知 ${subject.as}`, 'inspector', `/cases/${file}/subjects`, notice, 201);
  const subjectId = idOf(noticed);
  w.ids[`subject:${subject.as}`] = subjectId;
  const at = `/case-subjects/${subjectId}`;
  if (kind === 'institution') await post(w, '听取陈述申辩', 'inspector', `${at}/hear`, paper('陈述申辩笔录', 14), 200);
  else await post(w, '逾期未陈述申辩', 'inspector', `${at}/lapse`, paper('逾期情况说明', 12), 200);
  await post(w, '法制审核', 'bureau-2', `${at}/review`, paper('法制审核意见', 6), 200);
  const proposal = {
    decisionNumber,
    decidedOn: day(3),
    actDay: day(60),
    reasons: '经核实，所出具的评估结论严重失实（演示）。',
  };
  const proposed = await post(w, '拟定决定（第一人）', 'bureau', `${at}/proposal`, proposal, 200);
  const version = String(bodyOf<{ version: number }>(proposed).version);
  const decide = { scanFileId: w.id('file:scan') };
  await post(w, '复核并作出决定（第二人）', 'lead', `${at}/decide`, decide, 200, { 'if-match': `"${version}"` });
  const service = { servedOn: w.today, manner: 'direct', proof: '送达回证（演示）', proofFileId: w.id('file:scan') };
  const reply = await w.steps.step(
    chapter,
    `送达 ${subject.as}`,
    w.actor('inspector'),
    { method: 'POST', path: `${at}/serve`, body: service },
    {
      status: 200,
      check: (r) => {
        const { bar, frozen } = bodyOf<Served>(r);
        holds(frozen.evaluations.length > 0, 'open evaluations are frozen');
        return { servedOn: bar.servedOn, lastBarredDay: bar.lastBarredDay, freeFrom: bar.freeFrom, frozen };
      },
    },
  );
  const { bar } = bodyOf<Served>(reply);
  w.ids['lastBarredDay'] = bar.lastBarredDay;
  w.ids['freeFrom'] = bar.freeFrom;
}

/** From lead to service for an (invented) institution and an (invented) person of another institution's team. */
export async function playCase(w: World, at: number): Promise<void> {
  const scan = await paperPdf('文书扫描件', '本页为演示用扫描件。', at);
  await store(w, chapter, w.actor('inspector'), 'file:scan', {
    bytes: scan,
    mediaType: 'application/pdf',
    name: '扫描件.pdf',
  });
  const lead = { summary: '抽查发现评估结论与现场明显不符（演示）', source: '抽查核查（演示）' };
  const made = await post(w, '登记线索', 'inspector', '/cases', lead, 201);
  const file = idOf(made);
  const paper = (name: string, back: number) => ({
    day: addDays(w.today, -back),
    paper: `${name}（演示）`,
    scanFileId: w.id('file:scan'),
  });
  await post(w, '立案', 'inspector', `/cases/${file}/open`, paper('立案审批表', 40), 200);
  const officers = [
    { name: '示例调查人员', certificate: '示例-001' },
    { name: '示例协查人员', certificate: '示例-002' },
  ];
  await post(w, '调查取证', 'inspector', `/cases/${file}/investigate`, { ...paper('调查报告', 30), officers }, 200);
  await trySubject(
    w,
    file,
    { kind: 'institution', id: w.id('inst:A'), as: '示例绿评咨询有限公司' },
    '示例自然资函〔2026〕1号',
  );
  await trySubject(w, file, { kind: 'person', id: w.id('expert:B1'), as: '示例B一' }, '示例自然资函〔2026〕2号');
  await w.steps.step(
    chapter,
    '同一决定不能作出两次',
    w.actor('lead'),
    {
      method: 'POST',
      path: `/case-subjects/${w.id('subject:示例B一')}/decide`,
      body: { scanFileId: w.id('file:scan') },
      headers: { 'if-match': '"1"' },
    },
    409,
  );
  for (const as of ['示例绿评咨询有限公司', '示例B一']) {
    const at = `/case-subjects/${w.id(`subject:${as}`)}/in-force`;
    await post(w, `决定生效 ${as}`, 'inspector', at, paper('生效登记', 0), 200);
  }
  await post(w, '结案', 'inspector', `/cases/${file}/close`, paper('结案审批表', 0), 200);
}

const refused = (w: World, name: string, actor: string, path: string, body: unknown) =>
  w.steps.step(
    'bar',
    name,
    w.actor(actor),
    { method: 'POST', path, body },
    {
      status: 409,
      check: (r) => {
        const b = bodyOf<{
          type: string;
          decisionNumber: string;
          lastBarredDay: string;
          freeFrom: string;
          doorCode: string;
          rule: string;
        }>(r);
        holds(b.type === '/problems/sanctions/barred', 'the door refuses for the bar');
        holds(
          b.freeFrom === w.id('freeFrom') && b.lastBarredDay === w.id('lastBarredDay'),
          'it names last barred and first free day',
        );
        return {
          door: b.doorCode,
          decisionNumber: b.decisionNumber,
          lastBarredDay: b.lastBarredDay,
          freeFrom: b.freeFrom,
          rule: b.rule,
        };
      },
    },
  );

const statement = { independent: true, noSelfAssessment: true, noFee: true, noOutsourcing: true, dealings: '无' };

/** Every door, tried from the service on. */
async function tryDoors(w: World): Promise<void> {
  await refused(w, '名录之门', 'clerk-A', '/pool-entries', { institutionId: w.id('inst:A') });
  const offer = { institutionId: w.id('inst:A'), mineIds: [w.id('mine:8')], answerBy: w.today };
  await refused(w, '委托之门', 'bureau', `/lots/${w.id('lot')}/assignments`, offer);
  await refused(w, '接受委托之门', 'clerk-A', `/assignments/${w.id('assignment:A-open')}/take-up`, { statement });
  const b = (k: string): string => w.id(`expert:${k}`);
  const withBarred = { leaderId: b('B2'), memberIds: ['B1', 'B3', 'B4', 'B5', 'B6'].map(b) };
  await refused(w, '评估组之门（人员）', 'clerk-B', `/evaluations/${w.id('eval:B:1')}/team`, withBarred);
  await refused(w, '采信之门', 'bureau', `/evaluations/${w.id('eval:A:2')}/accept`, undefined);
  const role = { role: 'reviewer', from: w.today, to: null };
  await refused(w, '其他角色之门（人员）', 'bureau', '/engagements', {
    subject: { kind: 'person', id: b('B1') },
    ...role,
  });
  await refused(w, '其他角色之门（机构）', 'bureau', '/engagements', {
    subject: { kind: 'institution', id: w.id('inst:A') },
    ...role,
  });
  await refused(w, '承诺之门', 'clerk-A', `/evaluations/${w.id('eval:A:3')}/pledges`, undefined);
}

async function screen(w: World, name: string, path: string, verdict: string): Promise<void> {
  await w.steps.step(
    'bar',
    name,
    w.newActor('公众'),
    { method: 'GET', path },
    {
      status: 200,
      check: (r) => {
        const found = bodyOf<{ verdict: string; asOf: string }>(r);
        holds(found.verdict === verdict, `the verdict is ${verdict}`);
        return { verdict: found.verdict, asOf: found.asOf };
      },
    },
  );
}

/** Refusals at every door, the thaw by a changed team, the public answers for the last barred day and the day after. */
export async function playBar(w: World): Promise<void> {
  await w.steps.step(
    'bar',
    '在办评估已暂停办理',
    w.actor('clerk-A'),
    { method: 'GET', path: `/evaluations/${w.id('eval:A:2')}` },
    {
      status: 200,
      check: (r) => {
        const { state, freezeReason } = bodyOf<{ state: string; freezeReason: string }>(r);
        holds(state === 'frozen', 'the evaluation is frozen');
        return { state, freezeReason };
      },
    },
  );
  await tryDoors(w);
  const b = (k: string): string => w.id(`expert:${k}`);
  const changed = { leaderId: b('B2'), memberIds: ['B3', 'B4', 'B5', 'B6'].map(b) };
  await w.steps.step(
    'bar',
    '更换评估组后恢复办理',
    w.actor('clerk-B'),
    { method: 'POST', path: `/evaluations/${w.id('eval:B:1')}/team`, body: changed },
    {
      status: 200,
      check: (r) => holds(bodyOf<{ state: string }>(r).state === 'team-named', 'the evaluation goes on'),
    },
  );
  const code = '91370000MA3X000106';
  const last = must(w.ids['lastBarredDay'], 'last barred day');
  await screen(w, '公开核验：今日', `/public/screening/${code}`, 'not-fit');
  await screen(w, '公开核验：届满日', `/public/screening/${code}?asOf=${last}`, 'not-fit');
  await screen(w, '公开核验：届满次日', `/public/screening/${code}?asOf=${addDays(legalDate(last), 1)}`, 'fit');
  const identity = { kind: 'resident-id', number: must(w.identities['B1'], 'identity') };
  await w.steps.step(
    'bar',
    '人员核验',
    w.actor('bureau'),
    { method: 'POST', path: '/screening/persons', body: { identity, purpose: '演示' } },
    {
      status: 200,
      check: (r) => holds(bodyOf<{ verdict: string }>(r).verdict === 'not-fit', 'the person is barred'),
    },
  );
}
