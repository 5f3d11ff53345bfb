import fc from 'fast-check';
import {
  checkpointText,
  openCheckpoint,
  parseCheckpointText,
  signCheckpoint,
} from '../../src/kernel/pure/tlog/checkpoint';
import { cosignedMessage } from '../../src/kernel/pure/tlog/cosignature';
import { fromBase64, fromDecimal, textOf, toBase64 } from '../../src/kernel/pure/tlog/encoding';
import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import {
  cosignNote,
  NOTE_LIMIT,
  noteText,
  parseNote,
  signatureLine,
  signNote,
  verifyNote,
  verifySignatures,
  type NoteSignature,
} from '../../src/kernel/pure/tlog/note';
import { parseVkey, SIGNATURE_TYPES, verifierKey, vkeyText } from '../../src/kernel/pure/tlog/vkey';
import { ed25519Verify, rawPublicKey, sha256 } from '../../src/kernel/tlog-crypto';
import { ed25519Key, logSigner, witnessSigner } from '../support/log-keys';

const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};

const log = logSigner('log.example/green');
const otherKey = logSigner('log.example/green', 9);
const witness = witnessSigner('witness.example/w1');
const TEXT = 'log.example/green\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n';
const signed = noteText({ text: TEXT, signatures: [signNote(TEXT, log)] });
const verify = (input: string, keys = [log.key]) => verifyNote(parseNote(input), keys, ed25519Verify);

describe('base64', () => {
  test('as the platform writes it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect([...fromBase64(toBase64(bytes), 'it')]).toEqual([...bytes]);
      }),
    );
  });

  test.each([
    'A',
    'AA',
    'AAA',
    'AB==',
    'AAB=',
    'AA=',
    'AA===',
    '=',
    '==',
    '====',
    'AAAA=',
    'AA==AA==',
    'AA-_',
    'AAAA\n',
    ' AAAA',
    'AA AA',
    'AAAÄ',
    'AA\u0000A',
  ])('%j is refused', (text) => expect(codeOf(() => fromBase64(text, 'it'))).toBe('tlog.encoding'));
});

describe('numbers and text', () => {
  test.each(['', '00', '01', '+1', '-1', '-0', '1.0', '1e3', ' 1', '1 ', '1\n', '0x1', '１', '1_000'])(
    '%j is no number',
    (text) => expect(codeOf(() => fromDecimal(text, 'it'))).toBe('tlog.encoding'),
  );

  test('numbers end where they can still be counted', () => {
    expect(fromDecimal('9007199254740991', 'it')).toBe(Number.MAX_SAFE_INTEGER);
    for (const text of ['9007199254740992', '18446744073709551615', '9'.repeat(400)]) {
      expect(codeOf(() => fromDecimal(text, 'it'))).toBe('tlog.size');
    }
  });

  test('bytes that are no UTF-8, and half characters, are refused', () => {
    for (const hex of ['ff', 'c080', 'eda080', 'f4908080', 'e28094'.slice(0, 4)]) {
      expect(codeOf(() => textOf(Buffer.from(hex, 'hex'), 'it'))).toBe('tlog.encoding');
    }
    expect(codeOf(() => textOf('\ud800', 'it'))).toBe('tlog.encoding');
    // A byte order mark is a character like others: dropping it would change what was signed.
    expect(textOf(Buffer.from('efbbbf41', 'hex'), 'it')).toBe('\ufeffA');
  });
});

describe('verifier keys', () => {
  test('the example of signed-note verifies its note', () => {
    const key = parseVkey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', sha256);
    const example =
      'This is an example message.\n\n\u2014 example.com/foo ' +
      'Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';
    expect(verify(example, [key]).map((v) => v.key.name)).toEqual(['example.com/foo']);
    expect(codeOf(() => verify(example.replace('an', 'no'), [key]))).toBe('tlog.signature');
  });

  test('one key under two types has two ids', () => {
    const raw = rawPublicKey(ed25519Key(1));
    const ids = Object.values(SIGNATURE_TYPES).map((type) => verifierKey('k', type, raw, sha256).keyId);
    expect(new Set(ids).size).toBe(2);
  });

  test.each([log.key, witness.key])('%# is read as it was written', (key) => {
    expect(vkeyText(parseVkey(vkeyText(key), sha256))).toBe(vkeyText(key));
  });

  const [name = '', id = '', material = ''] = vkeyText(log.key).split(/\+(.{8})\+/);
  const withType = (type: number): string => toBase64(Uint8Array.of(type, ...fromBase64(material, 'it').subarray(1)));
  test.each<[string, string, TlogCode]>([
    ['nothing', '', 'tlog.key'],
    ['no id', `${name}+${material}`, 'tlog.key'],
    ['no name', `+${id}+${material}`, 'tlog.key'],
    ['another name', `x${name}+${id}+${material}`, 'tlog.key'],
    ['a name with a blank', `log example+${id}+${material}`, 'tlog.key'],
    ['a name with an ideographic blank', `log\u3000+${id}+${material}`, 'tlog.key'],
    ['a name of two lines', `log\n+${id}+${material}`, 'tlog.key'],
    ['another id', `${name}+00000000+${material}`, 'tlog.key'],
    ['an id in capitals', `${name}+${id.toUpperCase()}+${material}`, 'tlog.key'],
    ['a short id', `${name}+${id.slice(1)}+${material}`, 'tlog.key'],
    ['no key', `${name}+${id}+`, 'tlog.key'],
    ['a short key', `${name}+${id}+${toBase64(fromBase64(material, 'it').subarray(0, 32))}`, 'tlog.key'],
    [
      'a long key',
      `${name}+${id}+${toBase64(Buffer.concat([fromBase64(material, 'it'), Buffer.alloc(1)]))}`,
      'tlog.key',
    ],
    ['another type', `${name}+${id}+${withType(4)}`, 'tlog.key'],
    ['an unsupported type', `${name}+${id}+${withType(6)}`, 'tlog.key'],
    ['an unknown type', `${name}+${id}+${withType(0xee)}`, 'tlog.key'],
    ['inexact base64', `${name}+${id}+${material.replace(/=+$/, '')}=`, 'tlog.encoding'],
    ['a line feed', `${name}+${id}+${material}\n`, 'tlog.encoding'],
  ])('%s is refused', (_what, text, code) => expect(codeOf(() => parseVkey(text, sha256))).toBe(code));

  test('an unsupported type is named', () => {
    expect(attempt(() => parseVkey(`${name}+${id}+${withType(6)}`, sha256))).toMatchObject({
      fault: { message: expect.stringContaining('ML-DSA-44') as string },
    });
  });
});

describe('notes', () => {
  test('a text may have empty lines of its own: the last one parts it from the signatures', () => {
    const text = '第一行\n\n\n末行\n';
    const whole = noteText({ text, signatures: [signNote(text, log)] });
    expect(parseNote(whole).text).toBe(text);
    expect(parseNote(Buffer.from(whole)).text).toBe(text);
    expect(verify(whole).map((v) => [v.key.name, v.time])).toEqual([['log.example/green', null]]);
  });

  const line = signatureLine(signNote(TEXT, log));
  const withLines = (lines: string): string => `${TEXT}\n${lines}`;
  test.each<[string, string | Uint8Array, TlogCode]>([
    ['nothing', '', 'tlog.note'],
    ['a text alone', TEXT, 'tlog.note'],
    ['no signature', withLines(''), 'tlog.note'],
    ['signatures alone', line, 'tlog.note'],
    ['no empty line', `${TEXT}${line}`, 'tlog.note'],
    ['no last line feed', signed.slice(0, -1), 'tlog.note'],
    ['an empty line at the end', `${signed}\n`, 'tlog.note'],
    ['text after the signatures', `${signed}x\n`, 'tlog.note'],
    ['a hyphen for the dash', signed.replace('\u2014', '-'), 'tlog.note'],
    ['an en dash', signed.replace('\u2014', '\u2013'), 'tlog.note'],
    ['two blanks', signed.replace('\u2014 ', '\u2014  '), 'tlog.note'],
    ['a blank at the end', `${signed.slice(0, -1)} \n`, 'tlog.note'],
    ['a name with a plus', withLines(line.replace('green', 'gr+een')), 'tlog.key'],
    ['a name with a wide blank', withLines(line.replace('green', 'gr\u00a0een')), 'tlog.key'],
    ['carriage returns', signed.replaceAll('\n', '\r\n'), 'tlog.note'],
    ['a tab', signed.replace('7', '7\t'), 'tlog.note'],
    ['a zero byte', signed.replace('7', '7\u0000'), 'tlog.note'],
    ['a signature that is only an id', withLines(`\u2014 x ${toBase64(Buffer.alloc(4))}\n`), 'tlog.note'],
    ['inexact base64', withLines(line.replace(/.=*\n$/, '\n')), 'tlog.encoding'],
    ['bytes that are no UTF-8', Buffer.concat([Buffer.of(0xff), Buffer.from(signed)]), 'tlog.encoding'],
    ['a hundred and one signatures', withLines(line.repeat(101)), 'tlog.note'],
    ['a note that is far too long', `${'x'.repeat(NOTE_LIMIT)}\n\n${line}`, 'tlog.note'],
  ])('%s is refused', (_what, input, code) => expect(codeOf(() => parseNote(input))).toBe(code));

  test('a signature line before the last empty line belongs to the text, and so nobody signed that text', () => {
    const input = withLines(`${line}\n${line}`);
    expect(parseNote(input).text).toBe(`${TEXT}\n${line}`);
    expect(codeOf(() => verify(input))).toBe('tlog.signature');
  });

  test('sixteen signatures and more are read', () => {
    const many = Array.from({ length: 40 }, (_, i) => witnessSigner(`witness.example/${i}`, i + 1));
    const signatures = [signNote(TEXT, log), ...many.map((w) => cosignNote(TEXT, w, 1_800_000_000))];
    const note = parseNote(noteText({ text: TEXT, signatures }));
    expect(verifyNote(note, [log.key, ...many.map((w) => w.key)], ed25519Verify)).toHaveLength(41);
  });

  test('no note is written that could not be read', () => {
    const signatures = [signNote(TEXT, log)];
    expect(codeOf(() => noteText({ text: 'no line feed', signatures }))).toBe('tlog.note');
    expect(codeOf(() => noteText({ text: TEXT, signatures: [] }))).toBe('tlog.note');
    expect(codeOf(() => noteText({ text: 'a\rb\n', signatures }))).toBe('tlog.note');
    expect(codeOf(() => noteText({ text: TEXT, signatures: [{ ...signatures[0]!, name: 'a b' }] }))).toBe('tlog.key');
  });
});

describe('who signed', () => {
  const lines = (...signatures: NoteSignature[]): string => noteText({ text: TEXT, signatures });
  const right = signNote(TEXT, log);
  const broken = { ...right, signature: right.signature.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) };

  test('unknown keys are ignored, also under the name or the id of a known one', () => {
    const sameName = { ...right, keyId: right.keyId ^ 1, signature: Buffer.alloc(64) };
    const sameId = { ...right, name: 'log.example/other', signature: Buffer.alloc(3) };
    expect(verify(lines(sameName, sameName, right, sameId)).map((v) => v.line.keyId)).toEqual([right.keyId]);
    expect(codeOf(() => verify(lines(sameName, sameId)))).toBe('tlog.unsigned');
  });

  test('a known key that fails brings the whole note down, whoever else signed', () => {
    const other = signNote(TEXT, otherKey);
    expect(codeOf(() => verify(lines(other, broken), [otherKey.key, log.key]))).toBe('tlog.signature');
    expect(codeOf(() => verify(lines(broken)))).toBe('tlog.signature');
  });

  test('a known key that stands twice is refused, right or wrong', () => {
    expect(codeOf(() => verify(lines(right, right)))).toBe('tlog.signed-twice');
    expect(codeOf(() => verify(lines(right, broken)))).toBe('tlog.signed-twice');
  });

  test('no known key: refused, and the answer of verifySignatures is empty', () => {
    expect(codeOf(() => verify(lines(right), []))).toBe('tlog.unsigned');
    expect(verifySignatures(parseNote(lines(right)), [otherKey.key], ed25519Verify)).toEqual([]);
  });

  test('during a rotation both keys sign under one name', () => {
    const both = lines(right, signNote(TEXT, otherKey));
    expect(verify(both, [log.key, otherKey.key])).toHaveLength(2);
    expect(verify(both, [otherKey.key])).toHaveLength(1);
  });

  test('signers keep to their kind', () => {
    expect(codeOf(() => signNote(TEXT, witness))).toBe('tlog.key');
    expect(codeOf(() => cosignNote(TEXT, log, 1))).toBe('tlog.key');
  });
});

describe('cosignatures', () => {
  const line = cosignNote(TEXT, witness, 1_679_315_147);
  const whole = (signature: NoteSignature): string => noteText({ text: TEXT, signatures: [signature] });

  test('the message is that of tlog-cosignature', () => {
    expect(Buffer.from(cosignedMessage(1_679_315_147, TEXT)).toString()).toBe(
      `cosignature/v1\ntime 1679315147\n${TEXT}`,
    );
  });

  test('give the time they state', () => {
    expect(verify(whole(line), [witness.key]).map((v) => v.time)).toEqual([1_679_315_147]);
    expect(Buffer.from(line.signature.subarray(0, 8)).toString('hex')).toBe('00000000641850cb');
  });

  test.each<[string, TlogCode, (bytes: Uint8Array) => Uint8Array]>([
    ['another time', 'tlog.signature', (b) => b.map((byte, i) => (i === 7 ? byte ^ 1 : byte))],
    ['another signature', 'tlog.signature', (b) => b.map((byte, i) => (i === 9 ? byte ^ 1 : byte))],
    ['no time', 'tlog.cosignature', (b) => b.subarray(8)],
    ['a byte too many', 'tlog.cosignature', (b) => Buffer.concat([b, Buffer.alloc(1)])],
    ['a time that cannot be counted', 'tlog.cosignature', (b) => b.map((byte, i) => (i === 0 ? 0x7f : byte))],
    ['a time past the allowed', 'tlog.cosignature', (b) => b.map((byte, i) => (i === 0 ? 0xff : byte))],
  ])('%s is refused', (_what, code, change) => {
    expect(codeOf(() => verify(whole({ ...line, signature: change(line.signature) }), [witness.key]))).toBe(code);
  });

  test('a plain signature by the witness is no cosignature', () => {
    const plain = { ...line, signature: witness.sign(Buffer.from(TEXT)) };
    expect(codeOf(() => verify(whole(plain), [witness.key]))).toBe('tlog.cosignature');
  });

  test.each([-1, 0.5, NaN, 2 ** 53])('the time %p is not signed', (time) =>
    expect(codeOf(() => cosignNote(TEXT, witness, time))).toBe('tlog.cosignature'),
  );
});

describe('checkpoints', () => {
  const root = sha256(new Uint8Array(0));
  const base = { origin: 'log.example/green', size: 7, root, extensions: [] };

  test('are written and read', () => {
    expect(checkpointText(base)).toBe(TEXT);
    expect(parseCheckpointText(`${TEXT}more\n`).extensions).toEqual(['more']);
    const opened = openCheckpoint(signCheckpoint(base, log), [log.key], ed25519Verify);
    expect([opened.size, opened.signedBy.map((key) => key.name)]).toEqual([7, ['log.example/green']]);
    expect(parseCheckpointText(TEXT.replace('7', '0')).size).toBe(0);
  });

  const [, , hash = ''] = TEXT.split('\n');
  test.each<[string, string, TlogCode]>([
    ['nothing', '', 'tlog.checkpoint'],
    ['two lines', 'o\n7\n', 'tlog.checkpoint'],
    ['no origin', `\n7\n${hash}\n`, 'tlog.checkpoint'],
    ['no last line feed', TEXT.slice(0, -1), 'tlog.checkpoint'],
    ['an empty further line', `${TEXT}\n`, 'tlog.checkpoint'],
    ['an empty line in between', `${TEXT}\nx\n`, 'tlog.checkpoint'],
    ['a leading zero', TEXT.replace('7', '07'), 'tlog.encoding'],
    ['a sign', TEXT.replace('7', '+7'), 'tlog.encoding'],
    ['a negative size', TEXT.replace('7', '-7'), 'tlog.encoding'],
    ['no size', TEXT.replace('7', ''), 'tlog.encoding'],
    ['a size too large to count', TEXT.replace('7', '9007199254740992'), 'tlog.size'],
    ['a short root', `o\n7\n${toBase64(Buffer.alloc(31))}\n`, 'tlog.hash-length'],
    ['a long root', `o\n7\n${toBase64(Buffer.alloc(33))}\n`, 'tlog.hash-length'],
    ['an empty root', 'o\n7\n\n', 'tlog.hash-length'],
    ['an inexact root', TEXT.replace('=', ''), 'tlog.encoding'],
    ['a root in hex', `o\n7\n${Buffer.from(root).toString('hex')}\n`, 'tlog.hash-length'],
    ['blanks', TEXT.replace('7', ' 7'), 'tlog.encoding'],
  ])('%s is refused', (_what, text, code) => expect(codeOf(() => parseCheckpointText(text))).toBe(code));

  test('the key of one log does not vouch for another', () => {
    const foreign = signCheckpoint({ ...base, origin: 'log.example/other' }, log);
    expect(codeOf(() => openCheckpoint(foreign, [log.key], ed25519Verify))).toBe('tlog.other-origin');
  });

  test('a witness is no log', () => {
    const whole = noteText({ text: TEXT, signatures: [cosignNote(TEXT, witnessSigner('log.example/green'), 1)] });
    const key = witnessSigner('log.example/green').key;
    expect(codeOf(() => openCheckpoint(whole, [key], ed25519Verify))).toBe('tlog.unsigned');
  });

  test('nothing is signed that could not be read', () => {
    expect(codeOf(() => checkpointText({ ...base, origin: '' }))).toBe('tlog.checkpoint');
    expect(codeOf(() => checkpointText({ ...base, origin: 'a\nb' }))).toBe('tlog.checkpoint');
    expect(codeOf(() => checkpointText({ ...base, extensions: [''] }))).toBe('tlog.checkpoint');
    expect(codeOf(() => checkpointText({ ...base, size: -1 }))).toBe('tlog.size');
    expect(codeOf(() => checkpointText({ ...base, root: root.subarray(1) }))).toBe('tlog.hash-length');
    expect(codeOf(() => signCheckpoint({ ...base, origin: 'a\tb' }, log))).toBe('tlog.note');
  });
});
