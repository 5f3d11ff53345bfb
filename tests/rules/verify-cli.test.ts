import dns from 'node:dns';
import fs from 'node:fs';
import net from 'node:net';
import { toBase64 } from '../../src/kernel/pure/tlog/encoding';
import { leafHash } from '../../src/kernel/pure/tlog/merkle';
import { noteText } from '../../src/kernel/pure/tlog/note';
import { proofText } from '../../src/kernel/pure/tlog/tlog-proof';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { parseInstant } from '../../src/kernel/pure/time';
import { sha256 } from '../../src/kernel/tlog-crypto';
import { factHash, factsCommitment, leafText } from '../../src/modules/audit-log';
import { openingText } from '../../src/modules/audit-log/core/opening';
import { logSigner, witnessSigner } from '../support/log-keys';
import { smallLog } from '../support/small-log';
import { verifying, type Verifying } from '../support/verifying';

const ORIGIN = 'log.example/green';
const signer = logSigner(ORIGIN);
const key = vkeyText(signer.key);
const witness = witnessSigner('witness.example/one');
const facts = [
  { path: '/bar', value: 'bar-1', salt: 'a1'.repeat(32) },
  { path: '/lastBarredDay', value: '2029-03-02', salt: 'b2'.repeat(32) },
];
const open = {
  id: 'entry-1',
  at: parseInstant('2026-03-02T01:00:00.000Z'),
  type: 'bar.imposed',
  actor: { role: 'inspector', authority: '370000' },
  subjects: ['institution:91370000MA3X000106'],
};
const leaf = leafText(open, factsCommitment(facts, sha256));
const PLACE = 70;
const log = smallLog(signer, 300, 300, { [PLACE]: leafHash(Buffer.from(leaf), sha256) });

const checkpoint = (size: number, cosigned = false) =>
  log.checkpoint(size, ...(cosigned ? [{ witness, time: 1_800_000_000 }] : []));
const proofFile = (over: { extra?: Uint8Array; cosigned?: boolean; index?: number } = {}): string =>
  proofText({
    index: over.index ?? PLACE,
    proof: log.tree.inclusion(PLACE, 257),
    extra: over.extra ?? null,
    checkpoint: checkpoint(257, over.cosigned),
  });
const checkpointFile = (size: number): string => noteText(checkpoint(size).note);
const answerFile = (from: number, to: number, change: object = {}): string =>
  JSON.stringify({ from, to, hashes: log.tree.consistency(from, to).map(toBase64), ...change });
const factFile = (change: object = {}, fact = facts[1]!): string =>
  openingText({
    spec: 'lujian-fact-opening/1',
    leaf,
    hashes: facts.map((f) => factHash(f, sha256)).sort(),
    fact,
    proof: proofFile(),
    verifier: key,
    ...change,
  });

let at: Verifying;
beforeEach(() => {
  at = verifying();
});
afterEach(() => at.clear());

describe('proof', () => {
  const ask = (proof: string, ...more: string[]) => at.verify('proof', at.file('p.tlog-proof', proof), ...more);
  const withLeaf = (text = leaf): string[] => ['--leaf', at.file('a.leaf', text), '--key', key];

  test('holds for the leaf that was logged, given beside it or in it', async () => {
    const beside = await ask(proofFile(), ...withLeaf());
    expect(beside.code).toBe(0);
    expect(beside.text).toContain('第 71 条（位置 70，共 257 条）');
    expect(beside.text).toContain('涉及 institution:91370000MA3X000106');
    expect(beside.text).toMatch(/结论：成立.*\nVerdict: it holds\./);
    const inside = await ask(proofFile({ extra: Buffer.from(leaf) }), '--vkey-file', at.file('log.vkey', `${key}\n`));
    expect(inside.code).toBe(0);
  });

  test.each<[string, () => [string, ...string[]], number, RegExp]>([
    [
      'an altered leaf',
      () => [proofFile(), ...withLeaf(leaf.replace('2026', '2025'))],
      1,
      /根哈希不一致[^]*another root/,
    ],
    ['another place', () => [proofFile({ index: 71 }), ...withLeaf()], 1, /根哈希不一致/],
    [
      'a wrong key',
      () => [proofFile(), '--leaf', at.file('a.leaf', leaf), '--key', vkeyText(logSigner(ORIGIN, 9).key)],
      1,
      /没有任何已知密钥的签名/,
    ],
    [
      'another log',
      () => [proofFile(), '--leaf', at.file('a.leaf', leaf), '--key', vkeyText(logSigner('other.example/log').key)],
      1,
      /属于另一个日志 "log\.example\/green"[^]*is of another log/,
    ],
    ['a file cut off', () => [proofFile().slice(0, 200), ...withLeaf()], 1, /不是规范的存证证明文件/],
    ['a checkpoint cut off', () => [proofFile().slice(0, -40), ...withLeaf()], 1, /签名|规范/],
    [
      'a hash of a wrong length',
      () => {
        const [one, two, hash, ...rest] = proofFile().split('\n');
        return [[one, two, toBase64(Buffer.from(hash!, 'base64').subarray(1)), ...rest].join('\n'), ...withLeaf()];
      },
      1,
      /不是 32 字节/,
    ],
    [
      'a hash left out',
      () => {
        const lines = proofFile().split('\n');
        return [[...lines.slice(0, 3), ...lines.slice(4)].join('\n'), ...withLeaf()];
      },
      1,
      /多于或少于|too few hashes|another root/,
    ],
    [
      'a checkpoint of another size under the same signature',
      () => [proofFile().replace(`${ORIGIN}\n257\n`, `${ORIGIN}\n258\n`), ...withLeaf()],
      1,
      /签名与内容不符/,
    ],
    ['no key', () => [proofFile(), '--leaf', at.file('a.leaf', leaf)], 2, /没有日志公钥[^]*no key of the log/],
    ['no leaf', () => [proofFile(), '--key', key], 2, /不带存证内容/],
    ['a key with a typing error', () => [proofFile(), '--key', key.replace('+', '+0')], 2, /公钥名称、编号或类型不对/],
    ['an option that is none', () => [proofFile(), '--url', 'x'], 2, /参数有误/],
  ])('names %s', async (_name, given, code, words) => {
    const answer = await ask(...given());
    expect(answer.text).toMatch(words);
    expect(answer.code).toBe(code);
    expect(/结论：成立/.test(answer.text)).toBe(false);
  });

  test('asks for the witnesses that a policy names, and says who is missing', async () => {
    const lines = [`log ${key}`, `witness One ${vkeyText(witness.key)}`, 'quorum One\n'];
    const trust = ['--leaf', at.file('a.leaf', leaf), '--policy', at.file('policy', lines.join('\n'))];
    const alone = await ask(proofFile(), ...trust);
    expect(alone).toMatchObject({ code: 1 });
    expect(alone.text).toMatch(/见证人不足：.*缺少 One[^]*Not enough witnesses.*missing One/);
    const seen = await ask(proofFile({ cosigned: true }), ...trust);
    expect(seen).toMatchObject({ code: 0 });
    expect(seen.text).toContain('见证人足够：已见证 One');
  });

  test('a file that is not there is no verdict', async () => {
    const answer = await at.verify('proof', '/nowhere/at/all', '--key', key);
    expect(answer).toMatchObject({ code: 2 });
    expect(answer.text).toMatch(/无法读取证明文件[^]*cannot read the proof/);
    expect((await at.verify('proof')).code).toBe(2);
    expect((await at.verify('nonsense')).text).toContain('退出码');
  });
});

describe('consistency', () => {
  const ask = (older: string, newer: string, answer?: string, trusted = key) =>
    at.verify(
      'consistency',
      at.file('old', older),
      at.file('new', newer),
      ...(answer === undefined ? [] : ['--proof', at.file('answer.json', answer)]),
      ...['--key', trusted],
    );

  test('holds where the log has only grown', async () => {
    const grown = await ask(checkpointFile(70), checkpointFile(257), answerFile(70, 257));
    expect(grown.text).toContain('257 条的日志以原来的 70 条开头');
    expect(grown.code).toBe(0);
    expect((await ask(checkpointFile(70), checkpointFile(70))).code).toBe(0);
  });

  const forked = smallLog(signer, 300, 300, { 5: leafHash(Buffer.from('another past'), sha256) });
  test.each<[string, Parameters<typeof ask>, number, RegExp]>([
    ['a log rolled back', [checkpointFile(257), checkpointFile(70)], 1, /日志被回退/],
    ['a fork at one size', [checkpointFile(70), noteText(forked.checkpoint(70).note)], 1, /日志分叉/],
    [
      'another past',
      [checkpointFile(70), noteText(forked.checkpoint(257).note), answerFile(70, 257)],
      1,
      /根哈希不一致/,
    ],
    ['a proof of other sizes', [checkpointFile(70), checkpointFile(257), answerFile(71, 257)], 1, /71 到 257 条的/],
    [
      'a proof cut off',
      [checkpointFile(70), checkpointFile(257), answerFile(70, 257).slice(0, -9)],
      1,
      /不是规范的存证证明/,
    ],
    [
      'a proof without hashes',
      [checkpointFile(70), checkpointFile(257), answerFile(70, 257, { hashes: [] })],
      1,
      /少于/,
    ],
    ['no proof', [checkpointFile(70), checkpointFile(257)], 2, /consistency\?from=70&to=257/],
    [
      'a wrong key',
      [checkpointFile(70), checkpointFile(257), answerFile(70, 257), vkeyText(logSigner(ORIGIN, 9).key)],
      1,
      /没有任何已知密钥的签名/,
    ],
    [
      'two logs',
      [
        noteText(smallLog(logSigner('other.example/log'), 80).checkpoint(70).note),
        checkpointFile(257),
        answerFile(70, 257),
      ],
      1,
      /属于另一个日志[^]*两个检查点属于不同的日志/,
    ],
  ])('names %s', async (_name, given, code, words) => {
    const answer = await ask(...given);
    expect(answer.text).toMatch(words);
    expect(answer.code).toBe(code);
  });
});

describe('fact', () => {
  const ask = (text: string, ...more: string[]) => at.verify('fact', at.file('fact.json', text), ...more);

  test('holds for a fact of the entry, and says whose key was used', async () => {
    const own = await ask(factFile());
    expect(own.text).toContain('/lastBarredDay = "2029-03-02"');
    expect(own.text).toContain('取自本文件');
    expect(own.code).toBe(0);
    const trusted = await ask(factFile(), '--key', key);
    expect(trusted.text).not.toContain('取自本文件');
    expect(trusted.code).toBe(0);
  });

  test.each<[string, () => string, RegExp]>([
    ['an altered value', () => factFile({ fact: { ...facts[1]!, value: '2027-03-02' } }), /该事实被改动过/],
    ['an altered path', () => factFile({ fact: { ...facts[1]!, path: '/freeFrom' } }), /该事实被改动过/],
    ['another salt', () => factFile({ fact: { ...facts[1]!, salt: 'c3'.repeat(32) } }), /该事实被改动过/],
    ['a salt that is too short', () => factFile({ fact: { ...facts[1]!, salt: 'c3' } }), /salt 不是 32 字节/],
    ['a hash left out', () => factFile({ hashes: [factHash(facts[1]!, sha256)] }), /与存证内容的承诺不符/],
    ['a short hash', () => factFile({ hashes: ['ab'] }), /不是 32 字节/],
    [
      'hashes out of order',
      () =>
        factFile({
          hashes: facts
            .map((f) => factHash(f, sha256))
            .sort()
            .reverse(),
        }),
      /未按顺序/,
    ],
    ['an altered leaf', () => factFile({ leaf: leaf.replace('2026', '2025') }), /根哈希不一致/],
    ['a leaf written otherwise', () => factFile({ leaf: `${leaf} ` }), /不是规范写法/],
    ['another form', () => factFile({ spec: 'lujian-fact-opening/2' }), /spec 不是/],
    ['a file cut off', () => factFile().slice(0, -20), /可能被截断/],
    ['a proof cut off', () => factFile({ proof: proofFile().slice(0, 90) }), /不是规范的存证证明/],
  ])('names %s', async (_name, text, words) => {
    const answer = await ask(text());
    expect(answer.text).toMatch(words);
    expect(answer.code).toBe(1);
  });

  test("a forger's own key does not hold against the log's", async () => {
    const forger = smallLog(logSigner(ORIGIN, 9), 300, 300, { [PLACE]: leafHash(Buffer.from(leaf), sha256) });
    const proof = proofText({
      index: PLACE,
      proof: forger.tree.inclusion(PLACE, 257),
      extra: null,
      checkpoint: forger.checkpoint(257),
    });
    const text = factFile({ proof, verifier: vkeyText(logSigner(ORIGIN, 9).key) });
    expect((await ask(text, '--key', key)).code).toBe(1);
  });
});

test('nothing is opened but the files that were named: no other file, no socket, no name looked up', async () => {
  const [proofPath, leafPath] = [at.file('p.tlog-proof', proofFile()), at.file('a.leaf', leaf)];
  await at.verify('proof', proofPath, '--leaf', leafPath, '--key', key);
  const opening = jest.spyOn(fs, 'openSync');
  const watched = [
    jest.spyOn(net.Socket.prototype, 'connect'),
    jest.spyOn(dns, 'lookup'),
    ...(['open', 'readFile', 'createReadStream', 'writeFileSync', 'readdirSync'] as const).map((name) =>
      jest.spyOn(fs, name),
    ),
  ];
  try {
    expect((await at.verify('proof', proofPath, '--leaf', leafPath, '--key', key)).code).toBe(0);
    expect(opening.mock.calls.map(([file]) => file)).toEqual([proofPath, leafPath]);
    for (const spy of watched) expect(spy).not.toHaveBeenCalled();
  } finally {
    for (const spy of [opening, ...watched]) spy.mockRestore();
  }
});
