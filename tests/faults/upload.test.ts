import { createHash } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createDirectoryStore, type BlobStore } from '../../src/kernel/blobs/blob-store';
import { discardUpload, receiveUpload, type Upload } from '../../src/kernel/http/upload';
import { Problem } from '../../src/kernel/problem';
import { systemRandomness } from '../../src/kernel/sources';

const LIMIT = 1024 * 1024;

let root: string;
let store: BlobStore;
let server: http.Server;
let port: number;
/** What came of each upload, in order. */
let ends: (Upload | Problem)[];
let ended: () => void;

beforeEach(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-upload-'));
  store = createDirectoryStore(root, systemRandomness);
  ends = [];
  server = http.createServer((req, res) => {
    receiveUpload(req, store, LIMIT)
      .catch((error: unknown) => {
        if (error instanceof Problem) return error;
        throw error;
      })
      .then((end) => {
        ends.push(end);
        // As the kernel's last handler does: what is not read is not waited for.
        if (!req.complete) res.setHeader('Connection', 'close');
        res.statusCode = end instanceof Problem ? 413 : 201;
        res.end(end instanceof Problem ? end.code : end.sha256);
        ended();
      })
      .catch((error: unknown) => res.destroy(error as Error));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as net.AddressInfo).port;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  fs.rmSync(root, { recursive: true, force: true });
});

const arriving = (): string[] => fs.readdirSync(path.join(root, '.arriving'));
const oneEnd = (): Promise<void> => new Promise((done) => (ended = done));

interface Reply {
  status: number;
  text: string;
}

/** Sends the parts, in chunks unless a length is declared, and reads the reply. */
function send(headers: http.OutgoingHttpHeaders, parts: Iterable<Buffer>): Promise<Reply> {
  ended = () => undefined;
  return new Promise((done, fail) => {
    const req = http.request({ port, method: 'POST', headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (part: string) => (text += part));
      res.on('end', () => done({ status: res.statusCode!, text }));
    });
    req.on('error', fail);
    for (const part of parts) req.write(part);
    req.end();
  });
}

test('a file arrives whole, hashed, named and with its head', async () => {
  const bytes = systemRandomness.bytes(300_000);
  const headers = {
    'content-type': 'Application/PDF; x=1',
    'x-file-name': encodeURIComponent('报告 1.pdf'),
    'content-length': bytes.length,
  };
  const reply = await send(headers, [bytes.subarray(0, 10), bytes.subarray(10, 5000), bytes.subarray(5000)]);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  expect(reply).toEqual({ status: 201, text: sha256 });
  const upload = ends[0] as Upload;
  expect(upload).toMatchObject({ sha256, size: 300_000, mediaType: 'application/pdf', name: '报告 1.pdf' });
  expect(upload.head.equals(bytes.subarray(0, 4096))).toBe(true);
  expect(fs.readFileSync(upload.temporary).equals(bytes)).toBe(true);
  expect(fs.statSync(upload.temporary).mode & 0o777).toBe(0o600);
  await discardUpload(upload);
  await discardUpload(upload);
  expect(arriving()).toEqual([]);
});

test('an empty file and one of exactly the limit are files', async () => {
  expect((await send({}, [])).status).toBe(201);
  expect(ends[0]).toMatchObject({ size: 0, name: 'unnamed', mediaType: 'application/octet-stream' });
  expect((await send({}, [Buffer.alloc(LIMIT)])).status).toBe(201);
  expect(ends[1]).toMatchObject({ size: LIMIT });
});

const tooLarge = { status: 413, text: 'request.too-large' };

test('too large by its header: refused before a byte is stored', async () => {
  expect(await send({ 'content-length': LIMIT + 1 }, [Buffer.alloc(LIMIT + 1)])).toEqual(tooLarge);
  expect(ends[0]).toMatchObject({ params: { limit: LIMIT } });
  expect(arriving()).toEqual([]);
});

test('too large while streaming without a length: refused, nothing is left', async () => {
  const parts = Array.from({ length: 18 }, () => Buffer.alloc(64 * 1024));
  expect(await send({}, parts)).toEqual(tooLarge);
  expect(arriving()).toEqual([]);
});

/** Writes everything before it reads anything, as simple clients do; resolves to the status line. */
function sendThenRead(head: string, bytes: number, framed: (part: Buffer) => Buffer, tail: string): Promise<string> {
  ended = () => undefined;
  const part = framed(Buffer.alloc(64 * 1024));
  return new Promise((done, fail) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.pause();
    socket.on('error', fail);
    const parts = [Buffer.from(head), ...Array<Buffer>(bytes / (64 * 1024)).fill(part), Buffer.from(tail)];
    const next = (): void => {
      const bytesNow = parts.shift();
      if (bytesNow) socket.write(bytesNow, () => next());
      else socket.once('data', (answer) => done(answer.toString('latin1').split('\r\n')[0]!)).resume();
    };
    next();
  });
}

const FAR_TOO_MUCH = 20 * LIMIT;
const post = 'POST / HTTP/1.1\r\nHost: x\r\n';

test.each([
  ['with a length', `${post}Content-Length: ${FAR_TOO_MUCH}\r\n\r\n`, (part: Buffer) => part, ''],
  [
    'in chunks',
    `${post}Transfer-Encoding: chunked\r\n\r\n`,
    (part: Buffer) => Buffer.concat([Buffer.from('10000\r\n'), part, Buffer.from('\r\n')]),
    '0\r\n\r\n',
  ],
])('a sender of far too much %s that reads last is told all the same', async (_name, head, framed, tail) => {
  expect(await sendThenRead(head, FAR_TOO_MUCH, framed, tail)).toBe('HTTP/1.1 413 Payload Too Large');
  expect(arriving()).toEqual([]);
});

test('who declares too much and sends nothing is refused all the same', async () => {
  const end = oneEnd();
  const socket = net.connect(port, '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${LIMIT + 1}\r\n\r\n`);
  await end;
  expect(ends[0]).toMatchObject({ code: 'request.too-large' });
  socket.destroy();
}, 15_000);

test.each([
  ['with a length', `Content-Length: 1000\r\n\r\nonly this`],
  ['in chunks', `Transfer-Encoding: chunked\r\n\r\n400\r\nonly this`],
])('a sender that stops early %s: cut off, nothing is left', async (_name, rest) => {
  const end = oneEnd();
  const socket = net.connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\n${rest}`);
  await new Promise((next) => setTimeout(next, 100));
  expect(arriving()).toHaveLength(1);
  socket.destroy();
  await end;
  expect(ends[0]).toMatchObject({ name: 'Problem', code: 'request.cut-off' });
  expect(arriving()).toEqual([]);
});

test('a name never leads anywhere and shows what it is', async () => {
  const names: [string, string][] = [
    ['../../etc/passwd', '....etcpasswd'],
    ['C:\\x\\报告.pdf', 'C:x报告.pdf'],
    ['a\u202Efdp.exe', 'afdp.exe'],
    ['line\nbreak', 'linebreak'],
    ['e\u0301', '\u00e9'],
    [' / ', 'unnamed'],
    [`x${'😀'.repeat(150)}`, '😀'.repeat(100)],
    [`${'😀'.repeat(150)}x`, `${'😀'.repeat(99)}x`],
  ];
  for (const [name] of names) await send({ 'x-file-name': encodeURIComponent(name) }, []);
  expect(ends.map((end) => (end as Upload).name)).toEqual(names.map(([, shown]) => shown));
});

test('a name that is not percent-encoded UTF-8 is named as the fault, and nothing is left', async () => {
  await send({ 'x-file-name': '%E0%A4%A' }, [Buffer.from('x')]);
  expect(ends[0]).toMatchObject({ code: 'request.invalid', errors: [{ in: 'header', pointer: '/x-file-name' }] });
  expect(arriving()).toEqual([]);
});

test('a name sent as bare UTF-8 is read as what it is; bytes of another encoding are the fault', async () => {
  const raw = (bytes: Buffer): Promise<Reply> => send({ 'x-file-name': bytes.toString('latin1') }, []);
  const names = ['人员登记表.xlsx', 'é.csv', '名录😀 1.csv', '名录%20二.csv'];
  for (const name of names) await raw(Buffer.from(name, 'utf8'));
  expect(ends.map((end) => (end as Upload).name)).toEqual([...names.slice(0, 3), '名录 二.csv']);
  // GB 18030 of 人员, and UTF-8 that breaks off.
  for (const bytes of [Buffer.from('c8cbd4b1', 'hex'), Buffer.from('人', 'utf8').subarray(0, 2)]) {
    await raw(bytes);
    expect(ends.at(-1)).toMatchObject({ code: 'request.invalid', errors: [{ pointer: '/x-file-name' }] });
  }
  expect(arriving()).toHaveLength(names.length);
});

test('many uploads at once do not mix', async () => {
  const bodies = Array.from({ length: 10 }, (_, n) => Buffer.alloc(100_000, n));
  const replies = await Promise.all(bodies.map((body) => send({}, [body.subarray(0, 40_000), body.subarray(40_000)])));
  expect(replies.map((reply) => reply.text)).toEqual(bodies.map((b) => createHash('sha256').update(b).digest('hex')));
  expect(arriving()).toHaveLength(10);
});
