import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  messageId: string;
  raw: string;
  secure: boolean;
  user: string | undefined;
}

/** What the server does with the next message; `ok` when nothing is named. */
export type MailBehaviour =
  'ok' | 'drop-after-data' | 'drop-at-once' | 'hang' | { rcpt: number } | { data: number } | { slowMs: number };

export interface MailServer {
  port: number;
  /** For LUJIAN_SMTP_URL. */
  url: string;
  messages: ReceivedMail[];
  /** One a connection; the last one stays when it is the only one left and `forEver` is set. */
  next: MailBehaviour[];
  forEver?: MailBehaviour;
  close(): Promise<void>;
}

const fault = (responseCode: number): Error => Object.assign(new Error('example refusal'), { responseCode });

const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, b: string) => Buffer.from(b, 'base64').toString('utf8'))
    .replace(/=\?utf-8\?q\?([^?]*)\?=/gi, (_, q: string) => decodeQuoted(q.replace(/_/g, ' ')));

function decodeQuoted(text: string): string {
  const bytes = text
    .replace(/=\r?\n/g, '')
    .replace(/=([0-9A-F]{2})/gi, (_, h: string) => String.fromCharCode(parseInt(h, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function read(raw: string): Pick<ReceivedMail, 'subject' | 'text' | 'messageId'> {
  const cut = raw.indexOf('\r\n\r\n');
  const head = raw.slice(0, cut).replace(/\r\n[ \t]+/g, ' ');
  const body = raw.slice(cut + 4);
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  const encoding = field('Content-Transfer-Encoding').toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? decodeQuoted(body)
        : body;
  return { subject: decodeWords(field('Subject')), text: text.trim(), messageId: field('Message-ID') };
}

/** A real SMTP server on a free port of this machine, which behaves as it is told. */
export async function mailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const messages: ReceivedMail[] = [];
  const next: MailBehaviour[] = [];
  const state: { forEver?: MailBehaviour } = {};
  const doing = new Map<string, MailBehaviour>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.key ? [] : ['STARTTLS'],
    onConnect(session, done) {
      const behaviour = next.shift() ?? state.forEver ?? 'ok';
      doing.set(session.id, behaviour);
      if (behaviour === 'drop-at-once') done(new Error('example refusal'));
      else if (behaviour !== 'hang') done();
    },
    onRcptTo(_address, session, done) {
      const behaviour = doing.get(session.id);
      if (typeof behaviour === 'object' && 'rcpt' in behaviour) done(fault(behaviour.rcpt));
      else done();
    },
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const behaviour = doing.get(session.id);
        const raw = Buffer.concat(parts).toString('utf8');
        if (typeof behaviour === 'object' && 'data' in behaviour) return done(fault(behaviour.data));
        const to = session.envelope.rcptTo.map((r) => r.address).join();
        messages.push({ to, raw, ...read(raw), secure: session.secure, user: session.user as string | undefined });
        if (typeof behaviour === 'object' && 'slowMs' in behaviour) return void setTimeout(done, behaviour.slowMs);
        if (behaviour !== 'drop-after-data') return done();
        // It has the message, and nobody will ever hear so.
        for (const c of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections) {
          c._socket.destroy();
        }
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as { port: number };
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    messages,
    next,
    get forEver() {
      return state.forEver;
    },
    set forEver(behaviour) {
      state.forEver = behaviour;
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const c of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections) {
          c._socket.destroy();
        }
      }),
  };
}
