import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { judgeQuorum, NO_WITNESSES, parsePolicy, POLICY_LIMIT, type Policy } from '../../src/kernel/pure/tlog/policy';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { logSigner, witnessSigner } from '../support/log-keys';

const log = vkeyText(logSigner('log.example/green', 1).key);
const log2 = vkeyText(logSigner('log.example/green', 2).key);
const keys = Array.from({ length: 6 }, (_, i) => witnessSigner(`witness.example/${i}`, 10 + i).key);
const [a, b, c] = keys.map(vkeyText);
const parse = (...lines: string[]): Policy => parsePolicy(`${lines.join('\n')}\n`, sha256);
const faultOf = (run: () => unknown): { code?: TlogCode; message?: string } => {
  const tried = attempt(run);
  return tried.ok ? {} : { code: tried.fault.code, message: tried.fault.message };
};

/** Six witnesses in two groups, as in the example of tlog-policy. */
const example = parse(
  `log ${log} https://log.example/green/`,
  '',
  '# first organisation',
  ...['X1', 'X2', 'X3'].map((name, i) => `witness ${name} ${vkeyText(keys[i]!)}`),
  'group X-witnesses 2 X1 X2 X3',
  ...['Y1', 'Y2', 'Y3'].map((name, i) => `\twitness\t ${name} ${vkeyText(keys[3 + i]!)} https://witness.example/${i} `),
  'group Y-witnesses any Y1 Y2 Y3',
  'group X-and-Y all X-witnesses Y-witnesses',
  'quorum X-and-Y',
);

const judged = (policy: Policy, ...has: number[]) =>
  judgeQuorum(
    policy,
    policy.witnesses
      .filter((_witness, i) => has.includes(i))
      .map(({ key }) => ({ key, time: 7, line: { name: key.name, keyId: key.keyId, signature: Buffer.alloc(72) } })),
  );

describe('the quorum', () => {
  test('is met exactly when two of X and one of Y cosigned', () => {
    for (let set = 0; set < 64; set++) {
      const has = [0, 1, 2, 3, 4, 5].filter((i) => set & (1 << i));
      const enough = has.filter((i) => i < 3).length >= 2 && has.some((i) => i >= 3);
      expect([has, judged(example, ...has).met]).toEqual([has, enough]);
    }
  });

  test('the verdict says who is missing, group by group', () => {
    const verdict = judged(example, 0, 4);
    expect([verdict.cosigned, verdict.missing]).toEqual([
      ['X1', 'Y2'],
      ['X2', 'X3', 'Y1', 'Y3'],
    ]);
    expect(verdict.quorum).toMatchObject({
      name: 'X-and-Y',
      met: false,
      threshold: 2,
      witnessed: 1,
      members: [
        { name: 'X-witnesses', met: false, threshold: 2, witnessed: 1 },
        { name: 'Y-witnesses', met: true, members: [{ met: false, time: null }, { met: true, time: 7 }, {}] },
      ],
    });
  });

  test('may be one witness, or nobody', () => {
    const one = parse(`witness W ${a}`, 'quorum W');
    expect([judged(one).met, judged(one, 0).met]).toEqual([false, true]);
    expect(judged(parse(`witness W ${a}`, 'quorum none'))).toEqual({
      met: true,
      cosigned: [],
      missing: ['W'],
      quorum: null,
    });
    expect(judgeQuorum(NO_WITNESSES, []).met).toBe(true);
  });

  test('a key that only looks like one of the policy counts for nothing', () => {
    const one = parse(`witness W ${a}`, 'quorum W');
    const key = { ...one.witnesses[0]!.key };
    const line = { name: key.name, keyId: key.keyId, signature: Buffer.alloc(72) };
    expect(judgeQuorum(one, [{ key, time: 7, line }]).met).toBe(false);
  });
});

describe('the file', () => {
  test('gives logs and witnesses with their addresses', () => {
    expect(example.logs.map(({ url }) => url)).toEqual(['https://log.example/green/']);
    expect(example.witnesses.map(({ name, url }) => [name, url]).slice(2, 4)).toEqual([
      ['X3', null],
      ['Y1', 'https://witness.example/0'],
    ]);
  });

  test('names are octets: a look-alike is another name, and what is no UTF-8 is shown escaped', () => {
    const kelvin = parse(`witness K ${a}`, `witness \u212a ${b}`, 'quorum \u212a');
    expect(kelvin.quorum).toMatchObject({ key: { name: 'witness.example/1' } });
    const odd = Buffer.concat([
      Buffer.from('# \xff\n', 'latin1'),
      Buffer.from(`witness \xe9 ${a}\nwitness \xea ${b}\nquorum \xea\n`, 'latin1'),
    ]);
    expect(parsePolicy(odd, sha256).quorum).toMatchObject({ name: '\\xea', key: { name: 'witness.example/1' } });
  });

  test('what is used may come after the quorum only where it is not needed by it', () => {
    expect(parse('quorum none', `log ${log}`, `witness W ${a}`).logs).toHaveLength(1);
  });

  test('up to 32 logs, witnesses and groups, and more, are taken', () => {
    const many = Array.from({ length: 40 }, (_, i) => i);
    const lines = many.flatMap((i) => [
      `log ${vkeyText(logSigner(`log.example/${i}`, 100 + i).key)}`,
      `witness w${i} ${vkeyText(witnessSigner('witness.example', 150 + i).key)}`,
      `group g${i} all w${i}`,
    ]);
    const policy = parse(...lines, `group all 40 ${many.map((i) => `g${i}`).join(' ')}`, 'quorum all');
    expect([policy.logs.length, policy.witnesses.length, judged(policy, ...many).met]).toEqual([40, 40, true]);
    expect(judged(policy, ...many.slice(1)).met).toBe(false);
  });

  const w = [`witness A ${a}`, `witness B ${b}`];
  test.each<[string, string[], string]>([
    ['no quorum', [`log ${log}`], 'defines no quorum'],
    ['two quorums', ['quorum none', 'quorum none'], 'defined twice'],
    ['a quorum of no name', ['quorum'], 'the quorum is written'],
    ['a quorum of two', [...w, 'quorum A B'], 'the quorum is written'],
    ['a quorum that is nowhere', ['quorum A'], 'no line before'],
    ['a quorum that comes later', ['quorum A', ...w], 'no line before'],
    ['another word', ['witnesses A'], 'none of log, witness, group, quorum'],
    ['a word in capitals', ['Quorum none'], 'none of log'],
    ['a log without a key', ['log', 'quorum none'], 'a log is written'],
    ['a log with too much', [`log ${log} url more`], 'a log is written'],
    ['a log of a witness key', [`log ${a}`], 'is the key of a witness'],
    ['a log twice', [`log ${log}`, `log ${log2}`, `log ${log}`], 'stands twice'],
    ['a witness without a key', ['witness A'], 'a witness is written'],
    ['a witness with too much', [`witness A ${a} url more`], 'a witness is written'],
    ['a witness of a log key', [`witness A ${log}`], 'is the key of a log'],
    ['a witness key that is none', ['witness A x+00000000+AAAA'], 'is no verifier key'],
    ['a name twice', [`witness A ${a}`, `witness A ${b}`], 'given twice'],
    ['a key under two names', [`witness A ${a}`, `witness B ${a}`], 'stands twice'],
    [
      'a key under two key names',
      [`witness A ${a}`, `witness B ${vkeyText(witnessSigner('other', 10).key)}`],
      'stands twice',
    ],
    ['a witness named none', [`witness none ${a}`], '"none"'],
    ['a group named none', [...w, 'group none any A'], '"none"'],
    ['none in a group', [...w, 'group G any A none'], 'no line before'],
    ['a group of nobody', ['group G any'], 'a group is written'],
    ['a group of itself', [...w, 'group G any A G'], 'no line before'],
    ['a group of what comes later', ['group G any A', ...w], 'no line before'],
    ['a member twice in a group', [...w, 'group G any A A'], 'is a member already'],
    ['a member of two groups', [...w, 'group G any A', 'group H any A B'], 'is a member already'],
    ['none of two', [...w, 'group G 0 A B'], 'neither any, all nor a number'],
    ['three of two', [...w, 'group G 3 A B'], 'from 1 to 2'],
    ['a leading zero', [...w, 'group G 01 A B'], 'neither any'],
    ['a negative number', [...w, 'group G -1 A B'], 'neither any'],
    ['a broken number', [...w, 'group G 1.5 A B'], 'neither any'],
    ['a comment behind', [...w, `witness C ${c} # third x`], 'a witness is written'],
  ])('%s is refused', (_what, lines, words) => {
    const fault = faultOf(() => parse(...lines));
    expect(fault).toEqual({ code: 'tlog.policy', message: expect.stringContaining(words) as string });
  });

  test('a fault names its line', () => {
    expect(attempt(() => parse('', '# x', 'quorum A'))).toMatchObject({ fault: { params: { line: 3 } } });
  });

  test.each<[string, string]>([
    ['nothing', ''],
    ['no last line feed', 'quorum none'],
    ['carriage returns', 'quorum none\r\n'],
    ['a zero byte', '# \u0000\nquorum none\n'],
    ['a delete', '# \u007f\nquorum none\n'],
    ['a file that is far too long', `${'#'.repeat(POLICY_LIMIT)}\nquorum none\n`],
  ])('%s is refused', (_what, text) => expect(faultOf(() => parsePolicy(text, sha256)).code).toBe('tlog.policy'));
});
