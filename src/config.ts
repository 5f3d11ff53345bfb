import { isIP } from 'node:net';
import path from 'node:path';
import fs from 'node:fs';
import * as z from 'zod';
import { witnessesOf } from './config-witnesses';
import type { Face } from './kernel/http/route';
import type { Policy } from './kernel/pure/tlog/policy';

// The only reader of the environment: one checked, frozen object; all faults are listed and stop the start.

const faces = ['public', 'partner', 'bureau'] as const satisfies readonly Face[];

export interface MailSettings {
  readonly url: string;
  readonly from: string;
  /** PEM of the mail server's own trust anchor. */
  readonly ca?: string;
  /** Without TLS nothing is sent, but on loopback. */
  readonly requireTls: boolean;
}

export interface SmsSettings {
  readonly url: string;
  readonly key: string;
}

export interface Config {
  readonly port: number;
  readonly publicUrl: string;
  /** Passed to Express: false, a hop count, or addresses. */
  readonly trustProxy: false | number | string;
  readonly databaseUrl?: string;
  readonly dataDirectory: string;
  readonly blobDirectory: string;
  readonly masterKey?: string;
  readonly logOrigin: string;
  /** Who witnesses the log, and how many of them are enough. Undefined: nobody is asked. */
  readonly logWitnesses?: Policy;
  readonly authority?: string;
  /** The province's unified sign-in (OpenID Connect), if it is connected. */
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly name: string;
    readonly scopes: string;
  };
  readonly routes: readonly Face[];
  /** Bytes. */
  readonly maxUpload: number;
  /** Undefined: no mail is sent, and /readyz says so. */
  readonly mail?: MailSettings;
  /** Undefined: no text messages are sent, and /readyz says so. */
  readonly sms?: SmsSettings;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const units: Record<string, number> = { '': 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

function bytes(text: string): number | undefined {
  const match = /^(\d{1,12})\s*(KiB|MiB|GiB|)$/.exec(text.trim());
  return match ? Number(match[1]) * units[match[2]!]! : undefined;
}

function maxUploadOf(text: string, faults: string[]): number {
  const value = bytes(text);
  if (value === undefined) faults.push('LUJIAN_MAX_UPLOAD: must be bytes, or a number with KiB, MiB or GiB');
  return value ?? 0;
}

const loopback = (host: string): boolean => ['localhost', '127.0.0.1', '[::1]', '::1'].includes(host);

const environment = z.object({
  LUJIAN_PORT: z.coerce.number('必须是端口号 must be a port').int().min(0).max(65_535).default(3000),
  LUJIAN_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LUJIAN_TRUST_PROXY: z.string().default('none'),
  LUJIAN_DATABASE_URL: z
    .string()
    .regex(/^mysql:\/\/[^/]+\/[A-Za-z0-9_$-]+(\?.*)?$/, 'must look like mysql://user:password@host:3306/database')
    .optional(),
  LUJIAN_DATA: z.string().min(1).default('./data'),
  LUJIAN_BLOBS: z.string().min(1).optional(),
  LUJIAN_MASTER_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  LUJIAN_MASTER_KEY_FILE: z.string().optional(),
  LUJIAN_LOG_ORIGIN: z
    .string()
    .regex(/^[!-*,-~]{1,120}$/, 'must be visible ASCII without spaces and plus signs')
    .optional(),
  LUJIAN_LOG_WITNESSES: z.string().min(1).optional(),
  LUJIAN_AUTHORITY: z
    .string()
    .regex(/^\d{6}$/, 'must be a six-digit division code')
    .optional(),
  LUJIAN_OIDC_ISSUER: z.url({ protocol: /^https?$/ }).optional(),
  LUJIAN_OIDC_CLIENT_ID: z.string().min(1).optional(),
  LUJIAN_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  LUJIAN_OIDC_CLIENT_SECRET_FILE: z.string().optional(),
  LUJIAN_OIDC_NAME: z.string().min(1).max(40).default('统一身份认证'),
  LUJIAN_OIDC_SCOPES: z.string().default(''),
  LUJIAN_ROUTES: z.string().default('public,partner,bureau'),
  LUJIAN_MAX_UPLOAD: z.string().default('200MiB'),
  LUJIAN_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/([^@/\s]+@)?[^@/:?#\s]+(:\d+)?\/?$/, 'must look like smtps://user:password@host:465')
    .optional(),
  LUJIAN_SMTP_CA: z.string().min(1).optional(),
  LUJIAN_MAIL_FROM: z
    .string()
    .regex(/^[^\s@<>,]+@[^\s@<>,]+$/, 'must be one mail address')
    .optional(),
  LUJIAN_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  LUJIAN_SMS_KEY: z.string().min(32, 'must have at least 32 characters').optional(),
  LUJIAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

type Environment = z.infer<typeof environment>;

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`settings are wrong:\n${faults.map((f) => `  - ${f}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

function masterKeyOf(e: Environment, dataDirectory: string, faults: string[]): string | undefined {
  if (e.LUJIAN_MASTER_KEY && e.LUJIAN_MASTER_KEY_FILE) {
    faults.push('LUJIAN_MASTER_KEY and LUJIAN_MASTER_KEY_FILE: set only one of them');
  }
  if (e.LUJIAN_MASTER_KEY) return e.LUJIAN_MASTER_KEY;
  const inData = path.join(dataDirectory, 'master.key');
  const file = e.LUJIAN_MASTER_KEY_FILE ?? (fs.existsSync(inData) ? inData : undefined);
  if (!file) return undefined;
  try {
    const text = fs.readFileSync(file, 'utf8').trim();
    if (text.length < 32) faults.push('LUJIAN_MASTER_KEY_FILE: the file must hold at least 32 characters');
    return text;
  } catch (error) {
    faults.push(`LUJIAN_MASTER_KEY_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return undefined;
  }
}

/** A secret given itself or by a file; at most one of the two. */
function secretOf(name: string, given: string | undefined, file: string | undefined, faults: string[]) {
  if (given !== undefined && file !== undefined) faults.push(`${name} and ${name}_FILE: set only one of them`);
  if (given !== undefined || file === undefined) return given;
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    faults.push(`${name}_FILE: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
    return undefined;
  }
}

function oidcOf(e: Environment, faults: string[]): Config['oidc'] {
  const secret = secretOf(
    'LUJIAN_OIDC_CLIENT_SECRET',
    e.LUJIAN_OIDC_CLIENT_SECRET,
    e.LUJIAN_OIDC_CLIENT_SECRET_FILE,
    faults,
  );
  if (e.LUJIAN_OIDC_ISSUER === undefined && e.LUJIAN_OIDC_CLIENT_ID === undefined) return undefined;
  if (e.LUJIAN_OIDC_ISSUER === undefined || e.LUJIAN_OIDC_CLIENT_ID === undefined) {
    faults.push('LUJIAN_OIDC_ISSUER and LUJIAN_OIDC_CLIENT_ID: set both of them or neither');
    return undefined;
  }
  const url = new URL(e.LUJIAN_OIDC_ISSUER);
  if (url.protocol === 'http:' && !loopback(url.hostname)) {
    faults.push('LUJIAN_OIDC_ISSUER: must be https except on loopback');
  }
  return Object.freeze({
    issuer: e.LUJIAN_OIDC_ISSUER,
    clientId: e.LUJIAN_OIDC_CLIENT_ID,
    clientSecret: secret,
    name: e.LUJIAN_OIDC_NAME,
    scopes: e.LUJIAN_OIDC_SCOPES,
  });
}

const namedProxies = ['loopback', 'linklocal', 'uniquelocal'];

const isProxy = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/');
  const width = isIP(address) === 6 ? 128 : 32;
  const prefix = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= width);
  return namedProxies.includes(text) || (isIP(address) > 0 && prefix && rest.length === 0);
};

function trustProxyOf(text: string, faults: string[]): false | number | string {
  if (text === 'none') return false;
  if (/^\d{1,2}$/.test(text)) return Number(text);
  if (!text.split(',').every((part) => isProxy(part.trim()))) {
    faults.push(
      `LUJIAN_TRUST_PROXY: must be none, a number of hops, or addresses (with /bits) or ${namedProxies.join(', ')}`,
    );
  }
  return text;
}

function routesOf(text: string, faults: string[]): Face[] {
  const named = text.split(',').map((t) => t.trim());
  const unknown = named.filter((n) => !faces.includes(n as Face));
  if (unknown.length > 0) faults.push(`LUJIAN_ROUTES: unknown ${unknown.join(', ')}; choose from ${faces.join(', ')}`);
  return named as Face[];
}

function publicUrlOf(e: Environment, faults: string[]): string {
  const url = new URL(e.LUJIAN_PUBLIC_URL ?? `http://localhost:${e.LUJIAN_PORT}`);
  if (url.protocol === 'http:' && !loopback(url.hostname)) {
    faults.push('LUJIAN_PUBLIC_URL: must be https except on loopback');
  }
  return url.origin;
}

function mailOf(e: Environment, faults: string[]): MailSettings | undefined {
  const { LUJIAN_SMTP_URL: url, LUJIAN_MAIL_FROM: from, LUJIAN_SMTP_CA: file } = e;
  if (!url !== !from) faults.push('LUJIAN_SMTP_URL and LUJIAN_MAIL_FROM: set both or none of them');
  if (file && !url) faults.push('LUJIAN_SMTP_CA: of no use without LUJIAN_SMTP_URL');
  if (!url || !from) return undefined;
  let ca: string | undefined;
  try {
    ca = file === undefined ? undefined : fs.readFileSync(file, 'utf8');
    if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
      faults.push('LUJIAN_SMTP_CA: the file must hold a certificate in PEM form');
    }
  } catch (error) {
    faults.push(`LUJIAN_SMTP_CA: cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  const { protocol, hostname } = new URL(url);
  const requireTls = protocol === 'smtps:' || !loopback(hostname);
  return { url, from, requireTls, ...(ca === undefined ? {} : { ca }) };
}

function smsOf(e: Environment, faults: string[]): SmsSettings | undefined {
  const { LUJIAN_SMS_URL: url, LUJIAN_SMS_KEY: key } = e;
  if (!url !== !key) faults.push('LUJIAN_SMS_URL and LUJIAN_SMS_KEY: set both or none of them');
  if (!url || !key) return undefined;
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !loopback(hostname)) faults.push('LUJIAN_SMS_URL: must be https except on loopback');
  return { url, key };
}

/** Command-line settings that stand above the environment. */
export interface ConfigOverrides {
  data?: string;
  port?: string;
}

/** Reads, checks and freezes the settings; throws ConfigError with every fault. */
export function readConfig(env: NodeJS.ProcessEnv, overrides: ConfigOverrides = {}): Config {
  const faults: string[] = [];
  const given = Object.fromEntries(Object.entries(env).filter(([k, v]) => k.startsWith('LUJIAN_') && v !== ''));
  const known = Object.keys(environment.shape);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) faults.push(`${name}: no such setting; known are ${known.join(', ')}`);
  }
  if (overrides.data !== undefined) given.LUJIAN_DATA = overrides.data;
  if (overrides.port !== undefined) given.LUJIAN_PORT = overrides.port;
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    faults.push(...parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`));
    // What can be judged alone is told as well: one start names all that is wrong.
    trustProxyOf(given.LUJIAN_TRUST_PROXY ?? 'none', faults);
    routesOf(given.LUJIAN_ROUTES ?? 'public', faults);
    maxUploadOf(given.LUJIAN_MAX_UPLOAD ?? '1', faults);
    throw new ConfigError(faults);
  }
  const e = parsed.data;
  const dataDirectory = path.resolve(e.LUJIAN_DATA);
  const publicUrl = publicUrlOf(e, faults);
  const maxUpload = maxUploadOf(e.LUJIAN_MAX_UPLOAD, faults);
  const masterKey = masterKeyOf(e, dataDirectory, faults);
  if (e.LUJIAN_DATABASE_URL && !masterKey) {
    faults.push(
      'LUJIAN_MASTER_KEY or LUJIAN_MASTER_KEY_FILE: required with LUJIAN_DATABASE_URL (at least 32 random characters)',
    );
  }
  const trustProxy = trustProxyOf(e.LUJIAN_TRUST_PROXY, faults);
  const routes = routesOf(e.LUJIAN_ROUTES, faults);
  const mail = mailOf(e, faults);
  const sms = smsOf(e, faults);
  const oidc = oidcOf(e, faults);
  const logWitnesses = witnessesOf(e.LUJIAN_LOG_WITNESSES, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze({
    port: e.LUJIAN_PORT,
    publicUrl,
    trustProxy,
    databaseUrl: e.LUJIAN_DATABASE_URL,
    dataDirectory,
    blobDirectory: path.resolve(e.LUJIAN_BLOBS ?? path.join(dataDirectory, 'blobs')),
    masterKey,
    logOrigin: e.LUJIAN_LOG_ORIGIN ?? `${new URL(publicUrl).host}/log`,
    ...(logWitnesses ? { logWitnesses } : {}),
    authority: e.LUJIAN_AUTHORITY,
    oidc,
    routes,
    maxUpload,
    ...(mail ? { mail } : {}),
    ...(sms ? { sms } : {}),
    logLevel: e.LUJIAN_LOG_LEVEL,
  });
}
