import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvCell, csvText } from '../../src/modules/public-registry/csv';
import { blacklistColumns } from '../../src/modules/public-registry/public-registry.contract';

test.each([
  ['示例有限公司', '示例有限公司'],
  ['', ''],
  ['甲,乙', '"甲,乙"'],
  ['称"绿评"', '"称""绿评"""'],
  ['"', '""""'],
  ['一\n二', '"一\n二"'],
  ['一\r\n二', '"一\r\n二"'],
  ['=1+1', "'=1+1"],
  ['+86', "'+86"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['＝1', "'＝1"],
  ['=HYPERLINK("http://a","b")', '"\'=HYPERLINK(""http://a"",""b"")"'],
  ['1=1', '1=1'],
  ['2026-11-23', '2026-11-23'],
])('the cell %j is written %j', (value, cell) => expect(csvCell(value)).toBe(cell));

test('the head comes first, every line ends with CRLF, columns keep their order', () => {
  expect(csvText(['b', 'a'], [{ a: '1', b: '2,3' }])).toBe('b,a\r\n"2,3",1\r\n');
  expect(csvText(['b', 'a'], [])).toBe('b,a\r\n');
});

test('the blacklist has the columns of architecture 5.5, in their order', () => {
  expect(blacklistColumns.join(',')).toBe(
    'kind,code,name,ground,decisionNumber,authority,basis,servedOn,lastBarredDay,freeFrom,state',
  );
});

test('another reader gets back what was written, apart from the apostrophe before a formula', () => {
  const cell = fc.string({
    unit: fc.constantFrom('甲', 'a', ',', '"', '\n', '\r', '=', '+', '-', '@', '\t', ' ', "'"),
  });
  fc.assert(
    fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1, maxLength: 5 }), (rows) => {
      const read = parse(csvText(['a', 'b'], rows), { record_delimiter: '\r\n' });
      const plain = (text: string): string => (/^'[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text);
      expect(read[0]).toEqual(['a', 'b']);
      for (const [n, row] of rows.entries()) {
        const [a, b] = read[n + 1]!;
        expect([plain(a!), plain(b!)]).toEqual([plain(row.a), plain(row.b)]);
        for (const text of [a!, b!]) expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
      }
    }),
    { numRuns: 300 },
  );
});
