import { inTransaction } from '../../src/kernel/db/transaction';
import { done } from './client';
import { anAssignment } from './line-builders';
import { mailServer, type MailServer } from './mail-server';
import { aFile, anInstitution, type ReadyInstitution } from './register-builders';
import { receiptsOf, smsGateway, SMS_KEY, type SmsGateway } from './sms-gateway';
import type { Whole } from './whole-service';

/** A notice's table of an invented year, well-formed and complete. */
export const aTable = (year: number, patch: Record<string, unknown> = {}) => ({
  documentNumber: `示例发明电〔${year - 1}〕1号`,
  publishedOn: '2026-03-01',
  periods: [
    { name: '元旦', from: `${year}-01-01`, lastDay: `${year}-01-01` },
    { name: '劳动节', from: `${year}-05-01`, lastDay: `${year}-05-05` },
    { name: '国庆节', from: `${year}-10-01`, lastDay: `${year}-10-07` },
  ],
  makeUpDays: [] as string[],
  ...patch,
});

/** Runs one of the service's jobs, as if its time had come. */
export async function runJob(whole: Whole, name: string): Promise<void> {
  const job = whole.service.jobs.find((j) => j.name === name);
  if (!job) throw new Error(`no job is named ${name}`);
  await job.run();
}

export interface Outside {
  mail: MailServer;
  sms: SmsGateway;
  settings: Record<string, string>;
  close(): Promise<void>;
}

/** A mail server and a gateway to send through, and the settings that name them. */
export async function outside(): Promise<Outside> {
  const mail = await mailServer();
  const sms = await smsGateway();
  const settings = {
    LUJIAN_SMTP_URL: mail.url,
    LUJIAN_MAIL_FROM: 'lujian@example.org',
    LUJIAN_SMS_URL: sms.url,
    LUJIAN_SMS_KEY: SMS_KEY,
  };
  const close = async (): Promise<void> => {
    await mail.close();
    await sms.close();
  };
  return { mail, sms, settings, close };
}

export const codeIn = (text: string): string => /验证码(\d{6})/.exec(text)![1]!;

/** Sets an address and verifies it by the code that arrived there. */
export async function anAddress(
  whole: Whole,
  out: Outside,
  person: Whole['bureau'],
  channel: 'email' | 'sms',
  address = channel === 'email' ? `${person.username}@example.org` : '13812345678',
): Promise<void> {
  await done(person.put(`/account/contacts/${channel}`, { address }));
  await runJob(whole, 'notifications.send');
  const last = channel === 'email' ? out.mail.messages.at(-1)!.text : out.sms.sent.at(-1)!.text;
  await done(person.post(`/account/contacts/${channel}/verify`, { code: codeIn(last) }));
}

/** Tables, addresses, messages, receipts, consents: each command once, most with what goes wrong. */
export async function playNotices(whole: Whole, institution: ReadyInstitution, out: Outside): Promise<void> {
  const { bureau } = whole;
  const { clerk } = institution;
  await done(bureau.put('/calendar/2027', aTable(2027)));
  await done(bureau.put('/calendar/2027', aTable(2027)));
  await anAddress(whole, out, clerk, 'email');
  await anAddress(whole, out, clerk, 'sms');
  const fileId = await aFile(bureau);
  const party = { partyKind: 'institution', partyId: institution.id };
  const consent = await done(
    bureau.post('/service-consents', { ...party, from: '2026-01-01', paper: '电子送达确认书', fileId }),
    201,
  );
  await anAssignment(whole, institution, { takenUp: false });
  await runJob(whole, 'notifications.place');
  await runJob(whole, 'notifications.send');
  const { items } = await done(clerk.get('/inbox'));
  await done(clerk.post(`/inbox/${items[0].id}/open`));
  await done(clerk.post(`/inbox/${items[0].id}/open`));
  const at = new Date(whole.clock.now()).toISOString();
  const { id } = out.sms.sent.at(-1)!;
  await done(whole.anyone.post('/public/sms-receipts', receiptsOf([{ id, status: 'delivered', at }], at)));
  await done(bureau.post(`/service-consents/${consent.id}/withdraw`, { lastDay: whole.today(), paper: '撤回函' }));
  await done(clerk.put('/account/contacts/email/choice', { enabled: false }));
  await done(clerk.delete('/account/contacts/email'), 204);
  await done(clerk.delete('/account/contacts/sms'), 204);
  await playDeadLetter(whole);
}

/** An institution without a clerk is offered work: nobody is there to be told. */
async function playDeadLetter(whole: Whole): Promise<void> {
  const administrator = await whole.enlist('system-admin');
  const { id } = await anInstitution(whole);
  const notice = { to: { institutionId: id }, kind: 'case.notice-served', formal: true } as const;
  await inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
  await runJob(whole, 'notifications.place');
  const { items } = await done(administrator.get('/dead-letters'));
  await done(administrator.post(`/dead-letters/${items[0].id}/resend`));
  const service = {
    servedOn: whole.today(),
    manner: 'direct',
    proof: '送达回证',
    proofFileId: await aFile(whole.bureau),
  };
  await done(whole.bureau.post(`/notifications/${items[0].notificationId}/service`, service));
}
