import fc from 'fast-check';
import { fen, formatYuan, MoneyError, parseYuan } from '../../src/kernel/pure/money';
import { accept, refuse } from '../../src/kernel/pure/outcome';

test.each([
  ['0', 0],
  ['0.00', 0],
  ['0.01', 1],
  ['0.29', 29],
  ['12', 1200],
  ['12.3', 1230],
  ['12.34', 1234],
  ['90071992547409.91', 2 ** 53 - 1],
])('%s 元', (text, expected) => {
  expect(parseYuan(text)).toEqual(accept(expected));
});

test.each(['', '.5', '5.', '1.234', '-1', '+1', '01', '1,000', '1e3', ' 1', '1\n', '１', '1元', 'NaN', '0x10'])(
  '%j is no amount',
  (text) => {
    expect(parseYuan(text)).toEqual(refuse('money.format'));
  },
);

test.each(['90071992547409.92', '100000000000000', '9'.repeat(5000)])('an amount beyond 2^53−1 fen', (text) => {
  expect(parseYuan(text)).toEqual(refuse('money.too-large', { largest: '90071992547409.91' }));
});

test.each([-1, 0.5, NaN, Infinity, 2 ** 53])('%p is not fen', (value) => {
  expect(() => fen(value)).toThrow(MoneyError);
});

test('format and parse agree for every amount', () => {
  expect(formatYuan(fen(5))).toBe('0.05');
  expect(formatYuan(fen(-0))).toBe('0.00');
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(parseYuan(formatYuan(fen(value)))).toEqual(accept(value));
    }),
  );
});
