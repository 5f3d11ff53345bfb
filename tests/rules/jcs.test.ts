import fc from 'fast-check';
import { assertSafeIntegers, canonicalBytes, canonicalize, JcsError } from '../../src/kernel/pure/jcs';

function errorOf(act: () => unknown): JcsError {
  try {
    act();
  } catch (error) {
    if (error instanceof JcsError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const nest = (levels: number): unknown => Array.from({ length: levels }).reduce<unknown>((inner) => [inner], 1);

describe('what canonicalize writes', () => {
  test.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [1e20, '100000000000000000000'],
    ['\u0000\b\t\n\f\r"\\/\u007f\u2028', '"\\u0000\\b\\t\\n\\f\\r\\"\\\\/\u007f\u2028"'],
    [{}, '{}'],
    [[], '[]'],
    [Object.assign(Object.create(null) as object, { b: 1, a: null }), '{"a":null,"b":1}'],
    [JSON.parse('{"__proto__":1,"10":2,"9":3}'), '{"10":2,"9":3,"__proto__":1}'],
    // UTF-16 order: the surrogate pair of 😂 sorts before U+FB33, though its code point is higher.
    [{ '\ufb33': 1, '😂': 2 }, '{"😂":2,"\ufb33":1}'],
  ])('%j', (value, text) => {
    expect(canonicalize(value)).toBe(text);
  });

  test('a value used twice is no cycle', () => {
    const shared = { a: 1 };
    expect(canonicalize([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });

  test('reading it and writing it again changes nothing, whatever the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalize(value);
        const back: unknown = JSON.parse(text);
        expect(canonicalize(back)).toBe(text);
        if (typeof back === 'object' && back !== null && !Array.isArray(back)) {
          expect(canonicalize(Object.fromEntries(Object.entries(back).reverse()))).toBe(text);
        }
        expect(new TextDecoder().decode(canonicalBytes(value))).toBe(text);
      }),
    );
  });
});

describe('what canonicalize refuses', () => {
  class Thing {
    a = 1;
  }
  const cycle: Record<string, unknown> = {};
  cycle['a'] = [{ b: cycle }];
  const sparse: unknown[] = [1];
  sparse[2] = 3;

  test.each([
    ['NaN', NaN, 'not-finite', ''],
    ['Infinity inside', { a: [1, Infinity] }, 'not-finite', '/a/1'],
    ['−Infinity', -Infinity, 'not-finite', ''],
    ['undefined', undefined, 'unsupported-type', ''],
    ['an undefined field', { a: undefined }, 'unsupported-type', '/a'],
    ['a hole', sparse, 'unsupported-type', '/1'],
    ['a function', { f: () => 1 }, 'unsupported-type', '/f'],
    ['a bigint', [1n], 'unsupported-type', '/0'],
    ['a symbol', [Symbol('s')], 'unsupported-type', '/0'],
    ['a symbol as key', { a: { [Symbol('s')]: 1 } }, 'unsupported-type', '/a'],
    ['a lone high surrogate', ['\ud83d'], 'lone-surrogate', '/0'],
    ['a lone low surrogate', ['a\ude02b'], 'lone-surrogate', '/0'],
    ['a pair the wrong way round', ['\ude02\ud83d'], 'lone-surrogate', '/0'],
    ['a lone surrogate in a key', { 'a\ud83d': 1 }, 'lone-surrogate', '/a\ud83d'],
    ['a date', new Date(0), 'not-plain', ''],
    ['a map', { m: new Map() }, 'not-plain', '/m'],
    ['a class instance', new Thing(), 'not-plain', ''],
    ['a boxed number', Object(1), 'not-plain', ''],
    ['a cycle', cycle, 'cycle', '/a/0/b'],
    ['a place with / and ~ in its name', { 'x/y~z': NaN }, 'not-finite', '/x~1y~0z'],
  ])('%s', (_name, value, code, path) => {
    const error = errorOf(() => canonicalize(value));
    expect({ code: error.code, path: error.path }).toEqual({ code, path });
  });

  test('more than 500 levels, but not 500', () => {
    expect(canonicalize(nest(500))).toHaveLength(1001);
    expect(errorOf(() => canonicalize(nest(501))).code).toBe('too-deep');
    expect(errorOf(() => canonicalize(nest(100_000))).code).toBe('too-deep');
  });
});

describe('assertSafeIntegers', () => {
  test.each([0, -0, 2 ** 53 - 1, -(2 ** 53 - 1), 'NaN 1.5', null, { a: [1, { b: '1.5' }] }])('takes %j', (value) => {
    expect(() => assertSafeIntegers(value)).not.toThrow();
  });

  test.each([
    [2 ** 53, ''],
    [-(2 ** 53), ''],
    [{ a: [0, 0.5] }, '/a/1'],
    [[NaN], '/0'],
    [{ x: Infinity }, '/x'],
  ])('refuses %j', (value, path) => {
    const error = errorOf(() => assertSafeIntegers(value));
    expect({ code: error.code, path: error.path }).toEqual({ code: 'unsafe-number', path });
  });

  test('refuses a cycle and depth as canonicalize does', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    expect(errorOf(() => assertSafeIntegers(cycle)).code).toBe('cycle');
    expect(errorOf(() => assertSafeIntegers(nest(501))).code).toBe('too-deep');
  });
});
