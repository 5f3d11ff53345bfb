import { createTransport, type SendMailOptions } from 'nodemailer';
import type { Channel, SendOutcome } from './channel';

export interface EmailSettings {
  readonly url: string;
  readonly from: string;
  readonly ca?: string;
  readonly requireTls: boolean;
}

const CONNECT_MS = 10_000;
const SILENCE_MS = 15_000;
const LONGEST_MS = 28_000;

interface SmtpError {
  code?: unknown;
  responseCode?: unknown;
  command?: unknown;
}

/**
 * A 5xx to recipient or message is final; to the greeting, to TLS or to our own password it is a fault of the setting,
 * which an operator mends while the messages wait. What is cut off after DATA may have arrived: it goes again under the
 * same Message-ID.
 */
export function outcomeOfError(error: unknown): SendOutcome {
  const { code, responseCode, command } = (typeof error === 'object' && error !== null ? error : {}) as SmtpError;
  const status = typeof responseCode === 'number' ? responseCode : 0;
  const ofMessage = typeof command === 'string' && /^(RCPT TO|DATA)/.test(command);
  const reason = [typeof code === 'string' ? code : 'ERROR', ...(status > 0 ? [String(status)] : [])].join(' ');
  if (status >= 500 && ofMessage) return { result: 'refused', reason };
  return { result: 'again', reason };
}

const tooLong = (ms: number): Promise<SendOutcome> =>
  new Promise((done) => setTimeout(() => done({ result: 'again', reason: 'TIMEOUT' }), ms).unref());

/** E-mail by SMTP. */
export function createEmail({ url, from, ca, requireTls }: EmailSettings): Channel {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const transport = createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: requireTls && !secure,
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    dnsTimeout: CONNECT_MS,
    // Neither files nor addresses are ever fetched for a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.split('@')[1]!;
  return {
    name: 'email',
    send({ id, to, subject, text }) {
      const mail: SendMailOptions = {
        from: { name: '绿鉴', address: from },
        to: { name: '', address: to },
        subject,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      };
      const sending = transport
        .sendMail(mail)
        .then((info): SendOutcome => ({ result: 'accepted', ref: info.messageId }), outcomeOfError);
      return Promise.race([sending, tooLong(LONGEST_MS)]);
    },
  };
}
