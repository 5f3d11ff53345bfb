import { Notification } from '../../src/modules/notifications/notifications.store';
import { notificationKindNames } from '../../src/modules/notifications/kinds.contract';
import { done } from '../support/client';
import { kindPlays } from '../support/play-kinds';
import { anAddress, outside, runJob, type Outside } from '../support/play-notices';
import { wholeService, type Person, type Whole } from '../support/whole-service';

// Every kind of the contract is sent by the service itself, reaches whom it is for, and leaves the house naming nothing.

let whole: Whole;
let out: Outside;
const withAddress = new Set<string>();

beforeAll(async () => {
  out = await outside();
  whole = await wholeService({ settings: out.settings });
}, 60_000);
afterAll(async () => {
  await whole.close();
  await out.close();
});

async function sendAll(): Promise<void> {
  while ((await whole.service.time.notifications.send()) > 0);
}
async function reachedByMail(person: Person): Promise<void> {
  if (withAddress.has(person.accountId)) return;
  await sendAll();
  await anAddress(whole, out, person, 'email');
  withAddress.add(person.accountId);
}
const sentOf = (kind: (typeof notificationKindNames)[number]): Promise<Notification[]> =>
  whole.service.db.m.findBy(Notification, { kind });

test('each kind has its play', () => {
  expect(Object.keys(kindPlays).sort()).toEqual([...notificationKindNames].sort());
});

describe.each(notificationKindNames)('%s', (kind) => {
  test('is sent by an act of the service, reaches whom it is for, and names nothing outside', async () => {
    const before = new Set((await sentOf(kind)).map((n) => n.id));
    const person = await kindPlays[kind](whole);
    const sent = (await sentOf(kind)).filter((n) => !before.has(n.id));
    expect(sent.length).toBeGreaterThan(0);
    await reachedByMail(person);
    const mailed = out.mail.messages.length;
    await runJob(whole, 'notifications.place');
    await sendAll();

    const { items } = await done(person.get('/inbox?limit=200'));
    const item = items.find(
      (i: { kind: string; ref: string | null }) => i.kind === kind && sent.some((n) => n.ref === i.ref),
    );
    expect(item).toMatchObject({ kind, openedAt: null });

    const mails = out.mail.messages.slice(mailed);
    expect(mails.map((m) => m.raw).join('\n')).toContain(`${person.username}@example.org`);
    const ids = sent.flatMap((n) => [n.toId, ...(n.ref === null ? [] : n.ref.split(':').slice(1))]);
    for (const { subject, text, raw } of mails) {
      expect(subject).toBe('绿鉴通知');
      // Nothing but the sentence of the kind's class and a day: no name, no number, no record.
      expect(text.replace(/\d{4}年\d{1,2}月\d{1,2}日/g, '')).toMatch(
        /^(您有1项待办，请登录绿鉴查看(，截止)?。|您有1条通知，请登录绿鉴查看。|您有1项待办(已于到期，)?尚未办结，请登录绿鉴查看。|您有1项待办的截止日有变动(，现为)?，请登录绿鉴查看。)$/,
      );
      for (const told of [...whole.names, ...ids]) expect(raw).not.toContain(told);
    }
  }, 60_000);
});
