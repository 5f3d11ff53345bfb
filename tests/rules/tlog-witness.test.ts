import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { cosignNote, noteText, signatureLine } from '../../src/kernel/pure/tlog/note';
import {
  addCheckpointText,
  judgeAddCheckpoint,
  parseAddCheckpoint,
  readWitnessReply,
  SIZE_TYPE,
  sizeText,
  WITNESS_STATUS,
  type AddCheckpoint,
  type WitnessedHead,
} from '../../src/kernel/pure/tlog/witness-wire';
import { ed25519Verify, sha256 } from '../../src/kernel/tlog-crypto';
import { hexOf } from '../support/naive-tree';
import { logSigner, witnessSigner } from '../support/log-keys';
import { smallLog } from '../support/small-log';

const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};

const signer = logSigner('log.example/green');
const witness = witnessSigner('witness.example/w1', 30);
const stranger = witnessSigner('witness.example/w2', 31);
const log = smallLog(signer, 300);
const headAt = (size: number): WitnessedHead => ({ size, root: log.tree.root(size) });
const request = (from: number, to: number): AddCheckpoint => ({
  oldSize: from,
  proof: log.tree.consistency(from, to),
  checkpoint: log.checkpoint(to),
});
const judge = (asked: AddCheckpoint, latest: WitnessedHead | null, logKeys = [signer.key]) =>
  judgeAddCheckpoint(asked, { logKeys, latest }, { sha256, verify: ed25519Verify });

describe('the body of a request', () => {
  const text = addCheckpointText(request(100, 257));

  test('is old size, hashes, an empty line and the checkpoint', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe('old 100');
    expect(lines.indexOf('')).toBe(1 + log.tree.consistency(100, 257).length);
    expect(text.slice(text.indexOf('\n\n') + 2)).toBe(noteText(log.checkpoint(257).note));
  });

  test.each([
    [0, 1],
    [0, 257],
    [7, 7],
    [1, 300],
    [256, 257],
    [0, 0],
  ])('from %i to %i is read as it was written', (from, to) => {
    const written = addCheckpointText(request(from, to));
    const read = parseAddCheckpoint(Buffer.from(written));
    expect([read.oldSize, read.checkpoint.size, read.proof.map(hexOf)]).toEqual([
      from,
      to,
      log.tree.consistency(from, to).map(hexOf),
    ]);
    expect(addCheckpointText(read)).toBe(written);
  });

  const [, hash = ''] = text.split('\n');
  const swap = (from: string, to: string): string => text.replace(from, to);
  test.each<[string, string | Uint8Array, TlogCode]>([
    ['nothing', '', 'tlog.witness-request'],
    ['no old size', swap('old 100\n', ''), 'tlog.witness-request'],
    ['no number', swap('old 100', 'old '), 'tlog.encoding'],
    ['a leading zero', swap('old 100', 'old 0100'), 'tlog.encoding'],
    ['a negative size', swap('old 100', 'old -1'), 'tlog.encoding'],
    ['two blanks', swap('old 100', 'old  100'), 'tlog.encoding'],
    ['another word', swap('old', 'new'), 'tlog.witness-request'],
    ['a size too large to count', swap('old 100', 'old 18446744073709551615'), 'tlog.size'],
    ['a short hash', swap(hash, 'AAAA'), 'tlog.hash-length'],
    ['inexact base64', swap(hash, hash.slice(0, -1)), 'tlog.encoding'],
    ['sixty-four hashes', swap(hash, Array(64).fill(hash).join('\n')), 'tlog.witness-request'],
    ['an empty line too many', swap(hash, `\n${hash}`), 'tlog.checkpoint'],
    ['no checkpoint', text.slice(0, text.indexOf('\n\n') + 2), 'tlog.note'],
    ['no last line feed', text.slice(0, -1), 'tlog.note'],
    ['carriage returns', text.replaceAll('\n', '\r\n'), 'tlog.witness-request'],
    ['no UTF-8', Buffer.concat([Buffer.from(text), Buffer.of(0xff)]), 'tlog.encoding'],
    ['a body that is far too long', 'x'.repeat(2_000_001), 'tlog.witness-request'],
  ])('%s is refused', (_what, input, code) => expect(codeOf(() => parseAddCheckpoint(input))).toBe(code));

  test('no more than 63 hashes are sent', () => {
    const asked = { ...request(1, 2), proof: Array(64).fill(log.leaves[0]!) as Buffer[] };
    expect(codeOf(() => addCheckpointText(asked))).toBe('tlog.witness-request');
  });
});

describe('what a witness decides', () => {
  test.each<[string, AddCheckpoint, WitnessedHead | null]>([
    ['a log it sees first', request(0, 257), null],
    ['an empty log', request(0, 0), null],
    ['growth from what it saw', request(100, 257), headAt(100)],
    ['the same head again', request(257, 257), headAt(257)],
  ])('it cosigns %s', (_what, asked, latest) => {
    expect(judge(asked, latest)).toMatchObject({ kind: 'cosign', checkpoint: { size: asked.checkpoint.size } });
  });

  const foreign = { ...request(100, 257), checkpoint: smallLog(logSigner('log.example/other'), 257).checkpoint(257) };
  const forged = {
    ...request(100, 257),
    checkpoint: smallLog(logSigner('log.example/green', 66), 257).checkpoint(257),
  };
  const fork = { ...request(100, 257), proof: log.tree.consistency(99, 257) };
  const otherRoot: WitnessedHead = { size: 257, root: log.tree.root(256) };

  test.each<[string, number, AddCheckpoint, WitnessedHead | null, number | null]>([
    ['a log it does not know', 404, foreign, null, null],
    ['a checkpoint of no known key', 403, forged, headAt(100), null],
    ['an old size above the new', 400, { ...request(100, 100), oldSize: 257 }, headAt(257), null],
    ['an old size behind its own', 409, request(100, 257), headAt(200), 200],
    ['an old size past its own', 409, request(100, 257), headAt(50), 50],
    ['an old size of a log it never saw', 409, request(100, 257), null, 0],
    ['a first request when it has seen the log', 409, request(0, 257), headAt(100), 100],
    ['an older head', 409, request(50, 100), headAt(257), 257],
    ['a proof of other sizes', 422, fork, headAt(100), null],
    ['no proof', 422, { ...request(100, 257), proof: [] }, headAt(100), null],
    ['a proof from size 0', 422, { ...request(0, 257), proof: log.tree.consistency(100, 257) }, null, null],
    ['a fork before what it saw', 422, request(100, 257), { size: 100, root: log.tree.root(99) }, null],
    ['another root at the size it saw: a fork', 409, request(257, 257), otherRoot, null],
    ['a proof between equal sizes', 422, { ...request(257, 257), proof: [log.leaves[0]!] }, headAt(257), null],
  ])('it refuses %s with %i', (_what, status, asked, latest, latestSize) => {
    expect(judge(asked, latest)).toMatchObject({ kind: 'refuse', status, latestSize });
  });

  test('a known key of another log does not open the door', () => {
    const other = logSigner('log.example/other').key;
    expect(judge(request(0, 5), null, [other])).toMatchObject({ reason: 'unknownLog' });
    expect(judge(forged, headAt(100), [other, signer.key])).toMatchObject({ reason: 'unsigned' });
  });

  test('a head from size 0 on is consistent with every log', () => {
    for (const size of [0, 1, 2, 255, 256, 257]) expect(judge(request(0, size), null).kind).toBe('cosign');
  });
});

describe('what a log reads from the reply', () => {
  const checkpoint = log.checkpoint(257);
  const lineOf = (by: typeof witness, size = 257): string =>
    signatureLine(cosignNote(log.checkpoint(size).note.text, by, 1_800_000_000));
  const read = (status: number, body: string | Uint8Array, contentType: string | null = null) =>
    readWitnessReply({ status, body, contentType }, checkpoint, [witness.key], ed25519Verify);

  test('the cosignatures of the witness it knows, others are ignored', () => {
    const answer = read(200, lineOf(stranger) + lineOf(witness));
    expect(answer).toMatchObject({ kind: 'cosigned', signatures: [{ time: 1_800_000_000, key: witness.key }] });
    if (answer.kind !== 'cosigned') throw new Error('unreachable');
    // The line joins the checkpoint as it came.
    expect(answer.signatures.map(({ line }) => signatureLine(line))).toEqual([lineOf(witness)]);
  });

  test.each<[string, number, string | Uint8Array, TlogCode]>([
    ['nothing', 200, '', 'tlog.note'],
    ['only a stranger', 200, lineOf(stranger), 'tlog.witness-reply'],
    ['a cosignature of another checkpoint', 200, lineOf(witness, 256), 'tlog.signature'],
    ['a cosignature twice', 200, lineOf(witness).repeat(2), 'tlog.signed-twice'],
    ['no last line feed', 200, lineOf(witness).trimEnd(), 'tlog.note'],
    ['a page', 200, '<html>\n', 'tlog.note'],
    ['no UTF-8', 200, Buffer.of(0xff, 0x0a), 'tlog.encoding'],
    ['a whole note', 200, noteText(checkpoint.note), 'tlog.note'],
    ['a reply that is far too long', 200, 'x'.repeat(1_000_001), 'tlog.witness-reply'],
  ])('%s is refused', (_what, status, body, code) => expect(codeOf(() => read(status, body))).toBe(code));

  test('the size where the witness stands', () => {
    expect(read(409, sizeText(100), SIZE_TYPE)).toEqual({ kind: 'other-size', size: 100 });
    expect(read(409, '0\n', 'Text/X.TLog.Size; charset=utf-8')).toEqual({ kind: 'other-size', size: 0 });
    for (const body of ['', '100', '0100\n', '-1\n', '1\n2\n', '9007199254740992\n']) {
      expect([body, codeOf(() => read(409, body, SIZE_TYPE))]).not.toEqual([body, undefined]);
    }
    expect(codeOf(() => sizeText(-1))).toBe('tlog.size');
  });

  test('why it refused, by its status', () => {
    const { cosigned, ...refusals } = WITNESS_STATUS;
    expect(cosigned).toBe(200);
    for (const [reason, status] of Object.entries(refusals)) {
      expect(read(status, 'words\n', 'text/plain')).toEqual({ kind: 'refused', reason, status });
    }
    for (const status of [201, 204, 301, 429, 500, 503]) {
      expect(read(status, '')).toEqual({ kind: 'refused', reason: 'unexpected', status });
    }
  });

  test('what the witness decides is what the log reads', () => {
    const decided = judge(request(100, 257), headAt(200));
    if (decided.kind !== 'refuse' || decided.latestSize === null) throw new Error('a size was to be told');
    expect(read(decided.status, sizeText(decided.latestSize), SIZE_TYPE)).toEqual({ kind: 'other-size', size: 200 });
  });
});
