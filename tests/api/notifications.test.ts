import { TOTP } from 'otpauth';
import request from 'supertest';
import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays, instant, instantText, type LegalDate } from '../../src/kernel/pure/time';
import type { Notice } from '../../src/modules/notifications';
import { notificationKindNames } from '../../src/modules/notifications/kinds.contract';
import { paramsOf } from '../../src/modules/notifications/texts.rules';
import { done } from '../support/client';
import { anAssignment, aLot } from '../support/line-builders';
import { anAddress, codeIn, outside, runJob, type Outside } from '../support/play-notices';
import { aReadyInstitution, anExpert, type ReadyInstitution } from '../support/register-builders';
import { receiptsOf, type SmsGateway } from '../support/sms-gateway';
import { wholeService, type Person, type Whole } from '../support/whole-service';

let whole: Whole;
let out: Outside;
let institution: ReadyInstitution;
let administrator: Person;

beforeAll(async () => {
  out = await outside();
  whole = await wholeService({ settings: out.settings });
  institution = await aReadyInstitution(whole, { staff: 0 });
  administrator = await whole.enlist('system-admin');
}, 60_000);
afterAll(async () => {
  await whole.close();
  await out.close();
});

const tell = (notice: Notice): Promise<{ id: string }> =>
  inTransaction(whole.service.db, (tx) => whole.service.time.notifications.tell(tx, notice));
const place = (): Promise<void> => runJob(whole, 'notifications.place');
const send = (): Promise<void> => runJob(whole, 'notifications.send');
const now = (): string => instantText(whole.clock.now());
const notice = async (id: string) => done(whole.bureau.get(`/notifications/${id}`));

/** So many days later, with everybody signed in anew, since sessions end with time. */
const later = (days: number): Promise<void> =>
  whole.moveTo(instantText(instant(whole.clock.now() + days * 86_400_000)));

describe('the inbox', () => {
  test('holds what was told, unread first, page by page, and counts it', async () => {
    const person = await whole.enlist('institution', { institutionId: institution.id });
    for (let n = 0; n < 5; n += 1) {
      await tell({ to: { accountId: person.accountId }, kind: 'work.assigned', ref: `assignment:${n}` });
      whole.clock.advance(1000);
    }
    await place();
    expect(await done(person.get('/inbox/count'))).toEqual({ unread: 5 });
    const all = await done(person.get('/inbox'));
    expect(all.items.map((i: { ref: string }) => i.ref)).toHaveLength(5);
    const opened = await done(person.post(`/inbox/${all.items[0].id}/open`));
    expect(opened.openedAt).toBe(now());
    const first = await done(person.get('/inbox?limit=4'));
    expect(first.items.every((i: { openedAt: string | null }) => i.openedAt === null)).toBe(true);
    const second = await done(person.get(`/inbox?limit=4&cursor=${first.next}`));
    expect(second.items.map((i: { id: string }) => i.id)).toEqual([opened.id]);
    expect((await done(person.get('/inbox?unread=false'))).items).toHaveLength(1);
    expect(await done(person.get('/inbox/count'))).toEqual({ unread: 4 });
  });

  test('keeps the first opening and audits each', async () => {
    const person = await whole.enlist('expert', { expertId: (await anExpert(whole)).id });
    await tell({ to: { accountId: person.accountId }, kind: 'employment.to-confirm' });
    await place();
    const { id } = (await done(person.get('/inbox'))).items[0];
    const at = now();
    expect((await whole.traceOf(await person.post(`/inbox/${id}/open`))).types).toEqual(['inbox.opened']);
    whole.clock.advance(60_000);
    const again = await person.post(`/inbox/${id}/open`);
    expect(again.body.openedAt).toBe(at);
    expect((await whole.traceOf(again)).types).toEqual(['inbox.reopened']);
  });

  test('of others is not there', async () => {
    const { clerk } = institution;
    await tell({ to: { accountId: clerk.accountId }, kind: 'work.assigned' });
    await place();
    const { id } = (await done(clerk.get('/inbox'))).items[0];
    await done(whole.bureau.get(`/inbox/${id}`), 404);
    await done(whole.bureau.post(`/inbox/${id}/open`), 404);
  });

  test('an offer reaches each clerk of the institution once, whoever places it and however often', async () => {
    const other = await aReadyInstitution(whole, { staff: 0 });
    const second = await whole.enlist('institution', { institutionId: other.id });
    await whole.enlist('seal-keeper', { institutionId: other.id });
    const lot = await aLot(whole, [other]);
    const answerBy = addDays(whole.today(), 10);
    const { id } = await anAssignment(whole, other, { lot, takenUp: false, answerBy });
    await Promise.all([place(), place(), place()]);
    for (const clerk of [other.clerk, second]) {
      const { items } = await done(clerk.get('/inbox'));
      expect(items).toEqual([
        expect.objectContaining({ kind: 'assignment.offered', ref: `assignment:${id}`, deadline: answerBy }),
      ]);
    }
    const owed = (await done(second.get('/deadlines'))).items;
    expect(owed).toEqual([expect.objectContaining({ kind: 'assignment.answer', dueOn: answerBy, state: 'running' })]);
    await done(second.post(`/assignments/${id}/decline`, { reason: '示例原因' }));
    expect((await done(second.get('/deadlines'))).items).toEqual([]);
    expect((await done(second.get('/deadlines?state=closed'))).items).toHaveLength(1);
  });
});

describe('addresses', () => {
  test('are used once a code sent to them was told, and shown masked', async () => {
    const person = await whole.enlist('partner');
    const set = await person.put('/account/contacts/sms', { address: '+86 138 1234 5678' });
    expect(set.body).toEqual({ channel: 'sms', address: '138****5678', verified: false, enabled: true });
    expect(await whole.traceOf(set)).toMatchObject({ types: ['contact.set'] });
    await send();
    const sms = out.sms.sent.at(-1)!;
    expect(sms).toMatchObject({ to: '13812345678', signed: true });
    expect(sms.text).toMatch(/^绿鉴验证码\d{6}，10分钟内有效，请勿告知他人。$/);
    const before = out.sms.sent.length;
    await tell({ to: { accountId: person.accountId }, kind: 'work.assigned' });
    await place();
    await send();
    expect(out.sms.sent).toHaveLength(before);
    const code = codeIn(sms.text);
    const wrong = code === '000000' ? '000001' : '000000';
    const missed = await person.post('/account/contacts/sms/verify', { code: wrong });
    expect(missed.body).toMatchObject({ status: 422, type: '/problems/contact/code-wrong' });
    expect((await whole.traceOf(missed)).types).toEqual(['contact.code-wrong']);
    await done(person.post('/account/contacts/sms/verify', { code }));
    expect((await person.post('/account/contacts/sms/verify', { code })).body.type).toBe(
      '/problems/contact/code-spent',
    );
    await tell({ to: { accountId: person.accountId }, kind: 'work.assigned' });
    await place();
    await send();
    expect(out.sms.sent).toHaveLength(before + 1);
    await done(person.put('/account/contacts/sms/choice', { enabled: false }));
    await tell({ to: { accountId: person.accountId }, kind: 'work.assigned' });
    await place();
    await send();
    expect(out.sms.sent).toHaveLength(before + 1);
  });

  test('five misses spend the code, and a new one is not sent within the minute', async () => {
    const person = await whole.enlist('partner');
    await done(person.put('/account/contacts/email', { address: 'spent@example.org' }));
    await send();
    const code = codeIn(out.mail.messages.at(-1)!.text);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let n = 0; n < 5; n += 1) await done(person.post('/account/contacts/email/verify', { code: wrong }), 422);
    await done(person.post('/account/contacts/email/verify', { code }), 409);
    const soon = await person.put('/account/contacts/email', { address: 'other@example.org' });
    expect(soon.body).toMatchObject({ status: 429, type: '/problems/contact/too-often' });
    whole.clock.advance(61_000);
    await done(person.put('/account/contacts/email', { address: 'other@example.org' }));
  });

  test('that are none are refused, and none is told in clear anywhere', async () => {
    const person = await whole.enlist('partner');
    const reply = await person.put('/account/contacts/sms', { address: '12345678901' });
    expect(reply.body).toMatchObject({ status: 422, type: '/problems/contact/malformed' });
    await anAddress(whole, out, person, 'sms', '13900001111');
    const rows = await whole.service.db.m.query<unknown[]>('SELECT * FROM contact');
    const deliveries = await whole.service.db.m.query<unknown[]>('SELECT * FROM delivery');
    const audit = (await whole.audit()).map((r) => JSON.stringify(r));
    for (const text of [JSON.stringify(rows), JSON.stringify(deliveries), ...audit, ...whole.logged]) {
      expect(text).not.toContain('13900001111');
    }
  });

  test('cannot be set where the way is not configured', async () => {
    const bare = await wholeService();
    const reply = await bare.bureau.put('/account/contacts/sms', { address: '13812345678' });
    expect(reply.body).toMatchObject({ status: 409, type: '/problems/contact/channel-off' });
    await bare.close();
  }, 60_000);
});

describe('what leaves the house', () => {
  test('names nobody and nothing, whatever the notice is about', async () => {
    const person = await whole.enlist('bureau');
    await anAddress(whole, out, person, 'email');
    const hostile = '示例矿业有限公司第42号，张三，370102197001010012，资金疑点';
    const before = out.mail.messages.length;
    for (const kind of notificationKindNames) {
      const params = Object.fromEntries(paramsOf(kind).map((p) => [p, hostile]));
      const deadline = '2026-11-27' as LegalDate;
      await tell({ to: { accountId: person.accountId }, kind, params, deadline, ref: `case:${hostile}`.slice(0, 100) });
    }
    await place();
    while ((await whole.service.time.notifications.send()) > 0);
    const mails = out.mail.messages.slice(before);
    expect(mails).toHaveLength(notificationKindNames.length);
    for (const { subject, text, raw } of mails) {
      expect(subject).toBe('绿鉴通知');
      expect(text).not.toMatch(/示例|矿业|张三|疑点|42|3701/);
      expect(text.replace(/2026年11月27日/, '').replace(/1[项条]/, '')).not.toMatch(/\d/);
      expect(raw).not.toContain('case:');
    }
  });
});

describe('mail', () => {
  let person: Person;
  beforeAll(async () => {
    person = await whole.enlist('bureau');
    await anAddress(whole, out, person, 'email');
  });
  const mailOf = async (id: string) =>
    (await notice(id)).deliveries[0] as { state: string; attempts: number; reason: string };
  const told = async (): Promise<string> => {
    const { id } = await tell({ to: { accountId: person.accountId }, kind: 'work.assigned' });
    await place();
    return id;
  };

  test.each([[{ rcpt: 450 }], [{ data: 452 }], ['drop-at-once' as const]])(
    'that is put off (%j) goes again after a pause',
    async (behaviour) => {
      const id = await told();
      out.mail.next.push(behaviour);
      await send();
      expect(await mailOf(id)).toMatchObject({ state: 'queued', attempts: 1 });
      const before = out.mail.messages.length;
      await send();
      expect(out.mail.messages).toHaveLength(before);
      whole.clock.advance(31_000);
      await send();
      expect(await mailOf(id)).toMatchObject({ state: 'sent', attempts: 2, reason: null });
      expect(out.mail.messages).toHaveLength(before + 1);
    },
  );

  test.each([[{ rcpt: 550 }], [{ data: 554 }]])(
    'that is refused for good (%j) is a dead letter at once',
    async (behaviour) => {
      const id = await told();
      out.mail.next.push(behaviour);
      await send();
      const refused = await mailOf(id);
      expect(refused).toMatchObject({ state: 'failed', attempts: 1 });
      expect(refused.reason).toMatch(/5\d\d$/);
      const letters = (await done(administrator.get('/dead-letters'))).items;
      const letter = letters.find((l: { notificationId: string }) => l.notificationId === id);
      expect(letter).toMatchObject({ channel: 'email', kind: 'work.assigned' });
      const reply = await administrator.post(`/dead-letters/${letter.id}/resend`);
      expect((await whole.traceOf(reply)).types).toEqual(['dead-letter.resent']);
      await send();
      expect(await mailOf(id)).toMatchObject({ state: 'sent' });
      expect((await administrator.post(`/dead-letters/${letter.id}/resend`)).body.type).toBe(
        '/problems/dead-letter/settled',
      );
    },
  );

  test('whose connection drops after DATA goes again under the same Message-ID', async () => {
    const id = await told();
    const before = out.mail.messages.length;
    out.mail.next.push('drop-after-data');
    await send();
    whole.clock.advance(31_000);
    await send();
    const twice = out.mail.messages.slice(before).map((m) => m.messageId);
    expect(twice).toHaveLength(2);
    expect(new Set(twice).size).toBe(1);
    expect(await mailOf(id)).toMatchObject({ state: 'sent' });
  });

  test('that never goes out is a dead letter after eight tries', async () => {
    const id = await told();
    out.mail.forEver = { rcpt: 451 };
    for (let n = 0; n < 8; n += 1) {
      await send();
      whole.clock.advance(6 * 3600_000 + 1);
    }
    await later(0);
    out.mail.forEver = undefined;
    expect(await mailOf(id)).toMatchObject({ state: 'failed', attempts: 8 });
  });

  test('tells that a recovery code was used, in the words of any other notice', async () => {
    const { secret } = await done(person.post('/session/totp'), 201);
    const code = new TOTP({ secret: secret as string }).generate({ timestamp: whole.clock.now() });
    const { codes } = await done(person.put('/session/totp', { code }));
    const { username, password } = person;
    await done(whole.anyone.post('/session', { username, password, totp: codes[0] }));
    const before = out.mail.messages.length;
    await place();
    await send();
    expect(out.mail.messages.slice(before).map((m) => m.text)).toEqual(['您有1条通知，请登录绿鉴查看。']);
    const { items } = await done(person.get('/inbox'));
    expect(items[0]).toMatchObject({ kind: 'recovery.used', title: '恢复码已使用' });
    await done(whole.admin.post(`/accounts/${person.accountId}/totp-reset`));
    await person.signIn(username, password);
  });

  test('is sent once when two processes send at the same time', async () => {
    await told();
    const before = out.mail.messages.length;
    await Promise.all([send(), send(), send()]);
    expect(out.mail.messages).toHaveLength(before + 1);
  });
});

describe('text messages', () => {
  let person: Person;
  beforeAll(async () => {
    person = await whole.enlist('bureau');
    await anAddress(whole, out, person, 'sms');
  });
  const told = async (): Promise<string> => {
    const { id } = await tell({ to: { accountId: person.accountId }, kind: 'work.assigned' });
    await place();
    return id;
  };
  const smsOf = async (id: string) =>
    (await notice(id)).deliveries.find((d: { channel: string }) => d.channel === 'sms');

  test.each<[SmsGateway['next'][number], string]>([
    [500, 'queued'],
    [429, 'queued'],
    ['cut', 'queued'],
    [422, 'failed'],
  ])('with a gateway that answers %s are %s', async (behaviour, state) => {
    const id = await told();
    out.sms.next.push(behaviour);
    await send();
    expect(await smsOf(id)).toMatchObject({ state, attempts: 1 });
    whole.clock.advance(31_000);
    await send();
    expect((await smsOf(id)).state).toBe(state === 'queued' ? 'sent' : 'failed');
  });

  test('with a gateway that does not answer are put off after ten seconds', async () => {
    const id = await told();
    out.sms.next.push('hang');
    await send();
    expect(await smsOf(id)).toMatchObject({ state: 'queued', reason: 'TimeoutError' });
    whole.clock.advance(31_000);
    await send();
  }, 30_000);

  test('are delivered when a receipt says so, be it late, twice, or against a failure before', async () => {
    const id = await told();
    await send();
    const sent = out.sms.sent.at(-1)!;
    const receipt = (status: 'delivered' | 'failed') =>
      whole.anyone.post('/public/sms-receipts', receiptsOf([{ id: sent.id, status, at: now() }], now()));
    expect(await done(receipt('failed'))).toEqual({ taken: 1, unknown: 0 });
    await later(3);
    const late = await receipt('delivered');
    expect(late.body).toEqual({ taken: 1, unknown: 0 });
    expect((await whole.traceOf(late)).types).toEqual(['sms.receipts-taken']);
    expect(await done(receipt('delivered'))).toEqual({ taken: 0, unknown: 0 });
    expect(await done(receipt('failed'))).toEqual({ taken: 0, unknown: 0 });
    expect(await smsOf(id)).toMatchObject({ state: 'delivered' });
  });

  test('without a receipt for three days are shown and counted as such, until one comes', async () => {
    const id = await told();
    await send();
    const sent = out.sms.sent.at(-1)!;
    const unanswered = async (): Promise<string[]> =>
      (await done(administrator.get('/dead-letters?what=without-receipt'))).items.map(
        (l: { notificationId: string }) => l.notificationId,
      );
    const counted = async (): Promise<number> =>
      Number(/^lujian_sms_without_receipt (\d+)$/m.exec((await request(whole.url).get('/metrics')).text)![1]);
    const before = await counted();
    await later(3);
    expect(await smsOf(id)).toMatchObject({ state: 'sent', receipt: 'awaited' });
    expect(await unanswered()).not.toContain(id);
    whole.clock.advance(1);
    expect(await smsOf(id)).toMatchObject({ state: 'sent', receipt: 'missing' });
    expect(await unanswered()).toContain(id);
    expect(await counted()).toBeGreaterThan(before);
    const dead = (await done(administrator.get('/dead-letters?limit=200'))).items;
    expect(dead.map((l: { notificationId: string }) => l.notificationId)).not.toContain(id);
    const [letter] = (await done(administrator.get('/dead-letters?what=without-receipt'))).items;
    const again = await administrator.post(`/dead-letters/${letter.id}/resend`);
    expect(again.body.type).toBe('/problems/dead-letter/settled');
    const receipt = receiptsOf([{ id: sent.id, status: 'delivered', at: now() }], now());
    await done(whole.anyone.post('/public/sms-receipts', receipt));
    expect(await smsOf(id)).toMatchObject({ state: 'delivered', receipt: 'arrived' });
    expect(await unanswered()).not.toContain(id);
  });

  test('take no receipt that another signed, changed or kept for later', async () => {
    const good = receiptsOf([{ id: 'unknown', status: 'delivered', at: now() }], now());
    expect(await done(whole.anyone.post('/public/sms-receipts', good))).toEqual({ taken: 0, unknown: 1 });
    const changed = { ...good, receipts: [{ ...good.receipts[0]!, id: 'another' }] };
    const forged = { ...good, signature: '0'.repeat(64) };
    for (const body of [changed, forged]) {
      expect((await whole.anyone.post('/public/sms-receipts', body)).body.type).toBe('/problems/sms/signature');
    }
    whole.clock.advance(16 * 60_000);
    await done(whole.anyone.post('/public/sms-receipts', good), 401);
  });
});
