import { deflateRawSync } from 'node:zlib';
import { judgeFile, kindOf, mayReadOwn } from '../../src/modules/documents/files.rules';

const bytes = (...values: (number | string)[]): Uint8Array =>
  Buffer.concat(values.map((v) => (typeof v === 'number' ? Buffer.from([v]) : Buffer.from(v, 'latin1'))));

function zipWith(name: string): Uint8Array {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), deflateRawSync('x')]);
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const files: Record<string, Uint8Array> = {
  pdf: bytes('%PDF-1.7\n'),
  png: bytes(0x89, 'PNG\r\n', 0x1a, '\n'),
  jpeg: bytes(0xff, 0xd8, 0xff, 0xe0),
  mp4: bytes(0, 0, 0, 0x20, 'ftypisom'),
  zip: zipWith('报告'),
  xlsx: zipWith('[Content_Types].xml'),
  text: Buffer.from('矿山,得分\r\n示例,92.5\r\n'),
};

describe('what a file says it is', () => {
  test.each(Object.entries(files))('%s is known by its first bytes', (kind, head) => {
    expect(kindOf(head)).toBe(kind);
  });

  test.each([
    ['a PNG with one byte wrong', bytes(0x89, 'PNG\r\n', 0x1b, '\n')],
    ['a HEIC picture', bytes(0, 0, 0, 0x18, 'ftypheic')],
    ['a QuickTime film', bytes(0, 0, 0, 0x14, 'ftypqt  ')],
    ['a program', bytes(0x7f, 'ELF', 2, 1, 1, 0)],
    ['UTF-16 text', bytes(0xff, 0xfe, 'a', 0, 'b', 0)],
    ['nothing known', bytes(0, 1, 2, 3)],
  ])('%s is unknown', (_name, head) => {
    expect(kindOf(head)).toBe('unknown');
  });

  test('text may be in GB 18030 and may be cut in the middle of a character', () => {
    expect(kindOf(bytes(0xbf, 0xf3, 0xc9, 0xbd, ',', 0xb5, 0xc3))).toBe('text');
    const cut = Buffer.from('矿山');
    expect(kindOf(cut.subarray(0, cut.length - 1))).toBe('text');
  });

  test('the empty ZIP is a ZIP', () => {
    expect(kindOf(bytes('PK', 5, 6, 0, 0))).toBe('zip');
  });
});

describe('declared type against content', () => {
  const types: Record<string, string[]> = {
    'application/pdf': ['pdf'],
    'image/png': ['png'],
    'image/jpeg': ['jpeg'],
    'video/mp4': ['mp4'],
    'application/zip': ['zip', 'xlsx'],
    [XLSX]: ['xlsx'],
    'text/csv': ['text'],
    'text/plain': ['text'],
  };
  const grid = Object.entries(types).flatMap(([type, fits]) =>
    Object.keys(files).map((kind): [string, string, boolean] => [type, kind, fits.includes(kind)]),
  );
  test.each(grid)('%s with the bytes of %s: %s', (type, kind, fits) => {
    const head = files[kind]!;
    const outcome = judgeFile(type, head.length, head);
    if (fits) expect(outcome).toEqual({ ok: true, value: type });
    else expect(outcome).toMatchObject({ ok: false, refusal: { code: 'file.type-mismatch' } });
  });

  test('Windows’ name for ZIP is kept as ZIP', () => {
    const outcome = judgeFile('application/x-zip-compressed', 99, files.zip!);
    expect(outcome).toEqual({ ok: true, value: 'application/zip' });
  });

  test.each(['text/html', 'image/svg+xml', 'application/octet-stream', 'constructor', ''])(
    '%s is not taken',
    (type) => {
      expect(judgeFile(type, 9, files.text!)).toMatchObject({ ok: false, refusal: { code: 'file.type-not-accepted' } });
    },
  );

  test('an empty file is refused whatever it says', () => {
    expect(judgeFile('text/plain', 0, new Uint8Array())).toMatchObject({ ok: false, refusal: { code: 'file.empty' } });
  });
});

describe('who reads a file as the one who stored it', () => {
  const outside = { authority: null, authorityId: null };
  const institutions = { accountId: 'a', institutionId: 'i', ...outside };
  const persons = { accountId: 'a', institutionId: null, ...outside };
  const officers = { accountId: 'a', institutionId: null, authority: '370000', authorityId: 'o' };
  test.each([
    // The upload of an institution's clerk, of a person, of an officer: loose, and hanging on a record.
    ['bureau', 'a', 'o', 'no no', 'yes no', 'yes no'],
    ['bureau', 'a', 'p', 'no no', 'yes no', 'yes no'],
    // Who scans a paper is often not the one who enters it; another office has no part in that.
    ['inspector', 'b', 'o', 'no no', 'no no', 'yes no'],
    ['inspector', 'b', 'p', 'no no', 'no no', 'no no'],
    ['partner', 'b', 'o', 'no no', 'no no', 'no no'],
    ['auditor', 'b', 'o', 'no no', 'no no', 'no no'],
    ['security-admin', 'b', 'o', 'no no', 'no no', 'no no'],
    ['institution', 'b', 'i', 'yes yes', 'no no', 'no no'],
    ['institution', 'a', 'i', 'yes yes', 'yes yes', 'no no'],
    // A clerk who left takes no right to the files along.
    ['institution', 'a', 'j', 'no no', 'yes yes', 'no no'],
    ['expert', 'a', null, 'no no', 'yes yes', 'no no'],
    ['expert', null, null, 'no no', 'no no', 'no no'],
    // Only what is to be sealed, which the pledges know.
    ['seal-keeper', 'a', 'i', 'no no', 'no no', 'no no'],
  ])('%s of account %s at office or institution %s', (role, accountId, place, ...expected) => {
    const reader = { role, accountId, institutionId: place, authorityId: place };
    const answers = [institutions, persons, officers].map((file) =>
      [false, true].map((isAttached) => (mayReadOwn(reader, file, isAttached) ? 'yes' : 'no')).join(' '),
    );
    expect(answers).toEqual(expected);
  });
});
