import { VERDICT, VerifyUsage, type VerifyCommand } from './command';
import { verifyLog } from './log';
import { verifyConsistency, verifyFact, verifyProofFile } from './offline';

/** Everything that can be verified from the command line, by name. */
const commands: Readonly<Record<string, VerifyCommand>> = {
  proof: verifyProofFile,
  consistency: verifyConsistency,
  fact: verifyFact,
  log: verifyLog,
};

function usage(): string {
  const lines = Object.entries(commands).flatMap(([name, { usage, about }]) => [
    `  npm run verify -- ${name} ${usage}`,
    ...about.map((line) => `      ${line}`),
  ]);
  const codes =
    '退出码 exit codes: 0 无误 right；1 有误 wrong；2 用法有误或材料不全 usage, or something is missing；3 未能核验 could not verify';
  return `用法 usage:\n${lines.join('\n')}\n${codes}\n`;
}

/** Where the program speaks. */
export interface Terminal {
  say(line: string): void;
  complain(line: string): void;
}

/** Runs one question and answers its exit code. */
export async function run([name, ...args]: readonly string[], { say, complain }: Terminal): Promise<number> {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  try {
    if (!command) throw new VerifyUsage();
    return await command.run(args, say);
  } catch (error) {
    if (error instanceof VerifyUsage) {
      complain(usage());
      return VERDICT.usage;
    }
    complain(`未能核验 could not verify: ${error instanceof Error ? error.message : String(error)}`);
    return VERDICT.failed;
  }
}

if (require.main === module) {
  const terminal: Terminal = {
    say: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  };
  void run(process.argv.slice(2), terminal).then((code) => {
    process.exitCode = code;
  });
}
