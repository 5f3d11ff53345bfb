import { TOTP } from 'otpauth';
import { addDays } from '../../src/kernel/pure/time';
import { enrol } from '../../src/cli/sign/sign-client';
import { connect } from '../../src/cli/sign/service-connection';
import { createClient, done, newKey } from './client';
import {
  aCase,
  aCaseSubject,
  aLot,
  anAssignment,
  anEvaluation,
  aSignedPledge,
  paperOn,
  teamOf,
  type CaseParty,
} from './line-builders';
import { aP256Key } from './p256-key';
import { playExperts } from './play-experts';
import {
  aFile,
  aMine,
  anEmployment,
  anExpert,
  anInstitution,
  anOrganisation,
  aReadyInstitution,
  PUBLIC_PAYER,
  type ReadyInstitution,
} from './register-builders';
import { playBodyDocuments, playBodyLists, playChanges, playMineLists } from './play-registers';
import { playImports } from './play-imports';
import { playPool } from './play-pool';
import { AUTHORITY, type Whole } from './whole-service';

// What the builders do not do on their way: together with them, every command of the service once.

const etag = (version: number) => ({ 'if-match': `"${version}"` });

/** Accounts, posts, sessions, second factor, keys. */
export async function playIdentity(whole: Whole): Promise<void> {
  const { admin } = whole;
  await done(admin.put('/installation/authority', AUTHORITY));
  const { shipped: _shipped, ...rules } = await done(admin.get('/installation/sign-in'));
  await done(admin.put('/installation/sign-in', rules));
  const person = await whole.enlist('partner');
  const account = `/accounts/${person.accountId}`;
  const { secret } = await done(person.post('/session/totp'), 201);
  const code = new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
  const { codes } = await done(person.put('/session/totp', { code }));
  const { key } = await done(
    person.post('/api-keys', { name: '示例接口', postId: person.postId, expiresOn: whole.today() }),
    201,
  );
  whole.secrets.push(secret as string, key as string, ...(codes as string[]));
  const { items } = await done(person.get('/api-keys'));
  await done(person.delete(`/api-keys/${items[0].id}`), 204);
  const leaked = await done(
    person.post('/api-keys', { name: '示例接口', postId: person.postId, expiresOn: whole.today() }),
    201,
  );
  whole.secrets.push(leaked.key as string);
  await done(admin.post(`/issued-api-keys/${leaked.id}/revoke`, { reason: '示例原因' }));
  await done(person.delete('/session'), 204);
  await done(admin.post(`${account}/totp-reset`));
  const reset = await done(admin.post(`${account}/password-reset`));
  whole.secrets.push(reset.oneTimePassword as string);
  await done(admin.post(`${account}/disable`));
  await done(admin.post(`${account}/enable`));
  await done(admin.post(`/posts/${person.postId}/end`, { lastDay: whole.today() }));
}

/** One key of the log takes over from another that somebody else may know. */
export async function playLogKeys({ admin }: Whole): Promise<void> {
  const added = await done(admin.post('/log/keys', { reason: '示例更换' }), 201);
  const { items } = await done(admin.get('/public/log/keys'));
  const old = (items as { id: string }[]).find(({ id }) => id !== added.id)!;
  await done(admin.post(`/log/keys/${old.id}/retirement`, { reason: '示例更换', compromised: true }));
}

/** What is registered is amended, ended, asked about. */
export async function playRegisters(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const body = await anOrganisation(whole);
  const amended = { from: '2025-01-01', paper: '变更登记', name: '示例更名有限公司', legalForm: 'enterprise' };
  await done(bureau.post(`/organisations/${body.id}/versions`, amended, etag(1)), 201);
  const institution = await anInstitution(whole, body);
  const file = { from: '2025-01-01', paper: '补充材料', office: '固定办公场所' };
  await done(bureau.post(`/institutions/${institution.id}/versions`, file, etag(1)), 201);
  const expert = await anExpert(whole);
  const change = {
    from: '2025-01-01',
    paper: '职称证书',
    name: expert.name,
    titleLevel: 'full-senior',
    specialties: [],
  };
  await done(bureau.post(`/experts/${expert.id}/versions`, change, etag(1)), 201);
  const employment = await anEmployment(whole, expert, institution.id);
  await playExperts(whole);
  await done(bureau.post(`/employments/${employment}/end`, { lastDay: whole.today(), paper: '解除合同' }));
  const mine = await aMine(whole);
  const licensed = { from: '2025-01-01', paper: '采矿许可证', name: '示例更名矿山', province: '370000' };
  await done(bureau.post(`/mines/${mine}/versions`, licensed, etag(1)), 201);
  const list = Buffer.from('mine_name,province\n示例名录矿山,山东省\n');
  const csv = { bytes: list, mediaType: 'text/csv', name: '名录.csv' };
  await done(bureau.upload('/mines/imports', csv));
  await playBodyDocuments(whole);
  await playBodyLists(whole);
  await playMineLists(whole);
  await playChanges(whole);
  await playImports(whole);
  const question = { identity: { kind: 'resident-id', number: expert.identity }, purpose: '示例核验' };
  await done(bureau.post('/screening/persons', question));
}

/** Offers answered each way, lots ended each way, engagements, the ledger. */
export async function playCommissions(whole: Whole, institution: ReadyInstitution): Promise<void> {
  const { bureau, lead } = whole;
  const reason = { reason: '示例原因' };
  const declined = await anAssignment(whole, institution, { takenUp: false });
  await done(institution.clerk.post(`/assignments/${declined.id}/decline`, reason));
  const released = await anAssignment(whole, institution);
  await done(lead.post(`/assignments/${released.id}/release`, reason));
  await done(bureau.post(`/lots/${released.lotId}/close`));
  const lot = await aLot(whole, [institution]);
  await done(lead.post(`/lots/${lot.id}/cancel`, reason));
  const engagement = { subject: { kind: 'institution', id: institution.id }, role: 'adviser', from: whole.today() };
  const { id } = await done(bureau.post('/engagements', engagement), 201);
  await done(bureau.post(`/engagements/${id}/end`, { lastDay: whole.today() }));
  const other = await aReadyInstitution(whole, { staff: 0 });
  await done(other.clerk.post(`/pool-entries/${other.poolEntryId}/withdraw`, reason));
  await playPool(whole);
  const payer = await anOrganisation(whole, { uscc: PUBLIC_PAYER, name: '示例省财政厅', legalForm: 'other' });
  const payment = { payerId: payer.id, institutionId: institution.id, amountFen: 100, paidOn: whole.today() };
  await done(bureau.post('/payments', { ...payment, voucher: '示例凭证', purpose: '评估服务费' }), 201);
}

/** Reports judged each way; a pledge voided and one signed. */
export async function playEvaluations(whole: Whole, institution: ReadyInstitution): Promise<void> {
  const { bureau, lead } = whole;
  const { clerk } = institution;
  const reason = { reason: '示例原因' };
  await anEvaluation(whole, institution, { state: 'accepted' });
  const returned = await anEvaluation(whole, institution, { state: 'reported' });
  await done(bureau.post(`/evaluations/${returned.id}/return`, reason));
  const rejected = await anEvaluation(whole, institution, { state: 'reported' });
  await done(bureau.post(`/evaluations/${rejected.id}/reject`, reason));
  const voided = await anEvaluation(whole, institution, { state: 'team-named' });
  const { id } = await done(clerk.post(`/evaluations/${voided.id}/pledges`), 201);
  await done(clerk.post(`/pledges/${id}/void`, reason));
  await aSignedPledge(whole, clerk, voided.id);
  await done(clerk.post(`/evaluations/${voided.id}/team`, teamOf(institution, 1)));
  await done(lead.post(`/evaluations/${voided.id}/void`, reason));
  const connection = connect({ baseUrl: whole.url, headers: clerk.cookieHeaders, newIdempotencyKey: newKey });
  await enrol(connection, aP256Key(), '任意名称');
}

/** Cases ended each way; waiver and lapse; stay, annulment, change, publicity; work frozen and resumed. */
export async function playCases(whole: Whole, institution: ReadyInstitution): Promise<void> {
  const { inspector, lead, secondLead } = whole;
  const today = whole.today();
  const scan = await aFile(inspector);
  const on = (back: number) => paperOn(today, back, scan);
  const dismissed = await aCase(whole, today, scan);
  await done(lead.post(`/cases/${dismissed}/dismiss`, on(0)));
  const transferred = await aCase(whole, today, scan);
  await done(lead.post(`/cases/${transferred}/transfer`, on(0)));
  const caseId = await aCase(whole, today, scan);
  const party = async (): Promise<CaseParty> => ({ kind: 'person', id: (await anExpert(whole)).id });
  const waived = await aCaseSubject(whole, await party(), { state: 'notified', caseId });
  const both = { defenceWaived: true, hearingWaived: true };
  await done(inspector.post(`/case-subjects/${waived.id}/waive`, { ...on(12), ...both }));
  const lapsed = await aCaseSubject(whole, await party(), { state: 'notified', caseId });
  await done(inspector.post(`/case-subjects/${lapsed.id}/lapse`, on(12)));

  await anEvaluation(whole, institution, { state: 'team-named' });
  const subject = { kind: 'institution' as const, id: institution.id };
  const barred = await aCaseSubject(whole, subject, { state: 'in-force' });
  await done(inspector.post(`/cases/${barred.caseId}/close`, on(0)));
  const remedy = `/case-subjects/${barred.id}`;
  await done(secondLead.post(`${remedy}/stays`, { ...on(0), from: today }), 200);
  const { assignments, evaluations } = barred.service!.frozen;
  await done(lead.post(`/assignments/${assignments[0]}/resume`, { reason: '停止执行' }));
  await done(lead.post(`/evaluations/${evaluations[0]}/resume`, { reason: '停止执行' }));
  await done(secondLead.post(`${remedy}/annul`, { ...on(0), from: today, reason: '示例撤销' }));

  const changed = await aCaseSubject(whole, await party(), { state: 'served' });
  const publicity = { ...on(0), impactAssessmentFileId: scan };
  await done(lead.post(`/case-subjects/${changed.id}/publicise`, publicity));
  const shorter = { lastBarredDay: addDays(today, 365), decisionNumber: '示例函〔2026〕变更号', reason: '示例变更' };
  await done(secondLead.post(`/case-subjects/${changed.id}/change`, { ...on(0), ...shorter }));
}

/** Signing in that fails leaves its trace too. */
export async function playRefusedSignIn(whole: Whole): Promise<void> {
  await done(
    createClient(whole.url).post('/session', { username: 'bureau-1', password: 'never this one at all' }),
    401,
  );
}
