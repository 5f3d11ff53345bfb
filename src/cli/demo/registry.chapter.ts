import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../version';
import { playDetails } from './registry-details';
import { bodyOf, holds, idOf } from './steps';
import {
  assessors,
  licence,
  neutral,
  operator,
  paperPdf,
  payer,
  people,
  type SampleBody,
  type SamplePerson,
} from './samples';
import { enlist, must, store, takeSeat, type World } from './world';

const chapter = 'registry' as const;

async function openHouse(w: World, first: { username: string; oneTimePassword: string }): Promise<void> {
  const admin = w.newActor('安全管理员');
  w.actors['security-admin'] = admin;
  const who = { username: first.username, role: 'security-admin', name: admin.name };
  await takeSeat(w, chapter, admin, who, first.oneTimePassword);
  const authority = { code: '370000', name: '示例省自然资源厅', kind: 'natural-resources' };
  await w.steps.step(
    chapter,
    '设定主管机关',
    admin,
    { method: 'PUT', path: '/installation/authority', body: authority },
    200,
  );
  for (const [key, name, role] of [
    ['bureau', '示例经办人', 'bureau'],
    ['bureau-2', '示例审核人', 'bureau'],
    ['lead', '示例处室负责人', 'bureau-lead'],
    ['inspector', '示例调查人员', 'inspector'],
    ['auditor', '示例审计管理员', 'auditor'],
  ] as const) {
    await enlist(w, chapter, key, name, { role });
  }
}

async function registerBody(w: World, b: SampleBody): Promise<void> {
  const body = {
    uscc: b.uscc,
    name: b.name,
    legalForm: b.legalForm,
    publicInstitutionClass: b.publicInstitutionClass ?? null,
    from: '2020-01-01',
    paper: '登记证书（演示）',
  };
  const reply = await w.steps.step(
    chapter,
    `登记组织 ${b.name}`,
    w.actor('bureau'),
    { method: 'POST', path: '/organisations', body },
    201,
  );
  w.ids[`org:${b.key}`] = idOf(reply);
}

async function registerAssessor(w: World, b: SampleBody): Promise<void> {
  const kinds = {
    enterprise: 'business-licence',
    'public-institution': 'public-institution-certificate',
    'industry-association': 'association-certificate',
    other: 'other',
  };
  const body = {
    uscc: b.uscc,
    from: '2024-05-01',
    paper: '评估机构登记表（演示）',
    legalPersonEvidence: { kind: kinds[b.legalForm], number: b.uscc, validTo: null },
    experience: '近三年完成矿山评估类项目若干（演示）',
    office: '固定办公场所（演示）',
    managementRules: '质量、保密、回避制度（演示）',
    training: '年度培训计划和考核记录（演示）',
    stableWork: '专职人员长期合同（演示）',
  };
  const reply = await w.steps.step(
    chapter,
    `登记评估机构 ${b.name}`,
    w.actor('bureau'),
    { method: 'POST', path: '/institutions', body },
    201,
  );
  w.ids[`inst:${b.key}`] = idOf(reply);
}

async function registerPerson(w: World, p: SamplePerson, at: number): Promise<void> {
  const bureau = w.actor('bureau');
  const person = {
    identities: [{ kind: 'resident-id', number: p.identity }],
    from: '2020-01-01',
    paper: '人员登记表（演示）',
    name: p.name,
    titleName: p.titleName,
    titleEvidence: '职称证书（演示）',
    assessmentExperience: '参加过绿色矿山评估（演示）',
    specialtyProofs: p.specialties.map((specialty) => ({ specialty, evidence: '学历和从业证明（演示）' })),
  };
  const made = await w.steps.step(
    chapter,
    `登记评估人员 ${p.name}`,
    bureau,
    { method: 'POST', path: '/experts', body: person },
    201,
  );
  const { id, platformNumber } = bodyOf<{ id: string; platformNumber: string }>(made);
  w.ids[`expert:${p.key}`] = id;
  w.numbers[p.key] = platformNumber;
  w.identities[p.key] = p.identity;
  const employment = {
    platformNumber,
    institutionId: w.id(`inst:${p.employer}`),
    kind: p.kind,
    from: '2023-01-01',
    paper: p.kind === 'full-time' ? '劳动合同（演示）' : '返聘协议（演示）',
    ...(p.kind === 'full-time'
      ? { insuranceEvidence: '社会保险缴费证明（演示）' }
      : { retirementEvidence: '退休证明（演示）' }),
  };
  const hired = await w.steps.step(
    chapter,
    `登记聘用 ${p.name}`,
    bureau,
    { method: 'POST', path: '/employments', body: employment },
    201,
  );
  await confirmOnSheet(w, p, idOf(hired), at);
}

/** The signed sheet is entered by one officer and checked by another. */
async function confirmOnSheet(w: World, p: SamplePerson, employmentId: string, at: number): Promise<void> {
  const bureau = w.actor('bureau');
  const signedSheetFileId = await store(w, chapter, bureau, `file:sheet-${p.key}`, {
    bytes: await paperPdf('本人确认单', `${p.name}确认上述聘用关系属实。`, at),
    mediaType: 'application/pdf',
    name: '本人确认单.pdf',
  });
  const sheet = { signedSheetFileId, paper: '本人签字确认单（演示）' };
  const path = `/employments/${employmentId}`;
  await w.steps.step(
    chapter,
    `登记签字确认单 ${p.name}`,
    bureau,
    { method: 'POST', path: `${path}/sheet`, body: sheet },
    200,
  );
  await w.steps.step(
    chapter,
    `核对确认 ${p.name}`,
    w.actor('bureau-2'),
    { method: 'POST', path: `${path}/confirm`, body: {} },
    200,
  );
}

async function importMines(w: World): Promise<void> {
  const file = fs.readFileSync(path.join(projectRoot(), 'src/modules/mines/data/green-mines.csv'));
  const bureau = w.actor('bureau');
  const list = { bytes: file, mediaType: 'text/csv', name: 'green-mines.csv' };
  await w.steps.step(
    chapter,
    '导入真实绿色矿山名录',
    bureau,
    { method: 'POST', path: '/mines/imports?from=2024-04-15', file: list },
    {
      status: 200,
      check: (reply) => {
        const { read, added, skipped, blank } = bodyOf<{ read: number; added: number; skipped: number; blank: number }>(
          reply,
        );
        holds(read === added + skipped + blank && added >= 20, 'counted in = counted out, at least 20 mines');
        return { read, added, skipped, blank };
      },
    },
  );
  await w.steps.step(
    chapter,
    '同一名录再次导入不改变内容',
    bureau,
    { method: 'POST', path: '/mines/imports?from=2024-04-15', file: list },
    {
      status: 200,
      check: (reply) => holds(bodyOf<{ repeated: boolean }>(reply).repeated, 'the second import is known'),
    },
  );
  const page = await w.steps.step(chapter, '矿山列表', bureau, { method: 'GET', path: '/mines?limit=12' }, 200);
  const items = bodyOf<{ items: { id: string }[] }>(page).items;
  items.forEach((m, i) => (w.ids[`mine:${i + 1}`] = m.id));
}

/** Two mines get an invented operator with invented licences, and say so. */
async function inventOperators(w: World): Promise<void> {
  const bureau = w.actor('bureau');
  for (const n of [1, 2]) {
    const shown = await w.steps.step(
      chapter,
      '读取矿山',
      bureau,
      { method: 'GET', path: `/mines/${w.id(`mine:${n}`)}` },
      200,
    );
    const { record } = bodyOf<{
      record: { name: string; province: string; list: string | null; status: string | null };
    }>(shown);
    const body = {
      from: '2024-05-01',
      paper: '演示：采矿权人与许可证号均为虚构',
      name: record.name,
      province: record.province,
      list: record.list,
      status: record.status,
      sizeClass: 'medium',
      licenceNumber: licence(n),
      operatorId: w.id('org:operator'),
      note: '示例数据：采矿权人与许可证号为虚构',
    };
    const headers = { 'if-match': must(shown.headers.get('etag') ?? undefined, 'ETag') };
    await w.steps.step(
      chapter,
      '登记（虚构的）采矿权人',
      bureau,
      { method: 'POST', path: `/mines/${w.id(`mine:${n}`)}/versions`, body, headers },
      201,
    );
  }
}

async function badInputs(w: World): Promise<void> {
  const bureau = w.actor('bureau');
  const body = {
    name: '示例错误代码',
    legalForm: 'enterprise',
    from: '2024-01-01',
    paper: '演示',
    uscc: '91370000MA3X000107',
  };
  await w.steps.step(
    chapter,
    '校验位错误的信用代码被拒绝',
    bureau,
    { method: 'POST', path: '/organisations', body },
    422,
  );
  const twin = { ...must(people[0], 'person') };
  const person = {
    identities: [{ kind: 'resident-id', number: ` ${twin.identity.slice(0, 6)} ${twin.identity.slice(6)} ` }],
    from: '2020-01-01',
    paper: '演示',
    name: '示例甲壹',
    titleLevel: 'medium',
    specialties: [],
  };
  await w.steps.step(
    chapter,
    '同一人换写法重复登记被拒绝',
    bureau,
    { method: 'POST', path: '/experts', body: person },
    409,
  );
}

async function showReadiness(w: World): Promise<void> {
  for (const [key, wanted] of [
    ['A', true],
    ['C', false],
  ] as const) {
    await w.steps.step(
      chapter,
      `条件符合情况 ${key}`,
      w.actor('bureau'),
      { method: 'GET', path: `/institutions/${w.id(`inst:${key}`)}/readiness` },
      {
        status: 200,
        check: (reply) => {
          const { ready, rules } = bodyOf<{ ready: boolean; rules: { rule: string; met: boolean }[] }>(reply);
          holds(ready === wanted, `readiness of ${key} is ${wanted}`);
          return { ready, unmet: rules.filter((r) => !r.met).map((r) => r.rule) };
        },
      },
    );
  }
}

/** Accounts, organisations, institutions, persons with employments, and the mines of a real list. */
export async function playRegistry(
  w: World,
  first: { username: string; oneTimePassword: string },
  at: number,
): Promise<void> {
  await openHouse(w, first);
  await importMines(w);
  for (const b of [...neutral, payer, operator, ...assessors]) await registerBody(w, b);
  await inventOperators(w);
  for (const b of assessors) await registerAssessor(w, b);
  for (const p of people) await registerPerson(w, p, at);
  for (const b of assessors.slice(0, 3)) {
    await enlist(w, chapter, `clerk-${b.key}`, `${b.name}经办人`, {
      role: 'institution',
      institutionId: w.id(`inst:${b.key}`),
    });
  }
  await enlist(w, chapter, 'expert-A1', must(people[0], 'person').name, {
    role: 'expert',
    expertId: w.id('expert:A1'),
  });
  await playDetails(w);
  await badInputs(w);
  await showReadiness(w);
}
