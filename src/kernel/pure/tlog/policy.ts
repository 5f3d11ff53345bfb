import type { Sha256 } from '../primitives';
import { hasControl, textOf, utf8 } from './encoding';
import { attempt, shown, TlogFault } from './fault';
import type { VerifiedSignature } from './note';
import { keyWords, parseVkey, SIGNATURE_TYPES, type SignatureType, type VerifierKey } from './vkey';

// Trust policies of c2sp.org/tlog-policy: which logs are accepted, and which witnesses together are enough.

export interface PolicyLog {
  key: VerifierKey;
  url: string | null;
}

export interface PolicyWitness {
  kind: 'witness';
  name: string;
  key: VerifierKey;
  url: string | null;
}

export interface PolicyGroup {
  kind: 'group';
  name: string;
  /** How many of the members have to witness, 1 to all. */
  threshold: number;
  members: readonly QuorumPart[];
}

export type QuorumPart = PolicyWitness | PolicyGroup;

export interface Policy {
  logs: readonly PolicyLog[];
  witnesses: readonly PolicyWitness[];
  /** `null` for `quorum none`: no witness is asked for. */
  quorum: QuorumPart | null;
}

/** No witness is asked for; the logs are known from elsewhere. */
export const NO_WITNESSES: Policy = { logs: [], witnesses: [], quorum: null };

export const POLICY_LIMIT = 1_000_000;

/** What has been read so far. Names are octets, one character each: policies compare them without knowing Unicode. */
interface Reading {
  logs: PolicyLog[];
  witnesses: PolicyWitness[];
  named: Map<string, QuorumPart>;
  taken: Set<string>;
  quorum: QuorumPart | null | undefined;
}

const fail = (why: string): never => {
  throw new TlogFault('tlog.policy', why);
};

const bytesOf = (octets: string): Uint8Array => Uint8Array.from(octets, (sign) => sign.charCodeAt(0));

/** Octets as a text to show; such as are no UTF-8 have their high octets escaped. */
function readable(octets: string): string {
  const text = attempt(() => textOf(bytesOf(octets), 'the name'));
  if (text.ok) return text.value;
  return octets.replace(/[\x80-\xff]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
}

function keyOf(octets: string | undefined, type: SignatureType, sha256: Sha256): VerifierKey {
  const key = parseVkey(textOf(bytesOf(octets ?? ''), 'the key'), sha256);
  if (key.type === type) return key;
  return fail(
    type === SIGNATURE_TYPES.note
      ? `${keyWords(key)} is the key of a witness (type 0x04), a log signs with type 0x01`
      : `${keyWords(key)} is the key of a log (type 0x01), a witness cosigns with type 0x04`,
  );
}

/** Keys are doubles when they wrap the same public key, whatever their names. tlog-policy, Public key representation. */
function assertNew(key: VerifierKey, others: readonly { key: VerifierKey }[]): void {
  const raw = key.publicKey.join();
  if (others.some((other) => other.key.publicKey.join() === raw))
    fail(`the public key of ${keyWords(key)} stands twice`);
}

function assertFree(name: string, reading: Reading): void {
  if (name === 'none') fail('the name "none" is kept for a quorum of nobody');
  if (reading.named.has(name)) fail(`the name ${shown(readable(name))} is given twice`);
}

function partOf(name: string, reading: Reading): QuorumPart {
  return reading.named.get(name) ?? fail(`no line before this one defines ${shown(readable(name))}`);
}

function readLog(items: readonly string[], reading: Reading, sha256: Sha256): void {
  const [vkey, url, ...more] = items;
  if (vkey === undefined || more.length > 0) fail('a log is written: log <vkey> [<url>]');
  const key = keyOf(vkey, SIGNATURE_TYPES.note, sha256);
  assertNew(key, reading.logs);
  reading.logs.push({ key, url: url === undefined ? null : readable(url) });
}

function readWitness(items: readonly string[], reading: Reading, sha256: Sha256): void {
  const [name = '', vkey, url, ...more] = items;
  if (vkey === undefined || more.length > 0) fail('a witness is written: witness <name> <vkey> [<url>]');
  assertFree(name, reading);
  const key = keyOf(vkey, SIGNATURE_TYPES.cosignature, sha256);
  assertNew(key, reading.witnesses);
  const witness: PolicyWitness = { kind: 'witness', name: readable(name), key, url: url ? readable(url) : null };
  reading.witnesses.push(witness);
  reading.named.set(name, witness);
}

function thresholdOf(word: string, members: number): number {
  if (word === 'any') return 1;
  if (word === 'all') return members;
  const threshold = /^[1-9][0-9]{0,8}$/.test(word) ? Number(word) : NaN;
  if (threshold <= members) return threshold;
  return fail(`${shown(readable(word))} is neither any, all nor a number from 1 to ${members}`);
}

function readGroup(items: readonly string[], reading: Reading): void {
  const [name = '', word = '', ...members] = items;
  if (members.length === 0) fail('a group is written: group <name> <any, all or a number> <member>...');
  assertFree(name, reading);
  const parts = members.map((member) => partOf(member, reading));
  for (const member of members) {
    // Each name in one group at most, so that no witness counts twice towards the quorum.
    if (reading.taken.has(member)) fail(`${shown(readable(member))} is a member already`);
    reading.taken.add(member);
  }
  const threshold = thresholdOf(word, members.length);
  reading.named.set(name, { kind: 'group', name: readable(name), threshold, members: parts });
}

function readQuorum(items: readonly string[], reading: Reading): void {
  const [name, ...more] = items;
  if (name === undefined || more.length > 0) return fail('the quorum is written: quorum <name>');
  if (reading.quorum !== undefined) fail('the quorum is defined twice');
  reading.quorum = name === 'none' ? null : partOf(name, reading);
}

function readLine(line: string, reading: Reading, sha256: Sha256): void {
  const [keyword, ...items] = line.split(/[ \t]+/).filter((item) => item !== '');
  if (keyword === undefined || keyword.startsWith('#')) return;
  if (keyword === 'log') readLog(items, reading, sha256);
  else if (keyword === 'witness') readWitness(items, reading, sha256);
  else if (keyword === 'group') readGroup(items, reading);
  else if (keyword === 'quorum') readQuorum(items, reading);
  else fail(`${shown(readable(keyword))} is none of log, witness, group, quorum`);
}

/** Reads a policy file; a fault names its line. tlog-policy, Policy file syntax and structure. */
export function parsePolicy(input: Uint8Array | string, sha256: Sha256): Policy {
  if (input.length > POLICY_LIMIT) return fail(`the policy is longer than ${POLICY_LIMIT} bytes`);
  const bytes = typeof input === 'string' ? utf8(input) : input;
  const octets = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  // tlog-policy, Character set: of the controls only tab and line feed.
  if (hasControl(octets, '\t\n') || octets.includes('\u007f')) return fail('the policy has control characters');
  if (!octets.endsWith('\n')) return fail('the last line of the policy does not end in a line feed');
  const reading: Reading = { logs: [], witnesses: [], named: new Map(), taken: new Set(), quorum: undefined };
  octets
    .slice(0, -1)
    .split('\n')
    .forEach((line, i) => {
      const read = attempt(() => readLine(line, reading, sha256));
      if (!read.ok) {
        throw new TlogFault('tlog.policy', `line ${i + 1} of the policy: ${read.fault.message}`, { line: i + 1 });
      }
    });
  if (reading.quorum === undefined) return fail('the policy defines no quorum; "quorum none" asks for no witness');
  return { logs: reading.logs, witnesses: reading.witnesses, quorum: reading.quorum };
}

export interface WitnessVerdict {
  kind: 'witness';
  name: string;
  met: boolean;
  /** When it says it cosigned, in POSIX seconds. */
  time: number | null;
}

export interface GroupVerdict {
  kind: 'group';
  name: string;
  met: boolean;
  threshold: number;
  /** How many members have witnessed. */
  witnessed: number;
  members: readonly PartVerdict[];
}

export type PartVerdict = WitnessVerdict | GroupVerdict;

export interface QuorumVerdict {
  met: boolean;
  /** The names of the policy's witnesses that cosigned, and of those that did not. */
  cosigned: readonly string[];
  missing: readonly string[];
  /** The same as the policy groups it; `null` when it asks for nobody. */
  quorum: PartVerdict | null;
}

function judgePart(part: QuorumPart, times: ReadonlyMap<VerifierKey, number | null>): PartVerdict {
  const { kind, name } = part;
  if (kind === 'witness') return { kind, name, met: times.has(part.key), time: times.get(part.key) ?? null };
  const members = part.members.map((member) => judgePart(member, times));
  const witnessed = members.filter((member) => member.met).length;
  return { kind, name, met: witnessed >= part.threshold, threshold: part.threshold, witnessed, members };
}

/** Whether the verified cosignatures are enough, and who is missing. The keys must be the policy's own. */
export function judgeQuorum(policy: Policy, cosignatures: readonly VerifiedSignature[]): QuorumVerdict {
  const times = new Map(cosignatures.map(({ key, time }) => [key, time]));
  const quorum = policy.quorum && judgePart(policy.quorum, times);
  const names = (has: boolean): string[] =>
    policy.witnesses.filter(({ key }) => times.has(key) === has).map(({ name }) => name);
  return { met: quorum?.met ?? true, cosigned: names(true), missing: names(false), quorum };
}
