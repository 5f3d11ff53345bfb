import { fromBase64 } from '../../src/kernel/pure/tlog/encoding';
import { leafHash } from '../../src/kernel/pure/tlog/merkle';
import { NO_WITNESSES } from '../../src/kernel/pure/tlog/policy';
import { parseCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { verifyConsistency } from '../../src/kernel/pure/tlog/proofs';
import { parseProof, verifyProof } from '../../src/kernel/pure/tlog/tlog-proof';
import { parseVkey } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { done } from '../support/client';
import { anInstitution } from '../support/register-builders';
import { wholeService, type AuditRow, type Whole } from '../support/whole-service';

let whole: Whole;
let entry: AuditRow;

beforeAll(async () => {
  whole = await wholeService();
  await anInstitution(whole);
  await whole.service.log.integrate();
  entry = (await whole.audit()).find((e) => e.type === 'institution.registered')!;
}, 120_000);
afterAll(() => whole.close());

const get = (path: string) => whole.anyone.get(path);

test('everybody gets the proof and the bytes of an entry, and both hold under the published key', async () => {
  const reply = await get(`/public/log/proofs/${entry.id}`);
  expect(reply.status).toBe(200);
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(reply.headers['content-disposition']).toContain(`${entry.id}.tlog-proof`);
  const leaf = await get(`/public/log/entries/${entry.id}/leaf`).buffer(true);
  expect(leaf.text).toBe(entry.leaf);
  const logKeys = (await get('/public/log/log.vkey')).text
    .trim()
    .split('\n')
    .map((line) => parseVkey(line, sha256));
  const question = { leafHash: leafHash(Buffer.from(leaf.text), sha256), logKeys, policy: NO_WITNESSES };
  const proof = parseProof(reply.text);
  expect(verifyProof(proof, question, { sha256, verify: ed25519Verify })).toMatchObject({ holds: true });
  const byPosition = await get(`/public/log/positions/${proof.index}/proof?with=leaf`);
  expect(Buffer.from(parseProof(byPosition.text).extra!).toString('utf8')).toBe(entry.leaf);
});

test('growth is proven as JSON, with both checkpoints where they were signed', async () => {
  const size = parseCheckpoint((await get('/public/log/checkpoint')).text).size;
  const { hashes, ...same } = await done(get(`/public/log/consistency?from=1&to=${size}`));
  expect(same).toMatchObject({ spec: 'lujian-consistency/1', from: 1, to: size });
  expect(hashes.length).toBeGreaterThan(0);
  await anInstitution(whole);
  await whole.service.log.integrate();
  const grown = await done(get(`/public/log/consistency?from=${size}`));
  const [fromRoot, toRoot] = [parseCheckpoint(grown.fromCheckpoint).root, parseCheckpoint(grown.toCheckpoint).root];
  const proof = grown.hashes.map((hash: string) => fromBase64(hash, 'hash'));
  verifyConsistency({ from: size, to: grown.to, fromRoot, toRoot, proof }, sha256);
  expect(grown.to).toBeGreaterThan(size);
});

test('who asks too early is told when to come again; what is no entry, no position or no size is refused in words', async () => {
  const before = new Set((await whole.audit()).map((e) => e.id));
  await anInstitution(whole);
  const waiting = (await whole.audit()).find((e) => !before.has(e.id))!;
  const early = await get(`/public/log/proofs/${waiting.id}`);
  expect(early.status).toBe(409);
  expect(early.headers['retry-after']).toBe('1');
  expect(early.body).toMatchObject({ type: '/problems/log/not-integrated', title: '尚未写入透明日志' });
  expect((await get(`/public/log/entries/${waiting.id}/leaf`)).status).toBe(409);
  expect((await get('/public/log/proofs/019cac0f-2680-7051-bd4d-3428adef3ed8')).body).toMatchObject({ status: 404 });
  expect((await get('/public/log/positions/99999/proof')).status).toBe(409);
  expect((await get('/public/log/positions/007/proof')).status).toBe(400);
  expect((await get('/public/log/consistency?from=9&to=2')).body).toMatchObject({ status: 422, from: 9, to: 2 });
  expect((await get('/public/log/nothing')).body).toMatchObject({ type: '/problems/request/no-route' });
  expect((await get('/public/log/tile/0/999')).text).toContain('没有这个文件');
});
