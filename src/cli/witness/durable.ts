import fs from 'node:fs';
import path from 'node:path';
import { systemRandomness } from '../../kernel/sources';
import { codeOf } from './fault';

// Files that are whole and on the disk when the call returns. All of it waits: between reading a head and storing the
// next nothing else of this process may run.

/** Makes what was linked or renamed in a folder outlast a power loss. */
export function syncFolder(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** A folder for its owner only; what was made new is synced into its parent. */
export function makeFolder(folder: string): void {
  const first = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = path.dirname(made)) syncFolder(path.dirname(made));
}

function writeBeside(file: string, text: string): string {
  const temporary = `${file}.${systemRandomness.bytes(8).toString('hex')}.new`;
  fs.writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
  return temporary;
}

/** Stores the text unless the file is there; false if it was. Only its owner may read it. */
export function putIfAbsent(file: string, text: string): boolean {
  const temporary = writeBeside(file, text);
  try {
    // link fails when the target exists, rename would replace it.
    fs.linkSync(temporary, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  syncFolder(path.dirname(file));
  return true;
}

/** Puts the text in the place of what the file held. */
export function replace(file: string, text: string): void {
  fs.renameSync(writeBeside(file, text), file);
  syncFolder(path.dirname(file));
}

/** The file's text; undefined when it is not there. */
export function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
