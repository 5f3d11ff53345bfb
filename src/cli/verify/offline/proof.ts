import { leafHash } from '../../../kernel/pure/tlog/merkle';
import { utf8 } from '../../../kernel/pure/tlog/encoding';
import { parseProof, verifyProof, type TlogProof } from '../../../kernel/pure/tlog/tlog-proof';
import { sayFault } from '../../../kernel/pure/tlog/fault-words';
import { say } from '../../../kernel/pure/wording';
import { ed25519Verify, sha256 } from '../../../kernel/tlog-crypto';
import { readLeaf } from '../../../modules/audit-log/core/opening';
import { checkSigned, checkWitnesses, readTrust, TRUST_OPTIONS, type Trust } from './trust';
import { fails, holds, judge, note, readArgs, readGiven, Unjudged, type Check, type Say } from './verdict';

/** Signature, place and witnesses of one leaf. */
export function* checkProof(proof: TlogProof, leaf: Uint8Array, trust: Trust): Generator<Check> {
  yield checkSigned(proof.checkpoint, trust);
  const question = { leafHash: leafHash(leaf, sha256), logKeys: trust.keys, policy: trust.policy };
  const { inclusion, witnesses } = verifyProof(proof, question, { sha256, verify: ed25519Verify });
  if (!inclusion.ok) yield fails(sayFault(inclusion.fault));
  else {
    const { index, size } = inclusion.value;
    yield holds(
      say(
        `该存证内容是日志的第 ${index + 1} 条（位置 ${index}，共 ${size} 条），一字未改`,
        `The leaf is entry ${index + 1} of the log (position ${index} of ${size}), byte for byte`,
      ),
    );
  }
  yield checkWitnesses(witnesses, trust);
}

/** What the leaf tells a reader. */
export function sayLeaf(text: string): Check {
  const { type, id, at, actor, subjects } = readLeaf(text);
  if (type === 'sealed')
    return note(
      say(
        '存证内容封存：只公开承诺，具体事实由有权者开示',
        'The leaf is sealed: it shows a commitment only; facts are opened by those who may',
      ),
    );
  const about = [...(subjects ?? [])].join(', ') || '—';
  const who = [actor?.role, actor?.authority].filter(Boolean).join(' ');
  return note(
    say(
      `存证内容：${type}，编号 ${id}，${at}，经办 ${who}，涉及 ${about}`,
      `The leaf says: ${type}, id ${id}, at ${at}, by ${who}, about ${about}`,
    ),
  );
}

function leafOf(proof: TlogProof, file: string | undefined): string {
  if (file !== undefined) return readGiven(file, say('存证内容', 'the leaf'));
  if (proof.extra) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(proof.extra);
  throw new Unjudged(
    say(
      '证明文件不带存证内容：请用 --leaf 给出（/api/v1/public/log/entries/编号/leaf）',
      'the proof carries no leaf: name it by --leaf (from /api/v1/public/log/entries/ID/leaf)',
    ),
  );
}

/** `verify -- proof FILE`: is this leaf an entry of the log? */
export function proof(args: readonly string[], tell: Say): number {
  function* checks(): Generator<Check> {
    const { files, given } = readArgs(args, [...TRUST_OPTIONS, 'leaf'], 1);
    const trust = readTrust(given);
    const parsed = parseProof(readGiven(files[0]!, say('证明文件', 'the proof')));
    const leaf = leafOf(parsed, given.leaf);
    yield* checkProof(parsed, utf8(leaf), trust);
    yield sayLeaf(leaf);
  }
  return judge(
    tell,
    checks,
    say(
      '这份存证内容在日志中，此后不能改动、撤下或倒填而不被发现。',
      'The leaf stands in the log and cannot be changed, removed or back-dated unnoticed.',
    ),
  );
}
