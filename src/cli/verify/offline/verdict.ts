import fs from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { TlogFault } from '../../../kernel/pure/tlog/fault';
import { sayFault } from '../../../kernel/pure/tlog/fault-words';
import { say, type Wording } from '../../../kernel/pure/wording';
import { OpeningFault } from '../../../modules/audit-log/core/opening';
import { VERDICT } from '../command';

// How every verifying program answers: line by line what holds, then one verdict, in both languages.

/** Prints a line. */
export type Say = (line: string) => void;

/** The question cannot be judged as it was put. */
export class Unjudged extends Error {
  constructor(readonly words: Wording) {
    super(words.en);
    this.name = 'Unjudged';
  }
}

export interface Check {
  /** `note`: nothing was judged, something is said. */
  outcome: 'holds' | 'fails' | 'note';
  words: Wording;
}

export const holds = (words: Wording): Check => ({ outcome: 'holds', words });
export const fails = (words: Wording): Check => ({ outcome: 'fails', words });
export const note = (words: Wording): Check => ({ outcome: 'note', words });

/** The whole of a file that was named; Unjudged when it cannot be read. Nothing else is opened. */
export function readGiven(file: string, what: Wording): string {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unjudged(say(`无法读取${what.zh} ${file}：${why}`, `cannot read ${what.en} ${file}: ${why}`));
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new TlogFault('tlog.encoding', `${file} is no UTF-8`);
  }
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** The arguments, as the options allow; Unjudged otherwise. Every option is a text. */
export function readArgs(
  args: readonly string[],
  names: readonly string[],
  wanted: number,
): { files: string[]; given: Readonly<Record<string, string | undefined>> } {
  const options: Options = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Unjudged(say(`参数有误：${why}`, `the arguments are wrong: ${why}`));
  }
  const { positionals: files, values } = parsed;
  if (files.length === wanted) return { files, given: values as Record<string, string | undefined> };
  throw new Unjudged(say(`须给出 ${wanted} 个文件`, `${wanted} file(s) have to be named`));
}

const signs = { holds: '✓', fails: '✗', note: '·' } as const;

const both = ({ zh, en }: Wording): string => (zh === en ? zh : `${zh}\n    ${en}`);

/** Prints each check, then the verdict; answers the exit code. What is malformed does not hold. */
export function judge(print: Say, checking: () => Iterable<Check>, verdict: Wording): number {
  let failed = 0;
  const tell = (check: Check): void => {
    if (check.outcome === 'fails') failed += 1;
    print(`${signs[check.outcome]} ${both(check.words)}`);
  };
  try {
    for (const check of checking()) tell(check);
  } catch (error) {
    if (error instanceof Unjudged) {
      print(`? ${both(error.words)}`);
      return VERDICT.usage;
    }
    if (error instanceof TlogFault) tell(fails(sayFault(error)));
    else if (error instanceof OpeningFault) tell(fails(error.words));
    else throw error;
  }
  if (failed === 0) print(`结论：成立。${verdict.zh}\nVerdict: it holds. ${verdict.en}`);
  else print('结论：不成立，不能作为证明。\nVerdict: it does not hold and proves nothing.');
  return failed === 0 ? VERDICT.right : VERDICT.wrong;
}
