import { canonicalize, assertSafeIntegers } from '../../../kernel/pure/jcs';
import type { Sha256 } from '../../../kernel/pure/primitives';
import { instantText, type Instant } from '../../../kernel/pure/time';

// Leaf bytes and salted facts, architecture 5.1. Pure: the hash function and the salts are handed in.

export interface Fact {
  /** JSON Pointer (RFC 6901) into the payload. */
  path: string;
  value: unknown;
}

export interface SaltedFact extends Fact {
  /** 32 bytes in lower-case hex. */
  salt: string;
}

const encoder = new TextEncoder();
const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const fromHex = (text: string): Uint8Array => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Every leaf of the payload as a fact; empty objects and arrays are facts too, so that nothing is left uncommitted. */
export function factsOf(payload: unknown, path = ''): Fact[] {
  if (typeof payload !== 'object' || payload === null) return [{ path, value: payload }];
  const entries = Array.isArray(payload) ? payload.map((v, i) => [String(i), v] as const) : Object.entries(payload);
  if (entries.length === 0) return [{ path, value: payload }];
  return entries.flatMap(([key, value]) => factsOf(value, `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`));
}

/** SHA-256("lujian-fact/1" ‖ 0x00 ‖ salt (32) ‖ JCS([path, value])), hex. */
export function factHash(fact: SaltedFact, sha256: Sha256): string {
  if (!/^[0-9a-f]{64}$/.test(fact.salt)) throw new Error('a fact needs a salt of 32 bytes in lower-case hex');
  assertSafeIntegers(fact.value);
  const salt = fromHex(fact.salt);
  const head = encoder.encode('lujian-fact/1\u0000');
  const body = encoder.encode(canonicalize([fact.path, fact.value]));
  return hex(sha256(Uint8Array.from([...head, ...salt, ...body])));
}

/** The commitment to all facts: SHA-256 of the canonical, sorted array of their hashes, hex. */
export function factsCommitment(facts: readonly SaltedFact[], sha256: Sha256): string {
  const hashes = facts.map((f) => factHash(f, sha256)).sort();
  return hex(sha256(encoder.encode(canonicalize(hashes))));
}

export interface OpenEntry {
  id: string;
  at: Instant;
  type: string;
  actor: { role: string; authority: string | null };
  /** `kind:public id`; never persons, nor institutions before publication. */
  subjects: readonly string[];
}

/** At most as many bytes as a log bundle holds for one entry. */
export const LEAF_LIMIT = 65_535;

/** The exact bytes that the log commits to: open for public types, a bare commitment for sealed ones. */
export function leafText(entry: OpenEntry | 'sealed', facts: string): string {
  const leaf =
    entry === 'sealed'
      ? { v: 1, type: 'sealed', facts }
      : {
          v: 1,
          id: entry.id,
          at: instantText(entry.at),
          type: entry.type,
          actor: entry.actor,
          subjects: [...entry.subjects].sort(),
          facts,
        };
  assertSafeIntegers(leaf);
  const text = canonicalize(leaf);
  if (encoder.encode(text).length > LEAF_LIMIT) throw new Error('a log entry is larger than 65,535 bytes');
  return text;
}
