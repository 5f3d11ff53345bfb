import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { readConfig } from '../../src/config';
import { createLog } from '../../src/kernel/log';
import { pause, systemSources } from '../../src/kernel/sources';
import { createService, type Service } from '../../src/wire';
import { available, startPrivateServer, type PrivateServer } from '../support/mariadb-server';
import { serverLane } from '../support/server-lane';

serverLane(
  'the service when its database server is stopped and started again',
  'MariaDB (mariadbd)',
  available(),
  () => {
    let server: PrivateServer;
    let service: Service;
    let directory: string;
    let cookie: string;
    let csrf: string;

    beforeAll(async () => {
      server = await startPrivateServer();
      const connection = await server.connect();
      await connection.query('CREATE DATABASE lujian CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
      await connection.end();
      directory = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-fault-'));
      const url = new URL(server.url);
      url.pathname = '/lujian';
      const config = readConfig({
        LUJIAN_DATABASE_URL: url.href,
        LUJIAN_DATA: directory,
        LUJIAN_MASTER_KEY: 'a master key of the test, long enough to pass',
      });
      service = await createService(config, { sources: systemSources(), log: createLog('silent'), version: 'test' });
      const { username, oneTimePassword } = service.firstAccount!;
      const signedIn = await request(service.app).post('/api/v1/session').send({ username, password: oneTimePassword });
      expect(signedIn.status).toBe(200);
      cookie = signedIn.get('Set-Cookie')![0]!.split(';')[0]!;
      csrf = (signedIn.body as { csrfToken: string }).csrfToken;
    }, 60_000);

    afterAll(async () => {
      await service?.close();
      await server?.close();
      fs.rmSync(directory, { recursive: true, force: true });
    });

    const authority = { code: '370000', name: '示例省自然资源厅', kind: 'natural-resources' };
    const change = (key: string) =>
      request(service.app)
        .put('/api/v1/session/password')
        .set('Cookie', cookie)
        .set('X-CSRF-Token', csrf)
        .set('Idempotency-Key', key)
        .send({ oldPassword: 'x', newPassword: 'y' });

    const asked = (): request.Test[] => [
      request(service.app).get('/api/v1/public/blacklist'),
      request(service.app).get('/api/v1/public/screening/91370000MA3X000106'),
      request(service.app).get('/api/v1/session').set('Cookie', cookie),
      request(service.app).post('/api/v1/session').send({ username: 'admin', password: 'whatever it is' }),
      request(service.app)
        .put('/api/v1/installation/authority')
        .set('Cookie', cookie)
        .set('X-CSRF-Token', csrf)
        .send(authority),
      change('fault-key-0001'),
      request(service.app).get('/readyz'),
    ];

    it('answers 503 with Retry-After everywhere, never a bare 500, and works again without help', async () => {
      await server.stop();
      for (const reply of await Promise.all(asked())) {
        expect([reply.status, reply.get('Retry-After')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
        expect(reply.type).toBe('application/problem+json');
        expect(reply.body).toMatchObject({ type: '/problems/service/unavailable', status: 503 });
      }
      expect((await request(service.app).get('/healthz')).status).toBe(200);
      await server.start();
      const until = Date.now() + 20_000;
      let status = 0;
      while (status !== 200 && Date.now() < until) {
        status = (await request(service.app).get('/readyz')).status;
        if (status !== 200) await pause(100);
      }
      expect(status).toBe(200);
      expect((await request(service.app).get('/api/v1/public/blacklist')).status).toBe(200);
      const session = await request(service.app).get('/api/v1/session').set('Cookie', cookie);
      expect(session.status).toBe(200);
    }, 60_000);

    it('survives a killed server in the middle of many requests', async () => {
      const burst = Array.from({ length: 40 }, () => request(service.app).get('/api/v1/public/blacklist'));
      const [replies] = await Promise.all([Promise.all(burst), pause(5).then(() => server.kill9())]);
      for (const reply of replies) expect([200, 503]).toContain(reply.status);
      await server.start();
      await pause(500);
      expect((await request(service.app).get('/api/v1/public/blacklist')).status).toBe(200);
    }, 60_000);
  },
);
