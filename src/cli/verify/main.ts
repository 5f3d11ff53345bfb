import { VERDICT, VerifyUsage, type VerifyCommand } from './command';
import { verifyLog } from './log';

/** Everything that can be verified from the command line, by name. */
const commands: Readonly<Record<string, VerifyCommand>> = {
  log: verifyLog,
};

function usage(): string {
  const lines = Object.entries(commands).flatMap(([name, { usage, about }]) => [
    `  npm run verify -- ${name} ${usage}`,
    ...about.map((line) => `      ${line}`),
  ]);
  const codes = '退出码 exit codes: 0 无误 right；1 有误 wrong；2 用法有误 usage；3 未能核验 could not verify';
  return `用法 usage:\n${lines.join('\n')}\n${codes}\n`;
}

async function main([name, ...args]: string[]): Promise<number> {
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  try {
    if (!command) throw new VerifyUsage();
    return await command.run(args, (line) => void process.stdout.write(`${line}\n`));
  } catch (error) {
    if (error instanceof VerifyUsage) {
      process.stderr.write(usage());
      return VERDICT.usage;
    }
    process.stderr.write(`未能核验 could not verify: ${error instanceof Error ? error.message : String(error)}\n`);
    return VERDICT.failed;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
