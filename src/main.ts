import { createServer, type Server } from 'node:http';
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
    const { username, oneTimePassword } = service.firstAccount;
    lines.push(
      '',
      `首个账号（安全管理员） first account: ${username}`,
      `一次性口令，仅显示这一次 one-time password, shown only now: ${oneTimePassword}`,
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

async function main(): Promise<void> {
  const config = configFrom(process.argv.slice(2));
  const log = createLog(config.logLevel);
  const service = await createService(config, { sources: systemSources(), log, version: lujianVersion() });
  const server = createServer(service.app);
  // Slow senders of headers and bodies are cut off; a large upload on a slow line has an hour.
  server.headersTimeout = 20_000;
  server.requestTimeout = 3600_000;
  const port = await listen(server, config.port);
  const jobs = startJobs(service.db, service.jobs, log);
  stopGracefully(server, service, jobs, log);
  say(service, config, `http://localhost:${port}`);
}

process.on('unhandledRejection', (reason) => {
  throw reason;
});

main().catch((error: unknown) => {
  const text = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : String(error);
  process.stderr.write(`绿鉴未能启动 Lujian could not start:\n${text}\n`);
  process.exit(1);
});
