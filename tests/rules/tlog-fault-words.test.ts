import { TlogFault, attempt } from '../../src/kernel/pure/tlog/fault';
import { sayFault } from '../../src/kernel/pure/tlog/fault-words';
import { parseNote } from '../../src/kernel/pure/tlog/note';
import { fromDecimal } from '../../src/kernel/pure/tlog/encoding';

test('a fault is said in both languages with its exact cause, and kept whole in JSON', () => {
  const tried = attempt(() => fromDecimal('07', 'tree size'));
  if (tried.ok) throw new Error('07 is no number here');
  const words = sayFault(tried.fault);
  expect(words.zh).toMatch(/^文件的文字或编码写法不规范.*（具体原因：tree size "07" is no decimal number.*）$/);
  expect(words.en).toMatch(/^Text or encoding is not exact.*\(Exactly: tree size "07" is no decimal number.*\)$/);
  expect(JSON.parse(JSON.stringify(tried.fault))).toEqual({
    code: 'tlog.encoding',
    message: tried.fault.message,
    params: {},
  });
});

test('what a hostile file says stands in a message in short and without control characters', () => {
  const line = `\u001b[31m\u009b1m\u202e${'x'.repeat(5_000)}`;
  const tried = attempt(() => fromDecimal(line, 'tree size'));
  expect(tried).toMatchObject({ ok: false });
  if (tried.ok) return;
  expect(tried.fault.message.length).toBeLessThan(200);
  expect(tried.fault.message).toContain('"\\u001b[31m\\u{9b}1m\\u{202e}x');
  expect(tried.fault.message).not.toMatch(/\p{C}/u);
});

test('a fault of the program is none of the file', () => {
  expect(() =>
    attempt(() => {
      throw new RangeError('a mistake');
    }),
  ).toThrow('a mistake');
  expect(attempt(() => parseNote(''))).toMatchObject({ fault: expect.any(TlogFault) as TlogFault });
});
