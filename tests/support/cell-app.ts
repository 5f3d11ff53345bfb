import type { Express } from 'express';
import * as z from 'zod';
import { createDirectoryStore } from '../../src/kernel/blobs/blob-store';
import { anonymous } from '../../src/kernel/call';
import { createCommand, refuseAndRecord } from '../../src/kernel/db/command';
import type { Db } from '../../src/kernel/db/database';
import { createApp } from '../../src/kernel/http/app';
import { endpoint, type Endpoint } from '../../src/kernel/http/endpoint';
import { route } from '../../src/kernel/http/route';
import { createLog } from '../../src/kernel/log';
import { kernelProblems, Problem } from '../../src/kernel/problem';
import { auditor, cell, committedCells, putCell } from './cells';

const makeRoute = route({
  method: 'post',
  path: '/cells',
  summary: '新建格子',
  tag: 'test',
  access: 'public',
  body: z.strictObject({ id: z.string(), value: z.number().optional(), refuse: z.boolean().optional() }),
  reply: z.object({ id: z.string(), apiKey: z.string() }),
  events: ['test.done'],
  secrets: ['apiKey'],
});

const listRoute = route({
  method: 'get',
  path: '/cells',
  summary: '格子',
  tag: 'test',
  access: 'public',
  reply: z.object({ ids: z.array(z.string()) }),
});

/** The secret that a new cell is given, shown once. */
export const secretOf = (id: string): string => `lj_secret_of_${id}`;

const endpoints = (db: Db): Endpoint[] => [
  endpoint(makeRoute, async ({ body }, call) =>
    createCommand(db)(call, { subjects: () => [{ kind: 'institution', id: 'i' }] }, async (tx) => {
      await auditor(db)(tx, call);
      if (body.refuse) return refuseAndRecord(new Problem('request.conflict'));
      await putCell(tx, cell(body.id, body.value));
      return { id: body.id, apiKey: secretOf(body.id) };
    }),
  ),
  endpoint(listRoute, async () => ({ ids: await committedCells(db) })),
];

/** The kernel's own application over the cells, for what only shows at HTTP level; needs no account. */
export const cellApp = (db: Db, blobDirectory: string): Express =>
  createApp({
    requestHashKey: Buffer.alloc(32, 7),
    db,
    blobs: createDirectoryStore(blobDirectory, db.sources.randomness),
    log: createLog('silent'),
    signIn: {
      handlers: [],
      actorOf: async () => anonymous,
      enteringOf: async () => anonymous,
      accountOf: async () => anonymous,
      permit: () => undefined,
      refuseForgery: () => undefined,
    },
    problems: kernelProblems,
    endpoints: endpoints(db),
    routes: ['public'],
    trustProxy: false,
    publicUrl: 'http://localhost:3000',
    maxUpload: 1024,
    version: '0.0.0',
    readiness: async () => ({ ready: true, notes: [] }),
  });
