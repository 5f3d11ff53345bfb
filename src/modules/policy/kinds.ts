import fs from 'node:fs';
import path from 'node:path';
import type { RuleKind } from './core/rule';

const directory = path.join(__dirname, 'core', 'rules');

/**
 * Every kind of rule: one file each in `core/rules`, found by looking there. A new kind is one more file; nothing lists
 * them. Throws at start when two files claim one id or a file defines none.
 */
export function scanKinds(from: string = directory): ReadonlyMap<string, RuleKind> {
  const kinds = new Map<string, RuleKind>();
  const files = fs.readdirSync(from).filter((name) => /\.rule\.(js|ts)$/.test(name) && !name.endsWith('.d.ts'));
  for (const file of files.sort()) {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- found by name, so no import can be written
    const { rule } = require(path.join(from, file)) as { rule?: RuleKind };
    if (!rule || kinds.has(rule.id)) throw new Error(`${file} defines ${rule ? `${rule.id} again` : 'no rule'}`);
    kinds.set(rule.id, rule);
  }
  return kinds;
}

export const ruleKinds = scanKinds();
