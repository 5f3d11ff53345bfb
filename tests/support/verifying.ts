import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from '../../src/cli/verify/main';

export interface Answer {
  code: number;
  /** All that was printed. */
  text: string;
}

/** `npm run verify` in a folder of its own. */
export interface Verifying {
  /** Writes a file and answers its path. */
  file(name: string, content: string): string;
  verify(...args: string[]): Promise<Answer>;
  clear(): void;
}

export function verifying(): Verifying {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lujian-verify-'));
  return {
    file(name, content) {
      const at = path.join(folder, name);
      fs.writeFileSync(at, content);
      return at;
    },
    async verify(...args) {
      const lines: string[] = [];
      const say = (line: string): void => void lines.push(line);
      return { code: await run(args, { say, complain: say }), text: lines.join('\n') };
    },
    clear: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
