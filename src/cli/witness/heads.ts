import fs from 'node:fs';
import path from 'node:path';
import { parseCheckpoint, type SignedCheckpoint } from '../../kernel/pure/tlog/checkpoint';
import { attempt } from '../../kernel/pure/tlog/fault';
import { sha256 } from '../../kernel/tlog-crypto';
import { makeFolder, putIfAbsent } from './durable';
import { WitnessFault } from './fault';

// The latest checkpoint of each log that was cosigned: `heads/<hash of the origin>/<step>`, the greatest step counts.
// A step is written under the next number and only while nobody else has written it: compare-and-set on the disk, which
// holds even if two processes should ever work in one folder.

export interface StoredHead {
  /** Counts the heads of this log; 0 before the first. */
  step: number;
  /** `null` before the first. */
  checkpoint: SignedCheckpoint | null;
}

const NAME = /^\d{15}$/;
const BEGUN = /^\d{15}\.[0-9a-f]+\.new$/;

const folderOf = (root: string, origin: string): string =>
  path.join(root, 'heads', Buffer.from(sha256(Buffer.from(origin, 'utf8'))).toString('hex'));

const fileOf = (folder: string, step: number): string => path.join(folder, String(step).padStart(15, '0'));

const stepsIn = (folder: string): number[] =>
  fs
    .readdirSync(folder)
    .filter((name) => NAME.test(name))
    .map(Number)
    .sort((a, b) => a - b);

/** The head of a log. Throws WitnessFault for a file that was damaged: going on would forget what was cosigned. */
export function readHead(root: string, origin: string): StoredHead {
  const folder = folderOf(root, origin);
  if (!fs.existsSync(folder)) return { step: 0, checkpoint: null };
  const step = stepsIn(folder).at(-1) ?? 0;
  if (step === 0) return { step, checkpoint: null };
  const file = fileOf(folder, step);
  const read = attempt(() => parseCheckpoint(fs.readFileSync(file)));
  if (read.ok && read.value.origin === origin) return { step, checkpoint: read.value };
  throw new WitnessFault(
    `${file} 已损坏，不再为 ${origin} 见证；请从备份恢复。` +
      `${file} is damaged: nothing of ${origin} is cosigned any more; restore it from a copy.`,
  );
}

/** Files of steps that are past, which a killed process had begun to write. */
function clearBegun(folder: string, next: number): void {
  for (const name of fs.readdirSync(folder)) {
    if (BEGUN.test(name) && Number(name.slice(0, 15)) < next) fs.rmSync(path.join(folder, name), { force: true });
  }
}

/**
 * Stores the next head, synced; false when another step was taken since `from` was read. The one before it is kept, those
 * before that go.
 */
export function moveHead(root: string, from: StoredHead, origin: string, text: string): boolean {
  const folder = folderOf(root, origin);
  makeFolder(folder);
  const next = from.step + 1;
  if (!putIfAbsent(fileOf(folder, next), text)) return false;
  const steps = stepsIn(folder);
  // Others have come further, and cleared away the step that stood here.
  if (steps.at(-1) !== next) {
    fs.rmSync(fileOf(folder, next), { force: true });
    return false;
  }
  for (const old of steps) if (old < from.step) fs.rmSync(fileOf(folder, old), { force: true });
  clearBegun(folder, next);
  return true;
}
