import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { noteText, verifySignatures } from '../../src/kernel/pure/tlog/note';
import { parseVkey, vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { addCheckpointText, readWitnessReply, SIZE_TYPE } from '../../src/kernel/pure/tlog/witness-wire';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { logSigner } from '../support/log-keys';
import { smallLog, type SmallLog } from '../support/small-log';
import { runWitness, startWitness, type WitnessProcess } from '../support/witness-process';

const signer = logSigner('log.example/green');
const vkey = vkeyText(signer.key);
const log = smallLog(signer, 40);
/** The same log, signed by the same key, with another history from the eleventh entry on. */
const fork = smallLog(signer, 40, 10);
const request = (from: number, to: number, of: SmallLog = log): string =>
  addCheckpointText({ oldSize: from, proof: of.tree.consistency(from, to), checkpoint: of.checkpoint(to) });

let folder: string;
let running: WitnessProcess[] = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-witness-'));
});
afterEach(async () => {
  for (const one of running) await one.end('SIGKILL');
  running = [];
  fs.rmSync(folder, { recursive: true });
});

const dir = (): string => path.join(folder, 'w');
async function started(...args: string[]): Promise<WitnessProcess> {
  const witness = await startWitness('--dir', dir(), ...args);
  running.push(witness);
  return witness;
}
const first = (): Promise<WitnessProcess> => started('--name', 'witness.example/w1', '--add-log', vkey);

test('it cosigns what grows, and refuses what does not with the status and words for it', async () => {
  const witness = await first();
  const key = parseVkey(witness.vkey, sha256);
  expect(key.name).toBe('witness.example/w1');
  expect(fs.statSync(path.join(dir(), 'witness.key')).mode & 0o777).toBe(0o600);

  const reply = await witness.post(request(0, 8));
  expect(reply.status).toBe(200);
  const before = Math.floor(Date.now() / 1000) - 60;
  const answer = readWitnessReply({ ...reply, contentType: reply.type }, log.checkpoint(8), [key], ed25519Verify);
  expect(answer).toMatchObject({ kind: 'cosigned', signatures: [{ key: { name: 'witness.example/w1' } }] });
  if (answer.kind === 'cosigned') expect(answer.signatures[0]!.time).toBeGreaterThan(before);

  expect((await witness.post(request(8, 20))).status).toBe(200);
  // The same once more: whoever lost the answer may ask again.
  expect((await witness.post(request(20, 20))).status).toBe(200);

  const other = smallLog(logSigner('log.example/other'), 5);
  const strange = smallLog(logSigner('log.example/green', 77), 30);
  const wrong = addCheckpointText({ oldSize: 20, proof: log.tree.consistency(8, 30), checkpoint: log.checkpoint(30) });
  const larger = request(20, 20).replace('old 20', 'old 21');
  const cases: readonly (readonly [string, number])[] = [
    [request(0, 30), 409],
    [request(0, 5, other), 404],
    [request(20, 30, strange), 403],
    [wrong, 422],
    [request(20, 20, fork), 409],
    [request(20, 30, fork), 422],
    [larger, 400],
    ['old twenty\n\n', 400],
    ['x'.repeat(300_000), 413],
  ];
  for (const [body, status] of cases)
    expect([body.slice(0, 40), (await witness.post(body)).status]).toEqual([body.slice(0, 40), status]);
  expect(await witness.post(request(0, 30))).toEqual({ status: 409, type: SIZE_TYPE, body: '20\n' });
  // A fork at the same size is no question of sizes.
  expect((await witness.post(request(20, 20, fork))).type).not.toBe(SIZE_TYPE);
  for (const status of [409, 404, 403, 422, 400, 413]) expect(witness.complaints()).toContain(`refused: ${status}`);
  expect(witness.complaints()).toContain('另一份日志');
  expect((await witness.post(request(20, 40))).status).toBe(200);
  expect((await fetch(`${witness.url}/add-checkpoint`)).status).toBe(405);
  expect((await fetch(`${witness.url}/other`)).status).toBe(404);
  expect(await (await fetch(`${witness.url}/witness.vkey`)).text()).toBe(`${witness.vkey}\n`);
});

test('two requests at once never take the head back', async () => {
  const witness = await first();
  expect((await witness.post(request(0, 8))).status).toBe(200);
  for (let at = 8; at < 38; at += 3) {
    const replies = await Promise.all([witness.post(request(at, at + 1)), witness.post(request(at, at + 3))]);
    expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
    const taken = replies[0].status === 200 ? at + 1 : at + 3;
    expect(replies.find((r) => r.status === 409)!.body).toBe(`${taken}\n`);
    if (taken < at + 3) expect((await witness.post(request(taken, at + 3))).status).toBe(200);
  }
});

test('killed after it stored and before it answered, it stands by what it stored', async () => {
  let witness = await first();
  const { vkey: own } = witness;
  expect((await witness.post(request(0, 8))).status).toBe(200);
  const heads = path.join(dir(), 'heads', fs.readdirSync(path.join(dir(), 'heads'))[0]!);
  for (let size = 9; size < 14; size += 1) {
    const asked = witness.post(request(size - 1, size)).catch(() => undefined);
    const step = String(size - 7).padStart(15, '0');
    while (!fs.existsSync(path.join(heads, step))) await new Promise((done) => setImmediate(done));
    await witness.end('SIGKILL');
    await asked;
    witness = await started();
    expect(witness.vkey).toBe(own);
    expect(await witness.post(request(0, size))).toMatchObject({ status: 409, body: `${size}\n` });
    if (size > 10) expect((await witness.post(request(size, size, fork))).status).toBe(409);
    expect((await witness.post(request(size, size))).status).toBe(200);
  }
  expect((await witness.post(request(13, 14))).status).toBe(200);
  // Heads that went before are cleared away, all but one.
  expect(fs.readdirSync(heads)).toHaveLength(2);
});

test('a second one in the folder does not start; SIGTERM ends the first cleanly, SIGKILL leaves nothing to clear away', async () => {
  const witness = await first();
  const second = await runWitness('--dir', dir(), '--port', '0');
  expect(second.code).toBe(1);
  expect(second.err).toContain('Another witness is running');
  expect(await witness.end('SIGTERM')).toBe(0);
  const third = await started();
  await third.end('SIGKILL');
  expect((await started()).vkey).toBe(witness.vkey);
});

test('what is asked of it wrongly is told with its cure', async () => {
  expect((await runWitness('--port', '1')).code).toBe(2);
  expect((await runWitness('--dir', dir(), '--bad')).code).toBe(2);
  expect(await runWitness('--dir', dir())).toMatchObject({ code: 1, err: expect.stringContaining('--name') as string });
  const named = await runWitness('--dir', dir(), '--name', 'two words');
  expect(named).toMatchObject({ code: 1, err: expect.stringContaining('names no key') as string });
  const bad = await runWitness('--dir', dir(), '--name', 'w', '--add-log', `${vkey}x`);
  expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('--add-log') as string });
  const renamed = await runWitness('--dir', dir(), '--name', 'v');
  expect(renamed.err).toContain('cannot be called v');
});

test('a damaged head is not taken for a first meeting', async () => {
  const witness = await first();
  expect((await witness.post(request(0, 8))).status).toBe(200);
  await witness.end('SIGTERM');
  const heads = path.join(dir(), 'heads', fs.readdirSync(path.join(dir(), 'heads'))[0]!);
  fs.writeFileSync(path.join(heads, fs.readdirSync(heads)[0]!), '');
  expect(await runWitness('--dir', dir(), '--port', '0')).toMatchObject({
    code: 1,
    err: expect.stringContaining('is damaged') as string,
  });
});

test('requests and answers as files', async () => {
  const at = (name: string): string => path.join(folder, name);
  const carry = (asked: string, out: string) => {
    fs.writeFileSync(at('asked'), asked);
    return runWitness('--dir', dir(), '--cosign-request', at('asked'), '--out', at(out));
  };
  fs.writeFileSync(at('asked'), request(0, 8));
  const made = await runWitness(
    ...['--dir', dir(), '--name', 'witness.example/hand', '--add-log', vkey],
    ...['--cosign-request', at('asked'), '--out', at('8')],
  );
  expect(made.code).toBe(0);
  const key = parseVkey(/verifier key: (\S+)/.exec(made.out)![1]!, sha256);
  const checkpoint = openCheckpoint(fs.readFileSync(at('8')), [signer.key], ed25519Verify);
  expect(checkpoint.size).toBe(8);
  expect(verifySignatures(checkpoint.note, [key], ed25519Verify)).toHaveLength(1);

  const late = await carry(request(0, 20), '20');
  expect(late).toMatchObject({ code: 1, err: expect.stringContaining('--old 8') as string });
  const forked = await carry(request(8, 20).replace(/\n\n[\s\S]*/, `\n\n${noteText(fork.checkpoint(20).note)}`), '20');
  expect(forked).toMatchObject({ code: 1, err: expect.stringContaining('422') as string });
  expect(fs.existsSync(at('20'))).toBe(false);
  expect((await carry(request(8, 20), '20')).code).toBe(0);
  expect(await carry(request(20, 20), '20')).toMatchObject({
    code: 1,
    err: expect.stringContaining('there already') as string,
  });
});
