import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createEmail, outcomeOfError } from '../../src/modules/notifications/channels/email';
import { ask, describeWithJudges } from '../support/judges';
import { mailServer, type MailServer } from '../support/mail-server';

const message = {
  id: 'message-1',
  to: 'person@example.org',
  subject: '绿鉴通知',
  text: '您有1条通知，请登录绿鉴查看。',
};
const from = 'lujian@example.org';

describeWithJudges('a mail server with its own certificate', ['openssl'], () => {
  let directory: string;
  let ca: string;
  let key: string;
  let server: MailServer;
  beforeAll(async () => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-mail-'));
    const made = ask(
      'openssl',
      'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout key.pem -out cert.pem'.split(
        ' ',
      ),
      directory,
    );
    expect(made.status).toBe(0);
    ca = fs.readFileSync(path.join(directory, 'cert.pem'), 'utf8');
    key = fs.readFileSync(path.join(directory, 'key.pem'), 'utf8');
    server = await mailServer({
      key,
      cert: ca,
      authOptional: false,
      onAuth({ username, password }, _session, done) {
        if (username === 'lujian' && password === 'p@ss:w%rd') done(null, { user: username });
        else done(new Error('example refusal'));
      },
    });
  });
  afterAll(async () => {
    await server.close();
    fs.rmSync(directory, { recursive: true, force: true });
  });
  const url = (password: string): string => `smtp://lujian:${encodeURIComponent(password)}@127.0.0.1:${server.port}`;

  test('is spoken to under TLS, signed in, when its anchor is known', async () => {
    const outcome = await createEmail({ url: url('p@ss:w%rd'), from, ca, requireTls: true }).send(message);
    expect(outcome).toMatchObject({ result: 'accepted' });
    expect(server.messages.at(-1)).toMatchObject({
      secure: true,
      user: 'lujian',
      subject: '绿鉴通知',
      text: message.text,
      messageId: '<message-1@example.org>',
    });
  });

  test('gets nothing, least of all the password, when its anchor is not known', async () => {
    const before = server.messages.length;
    const outcome = await createEmail({ url: url('p@ss:w%rd'), from, requireTls: true }).send(message);
    expect(outcome).toMatchObject({ result: 'again' });
    expect(server.messages).toHaveLength(before);
  });

  test('that refuses the password keeps the message waiting', async () => {
    const outcome = await createEmail({ url: url('another'), from, ca, requireTls: true }).send(message);
    expect(outcome).toMatchObject({ result: 'again', reason: expect.stringContaining('535') as string });
  });

  test('by smtps from the first byte', async () => {
    const strict = await mailServer({ key, cert: ca, secure: true });
    const settings = { url: `smtps://127.0.0.1:${strict.port}`, from, ca, requireTls: true };
    expect(await createEmail(settings).send(message)).toMatchObject({ result: 'accepted' });
    expect(strict.messages).toHaveLength(1);
    await strict.close();
  });
});

test('a server without TLS gets nothing where TLS is required', async () => {
  const plain = await mailServer();
  const outcome = await createEmail({ url: plain.url, from, requireTls: true }).send(message);
  expect(outcome).toMatchObject({ result: 'again' });
  expect(plain.messages).toEqual([]);
  await plain.close();
});

test('a server that greets nobody is given up after ten seconds', async () => {
  const slow = await mailServer();
  slow.next.push('hang');
  const outcome = await createEmail({ url: slow.url, from, requireTls: false }).send(message);
  expect(outcome).toMatchObject({ result: 'again', reason: expect.stringMatching(/TIMEDOUT|TIMEOUT/) as string });
  await slow.close();
}, 30_000);

test('no server at all is a reason to wait', async () => {
  const gone = await mailServer();
  await gone.close();
  expect(await createEmail({ url: gone.url, from, requireTls: false }).send(message)).toMatchObject({
    result: 'again',
  });
});

test.each([
  [{ responseCode: 550, command: 'RCPT TO', code: 'EENVELOPE' }, 'refused'],
  [{ responseCode: 554, command: 'DATA', code: 'EMESSAGE' }, 'refused'],
  [{ responseCode: 450, command: 'RCPT TO', code: 'EENVELOPE' }, 'again'],
  [{ responseCode: 535, command: 'AUTH PLAIN', code: 'EAUTH' }, 'again'],
  [{ responseCode: 554, command: 'CONN', code: 'EPROTOCOL' }, 'again'],
  [{ responseCode: 550, command: 'MAIL FROM', code: 'EENVELOPE' }, 'again'],
  [{ code: 'ECONNECTION' }, 'again'],
  [undefined, 'again'],
])('%j is %s', (error, result) => {
  expect(outcomeOfError(error).result).toBe(result);
});
