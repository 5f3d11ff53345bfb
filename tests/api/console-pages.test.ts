import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import express from 'express';
import request from 'supertest';
import { consolePages } from '../../src/kernel/http/console';
import { systemRandomness } from '../../src/kernel/sources';

const script = 'export const hello = 1;\n'.repeat(50);

/** What a build leaves: a page, and a script beside its compressed forms. */
function builtFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-console-'));
  fs.mkdirSync(path.join(folder, 'assets'));
  const page =
    '<html data-session="__SESSION__"><meta property="csp-nonce" nonce="__NONCE__"><script type="module" nonce="__NONCE__"></script>';
  fs.writeFileSync(path.join(folder, 'index.html'), page);
  const file = path.join(folder, 'assets', 'index-abc.js');
  fs.writeFileSync(file, script);
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(script));
  fs.writeFileSync(`${file}.br`, zlib.brotliCompressSync(script));
  return folder;
}

const served = (folder: string) => request(express().use(consolePages(folder, 'lujian.sid', systemRandomness)));

describe('the console’s files', () => {
  let folder: string;
  beforeAll(() => {
    folder = builtFolder();
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  it('allows styles by a nonce that no other response has', async () => {
    const nonces = new Set<string>();
    for (const address of ['/console/', '/console/lots/019cac0f', '/console/']) {
      const reply = await served(folder).get(address).expect(200).expect('Content-Type', /html/);
      const nonce = /nonce="([^"]+)"/.exec(reply.text)![1]!;
      expect(reply.text).not.toContain('__NONCE__');
      expect(reply.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
      expect(reply.headers['content-security-policy']).toContain("script-src 'self';");
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('lets forms be sent to where one signs out of the unified sign-in, and nowhere else', async () => {
    const policyWith = async (...targets: string[]): Promise<string> => {
      const pages = consolePages(folder, 'lujian.sid', systemRandomness, targets);
      const reply = await request(express().use(pages)).get('/console/');
      return reply.headers['content-security-policy'] as string;
    };
    expect(await policyWith()).toContain("form-action 'self';");
    expect(await policyWith('https://sign-in.example')).toContain("form-action 'self' https://sign-in.example;");
  });

  it.each([
    ['', 'none'],
    ['other=1; lujian.sid.old=2', 'none'],
    ['other=1; lujian.sid=s%3Aabc', 'perhaps'],
  ])('tells a browser with the cookies “%s” that its session is there: %s', async (cookie, mark) => {
    const reply = await served(folder).get('/console/').set('Cookie', cookie);
    expect(reply.text).toContain(`data-session="${mark}"`);
  });

  it('sends the address without its last stroke on to the one with it', async () => {
    await served(folder).get('/console').expect(302).expect('Location', '/console/');
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
  ])('sends files packed for a browser that takes %s', async (accepted, encoding) => {
    const reply = await served(folder)
      .get('/console/assets/index-abc.js')
      .set('Accept-Encoding', accepted)
      .buffer(true);
    expect(reply.status).toBe(200);
    expect(reply.headers['content-encoding']).toBe(encoding);
    expect(reply.headers['content-type']).toMatch(/javascript/);
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(reply.headers['vary']).toMatch(/Accept-Encoding/i);
  });

  it('sends the file itself to whoever takes nothing packed', async () => {
    const reply = await served(folder).get('/console/assets/index-abc.js').set('Accept-Encoding', 'identity');
    expect(reply.headers['content-encoding']).toBeUndefined();
    expect(reply.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(reply.text ?? reply.body.toString()).toBe(script);
  });

  it.each(['/console/assets/gone-123.js', '/console/assets/', '/console/assets/..%2f..%2fpackage.json'])(
    'answers for the file %s that is not there with no page',
    async (address) => {
      const reply = await served(folder).get(address);
      expect(reply.status).toBe(404);
      expect(reply.text).not.toContain('<');
    },
  );

  it('says how to build it where it was not built', async () => {
    const empty = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-console-'));
    const reply = await served(empty).get('/console/').expect(503);
    expect(reply.text).toContain('npm run build');
    fs.rmSync(empty, { recursive: true });
  });
});
