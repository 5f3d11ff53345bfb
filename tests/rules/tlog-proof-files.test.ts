import fc from 'fast-check';
import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { NOTE_LIMIT, noteText } from '../../src/kernel/pure/tlog/note';
import { NO_WITNESSES, parsePolicy } from '../../src/kernel/pure/tlog/policy';
import { parseProof, proofText, verifyProof, type TlogProof } from '../../src/kernel/pure/tlog/tlog-proof';
import { vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf } from '../support/naive-tree';
import { logSigner, witnessSigner } from '../support/log-keys';
import { smallLog } from '../support/small-log';

const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};

const signer = logSigner('log.example/green');
const witnesses = [1, 2, 3].map((i) => witnessSigner(`witness.example/${i}`, 20 + i));
const log = smallLog(signer, 300);
const policy = parsePolicy(
  [
    `log ${vkeyText(signer.key)}`,
    ...witnesses.map(({ key }, i) => `witness W${i + 1} ${vkeyText(key)}`),
    'group G 2 W1 W2 W3',
    'quorum G\n',
  ].join('\n'),
  sha256,
);
const tools = { sha256, verify: ed25519Verify };

const proofOf = (index: number, size: number, ...cosigners: number[]): TlogProof => ({
  index,
  proof: log.tree.inclusion(index, size),
  extra: null,
  checkpoint: log.checkpoint(size, ...cosigners.map((i) => ({ witness: witnesses[i]!, time: 1_800_000_000 + i }))),
});
const judge = (proof: TlogProof, leaf = proof.index) =>
  verifyProof(proof, { leafHash: log.leaves[leaf]!, policy }, tools);

describe('the file', () => {
  const text = proofText(proofOf(70, 257, 0, 1));

  test('has header, index, hashes, an empty line and the checkpoint as the log gave it', () => {
    const lines = text.split('\n');
    expect(lines.slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 70']);
    expect(lines.indexOf('')).toBe(2 + log.tree.inclusion(70, 257).length);
    expect(text.slice(text.indexOf('\n\n') + 2)).toBe(noteText(proofOf(70, 257, 0, 1).checkpoint.note));
  });

  test('is read as it was written, with and without extra data', () => {
    fc.assert(
      fc.property(fc.nat(299), fc.nat(299), fc.uint8Array({ minLength: 1 }), fc.boolean(), (i, j, bytes, hasExtra) => {
        const proof = { ...proofOf(Math.min(i, j), Math.max(i, j) + 1), extra: hasExtra ? bytes : null };
        const written = proofText(proof);
        const read = parseProof(Buffer.from(written));
        expect(proofText(read)).toBe(written);
        expect([read.index, read.extra && hexOf(read.extra)]).toEqual([proof.index, proof.extra && hexOf(proof.extra)]);
      }),
      { numRuns: 40 },
    );
  });

  test('a log of one entry has a proof without hashes', () => {
    const one = parseProof(proofText(proofOf(0, 1, 1, 2)));
    expect([one.proof.length, judge(one).holds]).toEqual([0, true]);
  });

  const [, , hash = ''] = text.split('\n');
  const swap = (from: string, to: string): string => text.replace(from, to);
  test.each<[string, string | Uint8Array, TlogCode]>([
    ['nothing', '', 'tlog.proof'],
    ['a header alone', 'c2sp.org/tlog-proof@v1\n', 'tlog.proof'],
    ['another version', swap('@v1', '@v2'), 'tlog.proof'],
    ['a blank before the header', ` ${text}`, 'tlog.proof'],
    ['a byte order mark', `\ufeff${text}`, 'tlog.proof'],
    ['an empty line at the start', `\n${text}`, 'tlog.proof'],
    ['carriage returns', text.replaceAll('\n', '\r\n'), 'tlog.proof'],
    ['no index', swap('index 70\n', ''), 'tlog.proof'],
    ['no index number', swap('index 70', 'index '), 'tlog.encoding'],
    ['an index with a leading zero', swap('index 70', 'index 070'), 'tlog.encoding'],
    ['a negative index', swap('index 70', 'index -70'), 'tlog.encoding'],
    ['two blanks', swap('index 70', 'index  70'), 'tlog.encoding'],
    ['an index too large to count', swap('index 70', 'index 9007199254740993'), 'tlog.size'],
    ['two indexes', swap('index 70', 'index 70\nindex 71'), 'tlog.encoding'],
    ['empty extra data', swap('index', 'extra \nindex'), 'tlog.proof'],
    ['extra data without a blank', swap('index', 'extra\nindex'), 'tlog.proof'],
    ['extra data that are no base64', swap('index', 'extra AB\nindex'), 'tlog.encoding'],
    ['extra data twice', swap('index', 'extra AAAA\nextra AAAA\nindex'), 'tlog.proof'],
    ['extra data after the index', swap('index 70', 'index 70\nextra AAAA'), 'tlog.encoding'],
    ['a short hash', swap(hash, 'AAAA'), 'tlog.hash-length'],
    ['a hash in hex', swap(hash, 'ab'.repeat(32)), 'tlog.hash-length'],
    ['a hash that is no base64', swap(hash, `${hash.slice(0, -1)}`), 'tlog.encoding'],
    ['sixty-four hashes', swap(hash, Array(64).fill(hash).join('\n')), 'tlog.proof'],
    ['an empty line among the hashes', swap(hash, `\n${hash}`), 'tlog.checkpoint'],
    ['no checkpoint', text.slice(0, text.indexOf('\n\n') + 2), 'tlog.note'],
    ['a checkpoint of two lines', swap('\n257\n', '\n'), 'tlog.checkpoint'],
    ['a cut file', text.slice(0, -1), 'tlog.note'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.from(text), Buffer.of(0xff)]), 'tlog.encoding'],
    ['a file that is far too long', 'x'.repeat(2 * NOTE_LIMIT + 1), 'tlog.proof'],
  ])('%s is refused', (_what, input, code) => expect(codeOf(() => parseProof(input))).toBe(code));

  test('nothing is written that could not be read', () => {
    const proof = proofOf(3, 9);
    expect(codeOf(() => proofText({ ...proof, index: -1 }))).toBe('tlog.size');
    expect(codeOf(() => proofText({ ...proof, extra: Buffer.alloc(0) }))).toBe('tlog.proof');
    expect(codeOf(() => proofText({ ...proof, proof: [Buffer.alloc(31)] }))).toBe('tlog.hash-length');
    expect(codeOf(() => proofText({ ...proof, proof: Array(64).fill(log.leaves[0]!) as Buffer[] }))).toBe('tlog.proof');
  });
});

describe('the verdict', () => {
  test('holds when the log signed, the entry is in it and two of three witnesses cosigned', () => {
    const verdict = judge(parseProof(proofText(proofOf(256, 257, 0, 2))));
    expect(verdict).toMatchObject({
      holds: true,
      checkpoint: { ok: true, value: { origin: 'log.example/green', size: 257 } },
      inclusion: { ok: true, value: { index: 256, size: 257 } },
      witnesses: { ok: true, value: { met: true, cosigned: ['W1', 'W3'], missing: ['W2'] } },
    });
  });

  test('one witness too few: the entry is in the log, and who is missing is said', () => {
    expect(judge(proofOf(5, 100, 1))).toMatchObject({
      holds: false,
      checkpoint: { ok: true },
      inclusion: { ok: true },
      witnesses: { ok: true, value: { met: false, cosigned: ['W2'], missing: ['W1', 'W3'] } },
    });
  });

  test('the same is enough under a policy that asks for nobody, with the log’s key at hand', () => {
    const leafHash = log.leaves[5]!;
    const verdict = verifyProof(proofOf(5, 100), { leafHash, logKeys: [signer.key], policy: NO_WITNESSES }, tools);
    expect(verdict.holds).toBe(true);
    // Without the log's key nothing holds.
    expect(verifyProof(proofOf(5, 100), { leafHash, policy: NO_WITNESSES }, tools)).toMatchObject({
      holds: false,
      checkpoint: { fault: { code: 'tlog.unsigned' } },
    });
  });

  test('keys at hand are the only ones accepted, whatever logs the policy lists', () => {
    const other = logSigner('log.example/green', 77).key;
    const verdict = verifyProof(proofOf(5, 100, 0, 1), { leafHash: log.leaves[5]!, logKeys: [other], policy }, tools);
    expect(verdict).toMatchObject({ holds: false, checkpoint: { fault: { code: 'tlog.unsigned' } } });
  });

  const flipped = (proof: TlogProof, signature: number, byte: number): TlogProof => {
    const { note } = proof.checkpoint;
    const signatures = note.signatures.map((line, i) =>
      i === signature ? { ...line, signature: line.signature.map((b, j) => (j === byte ? b ^ 1 : b)) } : line,
    );
    return { ...proof, checkpoint: { ...proof.checkpoint, note: { ...note, signatures } } };
  };
  const right = proofOf(70, 257, 0, 1, 2);
  const larger = proofOf(70, 258, 0, 1);

  test.each<[string, TlogProof, object]>([
    ['another entry', { ...right, index: 71 }, { inclusion: { fault: { code: 'tlog.other-root' } } }],
    ['an index past the log', { ...right, index: 257 }, { inclusion: { fault: { code: 'tlog.range' } } }],
    ['a hash too few', { ...right, proof: right.proof.slice(1) }, { inclusion: { ok: false } }],
    ['the proof of another size', { ...right, proof: larger.proof }, { inclusion: { ok: false } }],
    ['a changed signature of the log', flipped(right, 0, 8), { checkpoint: { fault: { code: 'tlog.signature' } } }],
    ['a changed cosignature', flipped(right, 2, 20), { witnesses: { fault: { code: 'tlog.signature' } } }],
    ['a changed time of a witness', flipped(right, 3, 7), { witnesses: { fault: { code: 'tlog.signature' } } }],
  ])('%s: named, and nothing holds', (_what, proof, expected) => {
    expect(judge(proof, 70)).toMatchObject({ holds: false, ...expected });
  });

  test('the signatures of one checkpoint do not carry over to another', () => {
    const { note } = right.checkpoint;
    const text = larger.checkpoint.note.text;
    const swapped = { ...larger, checkpoint: { ...larger.checkpoint, note: { text, signatures: note.signatures } } };
    expect(judge(swapped)).toMatchObject({
      holds: false,
      checkpoint: { fault: { code: 'tlog.signature' } },
      witnesses: { fault: { code: 'tlog.signature' } },
    });
  });

  test('figures put beside the signed text count for nothing', () => {
    const forged = { ...right.checkpoint, size: 258, root: log.tree.root(258), origin: 'log.example/other' };
    expect(judge({ ...right, proof: larger.proof, checkpoint: forged })).toMatchObject({
      holds: false,
      checkpoint: { value: { origin: 'log.example/green', size: 257 } },
      inclusion: { fault: { code: 'tlog.other-root' } },
    });
  });

  test('extra data change nothing', () => {
    expect(judge(parseProof(proofText({ ...right, extra: Buffer.from('trust me') }))).holds).toBe(true);
  });
});
