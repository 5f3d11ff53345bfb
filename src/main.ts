import { createServer, type RequestListener, type Server } from 'node:http';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig, type Config } from './config';
import { startJobs, type JobRunner } from './kernel/jobs/jobs';
import { createLog, type Log } from './kernel/log';
import { systemSources } from './kernel/sources';
import { lujianVersion } from './version';
import { createService, type Service } from './wire';

const DRAIN_MS = 20_000;

function configFrom(args: string[]): Config {
  const { values } = parseArgs({ args, options: { data: { type: 'string' }, port: { type: 'string' } } });
  return readConfig(process.env, values);
}

function say(service: Service, config: Config, address: string): void {
  const lines = [`绿鉴 Lujian ${lujianVersion()} · ${service.db.server}`, `地址 address: ${address}  (接口说明 /docs)`];
  if (config.publicUrl !== address) lines.push(`对外地址 public URL: ${config.publicUrl}`);
  if (service.firstAccount) {
    const { username, oneTimePassword, oneTimePasswordUntil } = service.firstAccount;
    lines.push(
      '',
      `首个账号（安全管理员） first account: ${username}`,
      `一次性口令，仅显示这一次 one-time password, shown only now: ${oneTimePassword}`,
      `有效至 good until: ${oneTimePasswordUntil}`,
      '',
    );
  }
  service.notes.forEach((n) => lines.push(`注意 note: ${n}`));
  process.stdout.write(`${lines.join('\n')}\n`);
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Stops taking requests, lets those under way end, then closes the database. A second signal ends at once. */
function stopGracefully(server: Server, service: Service, jobs: JobRunner, log: Log): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, 'stopping');
    service.beginStop();
    const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(timer);
      jobs
        .stop()
        .then(() => service.close())
        .then(
          () => process.exit(0),
          (err: unknown) => {
            log.error({ err }, 'stopping failed');
            process.exit(1);
          },
        );
    });
    server.closeIdleConnections();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

/** Until the service is there, a balancer is told to come again. */
const notYet: RequestListener = (_req, res) => {
  res.writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' });
  res.end('starting\n');
};

async function main(): Promise<void> {
  const config = configFrom(process.argv.slice(2));
  const log = createLog(config.logLevel);
  // The port comes first: a start that fails on it must not have made the first account and swallowed its password.
  const server = createServer();
  server.on('request', notYet);
  // Slow senders of headers and bodies are cut off; a large upload on a slow line has an hour.
  server.headersTimeout = 20_000;
  server.requestTimeout = 3600_000;
  const port = await listen(server, config.port);
  const service = await createService(config, { sources: systemSources(), log, version: lujianVersion() });
  server.off('request', notYet);
  server.on('request', service.app);
  service.log.start();
  const jobs = startJobs(service.db, service.jobs, log);
  stopGracefully(server, service, jobs, log);
  say(service, config, `http://localhost:${port}`);
}

/** What an operator can mend is told in a sentence, without the program's own lines. */
function tellFault(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const cures: Record<string, string> = {
    EADDRINUSE: 'the port is in use; stop what uses it, or set LUJIAN_PORT or --port to another',
    EACCES: 'the port or the data directory may not be used by this user',
    ECONNREFUSED: 'the database server of LUJIAN_DATABASE_URL does not answer',
    ER_ACCESS_DENIED_ERROR: 'the database server refuses user or password of LUJIAN_DATABASE_URL',
    ER_BAD_DB_ERROR: 'the database of LUJIAN_DATABASE_URL is not there; create it first',
    ERR_PARSE_ARGS_UNKNOWN_OPTION: 'known options: --data DIR, --port N',
  };
  return [error.message, ...(code && cures[code] ? [cures[code]] : [])].join('\n');
}

process.on('unhandledRejection', (reason) => {
  throw reason;
});

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || (error instanceof Error && ('code' in error || 'cause' in error));
  const text = known ? tellFault(error) : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`绿鉴未能启动 Lujian could not start:\n${text}\n`);
  process.exit(1);
});
