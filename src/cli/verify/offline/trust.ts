import type { SignedCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { verifyCheckpoint } from '../../../kernel/pure/tlog/checkpoint';
import { attempt, shown, TlogFault, type Attempt } from '../../../kernel/pure/tlog/fault';
import { NO_WITNESSES, parsePolicy, type Policy, type QuorumVerdict } from '../../../kernel/pure/tlog/policy';
import { keyWords, parseVkey, SIGNATURE_TYPES, type VerifierKey } from '../../../kernel/pure/tlog/vkey';
import { sayFault } from '../../../kernel/pure/tlog/fault-words';
import { say } from '../../../kernel/pure/wording';
import { ed25519Verify, sha256 } from '../../../kernel/tlog-crypto';
import { fails, holds, note, readGiven, Unjudged, type Check } from './verdict';

// Whom the reader trusts: the log's keys, and perhaps a policy that names witnesses.

export const TRUST_OPTIONS = ['key', 'vkey-file', 'policy'] as const;

export interface Trust {
  /** Keys of the log; several while keys overlap. */
  keys: readonly VerifierKey[];
  policy: Policy;
  hasPolicy: boolean;
}

const keyOf = (text: string): VerifierKey => {
  const key = parseVkey(text, sha256);
  if (key.type === SIGNATURE_TYPES.note) return key;
  throw new TlogFault('tlog.key', `${keyWords(key)} is the key of a witness, not of a log`);
};

/** A setting of the reader's that is wrong leaves the question open, it does not refute the file. */
function settled<T>(attempted: Attempt<T>): T {
  if (attempted.ok) return attempted.value;
  throw new Unjudged(sayFault(attempted.fault));
}

/** What was given of keys and policy. `fallback` is the key that a file itself names. */
export function readTrust(given: Readonly<Record<string, string | undefined>>, fallback?: string): Trust {
  const { key, policy: policyFile } = given;
  const keyFile = given['vkey-file'];
  const policy = policyFile === undefined ? undefined : readGiven(policyFile, say('见证策略', 'the policy'));
  const parsed = policy === undefined ? NO_WITNESSES : settled(attempt(() => parsePolicy(policy, sha256)));
  const lines = [
    ...(key === undefined ? [] : [key]),
    ...(keyFile === undefined ? [] : readGiven(keyFile, say('公钥文件', 'the key file')).split(/\r?\n/)),
  ].filter((line) => line.trim() !== '');
  const named = settled(attempt(() => lines.map((line) => keyOf(line.trim()))));
  const keys = named.length > 0 ? named : parsed.logs.map((log) => log.key);
  const trust = { policy: parsed, hasPolicy: policyFile !== undefined };
  if (keys.length > 0) return { ...trust, keys };
  if (fallback !== undefined) return { ...trust, keys: [keyOf(fallback)] };
  throw new Unjudged(
    say(
      '没有日志公钥，无法核对签名：请用 --key 公钥、--vkey-file 文件（/api/v1/public/log/log.vkey）或 --policy 文件给出',
      'no key of the log was given, so no signature can be checked: name it by --key, --vkey-file (from /api/v1/public/log/log.vkey) or --policy',
    ),
  );
}

/** Whether the log itself signed the checkpoint. */
export function checkSigned(
  checkpoint: SignedCheckpoint,
  { keys }: Trust,
  what = say('检查点', 'The checkpoint'),
): Check {
  const { origin } = checkpoint;
  if (!keys.some((key) => key.name === origin)) {
    const trusted = keys.map((key) => key.name).join(', ');
    return fails(
      say(
        `${what.zh}属于另一个日志 ${shown(origin)}，所给公钥属于 ${trusted}`,
        `${what.en} is of another log, ${shown(origin)}; the key given is of ${trusted}`,
      ),
    );
  }
  const signed = attempt(() => verifyCheckpoint(checkpoint, keys, ed25519Verify));
  if (!signed.ok) return fails(sayFault(signed.fault));
  const by = signed.value.signedBy.map(keyWords).join(', ');
  return holds(
    say(
      `${what.zh}由日志 ${origin} 签署（公钥 ${by}），共 ${checkpoint.size} 条`,
      `${what.en} is signed by the log ${origin} (key ${by}) and stands for ${checkpoint.size} entries`,
    ),
  );
}

/** Whether the witnesses that the policy asks for have seen it. */
export function checkWitnesses(verdict: Attempt<QuorumVerdict>, { hasPolicy, policy }: Trust): Check {
  if (!hasPolicy || policy.quorum === null)
    return note(
      say(
        '未要求见证人：未核对日志是否对不同的人出示不同内容（可用 --policy 给出见证策略）',
        'No witness was asked for: whether the log shows different people different things was not checked (--policy names witnesses)',
      ),
    );
  if (!verdict.ok) return fails(sayFault(verdict.fault));
  const { met, cosigned, missing } = verdict.value;
  const list = (names: readonly string[], none: string): string => (names.length > 0 ? names.join(', ') : none);
  const [seen, lacking] = [list(cosigned, '无 none'), list(missing, '无 none')];
  if (met) return holds(say(`见证人足够：已见证 ${seen}`, `Enough witnesses: ${seen}`));
  return fails(
    say(
      `见证人不足：已见证 ${seen}；缺少 ${lacking}`,
      `Not enough witnesses by the policy: cosigned ${seen}; missing ${lacking}`,
    ),
  );
}
