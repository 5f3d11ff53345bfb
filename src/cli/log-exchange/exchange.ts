import fs from 'node:fs';
import path from 'node:path';
import type { Config } from '../../config';
import { createDirectoryStore, type BlobStore } from '../../kernel/blobs/blob-store';
import { parseCheckpoint, type SignedCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import { attempt, type Attempt } from '../../kernel/pure/tlog/fault';
import { sayFault } from '../../kernel/pure/tlog/fault-words';
import { NOTE_LIMIT, verifySignatures } from '../../kernel/pure/tlog/note';
import type { Policy, PolicyWitness, QuorumVerdict } from '../../kernel/pure/tlog/policy';
import { vkeyText } from '../../kernel/pure/tlog/vkey';
import { systemRandomness } from '../../kernel/sources';
import { ed25519Verify } from '../../kernel/tlog-crypto';
import {
  createCosignedFiles,
  createLogFiles,
  growthRequest,
  keepCosignatures,
  trusted,
  type CosignedFiles,
  type LogFiles,
} from '../../modules/audit-log';

// The log's side of an exchange by files. It reads what is published and adds cosignatures beside it, by put-if-absent,
// so that it may run while the service does.

/** Something that whoever runs it can mend. */
export class ExchangeFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ExchangeFault';
  }
}

const fail = (zh: string, en: string): never => {
  throw new ExchangeFault(`${zh} ${en}`);
};

function sure<T>(tried: Attempt<T>, where: string): T {
  if (tried.ok) return tried.value;
  const { zh, en } = sayFault(tried.fault);
  return fail(`${where}：${zh}`, en);
}

export interface Exchange {
  files: LogFiles;
  cosigned: CosignedFiles;
  policy: Policy;
}

/** The log that is being written: the last one that has a checkpoint. */
async function currentGeneration(blobs: BlobStore): Promise<number | undefined> {
  let found: number | undefined;
  for (let n = 0; (await createLogFiles(blobs, n).largest()) !== undefined; n += 1) found = n;
  return found;
}

/** The published log that the settings name. Throws ExchangeFault. */
export async function openExchange({ blobDirectory, logWitnesses }: Config): Promise<Exchange> {
  if (!logWitnesses)
    return fail(
      '未设置 LUJIAN_LOG_WITNESSES，不知信任哪些见证方。',
      'LUJIAN_LOG_WITNESSES is not set: no witness is known.',
    );
  const missing = `${blobDirectory} 中没有日志，请核对 --data 或 LUJIAN_BLOBS。`;
  const missingToo = `There is no log in ${blobDirectory}; check --data or LUJIAN_BLOBS.`;
  if (!fs.existsSync(path.join(blobDirectory, 'log'))) return fail(missing, missingToo);
  const blobs = createDirectoryStore(blobDirectory, systemRandomness);
  const generation = await currentGeneration(blobs);
  if (generation === undefined) return fail(missing, missingToo);
  return {
    files: createLogFiles(blobs, generation),
    cosigned: createCosignedFiles(blobs, generation),
    policy: logWitnesses,
  };
}

function witnessOf(policy: Policy, asked: string): PolicyWitness {
  const found = policy.witnesses.find(({ name, key }) => name === asked || vkeyText(key) === asked);
  return (
    found ??
    fail(
      `LUJIAN_LOG_WITNESSES 中没有见证方 ${asked}，请先加入。`,
      `LUJIAN_LOG_WITNESSES has no witness ${asked}; add it there first.`,
    )
  );
}

async function newest(files: LogFiles): Promise<SignedCheckpoint> {
  const text = await files.checkpoint((await files.largest())!);
  return sure(
    attempt(() => parseCheckpoint(text ?? '')),
    '最新检查点 latest checkpoint',
  );
}

export interface Requested {
  from: number;
  size: number;
}

/**
 * Writes the request for a witness's cosignature on the newest checkpoint. Without `old` it goes out from the largest
 * size whose cosignature by that witness is stored, else from 0. Throws ExchangeFault.
 */
export async function writeRequest(
  { files, cosigned, policy }: Exchange,
  { witness, out, old }: { witness: string; out: string; old?: number },
): Promise<Requested> {
  const { key } = witnessOf(policy, witness);
  const checkpoint = await newest(files);
  const { size } = checkpoint;
  const from = old ?? Math.min(await cosigned.latestOf(key.keyId), size);
  if (from > size)
    return fail(
      `--old ${from} 大于日志现有的 ${size} 条：见证方见过更长的日志，请立即查明，勿继续使用现有数据。`,
      `--old ${from} is more than the ${size} entries of the log: the witness has seen a longer one. Find out why before going on.`,
    );
  const text = await growthRequest(files, from, checkpoint);
  writeNew(out, text);
  return { from, size };
}

function writeNew(file: string, text: string): void {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', flush: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      return fail(`${file} 已存在，请换用新文件名。`, `${file} is there already; name a new file.`);
    return fail(`无法写入 ${file}。`, `${file} cannot be written: ${message}`);
  }
}

function readFile(file: string): Uint8Array {
  try {
    if (fs.statSync(file).size > NOTE_LIMIT) return fail(`${file} 过大。`, `${file} is too large.`);
    return fs.readFileSync(file);
  } catch (error) {
    if (error instanceof ExchangeFault) throw error;
    return fail(`无法读取 ${file}。`, `${file} cannot be read: ${(error as Error).message}`);
  }
}

export interface Taken {
  size: number;
  /** Names of the witnesses whose cosignatures were in the file. */
  names: readonly string[];
  quorum: QuorumVerdict;
}

/** Takes a cosigned checkpoint: it must be the log's own, and cosigned by a witness of the policy. Throws ExchangeFault. */
export async function takeAnswer({ files, cosigned, policy }: Exchange, file: string): Promise<Taken> {
  const given = sure(
    attempt(() => parseCheckpoint(readFile(file))),
    file,
  );
  const text = await files.checkpoint(given.size);
  const own =
    text === undefined
      ? undefined
      : sure(
          attempt(() => parseCheckpoint(text)),
          'checkpoint',
        );
  if (own?.note.text !== given.note.text)
    return fail(
      `${file} 所签的不是本日志 ${given.size} 条时的检查点：属于另一份日志，或日志被改动过；请保留文件并查明。`,
      `${file} is not about this log's checkpoint of ${given.size} entries: another log, or one that was changed. Keep the file and find out.`,
    );
  const keys = policy.witnesses.map(({ key }) => key);
  const signatures = sure(
    attempt(() => verifySignatures(given.note, keys, ed25519Verify)),
    file,
  );
  if (signatures.length === 0)
    return fail(
      `${file} 没有 LUJIAN_LOG_WITNESSES 所列见证方的签名。`,
      `${file} has no cosignature of a witness that LUJIAN_LOG_WITNESSES names.`,
    );
  const quorum = await keepCosignatures(cosigned, own, trusted(policy), signatures);
  const signers = signatures.map(({ key }) => key);
  return {
    size: own.size,
    names: policy.witnesses.filter(({ key }) => signers.includes(key)).map((w) => w.name),
    quorum,
  };
}
