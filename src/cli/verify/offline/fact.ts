import { utf8 } from '../../../kernel/pure/tlog/encoding';
import { parseProof } from '../../../kernel/pure/tlog/tlog-proof';
import { keyWords } from '../../../kernel/pure/tlog/vkey';
import { say } from '../../../kernel/pure/wording';
import { sha256 } from '../../../kernel/tlog-crypto';
import { readOpening, verifyOpening } from '../../../modules/audit-log/core/opening';
import { checkProof, sayLeaf } from './proof';
import { readTrust, TRUST_OPTIONS } from './trust';
import { holds, judge, note, readArgs, readGiven, type Check, type Say } from './verdict';

/** `verify -- fact FILE`: was this fact recorded with that entry? */
export function fact(args: readonly string[], tell: Say): number {
  function* checks(): Generator<Check> {
    const { files, given } = readArgs(args, TRUST_OPTIONS, 1);
    const opening = readOpening(readGiven(files[0]!, say('事实文件', 'the fact file')));
    const trust = readTrust(given, opening.verifier);
    verifyOpening(opening, sha256);
    const { path, value } = opening.fact;
    const written = JSON.stringify(value);
    yield holds(
      say(
        `事实 ${path} = ${written} 是该存证所承诺的 ${opening.hashes.length} 项事实之一`,
        `The fact ${path} = ${written} is one of the ${opening.hashes.length} facts to which the entry commits`,
      ),
    );
    yield* checkProof(parseProof(opening.proof), utf8(opening.leaf), trust);
    yield sayLeaf(opening.leaf);
    if (!TRUST_OPTIONS.some((name) => given[name] !== undefined))
      yield note(
        say(
          `公钥 ${trust.keys.map(keyWords).join('、')} 取自本文件：请与主管机关公布的公钥比对，或用 --key 给出`,
          `The key ${trust.keys.map(keyWords).join(', ')} is the file's own: compare it with the key that the authority publishes, or name that by --key`,
        ),
      );
  }
  return judge(
    tell,
    checks,
    say('该事实在存证之时即已登记，此后未改。', 'The fact was recorded with the entry and has not changed since.'),
  );
}
