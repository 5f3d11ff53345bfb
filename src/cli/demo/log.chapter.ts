import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { entriesOf } from '../../kernel/pure/tlog/bundles';
import { parseCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import { bundlePath, tileOfTree, TILE_WIDTH } from '../../kernel/pure/tlog/tiles';
import { parseProof } from '../../kernel/pure/tlog/tlog-proof';
import { run } from '../verify/main';
import type { DemoActor, DemoReply } from './client';
import { holds, StepFailed } from './steps';
import type { World } from './world';

const chapter = 'log' as const;

/** The decision that is proven: the bar on the (invented) institution, as the public log has it. */
const TYPE = 'bar.imposed';
const PATIENCE = 100;
const WAIT_MS = 200;

/** Reads the bundles of the log as an outsider does, and answers the id of the decision's entry. */
async function findDecision(anyone: DemoActor): Promise<string | undefined> {
  const file = (name: string): Promise<DemoReply> => anyone.send({ method: 'GET', path: `/public/log/${name}` });
  const checkpoint = await file('checkpoint');
  if (checkpoint.status !== 200) return undefined;
  const { size } = parseCheckpoint(checkpoint.bytes);
  for (let index = Math.ceil(size / TILE_WIDTH) - 1; index >= 0; index -= 1) {
    const { width } = tileOfTree(0, index, size);
    const { bytes } = await file(bundlePath({ index, width }));
    const leaves = entriesOf(bytes, width).map((e) => JSON.parse(Buffer.from(e).toString('utf8')) as LeafShown);
    const found = leaves.findLast((leaf) => leaf.type === TYPE);
    if (found) return found.id;
  }
  return undefined;
}

interface LeafShown {
  type: string;
  id?: string;
}

async function waitForDecision(anyone: DemoActor): Promise<string> {
  for (let n = 0; n < PATIENCE; n += 1) {
    const id = await findDecision(anyone);
    if (id !== undefined) return id;
    await sleep(WAIT_MS);
  }
  throw new StepFailed(`the log holds no ${TYPE} after ${(PATIENCE * WAIT_MS) / 1000} s`);
}

/** What anybody may take along from the public log, left in the folder and checked there without the service. */
export async function playLog(w: World, out: string, print: (line: string) => void): Promise<void> {
  const anyone = w.newActor('公众');
  const take = async (
    name: string,
    from: string,
    as: string,
    check?: (reply: DemoReply) => Record<string, unknown>,
  ) => {
    const wanted = check ? { status: 200, check } : 200;
    const reply = await w.steps.step(chapter, name, anyone, { method: 'GET', path: `/public/log/${from}` }, wanted);
    fs.writeFileSync(path.join(out, as), reply.bytes);
    return reply;
  };
  await take('下载日志公钥', 'log.vkey', 'log.vkey');
  const id = await waitForDecision(anyone);
  await take('下载决定的存证内容', `entries/${id}/leaf`, 'decision.leaf', (reply) => {
    const leaf = JSON.parse(reply.bytes.toString('utf8')) as LeafShown;
    holds(leaf.id === id, 'the leaf is that of the decision');
    return { type: leaf.type, id };
  });
  const proof = await take('下载决定的存证证明', `proofs/${id}`, 'decision.tlog-proof');
  const { index, checkpoint } = parseProof(proof.bytes);
  await take('下载该证明所用的检查点', `checkpoint/${checkpoint.size}`, 'checkpoint.txt', () => ({
    position: index,
    size: checkpoint.size,
  }));
  const [file, leaf, key] = ['decision.tlog-proof', 'decision.leaf', 'log.vkey'].map((name) => path.join(out, name));
  print(`  npm run verify -- proof ${file} --leaf ${leaf} --vkey-file ${key}`);
  const say = (line: string): void => print(line.replace(/^/gm, '  '));
  const code = await run(['proof', file!, '--leaf', leaf!, '--vkey-file', key!], { say, complain: say });
  if (code !== 0) throw new StepFailed(`the proof of the decision does not hold offline (${code})`);
}
