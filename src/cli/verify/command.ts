/** One thing that `npm run verify` can check. */
export interface VerifyCommand {
  /** What follows the name of the command, in one line. */
  usage: string;
  /** What it checks, Chinese and English, one line each. */
  about: readonly string[];
  /** Answers the exit code. Throws VerifyUsage for wrong arguments. */
  run(args: readonly string[], say: (line: string) => void): Promise<number>;
}

/** Exit codes of every command. */
export const VERDICT = { right: 0, wrong: 1, usage: 2, failed: 3 } as const;

/** The command was not called as it has to be. */
export class VerifyUsage extends Error {}
