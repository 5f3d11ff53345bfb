import { addDays, type LegalDate } from '../../src/kernel/pure/time';
import { specialties } from '../../src/modules/experts';
import { done } from '../support/client';
import { creditCodeOf } from '../support/credit-codes';
import { aCaseSubject } from '../support/line-builders';
import { aFile, anOrganisation, identityNumberOf, pdfFile } from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Every rule of readiness fails alone, its cure is done as the reply says, and it is met; past days answer as they did.

interface Answer {
  rule: string;
  measured: string;
  met: boolean;
  cure: string | null;
}
interface Member {
  id: string;
  platformNumber: string;
  employmentId: string;
}
interface House {
  authority: string;
  id: string;
  organisationId: string;
  staff: Member[];
  papers: Record<string, string>;
}

let whole: Whole;
let nation: House;
let zhejiang: House;
const today = (): LegalDate => whole.today();
const yesterday = (): LegalDate => addDays(today(), -1);

const readiness = async (house: House, asOf: string = today()): Promise<{ ready: boolean; rules: Answer[] }> =>
  done(whole.bureau.get(`/institutions/${house.id}/readiness?authority=${house.authority}&asOf=${asOf}`));
const unmet = async (house: House, asOf?: string): Promise<string[]> =>
  (await readiness(house, asOf)).rules.filter((r) => !r.met).map((r) => r.rule);
const answer = async (house: House, rule: string, asOf?: string): Promise<Answer> =>
  (await readiness(house, asOf)).rules.find((r) => r.rule === rule)!;
const etagOf = async (path: string) => ({ 'if-match': `"${(await done(whole.bureau.get(path))).version as number}"` });

/** The routes that a cure names, in its order. */
const routesIn = (cure: string): string[] => [...cure.matchAll(/POST \/api\/v1(\/[^\s，；（）]+)/g)].map((m) => m[1]!);

/** Posts to the record; its version is that of the path before the last part. */
async function post(path: string, body: object, record = path.replace(/\/(versions|documents).*$/, '')): Promise<void> {
  await done(whole.bureau.post(path, { paper: '示例材料', ...body }, await etagOf(record)), 201);
}

const paperKinds = [
  'association-certificate',
  'performance-proof',
  'office-proof',
  'management-rules',
  'training-record',
  'stable-work-proof',
] as const;
const ruleOf: Record<(typeof paperKinds)[number], string> = {
  'association-certificate': 'institution.legal-person',
  'performance-proof': 'institution.experience',
  'office-proof': 'institution.office',
  'management-rules': 'institution.management-rules',
  'training-record': 'institution.training',
  'stable-work-proof': 'institution.stable-work',
};

async function anExpertWith(content: object): Promise<Omit<Member, 'employmentId'>> {
  const n = whole.next();
  const body = {
    identities: [{ kind: 'resident-id', number: identityNumberOf(n) }],
    ...{ from: '2020-01-01', paper: '人员登记表', name: `示例评估人员其${n}`, ...content },
  };
  return done(whole.bureau.post('/experts', body), 201);
}
async function employ(house: House, platformNumber: string, wished: object = {}): Promise<string> {
  const body = {
    ...{ platformNumber, institutionId: house.id, kind: 'full-time', from: '2023-01-01', paper: '劳动合同' },
    ...{ insuranceEvidence: '社会保险缴费证明', ...wished },
  };
  return (await done(whole.bureau.post('/employments', body), 201)).id as string;
}
async function confirm(employmentId: string): Promise<void> {
  const signedSheetFileId = await aFile(whole.bureau, pdfFile(`${employmentId}确认单.pdf`));
  await done(whole.bureau.post(`/employments/${employmentId}/sheet`, { signedSheetFileId, paper: '本人签字确认单' }));
  await done(whole.reviewer.post(`/employments/${employmentId}/confirm`, {}));
}
const professional = (n: number, more: object = {}) => ({
  titleLevel: n < 5 ? 'deputy-senior' : 'medium',
  titleEvidence: '职称证书',
  specialties: [n === 0 ? 'environment' : specialties[n % 4]!],
  specialtyEvidence: '学历和从业证明',
  ...more,
});
async function join(house: House, content: object): Promise<void> {
  const person = await anExpertWith(content);
  const employmentId = await employ(house, person.platformNumber);
  await confirm(employmentId);
  house.staff.push({ id: person.id, platformNumber: person.platformNumber, employmentId });
}
async function aHouse(authority: string, organisation: object, decision: object): Promise<House> {
  const body = await anOrganisation(whole, organisation);
  const file = { organisationId: body.id, from: '2020-01-01', paper: '评估机构登记表', ...decision };
  const { id } = await done(whole.bureau.post('/institutions', file), 201);
  const house: House = { authority, id: id as string, organisationId: body.id, staff: [], papers: {} };
  for (const kind of paperKinds) {
    const fileId = await aFile(whole.bureau, pdfFile(`${kind}.pdf`));
    await post(`/organisations/${body.id}/documents`, { kind, fileId, from: '2026-01-01' });
    const { items } = await done(whole.bureau.get(`/organisations/${body.id}/documents`));
    house.papers[kind] = (items as { id: string; kind: string }[]).find((d) => d.kind === kind)!.id;
  }
  return house;
}
const amendPerson = (person: Member, content: object): Promise<void> =>
  post(`/experts/${person.id}/versions`, { from: today(), ...content });

/** Broken it is the only rule that is unmet; cured, all are met; the day before answers the same before and after. */
async function cycle(
  house: House,
  rule: string,
  { breaks, cures }: { breaks: () => Promise<unknown>; cures: (cure: string) => Promise<unknown> },
): Promise<void> {
  const dayBefore = await readiness(house, yesterday());
  await breaks();
  expect({ [rule]: await unmet(house) }).toEqual({ [rule]: [rule] });
  expect((await readiness(house)).ready).toBe(rule === 'institution.training');
  expect((await readiness(house, yesterday())).rules).toEqual(dayBefore.rules.map(kept(rule)));
  const broken = await answer(house, rule);
  await cures(broken.cure!);
  expect({ [rule]: await unmet(house) }).toEqual({ [rule]: [] });
  expect((await readiness(house)).ready).toBe(true);
  expect((await readiness(house, yesterday())).rules).toEqual(dayBefore.rules.map(kept(rule)));
  cured.get(house)!.add(rule);
}
/** A paper that was corrected says its days otherwise; whether the rule was met stays. */
const kept = (rule: string) => (r: Answer) =>
  r.rule === rule
    ? {
        ...r,
        measured: expect.any(String) as string,
        cure: r.met ? null : expect.any(String),
        en: expect.anything() as object,
      }
    : r;
const cured = new Map<House, Set<string>>();

beforeAll(async () => {
  whole = await wholeService();
  const n = whole.next();
  const decided = { manualDecision: '经处务会研究，同意纳入（示例）' };
  nation = await aHouse('100000', { uscc: creditCodeOf(n, '52330000'), legalForm: 'other' }, decided);
  const society = { uscc: creditCodeOf(n + 1, '51410000'), legalForm: 'industry-association' };
  zhejiang = await aHouse('330000', society, {});
  for (let i = 0; i < 15; i += 1) {
    await join(nation, professional(i, i === 0 ? { assessmentExperience: '示例评估经历' } : {}));
  }
  await join(zhejiang, professional(0, { specialties, assessmentExperience: '示例评估经历' }));
  for (const house of [nation, zhejiang]) cured.set(house, new Set());
}, 120_000);
afterAll(() => whole.close());

test('Zhejiang’s own rules on the body: decided by hand, and the address', async () => {
  const kind = 'institution.kind';
  const place = 'institution.registered-in-province';
  expect(await unmet(zhejiang)).toEqual([kind, place]);
  const division = routesIn((await answer(zhejiang, place)).cure!)[0]!;
  await post(division, { from: today(), registeredDivision: '330100' });
  expect(await unmet(zhejiang)).toEqual([kind]);
  const [decision] = routesIn((await answer(zhejiang, kind)).cure!);
  await post(decision!, { from: today(), manualDecision: '经处务会研究，同意纳入（示例）' });
  expect(await readiness(zhejiang)).toMatchObject({ ready: true });
  expect(await unmet(zhejiang, yesterday())).toEqual([kind, place]);
  for (const rule of [kind, place]) cured.get(zhejiang)!.add(rule);
});

test('kind of body: a decision by hand that goes and is made anew', async () => {
  expect(await readiness(nation)).toMatchObject({ ready: true });
  const file = `/institutions/${nation.id}/versions`;
  await cycle(nation, 'institution.kind', {
    breaks: () => post(file, { from: today(), manualDecision: null }),
    cures: (cure) => post(routesIn(cure)[0]!, { from: today(), manualDecision: '经处务会研究，同意纳入（示例）' }),
  });
});

test('a former instant: what was known then, and no cure for what may have been cured since', async () => {
  const file = `/institutions/${nation.id}/versions`;
  const known = whole.clock.now();
  whole.clock.advance(60_000);
  await post(file, { from: today(), manualDecision: null });
  const unmetThen = whole.clock.now();
  whole.clock.advance(60_000);
  await post(file, { from: today(), manualDecision: '经处务会研究，同意纳入（示例）' });
  const at = async (knownAt: number): Promise<{ ready: boolean; knownAt: string; rules: Answer[] }> => {
    const query = `authority=${nation.authority}&asOf=${today()}&knownAt=${new Date(knownAt).toISOString()}`;
    return done(whole.bureau.get(`/institutions/${nation.id}/readiness?${query}`));
  };
  expect(await at(known)).toMatchObject({ ready: true, knownAt: new Date(known).toISOString() });
  const then = await at(unmetThen);
  expect(then.ready).toBe(false);
  expect(then.rules.filter((r) => !r.met)).toEqual([expect.objectContaining({ rule: 'institution.kind', cure: null })]);
  expect(await at(whole.clock.now())).toMatchObject({ ready: true });
});

test('legal personality: the certificate says otherwise', async () => {
  for (const house of [nation, zhejiang]) {
    const body = `/organisations/${house.organisationId}/versions`;
    await cycle(house, 'institution.legal-person', {
      breaks: () => post(body, { from: today(), legalPersonality: 'branch' }),
      cures: (cure) => post(routesIn(cure)[0]!, { from: today(), legalPersonality: 'legal-person' }),
    });
  }
});

test.each(paperKinds)('%s that ran out yesterday is renewed', async (kind) => {
  for (const house of [nation, zhejiang]) {
    const one = `/organisations/${house.organisationId}/documents/${house.papers[kind]!}/versions`;
    await cycle(house, ruleOf[kind], {
      breaks: () => post(one, { correct: true, lastDay: yesterday() }),
      cures: async (cure) => {
        expect(cure).toContain(yesterday());
        const route = routesIn(cure).find((r) => r.endsWith('/versions'))!;
        await post(route, { from: today(), lastDay: addDays(today(), 2000), fileId: await aFile(whole.bureau) });
      },
    });
  }
});

test('a paper without its scan is completed, one that was never entered is entered', async () => {
  const { papers, organisationId } = zhejiang;
  const one = `/organisations/${organisationId}/documents/${papers['office-proof']!}`;
  await post(`${one}/versions`, { from: today(), lastDay: null, fileId: null });
  const bare = (await answer(zhejiang, 'institution.office')).cure!;
  const [files, versions] = routesIn(bare);
  expect(files).toBe('/files');
  await post(versions!, { from: /from 填 (\S+?)，/.exec(bare)![1], fileId: await aFile(whole.bureau) });
  expect(await readiness(zhejiang)).toMatchObject({ ready: true });
  const record = `/organisations/${organisationId}`;
  await done(whole.bureau.post(`${one}/withdraw`, { paper: '登记有误' }, await etagOf(record)));
  const none = (await answer(zhejiang, 'institution.office')).cure!;
  const kind = /kind 填 ([a-z-]+)/.exec(none)![1];
  await post(routesIn(none)[1]!, { kind, from: today(), lastDay: null, fileId: await aFile(whole.bureau) });
  expect(await readiness(zhejiang)).toMatchObject({ ready: true });
});

test('the institution takes the cure itself: a report of changes that an officer confirms', async () => {
  const clerk: Person = await whole.enlist('institution', { institutionId: nation.id });
  const one = `/organisations/${nation.organisationId}/documents/${nation.papers['office-proof']!}/versions`;
  await cycle(nation, 'institution.office', {
    breaks: () => post(one, { correct: true, from: '2026-01-01', lastDay: yesterday() }),
    cures: async (cure) => {
      const route = routesIn(cure).find((r) => r.endsWith('/changes'))!;
      const documentId = /documentId 填 ([0-9a-z-]+)/.exec(cure)![1];
      const renewal = { documentId, from: today(), lastDay: null, fileId: await aFile(clerk), paper: '租赁合同' };
      const told = { kind: 'evidence', happenedOn: today(), note: '续租', proposal: { documents: [renewal] } };
      const { id } = await done(clerk.post(route, told), 201);
      await done(whole.bureau.post(`/institution-changes/${id}/confirm`, { paper: '核对' }, { 'if-match': '"1"' }));
    },
  });
});

test('the floor: somebody left; whoever is entered counts once what the cure names is done', async () => {
  const leave = async (): Promise<void> => {
    const { employmentId } = nation.staff.pop()!;
    await done(whole.bureau.post(`/employments/${employmentId}/end`, { lastDay: yesterday(), paper: '解除合同' }));
  };
  const floor = () => answer(nation, 'staff.floor');
  await cycle(nation, 'staff.floor', {
    breaks: leave,
    cures: async (cure) => {
      expect(cure).toMatch(/^还需 1 名/);
      const person = await anExpertWith({ ...professional(9), titleEvidence: null, specialtyEvidence: null });
      // Entered without the insurance.
      const wrong = await employ(nation, person.platformNumber, { from: today(), insuranceEvidence: null });
      expect((await floor()).cure).toContain(`${person.platformNumber} 待本人确认`);
      await confirm(wrong);
      const papers = (await floor()).cure!;
      expect(papers).toContain(`${person.platformNumber} 缺聘用方式的证明材料`);
      const [voiding, anew] = routesIn(papers);
      await done(whole.bureau.post(voiding!.replace('{聘用编号}', wrong), { reason: '缺材料', paper: '更正登记' }));
      const right = await employ(nation, person.platformNumber, { from: today() });
      expect(anew).toBe('/employments');
      await confirm(right);
      const title = (await floor()).cure!;
      expect(title).toContain(`${person.platformNumber} 缺职称或专业的证明材料`);
      const route = routesIn(title)[0]!.replace('{人员编号}', person.id);
      await post(route, { from: today(), titleEvidence: '职称证书', specialtyEvidence: '学历和从业证明' });
      nation.staff.push({ ...person, employmentId: right });
    },
  });
});

test('an employment that is objected to counts on no day until the office has looked into it', async () => {
  const { employmentId, platformNumber } = nation.staff[7]!;
  const objection = { reason: '示例异议', paper: '书面异议' };
  const { id } = await done(whole.bureau.post(`/employments/${employmentId}/objections`, objection), 201);
  const { cure } = await answer(nation, 'staff.floor');
  expect(cure).toContain(`${platformNumber} 有异议待核实`);
  expect(await unmet(nation, yesterday())).toEqual(['staff.floor']);
  await done(whole.lead.post(`/employment-objections/${id}/dismiss`, { reason: '示例核查', paper: '核查记录' }));
  expect(await unmet(nation)).toEqual([]);
  expect(await unmet(nation, yesterday())).toEqual([]);
});

test('the share of seniors, the fields, a leader', async () => {
  await cycle(nation, 'staff.senior-share', {
    breaks: () => amendPerson(nation.staff[1]!, { titleEvidence: null }),
    cures: async (cure) => {
      expect(cure).toContain('须有高级职称（正高级、副高级）5 人，还需 1 人取得或提交职称证明');
      await amendPerson(nation.staff[1]!, { titleEvidence: '职称证书' });
    },
  });
  const own = { nation: ['environment'], zhejiang: [...specialties] };
  for (const [name, house] of Object.entries({ nation, zhejiang })) {
    const held = own[name as keyof typeof own];
    await cycle(house, 'staff.specialties', {
      breaks: () => amendPerson(house.staff[0]!, { specialties: held.filter((s) => s !== 'environment') }),
      cures: async (cure) => {
        expect(cure).toContain('环境');
        await amendPerson(house.staff[0]!, { specialties: held, specialtyEvidence: '学历和从业证明' });
      },
    });
    await cycle(house, 'staff.leader-candidates', {
      breaks: () => amendPerson(house.staff[0]!, { assessmentExperience: null }),
      cures: (cure) => {
        const route = routesIn(cure)[0]!.replace('{人员编号}', house.staff[0]!.id);
        return post(route, { from: today(), assessmentExperience: '示例评估经历' });
      },
    });
  }
});

test('Zhejiang’s expert: a civil servant is none', async () => {
  await cycle(zhejiang, 'staff.qualified-experts', {
    breaks: () => amendPerson(zhejiang.staff[0]!, { civilServant: true }),
    cures: async (cure) => {
      expect(cure).toContain('非公务员');
      await amendPerson(zhejiang.staff[0]!, { civilServant: false });
    },
  });
});

test('a bar is over on the day that its cure names, and not a day before', async () => {
  const start = today();
  let free = start;
  for (const house of [nation, zhejiang]) {
    await aCaseSubject(whole, { kind: 'institution', id: house.id }, { state: 'served' });
    expect(await unmet(house)).toEqual(['institution.bars']);
    free = /可再次采信之日为(\S+)/.exec((await answer(house, 'institution.bars')).cure!)![1] as LegalDate;
  }
  await whole.moveTo(`${free}T01:00:00.000Z`);
  for (const house of [nation, zhejiang]) {
    expect(await readiness(house)).toMatchObject({ ready: true });
    expect(await unmet(house, addDays(free, -1))).toEqual(['institution.bars']);
    expect(await unmet(house, start)).toEqual(['institution.bars']);
    expect((await answer(house, 'institution.bars', addDays(start, -1))).met).toBe(true);
    cured.get(house)!.add('institution.bars');
  }
});

test('no rule of the two profiles was left out', async () => {
  for (const house of [nation, zhejiang]) {
    const asked = (await readiness(house)).rules.map((r) => r.rule);
    expect([...cured.get(house)!].sort()).toEqual([...asked].sort());
  }
});
