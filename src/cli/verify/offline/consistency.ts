import { parseCheckpoint, type SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { hashFromBase64 } from '../../../kernel/pure/tlog/encoding';
import { attempt, TlogFault } from '../../../kernel/pure/tlog/fault';
import { sameBytes } from '../../../kernel/pure/tlog/merkle';
import { verifyConsistency } from '../../../kernel/pure/tlog/proofs';
import { sayFault } from '../../../kernel/pure/tlog/fault-words';
import { say } from '../../../kernel/pure/wording';
import { sha256 } from '../../../kernel/tlog-crypto';
import { checkSigned, readTrust, TRUST_OPTIONS } from './trust';
import { fails, holds, judge, readArgs, readGiven, Unjudged, type Check, type Say } from './verdict';

interface Answer {
  from: number;
  to: number;
  proof: Uint8Array[];
}

/** The reply of `/public/log/consistency`. */
function readAnswer(text: string): Answer {
  let value: { from?: unknown; to?: unknown; hashes?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw new TlogFault('tlog.proof', 'the consistency proof is no whole JSON; it may be cut off');
  }
  const { from, to, hashes } = value ?? {};
  if (typeof from !== 'number' || typeof to !== 'number' || !Array.isArray(hashes))
    throw new TlogFault('tlog.proof', 'the consistency proof has no from, to or hashes');
  return { from, to, proof: hashes.map((hash, i) => hashFromBase64(String(hash), `hash ${i} of the proof`)) };
}

function answerFor(older: SignedCheckpoint, newer: SignedCheckpoint, file: string | undefined): Answer {
  const [from, to] = [older.size, newer.size];
  if (from === 0 || from === to) return { from, to, proof: [] };
  if (file !== undefined) return readAnswer(readGiven(file, say('一致性证明', 'the consistency proof')));
  const where = `/api/v1/public/log/consistency?from=${from}&to=${to}`;
  throw new Unjudged(
    say(
      `还需要一致性证明：请取 ${where}，用 --proof 给出`,
      `a consistency proof is needed: fetch ${where}, name it by --proof`,
    ),
  );
}

function checkGrowth(older: SignedCheckpoint, newer: SignedCheckpoint, file: string | undefined): Check {
  const [from, to] = [older.size, newer.size];
  if (older.origin !== newer.origin)
    return fails(
      say(
        `两个检查点属于不同的日志：${older.origin} 与 ${newer.origin}`,
        `the checkpoints are of two logs: ${older.origin} and ${newer.origin}`,
      ),
    );
  if (from > to)
    return fails(
      say(
        `后一检查点（${to} 条）比前一个（${from} 条）少：日志被回退，或两个文件次序颠倒`,
        `the second checkpoint (${to} entries) is smaller than the first (${from}): the log was rolled back, or the files are in the wrong order`,
      ),
    );
  if (from === to && !sameBytes(older.root, newer.root))
    return fails(
      say(
        `日志分叉：同为 ${from} 条而根不同，对不同的人出示了不同内容`,
        `the log forked: two roots at ${from} entries, so different people were shown different things`,
      ),
    );
  const answer = answerFor(older, newer, file);
  if (answer.from !== from || answer.to !== to)
    return fails(
      say(
        `一致性证明是 ${answer.from} 到 ${answer.to} 条的，检查点是 ${from} 到 ${to} 条`,
        `the proof leads from ${answer.from} to ${answer.to} entries, the checkpoints from ${from} to ${to}`,
      ),
    );
  const { proof } = answer;
  const grown = attempt(() => verifyConsistency({ from, to, fromRoot: older.root, toRoot: newer.root, proof }, sha256));
  if (!grown.ok) return fails(sayFault(grown.fault));
  return holds(
    say(
      `${to} 条的日志以原来的 ${from} 条开头，一条未改、未删、未插入`,
      `the log of ${to} entries begins with the same ${from} entries: none changed, removed or inserted`,
    ),
  );
}

/** `verify -- consistency OLD NEW`: has the log only grown between two checkpoints? */
export function consistency(args: readonly string[], tell: Say): number {
  function* checks(): Generator<Check> {
    const { files, given } = readArgs(args, [...TRUST_OPTIONS, 'proof'], 2);
    const trust = readTrust(given);
    const older = parseCheckpoint(readGiven(files[0]!, say('前一检查点', 'the older checkpoint')));
    const newer = parseCheckpoint(readGiven(files[1]!, say('后一检查点', 'the newer checkpoint')));
    yield checkSigned(older, trust, say('前一检查点', 'The older checkpoint'));
    yield checkSigned(newer, trust, say('后一检查点', 'The newer checkpoint'));
    yield checkGrowth(older, newer, given.proof);
  }
  return judge(tell, checks, say('日志只增不改。', 'The log has only grown.'));
}
