import fs from 'node:fs';
import { attempt } from './kernel/pure/tlog/fault';
import { parsePolicy, type Policy, type PolicyWitness } from './kernel/pure/tlog/policy';
import { sha256 } from './kernel/tlog-crypto';

const SETTING = 'LUJIAN_LOG_WITNESSES';

function textOf(given: string, faults: string[]): Uint8Array | string | undefined {
  // A policy has several lines; a path has none.
  if (given.includes('\n')) return given.endsWith('\n') ? given : `${given}\n`;
  try {
    return fs.readFileSync(given);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    faults.push(`${SETTING}: the policy file cannot be read (${code}); give its path, or its lines themselves`);
    return undefined;
  }
}

/** A witness without an address is one that files are carried to. */
function isAddress({ url }: PolicyWitness): boolean {
  if (url === null) return true;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed !== undefined && /^https?:$/.test(parsed.protocol) && parsed.search === '' && parsed.hash === '';
}

/** The policy that the setting gives, as a file or as text (c2sp.org/tlog-policy); every fault names its line or witness. */
export function witnessesOf(given: string | undefined, faults: string[]): Policy | undefined {
  const text = given === undefined ? undefined : textOf(given, faults);
  if (text === undefined) return undefined;
  const read = attempt(() => parsePolicy(text, sha256));
  if (!read.ok) {
    faults.push(`${SETTING}: ${read.fault.message}`);
    return undefined;
  }
  const policy = read.value;
  if (policy.witnesses.length === 0) faults.push(`${SETTING}: names no witness; leave it out to ask none`);
  for (const witness of policy.witnesses)
    if (!isAddress(witness))
      faults.push(`${SETTING}: the address of ${witness.name} must be http or https, without ? and #`);
  return policy;
}
