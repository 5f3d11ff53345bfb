import { canonicalize } from '../../../kernel/pure/jcs';
import type { Sha256 } from '../../../kernel/pure/primitives';
import { shown } from '../../../kernel/pure/tlog/fault';
import { say, type Wording } from '../../../kernel/pure/wording';
import { factHash, type SaltedFact } from './leaf';

// The file in which one fact of an entry is opened, `lujian-fact-opening/1`: the fact with its salt, the hashes of all
// facts of the entry, the leaf that commits to them, and the proof that the leaf stands in the log. Other facts of the
// entry stay closed: their salts are not in it.

export const FACT_SPEC = 'lujian-fact-opening/1';

export interface FactOpening {
  spec: typeof FACT_SPEC;
  /** The exact leaf. */
  leaf: string;
  /** The hashes of all facts of the entry, sorted. */
  hashes: readonly string[];
  fact: SaltedFact;
  /** A `tlog-proof` file. */
  proof: string;
  /** Verifier key of the log, for convenience: whoever checks takes the key from elsewhere. */
  verifier: string;
}

export type OpeningCode = 'fact.form' | 'fact.altered' | 'fact.hashes' | 'fact.leaf' | 'fact.other-leaf';

/** What of a fact file does not hold. */
export class OpeningFault extends Error {
  constructor(
    readonly code: OpeningCode,
    readonly words: Wording,
  ) {
    super(words.en);
    this.name = 'OpeningFault';
  }
}

const fail = (code: OpeningCode, zh: string, en: string): never => {
  throw new OpeningFault(code, say(zh, en));
};

/** The file's text, fit for people to read. */
export const openingText = (opening: FactOpening): string => `${JSON.stringify(opening, null, 2)}\n`;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function asRecord(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('fact.form', '文件不是完整的 JSON，可能被截断', 'the file is no whole JSON; it may be cut off');
  }
  return isRecord(value) ? value : fail('fact.form', '文件不是 JSON 对象', 'the file is no JSON object');
}

/** Reads such a file, nothing verified yet. Throws OpeningFault `fact.form`. */
export function readOpening(text: string): FactOpening {
  const { spec, leaf, hashes, fact, proof, verifier } = asRecord(text);
  if (spec !== FACT_SPEC)
    return fail('fact.form', `spec 不是 ${FACT_SPEC}`, `its spec is ${shown(String(spec))} instead of ${FACT_SPEC}`);
  const texts = { leaf, proof, verifier };
  for (const [name, value] of Object.entries(texts))
    if (typeof value !== 'string') return fail('fact.form', `缺少 ${name}`, `${name} is missing`);
  if (!isRecord(fact) || typeof fact.path !== 'string' || typeof fact.salt !== 'string' || !('value' in fact))
    return fail('fact.form', 'fact 缺少 path、value 或 salt', 'fact lacks path, value or salt');
  if (!/^[0-9a-f]{64}$/.test(fact.salt))
    return fail('fact.form', 'salt 不是 32 字节的十六进制', 'the salt is not 32 bytes in lower-case hex');
  if (!isTexts(hashes))
    return fail('fact.form', '缺少 hashes，或其中有不是文字的', 'hashes are missing, or not all are texts');
  const { path, value, salt } = fact;
  return {
    spec,
    ...(texts as Record<keyof typeof texts, string>),
    hashes,
    fact: { path, value, salt },
  };
}

/** What a leaf says of itself. A sealed one says its type and commitment only. */
export interface LeafSaid {
  v: number;
  type: string;
  facts: string;
  id?: string;
  at?: string;
  actor?: { role: string; authority: string | null };
  subjects?: readonly string[];
}

/** Reads the leaf of an entry. Throws OpeningFault `fact.leaf` for anything that this log does not write. */
export function readLeaf(text: string): LeafSaid {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail('fact.leaf', '存证内容不是完整的 JSON', 'the leaf is no whole JSON');
  }
  const { v, type, facts } = isRecord(value) ? value : {};
  if (v !== 1 || typeof type !== 'string' || typeof facts !== 'string' || !/^[0-9a-f]{64}$/.test(facts))
    return fail('fact.leaf', '存证内容不是本日志的格式', 'the leaf has not the form of this log');
  if (canonicalize(value) !== text)
    return fail('fact.leaf', '存证内容不是规范写法（RFC 8785）', 'the leaf is not canonical JSON (RFC 8785)');
  return { ...(value as object), v, type, facts };
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');

function hashOf(fact: SaltedFact, sha256: Sha256): string {
  try {
    return factHash(fact, sha256);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail('fact.form', `事实的内容不能规范书写：${why}`, `the fact cannot be written canonically: ${why}`);
  }
}

/**
 * Throws OpeningFault unless the fact is one of those to which the leaf commits. Whether the leaf stands in the log is
 * judged by the proof.
 */
export function verifyOpening({ leaf, hashes, fact }: FactOpening, sha256: Sha256): LeafSaid {
  const said = readLeaf(leaf);
  hashes.forEach((hash, i) => {
    if (!/^[0-9a-f]{64}$/.test(hash))
      fail(
        'fact.hashes',
        `第 ${i + 1} 个哈希不是 32 字节的十六进制`,
        `hash ${i + 1} is not 32 bytes in lower-case hex`,
      );
    if (i > 0 && hash <= hashes[i - 1]!)
      fail('fact.hashes', '哈希未按顺序排列或有重复', 'the hashes are out of order, or one stands twice');
  });
  const commitment = hexOf(sha256(new TextEncoder().encode(canonicalize(hashes))));
  if (commitment !== said.facts)
    fail('fact.hashes', '所列哈希与存证内容的承诺不符', 'the hashes are not those to which the leaf commits');
  if (!hashes.includes(hashOf(fact, sha256)))
    fail('fact.altered', '该事实被改动过，或不属于这条存证', 'the fact was altered, or is none of this entry');
  return said;
}
