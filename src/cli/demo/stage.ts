import fs from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { readConfig } from '../../config';
import { createLog } from '../../kernel/log';
import { systemRandomness, systemSources, type Clock } from '../../kernel/sources';
import { lujianVersion } from '../../version';
import { createService } from '../../wire';

export interface Stage {
  baseUrl: string;
  engine: string;
  server: string;
  firstAccount?: { username: string; oneTimePassword: string };
  close(): Promise<void>;
}

/** On a database server the master key is a setting of its own; the demonstration keeps it in the folder it leaves. */
function leaveMasterKey(directory: string): void {
  const file = path.join(directory, 'master.key');
  if (fs.existsSync(file)) return;
  fs.writeFileSync(file, `${systemRandomness.bytes(32).toString('hex')}\n`, { mode: 0o600 });
}

/** The whole service, as shipped, on a free port of this machine; only the clock may be another. */
export async function openStage(given: { directory: string; database?: string; clock: Clock }): Promise<Stage> {
  fs.mkdirSync(given.directory, { recursive: true });
  if (given.database) leaveMasterKey(given.directory);
  const server = createServer();
  const port = await new Promise<number>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => done((server.address() as { port: number }).port));
  });
  const baseUrl = `http://127.0.0.1:${port}`;
  const environment = {
    LUJIAN_PORT: String(port),
    LUJIAN_PUBLIC_URL: baseUrl,
    LUJIAN_DATA: given.directory,
    // The port changes with each run, the log's origin never.
    LUJIAN_LOG_ORIGIN: 'demo.lujian.example/log',
    ...(given.database ? { LUJIAN_DATABASE_URL: given.database } : {}),
  };
  const log = createLog('warn');
  const sources = systemSources(given.clock);
  const service = await createService(readConfig(environment), { sources, log, version: lujianVersion() }).catch(
    (error: unknown) => {
      server.close();
      throw error;
    },
  );
  service.log.start();
  server.on('request', service.app);
  return {
    baseUrl,
    engine: service.db.engine,
    server: service.db.server,
    firstAccount: service.firstAccount,
    async close() {
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
      await service.close();
    },
  };
}
