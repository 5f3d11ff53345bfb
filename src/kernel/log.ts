import pino, { type Logger } from 'pino';

export type Log = Logger;

/** Fields that are never written, wherever they stand: secrets, identity numbers, informants. */
export const neverLogged = [
  'password',
  'newPassword',
  'oneTimePassword',
  'totp',
  'secret',
  'token',
  'apiKey',
  'authorization',
  'cookie',
  'identity',
  'identityNumber',
  'number',
  'phone',
  'informant',
  'masterKey',
];

const paths = neverLogged.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** One structured logger: `error` means that someone must act now, otherwise `warn`. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: pino.stdSerializers.err },
  };
  return destination ? pino(options, destination) : pino(options, pino.destination({ fd: 2, sync: true }));
}
