import fs from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { readConfig } from '../../src/config';
import { createLog } from '../../src/kernel/log';
import { systemSources } from '../../src/kernel/sources';
import { lujianVersion } from '../../src/version';
import { createService, type Service } from '../../src/wire';
import { createClient, done } from '../support/client';
import { freshDatabase } from '../support/mariadb-database';
import type { Names } from './names';
import type { Question } from './questions';
import { seed, type Seeded } from './seed';

const MASTER_KEY = 'a master key for measuring, long enough';
const AUTHORITY = { code: '370000', name: '示例省自然资源厅', kind: 'natural-resources' };
const PASSWORD = 'a long sentence for measuring';

/** One service over one seeded database, listening. */
export interface House {
  size: number;
  seeded: Seeded;
  /** Asks once and answers how long it took, in milliseconds; throws unless the answer is 200. */
  ask(question: Question): Promise<number>;
  close(): Promise<void>;
}

const listen = (server: Server): Promise<number> =>
  new Promise((ready) => server.listen(0, '127.0.0.1', () => ready((server.address() as { port: number }).port)));

/** An officer's API key, and the officer. */
async function officer(url: string, service: Service): Promise<{ key: string; accountId: string }> {
  const admin = createClient(url);
  const { username, oneTimePassword } = service.firstAccount!;
  const { now } = service.db.sources.clock;
  await admin.takeSeat({ username, oneTimePassword, password: PASSWORD, now });
  await done(admin.put('/installation/authority', AUTHORITY));
  const account = await done(admin.post('/accounts', { username: 'officer', name: '示例经办人' }), 201);
  const accountId = account.id as string;
  const post = await done(admin.post('/posts', { accountId, role: 'bureau', from: '2026-01-01' }), 201);
  const client = createClient(url);
  const seat = { username: 'officer', oneTimePassword: account.oneTimePassword as string };
  await client.takeSeat({ ...seat, password: `${PASSWORD}, again`, now });
  const year = new Date().getFullYear() + 1;
  const wanted = { name: '测量', postId: post.id as string, expiresOn: `${year}-01-01` };
  return { key: (await done(client.post('/api-keys', wanted), 201)).key as string, accountId };
}

const asker =
  (port: number, key: string, agent: Agent) =>
  ({ method, address, body }: Question): Promise<number> =>
    new Promise((resolve, reject) => {
      const began = performance.now();
      const headers = {
        authorization: `Bearer ${key}`,
        ...(body ? { 'content-type': 'application/json' } : {}),
      };
      const sent = request({ port, host: '127.0.0.1', agent, method, path: `/api/v1${address}`, headers }, (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => void parts.push(part));
        reply.on('end', () => {
          const took = performance.now() - began;
          if (reply.statusCode === 200) resolve(took);
          else reject(new Error(`${address} answered ${reply.statusCode}: ${Buffer.concat(parts).toString('utf8')}`));
        });
      });
      sent.on('error', reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    });

/** Starts the service on an empty database, seeds it, and lets an officer in. `server` undefined means SQLite. */
export async function openHouse(names: Names, size: number, server: string | undefined): Promise<House> {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-bench-'));
  const fresh = server === undefined ? undefined : await freshDatabase(server);
  const http = createServer();
  const port = await listen(http);
  const config = readConfig({
    LUJIAN_DATA: directory,
    LUJIAN_MASTER_KEY: MASTER_KEY,
    LUJIAN_PORT: String(port),
    ...(fresh ? { LUJIAN_DATABASE_URL: fresh.url } : {}),
  });
  const service = await createService(config, {
    sources: systemSources(),
    log: createLog('error'),
    version: lujianVersion(),
  });
  http.on('request', service.app);
  const { key, accountId } = await officer(`http://127.0.0.1:${port}`, service);
  const seeded = await seed(service.db, names, { size, by: accountId, masterKey: MASTER_KEY });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    size,
    seeded,
    ask: asker(port, key, agent),
    close: async () => {
      agent.destroy();
      await new Promise<void>((closed) => {
        http.close(() => closed());
        http.closeAllConnections();
      });
      await service.close();
      await fresh?.drop();
      fs.rmSync(directory, { recursive: true, force: true });
    },
  };
}
