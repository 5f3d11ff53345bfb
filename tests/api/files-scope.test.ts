import { migrations } from '../../migrations';
import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays } from '../../src/kernel/pure/time';
import { fileHolderKinds } from '../../src/modules/documents';
import { createClient, done, type Client } from '../support/client';
import { aCaseSubject, anEvaluation } from '../support/line-builders';
import { anApplication, proposal } from '../support/play-pool';
import { aForeignAuthority, anOfficerOf } from '../support/officers';
import {
  aFile,
  anExpert,
  anInstitution,
  anOrganisation,
  aReadyInstitution,
  pdfFile,
  type ReadyInstitution,
} from '../support/register-builders';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// A file is read by whoever may read the record on which it hangs; until then by whoever stored it. Who may not read it
// does not learn that it is there, and cannot come to read it by naming it in a record of his own.

let whole: Whole;
let institution: ReadyInstitution;
/** Everybody who asks, by what he is. */
let readers: Record<string, Client>;
let assessment: string;

const etag = (version: number) => ({ 'if-match': `"${version}"` });

beforeAll(async () => {
  whole = await wholeService();
  institution = await aReadyInstitution(whole);
  const owner = (await done(whole.admin.get('/authorities?code=370000'))).items[0];
  const below = { code: '370300', kind: 'natural-resources', name: '示例市局', parentId: owner.id };
  const city = await done(whole.admin.post('/authorities', { ...below, from: '2020-01-01', paper: '示例文号' }), 201);
  const ecology = await aForeignAuthority(whole);
  const elsewhere = await aForeignAuthority(whole, '150000', 'natural-resources');
  readers = {
    bureau: whole.bureau,
    lead: whole.lead,
    inspector: whole.inspector,
    city: await anOfficerOf(whole, 'bureau', city.id as string),
    'city inspector': await anOfficerOf(whole, 'inspector', city.id as string),
    partner: await whole.enlist('partner'),
    auditor: await whole.enlist('auditor'),
    ecology: await anOfficerOf(whole, 'bureau', ecology),
    'ecology inspector': await anOfficerOf(whole, 'inspector', ecology),
    'ecology lead': await anOfficerOf(whole, 'bureau-lead', ecology),
    elsewhere: await anOfficerOf(whole, 'bureau', elsewhere),
    'elsewhere inspector': await anOfficerOf(whole, 'inspector', elsewhere),
    clerk: institution.clerk,
    rival: await whole.enlist('institution', { institutionId: (await anInstitution(whole)).id }),
    expert: await whole.enlist('expert', { expertId: institution.staff[0]!.id }),
    stranger: await whole.enlist('expert', { expertId: (await anExpert(whole)).id }),
    admin: whole.admin,
  };
}, 120_000);
afterAll(() => whole.close());

/** Who of all reads the file; information and content go together, to others it is not there. */
async function readersOf(fileId: string): Promise<string[]> {
  const reading: string[] = [];
  for (const [name, who] of Object.entries(readers)) {
    const statuses: number[] = [];
    for (const address of [`/files/${fileId}`, `/files/${fileId}/content`])
      statuses.push((await who.get(address)).status);
    expect(new Set(statuses).size).toBe(1);
    expect([200, 404]).toContain(statuses[0]);
    if (statuses[0] === 200) reading.push(name);
  }
  return reading;
}

const problem = async (sent: ReturnType<Client['get']>): Promise<string> => {
  const { status, body } = await sent;
  return `${status} ${String((body as { type?: string }).type).replace('/problems/', '')}`;
};

const house = ['bureau', 'lead', 'inspector', 'city', 'city inspector'];

test('what hangs on nothing is read by whoever stored it, an office’s by its officers, an institution’s by its clerks', async () => {
  expect(await readersOf(await aFile(whole.bureau))).toEqual(['bureau', 'lead', 'inspector']);
  expect(await readersOf(await aFile(whole.admin))).toEqual(['admin']);
  expect(await readersOf(await aFile(readers['partner']!))).toEqual(['partner']);
  expect(await readersOf(await aFile(readers['ecology']!))).toEqual(['ecology', 'ecology inspector', 'ecology lead']);
  expect(await readersOf(await aFile(readers['expert']!))).toEqual(['expert']);
  const colleague = await whole.enlist('institution', { institutionId: institution.id });
  expect(await readersOf(await aFile(colleague))).toEqual(['clerk']);
});

test('papers of a body are the house’s and the body’s', async () => {
  const { bureau } = whole;
  const fileId = await aFile(bureau);
  const body = await done(bureau.get(`/organisations/${institution.organisationId}`));
  const paper = { kind: 'authorisation', from: '2025-01-01', lastDay: null, paper: '示例授权书', fileId };
  const address = `/organisations/${institution.organisationId}/documents`;
  await done(bureau.post(address, paper, etag(body.version)), 201);
  expect(await readersOf(fileId)).toEqual([...house, 'partner', 'auditor', 'clerk']);
  // Of a body that is nobody's here.
  const other = await anOrganisation(whole);
  const foreign = await aFile(bureau);
  await done(bureau.post(`/organisations/${other.id}/documents`, { ...paper, fileId: foreign }, etag(1)), 201);
  expect(await readersOf(foreign)).toEqual([...house, 'partner', 'auditor']);
});

test('the certificate of an assessor and what is sent with a report of changes are the house’s and its own', async () => {
  const { bureau } = whole;
  const fileId = await aFile(bureau);
  const file = await done(bureau.get(`/institutions/${institution.id}`));
  const evidence = { kind: 'business-licence', number: '示例', fileId };
  const entry = { from: '2026-01-01', paper: '示例材料', legalPersonEvidence: evidence };
  await done(bureau.post(`/institutions/${institution.id}/versions`, entry, etag(file.version)), 201);
  expect(await readersOf(fileId)).toEqual([...house, 'partner', 'auditor', 'clerk']);

  const [sent, proposed] = [await aFile(institution.clerk), await aFile(institution.clerk)];
  const document = { kind: 'authorisation', from: '2026-01-01', lastDay: null, paper: '示例', fileId: proposed };
  const report = { kind: 'other', happenedOn: whole.today(), note: '示例', fileIds: [sent] };
  const proposal = { documents: [document] };
  const reported = institution.clerk.post(`/institutions/${institution.id}/changes`, { ...report, proposal });
  const { id, version } = await done(reported, 201);
  for (const one of [sent, proposed]) expect(await readersOf(one)).toEqual([...house, 'partner', 'auditor', 'clerk']);
  await done(bureau.post(`/institution-changes/${id}/confirm`, { paper: '示例' }, etag(version)));
  expect(await readersOf(proposed)).toEqual([...house, 'partner', 'auditor', 'clerk']);
});

test('a person’s papers are for the house’s officers, the person and the institution that employs', async () => {
  const { bureau } = whole;
  const person = institution.staff[0]!;
  const certificate = await aFile(bureau);
  const { version } = await done(bureau.get(`/experts/${person.id}`));
  const title = { fileId: certificate };
  const amended = { from: '2026-01-01', paper: '示例', title };
  await done(bureau.post(`/experts/${person.id}/versions`, amended, etag(version)), 201);
  const narrow = [...house, 'clerk', 'expert'];
  expect(await readersOf(certificate)).toEqual(narrow);

  const contract = await aFile(bureau);
  const one = await anExpert(whole);
  const { platformNumber } = one;
  const wanted = { platformNumber, institutionId: institution.id, kind: 'part-time', from: '2025-01-01' };
  const body = { ...wanted, paper: '示例合同', evidenceFileIds: [contract] };
  await done(bureau.post('/employments', body), 201);
  const employment = (await done(bureau.get(`/experts/${person.id}`))).employments[0];
  expect(employment.confirmation.by).toBe('signed-sheet');
  expect(await readersOf(contract)).toEqual([...house, 'clerk']);
  const themselves = await whole.enlist('expert', { expertId: one.id });
  expect((await themselves.get(`/files/${contract}`)).status).toBe(200);
});

test('the scan of a decision about the register is the authority’s, not the institution’s', async () => {
  const fileId = await aFile(whole.bureau);
  const application = await anApplication(whole);
  const path = `/pool-entries/${application.id}`;
  const { version } = await done(whole.bureau.post(`${path}/proposals`, proposal(whole, 'remove')));
  await done(whole.lead.post(`${path}/decide`, { scanFileId: fileId }, etag(version as number)));
  const applicant = await whole.enlist('institution', { institutionId: application.institutionId });
  expect((await applicant.get(`/files/${fileId}`)).status).toBe(404);
  expect(await readersOf(fileId)).toEqual(['bureau', 'lead', 'inspector', 'partner', 'auditor']);
});

test('evidence of an evaluation is its lot’s authority’s, the institution’s and the team’s', async () => {
  const evaluation = await anEvaluation(whole, institution, { state: 'on-site' });
  const fileId = await aFile(institution.clerk, pdfFile());
  const body = { kind: 'report', fileId };
  await done(institution.clerk.post(`/evaluations/${evaluation.id}/evidence`, body), 201);
  const above = ['bureau', 'lead', 'inspector', 'partner', 'auditor'];
  expect(await readersOf(fileId)).toEqual([...above, 'clerk', 'expert']);
});

test('scans of a case are for the officers of the authority whose case it is', async () => {
  const person = institution.staff.at(-1)!;
  const scan = await aFile(whole.inspector);
  const caseId = (await done(whole.inspector.post('/cases', { summary: '示例线索', source: '抽查核查' }), 201)).id;
  const opened = { day: whole.today(), paper: '立案审批表', scanFileId: scan };
  await done(whole.inspector.post(`/cases/${caseId}/open`, opened));
  expect(await readersOf(scan)).toEqual(['bureau', 'lead', 'inspector']);
  // Also the assessment behind a publicity decision, which stands in no step.
  const s = await aCaseSubject(whole, { kind: 'person', id: person.id }, { state: 'in-force' });
  assessment = await aFile(whole.lead);
  const paper = await aFile(whole.lead);
  const step = { day: whole.today(), paper: '示例', scanFileId: paper, impactAssessmentFileId: assessment };
  await done(whole.lead.post(`/case-subjects/${s.id}/publicise`, step));
  for (const one of [assessment, paper]) expect(await readersOf(one)).toEqual(['bureau', 'lead', 'inspector']);
});

test('consents and proofs of service are the house’s', async () => {
  const fileId = await aFile(whole.bureau);
  const party = { partyKind: 'institution', partyId: institution.id };
  await done(whole.bureau.post('/service-consents', { ...party, from: '2026-01-01', paper: '示例', fileId }), 201);
  expect(await readersOf(fileId)).toEqual(house);

  const notice = { to: { institutionId: institution.id }, kind: 'case.notice-served', formal: true } as const;
  const { id } = await inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
  const proof = await aFile(whole.inspector);
  const served = { servedOn: whole.today(), manner: 'direct', proof: '示例送达回证', proofFileId: proof };
  await done(whole.inspector.post(`/notifications/${id}/service`, served));
  expect(await readersOf(proof)).toEqual(house);
});

test('a letter of authorisation is for those who keep the accounts and who check them', async () => {
  const account = await done(whole.admin.post('/accounts', { username: 'lettered', name: '示例岗位人员' }), 201);
  const letter = { number: '示例授权', fileId: await aFile(whole.admin), lastDay: addDays(whole.today(), 90) };
  const wanted = { accountId: account.id, role: 'institution', institutionId: institution.id, from: '2026-01-01' };
  // Nobody names a file that is not his to read.
  const another = { ...letter, fileId: await aFile(whole.bureau) };
  expect(await problem(whole.admin.post('/posts', { ...wanted, letter: another }))).toBe('404 request/not-found');
  await done(whole.admin.post('/posts', { ...wanted, letter }), 201);
  expect(await readersOf(letter.fileId)).toEqual(['auditor', 'admin']);
});

test('the signed list of a hand-over is for its parties and the lead', async () => {
  const { lead, admin } = whole;
  const [giver, receiver] = [await whole.enlist('bureau'), await whole.enlist('bureau')];
  const lot = {
    name: '示例批次',
    purpose: 'producing-mine',
    purchase: { method: 'government-purchase', projectNumber: '示例采购项目' },
    mineIds: [],
  };
  const mine = { from: '2020-01-01', paper: '名录', name: '示例矿山', province: '370000', operatorId: null };
  const { id: mineId } = await done(whole.bureau.post('/mines', mine), 201);
  await done(giver.post('/lots', { ...lot, mineIds: [mineId] }), 201);
  await done(admin.post(`/posts/${giver.postId}/end`, { lastDay: addDays(whole.today(), -1) }));
  const body = { giverPostId: giver.postId, receiverPostId: receiver.postId };
  const { id, listSha256 } = await done(lead.post('/hand-overs', body), 201);
  const scanFileId = await aFile(lead);
  await done(lead.post(`/hand-overs/${id}/sign-for-giver`, { listSha256, scanFileId, paper: '示例档案柜' }));
  expect(await readersOf(scanFileId)).toEqual(['lead']);
  expect((await receiver.get(`/files/${scanFileId}`)).status).toBe(200);
});

describe('naming a file gives no right to it', () => {
  const contractOf = async (by: Person, fileId: string) => {
    const { platformNumber } = await anExpert(whole);
    const wanted = { platformNumber, institutionId: institution.id, kind: 'part-time', from: '2025-01-01' };
    return by.post('/employments', { ...wanted, paper: '示例合同', evidenceFileIds: [fileId] });
  };

  test('a clerk names neither an officer’s upload nor a file of a case', async () => {
    const loose = await aFile(whole.bureau);
    const scan = await aFile(whole.inspector);
    const caseId = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
    await done(whole.inspector.post(`/cases/${caseId}/open`, { day: whole.today(), paper: '示例', scanFileId: scan }));
    for (const fileId of [loose, scan]) {
      expect((await contractOf(institution.clerk, fileId)).body.type).toBe('/problems/request/not-found');
      expect((await institution.clerk.get(`/files/${fileId}`)).status).toBe(404);
    }
  });

  test('an officer of another kind does not make a scan his by a case of his own', async () => {
    const scan = await aFile(whole.inspector);
    const caseId = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
    await done(whole.inspector.post(`/cases/${caseId}/open`, { day: whole.today(), paper: '示例', scanFileId: scan }));
    const spy = readers['ecology inspector'] as Person;
    const own = (await done(spy.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
    const opened = { day: whole.today(), paper: '示例', scanFileId: scan };
    expect(await problem(spy.post(`/cases/${own}/open`, opened))).toBe('404 request/not-found');
    expect((await spy.get(`/files/${scan}`)).status).toBe(404);
  });

  test('what hangs on a record may hang on another that its reader keeps', async () => {
    const scan = await aFile(whole.inspector);
    const caseId = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
    const opened = { day: whole.today(), paper: '示例', scanFileId: scan };
    await done(whole.inspector.post(`/cases/${caseId}/open`, opened));
    const another = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
    await done(whole.inspector.post(`/cases/${another}/open`, opened));
    expect(await readersOf(scan)).toEqual(['bureau', 'lead', 'inspector']);
  });
});

test('a key that may read files reads those of records that it may read', async () => {
  const scan = await aFile(whole.inspector);
  const caseId = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
  await done(whole.inspector.post(`/cases/${caseId}/open`, { day: whole.today(), paper: '示例', scanFileId: scan }));
  const statusWith = async (scopes: string[]): Promise<number> => {
    const wanted = { name: '示例', postId: whole.inspector.postId, scopes, expiresOn: whole.today() };
    const { key } = await done(whole.inspector.post('/api-keys', wanted), 201);
    return (await createClient(whole.url).get(`/files/${scan}`, { authorization: `Bearer ${key}` })).status;
  };
  expect(await statusWith(['file.read'])).toBe(404);
  expect(await statusWith(['file.read', 'case.read'])).toBe(200);
});

test('who stored it as an officer keeps no right to it in another office', async () => {
  const scan = await aFile(whole.inspector);
  const caseId = (await done(whole.inspector.post('/cases', { summary: '示例', source: '抽查核查' }), 201)).id;
  await done(whole.inspector.post(`/cases/${caseId}/open`, { day: whole.today(), paper: '示例', scanFileId: scan }));
  const authorityId = (await done(whole.admin.get('/authorities?code=370300'))).items[0].id as string;
  const moved = { accountId: whole.inspector.accountId, role: 'inspector', authorityId, from: whole.today() };
  const { id } = await done(whole.admin.post('/posts', moved), 201);
  await whole.inspector.signIn(whole.inspector.username, whole.inspector.password);
  const at = (post: string) => ({ 'lujian-post': post });
  expect((await whole.inspector.get(`/files/${scan}`, at(whole.inspector.postId))).status).toBe(200);
  expect((await whole.inspector.get(`/files/${scan}`, at(id as string))).status).toBe(404);
});

test('files that records named before attachments were kept are attached by the migration, with the same readers', async () => {
  const { db } = whole.service;
  const attached = async (): Promise<string[]> =>
    (await db.m.query<{ file_id: string; kind: string; ref: string }[]>('SELECT * FROM file_attachment'))
      .map(({ file_id, kind, ref }) => `${kind} ${ref} ${file_id}`)
      .sort();
  const before = await attached();
  const fill = migrations.filter((m) => m.name.startsWith('FillFileAttachment')).map((Fill) => new Fill())[0]!;
  const runner = db.source.createQueryRunner();
  await fill.down(runner);
  expect(await attached()).toEqual([]);
  for (const _again of [1, 2]) await fill.up(runner);
  await runner.release();
  // A proof of service and the assessment behind a publication stand in the audit log only.
  const known = before.filter((a) => !a.startsWith('notice ')).filter((a) => !a.includes(assessment));
  expect(await attached()).toEqual(known);
  // Requests for correction came later than attachments.
  const kinds = fileHolderKinds.filter((k) => k !== 'notice' && k !== 'expert-correction');
  expect([...new Set(known.map((a) => a.split(' ')[0]))].sort()).toEqual(kinds.sort());
});
