import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createLog } from '../../src/kernel/log';
import { addCheckpointText } from '../../src/kernel/pure/tlog/witness-wire';
import { openCheckpoint, parseCheckpoint } from '../../src/kernel/pure/tlog/checkpoint';
import { judgeQuorum, parsePolicy } from '../../src/kernel/pure/tlog/policy';
import { verifySignatures } from '../../src/kernel/pure/tlog/note';
import { leafHash } from '../../src/kernel/pure/tlog/merkle';
import { parseProof, verifyProof } from '../../src/kernel/pure/tlog/tlog-proof';
import { parseVkey, vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { instant } from '../../src/kernel/pure/time';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { createLogProofs, createWitnessing, findLogFile, trusted, type Witnessing } from '../../src/modules/audit-log';
import { compiled } from '../support/compiled';
import { witnessSigner } from '../support/log-keys';
import { logWorld, type LogProcess, type LogWorld } from '../support/log-world';
import { runWitness, startWitness, type WitnessProcess } from '../support/witness-process';

let world: LogWorld;
let own: LogProcess;
let running: WitnessProcess[] = [];
let logged: Record<string, unknown>[] = [];
let silent: Server | undefined;
let now = 1_790_000_000_000;

beforeEach(async () => {
  world = await logWorld();
  own = world.process();
  logged = [];
});
afterEach(async () => {
  for (const one of running) await one.end('SIGKILL');
  running = [];
  silent?.closeAllConnections();
  silent?.close();
  silent = undefined;
  await world.drop();
});

const folderOf = (name: string): string => path.join(world.t.directory, name);
async function witness(name: string): Promise<WitnessProcess> {
  const verifier = (await world.notary.verifiers()).trim();
  const started = await startWitness(
    '--dir',
    folderOf(name),
    '--name',
    `witness.example/${name}`,
    '--add-log',
    verifier,
  );
  running.push(started);
  return started;
}
const line = (name: string, { vkey, url }: { vkey: string; url?: string }): string =>
  `witness ${name} ${vkey} ${url ?? ''}\n`;
const policyOf = (...lines: string[]) => parsePolicy(lines.join(''), sha256);
const witnessingOf = (policy: ReturnType<typeof parsePolicy>): Witnessing =>
  createWitnessing({
    blobs: world.blobs,
    witnesses: trusted(policy),
    generation: () => 0,
    clock: { now: () => instant(now) },
    log: createLog('info', { write: (text) => void logged.push(JSON.parse(text) as Record<string, unknown>) }),
  });
const errors = (): string[] => logged.filter((l) => l.level === 50).map((l) => String(l.msg));

async function grow(count: number): Promise<void> {
  await own.record(count);
  await own.keeper.integrate();
}

async function served(): Promise<string> {
  const find = findLogFile(world.blobs, { generation: () => 0, verifiers: () => world.notary.verifiers() });
  const file = await find('checkpoint');
  if (typeof file !== 'object') throw new Error('no checkpoint is served');
  return Buffer.from(file.body).toString('utf8');
}

/** The verdict of somebody who has the served checkpoint and the policy alone. */
async function verdict(policy: ReturnType<typeof parsePolicy>) {
  const key = parseVkey((await world.notary.verifiers()).trim(), sha256);
  const { note, size } = openCheckpoint(await served(), [key], ed25519Verify);
  const keys = policy.witnesses.map((w) => w.key);
  return { size, ...judgeQuorum(policy, verifySignatures(note, keys, ed25519Verify)) };
}

test('each new checkpoint gets the word of the witnesses, and is served with it', async () => {
  const [a, b] = [await witness('a'), await witness('b')];
  const policy = policyOf(line('a', a), line('b', b), 'group both all a b\nquorum both\n');
  const witnessing = witnessingOf(policy);
  await witnessing.step();
  await grow(5);
  expect(await verdict(policy)).toMatchObject({ size: 5, met: false, missing: ['a', 'b'] });
  await witnessing.step();
  expect(await verdict(policy)).toMatchObject({ size: 5, met: true });
  await grow(300);
  await witnessing.step();
  expect(await verdict(policy)).toMatchObject({ size: 305, met: true });
  // Another process knows nothing of the first, and learns from the witness where it stands.
  await grow(3);
  await witnessingOf(policy).step();
  expect(await verdict(policy)).toMatchObject({ size: 308, met: true });
  expect(await witnessing.figures()).toMatchObject({ lujian_log_quorum_size: 308, lujian_log_quorum_behind: 0 });
  expect([a.complaints(), b.complaints()].join('')).not.toContain('422');
  expect(witnessing.notes()).toEqual([]);
  expect(errors()).toEqual([]);
});

test('a witness that does not answer holds nothing up; the missing quorum is told when it lasts', async () => {
  silent = createServer(() => undefined);
  await new Promise<void>((done) => void silent!.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const a = await witness('a');
  const gone = { vkey: vkeyText(witnessSigner('witness.example/gone', 40).key), url };
  const policy = policyOf(line('a', a), line('gone', gone), 'group both 2 a gone\nquorum both\n');
  const witnessing = witnessingOf(policy);
  await grow(2);
  const asking = witnessing.step();
  await grow(4);
  expect((await verdict(policy)).size).toBe(6);
  await asking;
  now += 6_000;
  await witnessing.step();
  expect(await verdict(policy)).toMatchObject({ size: 6, met: false, cosigned: ['a'], missing: ['gone'] });
  expect(witnessing.notes()).toEqual([]);
  now += 700_000;
  const stepping = witnessing.step();
  expect(witnessing.notes().join()).toMatch(/尚缺：gone/);
  const before = performance.now();
  await witnessing.stop();
  expect(performance.now() - before).toBeLessThan(3_000);
  await stepping;
  expect(await witnessing.figures()).toMatchObject({
    lujian_log_quorum_behind: 6,
    'lujian_log_witness_behind{witness="gone"}': 6,
    'lujian_log_witness_behind{witness="a"}': 0,
  });
});

test('a witness that was shown a fork raises the alarm, once, until it signs again', async () => {
  const a = await witness('a');
  const policy = policyOf(line('a', a), 'quorum a\n');
  const witnessing = witnessingOf(policy);
  await grow(3);
  const forked = await world.notary.sign({ size: 2, root: sha256(Buffer.from('another history')) });
  const body = addCheckpointText({ oldSize: 0, proof: [], checkpoint: parseCheckpoint(forked) });
  expect((await a.post(body)).status).toBe(200);
  await witnessing.step();
  now += 20_000;
  await witnessing.step();
  expect(errors()).toHaveLength(1);
  expect(errors()[0]).toContain('another history');
  expect(witnessing.notes().join()).toMatch(/拒绝为透明日志签名/);
  expect(await witnessing.figures()).toMatchObject({ lujian_log_witness_refused: 1 });
  expect(await verdict(policy)).toMatchObject({ met: false });
  expect(a.complaints()).toContain('refused: 422');
});

test('a witness that has seen more than there is raises the alarm: the log was set back', async () => {
  const a = await witness('a');
  await grow(3);
  const longer = await world.notary.sign({ size: 50, root: sha256(Buffer.from('what was lost')) });
  const body = addCheckpointText({ oldSize: 0, proof: [], checkpoint: parseCheckpoint(longer) });
  expect((await a.post(body)).status).toBe(200);
  const witnessing = witnessingOf(policyOf(line('a', a), 'quorum a\n'));
  await witnessing.step();
  expect(errors()).toEqual([]);
  now += 20_000;
  await witnessing.step();
  expect(errors()).toHaveLength(1);
  expect(witnessing.notes().join()).toContain('it has seen 50 entries, here are 3');
});

test('a proof leads to the newest checkpoint with a quorum, and its verdict tells when there is none', async () => {
  const a = await witness('a');
  const policy = policyOf(line('a', a), 'quorum a\n');
  const witnessing = witnessingOf(policy);
  const proofs = createLogProofs({
    db: world.t.db,
    blobs: world.blobs,
    generation: () => 0,
    quorumId: trusted(policy).id,
  });
  const key = parseVkey((await world.notary.verifiers()).trim(), sha256);
  const judged = async (position: number) => {
    const { proof, leaf } = await proofs.ofPosition(position);
    const question = { leafHash: leafHash(leaf, sha256), logKeys: [key], policy };
    const { holds, inclusion, witnesses } = verifyProof(parseProof(proof), question, { sha256, verify: ed25519Verify });
    return {
      holds,
      size: inclusion.ok && inclusion.value.size,
      missing: witnesses.ok && witnesses.value.missing,
    };
  };
  await grow(3);
  expect(await judged(1)).toEqual({ holds: false, size: 3, missing: ['a'] });
  await witnessing.step();
  expect(await judged(1)).toEqual({ holds: true, size: 3, missing: [] });
  await a.end('SIGTERM');
  await grow(2);
  expect(await judged(1)).toEqual({ holds: true, size: 3, missing: [] });
  expect(await judged(4)).toEqual({ holds: false, size: 5, missing: ['a'] });
});

test('requests and answers are carried by hand, and what does not verify is not taken', async () => {
  await grow(4);
  const at = (name: string): string => folderOf(name);
  const verifier = (await world.notary.verifiers()).trim();
  const hand = (from: string, to: string) =>
    runWitness(
      ...['--dir', at('hand'), '--name', 'witness.example/hand', '--add-log', verifier].concat(
        ...[['--cosign-request', at(from), '--out', at(to)]],
      ),
    );
  // The witness makes its key at a first start, which tells it.
  fs.writeFileSync(at('nothing'), '');
  const vkey = /verifier key: (\S+)/.exec((await hand('nothing', 'unused')).out)![1]!;
  const policy = policyOf(line('hand', { vkey }), 'quorum hand\n');
  fs.writeFileSync(at('policy'), `${line('hand', { vkey })}quorum hand\n`);
  const exchange = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [compiled('src', 'cli', 'log-exchange', 'main.js'), ...args],
      {
        env: { PATH: process.env.PATH, LUJIAN_BLOBS: world.blobFolder, LUJIAN_LOG_WITNESSES: at('policy') },
        encoding: 'utf8',
      },
    );
    return { status, told: `${stdout}${stderr}` };
  };
  expect(exchange('--request-for', vkey, '--out', at('r4'))).toMatchObject({ status: 0 });
  expect((await hand('r4', 'c4')).code).toBe(0);
  expect(exchange('--take', at('c4'))).toEqual({
    status: 0,
    told: expect.stringContaining('the quorum is met') as string,
  });
  expect(await verdict(policy)).toMatchObject({ size: 4, met: true });

  await grow(3);
  // The size that the witness stands at is known from what was taken.
  expect(exchange('--request-for', 'hand', '--out', at('r7'))).toEqual({
    status: 0,
    told: expect.stringContaining('4 → 7') as string,
  });
  expect(exchange('--request-for', 'hand', '--out', at('r7')).told).toContain('there already');
  expect((await hand('r7', 'c7')).code).toBe(0);
  const changed = fs.readFileSync(at('c7'), 'utf8').replace(/^7$/m, '6');
  fs.writeFileSync(at('changed'), changed);
  expect(exchange('--take', at('changed'))).toMatchObject({ status: 1 });
  fs.writeFileSync(at('unsigned'), (await world.files.checkpoint(7))!);
  expect(exchange('--take', at('unsigned')).told).toContain('has no cosignature');
  expect(await verdict(policy)).toMatchObject({ size: 7, met: false });
  expect(exchange('--take', at('c7')).status).toBe(0);
  expect(await verdict(policy)).toMatchObject({ size: 7, met: true });

  expect(exchange('--request-for', 'hand', '--out', at('r'), '--old', '9').told).toContain('has seen a longer one');
  expect(exchange('--request-for', 'nobody', '--out', at('r')).told).toContain('has no witness nobody');
  expect(exchange('--request-for', 'hand').status).toBe(2);
});
