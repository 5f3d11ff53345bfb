import { setTimeout as pause } from 'node:timers/promises';
import { createLog } from '../../src/kernel/log';
import { parseInstant } from '../../src/kernel/pure/time';
import { Delivery } from '../../src/modules/notifications/deliveries.store';
import { InboxItem, Notification } from '../../src/modules/notifications/notifications.store';
import { entities } from '../../src/schema';
import { startCuttingProxy, type CuttingProxy } from '../support/cutting-proxy';
import { testDatabase, type TestDatabase } from '../support/database';
import { handClock, type HandClock } from '../support/hand-clock';
import { mailServer, type MailServer } from '../support/mail-server';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';
import { tellingHouse, type TellingHouse } from '../support/telling-house';

const LIMIT_MS = 120_000;
/** Longer than a claim holds. */
const CLAIM_MS = 121_000;
const away = { code: 'service.unavailable' };
const committing = /COMMIT$/;
const settling = /UPDATE `delivery` SET `state`/;

serverLane('when the database goes away while notices are sent', 'MariaDB (mariadbd)', available(), () => {
  let server: PrivateServer;
  let proxy: CuttingProxy;
  let t: TestDatabase;
  let clock: HandClock;
  let mail: MailServer;
  let house: TellingHouse;
  beforeAll(async () => {
    server = await startPrivateServer();
  }, LIMIT_MS);
  afterAll(() => server.close());
  beforeEach(async () => {
    proxy = await startCuttingProxy(server.url);
    clock = handClock(parseInstant('2026-03-02T01:00:00.000Z'));
    t = await testDatabase(clock, entities, { server: proxy.url, waitMs: 3_000 });
    mail = await mailServer();
    house = tellingHouse(t.db, mail.url, createLog('silent', { write: () => undefined }));
    await house.makePerson();
  }, LIMIT_MS);
  afterEach(async () => {
    await t.drop();
    await proxy.close();
    await mail.close();
  });

  const place = () => house.notifications.place();
  const send = () => house.notifications.send();
  /** In the order in which they were told. */
  const messages = (): Promise<Delivery[]> => t.db.m.find(Delivery, { order: { createdAt: 'ASC' } });
  const messageIds = (): string[] => mail.messages.map((m) => m.messageId);

  /** One that was refused for good, before all that comes. */
  async function aDeadLetter(): Promise<Delivery> {
    await house.tellPerson();
    await place();
    mail.next.push({ rcpt: 550 });
    await send();
    const [letter] = await messages();
    expect(letter).toMatchObject({ state: 'failed', attempts: 1 });
    clock.advance(1);
    return letter!;
  }

  test.each(['before-server', 'after-server'] as const)(
    'cut off when the mail that went out is settled (%s): it goes again, under the same Message-ID, once its claim has run out',
    async (where) => {
      const letter = await aDeadLetter();
      await house.tellPerson();
      await place();
      proxy.cuts.push({ statement: settling, where });
      await send();
      expect(proxy.cuts).toEqual([]);
      expect(await send()).toBe(0);
      expect(mail.messages).toHaveLength(1);
      clock.advance(CLAIM_MS);
      await send();
      expect(mail.messages).toHaveLength(2);
      expect(new Set(messageIds()).size).toBe(1);
      expect(await messages()).toEqual([letter, expect.objectContaining({ state: 'sent', attempts: 1 })]);
    },
    LIMIT_MS,
  );

  test(
    'ten times in a row it is no dead letter: only what the mail server says is counted',
    async () => {
      const letter = await aDeadLetter();
      await house.tellPerson();
      await place();
      for (let n = 0; n < 10; n += 1) {
        proxy.cuts.push({ statement: settling, where: 'before-server' });
        await send();
        clock.advance(CLAIM_MS);
      }
      mail.next.push({ rcpt: 450 });
      await send();
      expect(await messages()).toEqual([letter, expect.objectContaining({ state: 'queued', attempts: 1 })]);
      clock.advance(CLAIM_MS);
      await send();
      expect(await messages()).toEqual([letter, expect.objectContaining({ state: 'sent', attempts: 2 })]);
      expect(new Set(messageIds()).size).toBe(1);
    },
    LIMIT_MS,
  );

  test(
    'a claim whose COMMIT is not answered is settled, and the mail goes once',
    async () => {
      await house.tellPerson();
      await place();
      proxy.cuts.push({ statement: committing, where: 'after-server' });
      await send();
      clock.advance(CLAIM_MS);
      await send();
      expect(mail.messages).toHaveLength(1);
      expect(await messages()).toMatchObject([{ state: 'sent', attempts: 1 }]);
    },
    LIMIT_MS,
  );

  test(
    'cut off ten times when it is placed, a notice waits as it is and is placed once',
    async () => {
      const id = await house.tellPerson();
      for (let n = 0; n < 10; n += 1) {
        proxy.cuts.push({ statement: /INSERT INTO `inbox_item`/, where: 'after-server' });
        await expect(place()).rejects.toMatchObject(away);
      }
      expect(await t.db.m.findOneByOrFail(Notification, { id })).toMatchObject({ state: 'waiting', attempts: 0 });
      expect(await messages()).toEqual([]);
      await place();
      await place();
      expect(await t.db.m.countBy(InboxItem, { notificationId: id })).toBe(1);
      expect(await messages()).toMatchObject([{ state: 'queued' }]);
    },
    LIMIT_MS,
  );

  test(
    'killed in the middle of many: nothing is lost, nothing is falsely dead, no message has two ids',
    async () => {
      const letter = await aDeadLetter();
      const ids: string[] = [];
      for (let n = 0; n < 12; n += 1) ids.push(await house.tellPerson());
      await place();
      mail.forEver = { slowMs: 300 };
      const sending = send().catch(() => 0);
      for (let n = 0; n < 200 && mail.messages.length === 0; n += 1) await pause(10);
      await server.kill9();
      await sending;
      for (let n = 0; n < 10; n += 1) {
        await expect(place()).rejects.toThrow();
        await expect(send()).rejects.toThrow();
      }
      mail.forEver = undefined;
      await server.start();
      clock.advance(CLAIM_MS);
      while ((await send()) > 0);
      const rows = await messages();
      expect(rows.find((d) => d.id === letter.id)).toEqual(letter);
      const others = rows.filter((d) => d.id !== letter.id);
      expect(others.map((d) => d.state)).toEqual(ids.map(() => 'sent'));
      expect(new Set(messageIds()).size).toBe(ids.length);
      expect(mail.messages.length).toBeGreaterThan(ids.length);
      for (const id of ids) expect(await t.db.m.countBy(InboxItem, { notificationId: id })).toBe(1);
    },
    LIMIT_MS,
  );
});
