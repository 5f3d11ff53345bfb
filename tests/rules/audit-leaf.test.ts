import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { parseInstant } from '../../src/kernel/pure/time';
import {
  factHash,
  factsCommitment,
  factsOf,
  LEAF_LIMIT,
  leafText,
  type OpenEntry,
  type SaltedFact,
} from '../../src/modules/audit-log/core/leaf';

// The recomputation of an outsider: written from architecture.md 5.1 with node:crypto alone, nothing of src.

const sha256 = (...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** RFC 8785 as far as our documents need it: strings, safe integers, literals, arrays, objects sorted by UTF-16 units. */
function jcs(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const record = value as Record<string, unknown>;
  return `{${Object.keys(record)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${jcs(record[key])}`)
    .join(',')}}`;
}

/** Every leaf of the payload by RFC 6901, walked without recursion into the code under test. */
function leaves(payload: unknown): [string, unknown][] {
  const found: [string, unknown][] = [];
  const todo: [string, unknown][] = [['', payload]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [path, value] = next;
    const inner = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    if (inner.length === 0) found.push([path, value]);
    for (const key of inner) {
      const step = key.split('~').join('~0').split('/').join('~1');
      todo.push([`${path}/${step}`, (value as Record<string, unknown>)[key]]);
    }
  }
  return found;
}

const hashOf = (salt: string, path: string, value: unknown): string =>
  sha256('lujian-fact/1', Buffer.from([0]), Buffer.from(salt, 'hex'), jcs([path, value])).toString('hex');

const commitmentOf = (facts: readonly SaltedFact[]): string =>
  sha256(jcs(facts.map((f) => hashOf(f.salt, f.path, f.value)).sort())).toString('hex');

const hasher = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const saltOf = (n: number): string => sha256(`salt ${n}`).toString('hex');
const salted = (payload: unknown): SaltedFact[] => factsOf(payload).map((f, n) => ({ ...f, salt: saltOf(n) }));

const byPath = <T extends { path: string }>(facts: readonly T[]): T[] =>
  [...facts].sort((a, b) => (a.path < b.path ? -1 : 1));

const entry = (more: Partial<OpenEntry> = {}): OpenEntry => ({
  id: '0199c0de-0000-7000-8000-000000000001',
  at: parseInstant('2026-11-23T07:04:05.006Z'),
  type: 'bar.imposed',
  actor: { role: 'inspector', authority: '370000' },
  subjects: [],
  ...more,
});

describe('facts', () => {
  test('are the leaves by JSON pointer, empty arrays and objects among them', () => {
    const payload = {
      'a/b': 1,
      'm~n': { '~1': '0', '/': null },
      '': 'empty key',
      list: ['x', [], { deep: [true, {}] }],
      none: {},
    };
    expect(factsOf(payload)).toEqual([
      { path: '/a~1b', value: 1 },
      { path: '/m~0n/~01', value: '0' },
      { path: '/m~0n/~1', value: null },
      { path: '/', value: 'empty key' },
      { path: '/list/0', value: 'x' },
      { path: '/list/1', value: [] },
      { path: '/list/2/deep/0', value: true },
      { path: '/list/2/deep/1', value: {} },
      { path: '/none', value: {} },
    ]);
    expect(factsOf({})).toEqual([{ path: '', value: {} }]);
    expect(factsOf('alone')).toEqual([{ path: '', value: 'alone' }]);
  });

  test('are hashed one by one, so that each can be opened alone', () => {
    const fact = { path: '/a~1b/0', value: '示例', salt: saltOf(7) };
    expect(factHash(fact, hasher)).toBe(hashOf(saltOf(7), '/a~1b/0', '示例'));
    // The same by the bytes themselves.
    const bytes = Buffer.concat([
      Buffer.from('lujian-fact/1\0', 'latin1'),
      Buffer.from(saltOf(7), 'hex'),
      Buffer.from('["/a~1b/0","示例"]', 'utf8'),
    ]);
    expect(factHash(fact, hasher)).toBe(sha256(bytes).toString('hex'));
  });

  test('commit to path, value and salt', () => {
    const fact = { path: '/a', value: '1', salt: saltOf(1) };
    const others = [
      { ...fact, path: '/b' },
      { ...fact, value: 1 },
      { ...fact, salt: saltOf(2) },
    ];
    expect(new Set([fact, ...others].map((f) => factHash(f, hasher))).size).toBe(4);
  });

  test.each([
    ['31 bytes', 'ab'.repeat(31)],
    ['33 bytes', 'ab'.repeat(33)],
    ['an odd length', 'a'.repeat(63)],
    ['upper case', 'AB'.repeat(32)],
    ['no hex', 'zz'.repeat(32)],
    ['nothing', ''],
  ])('refuse a salt of %s', (_name, salt) => {
    expect(() => factHash({ path: '/a', value: 1, salt }, hasher)).toThrow('salt of 32 bytes');
  });

  test.each([0.5, 2 ** 53, -(2 ** 53), NaN, Infinity])('refuse the number %d', (value) => {
    expect(() => factHash({ path: '/a', value, salt: saltOf(1) }, hasher)).toThrow();
  });

  test.each([2 ** 53 - 1, -(2 ** 53 - 1), 0])('take the number %d', (value) => {
    expect(factHash({ path: '/a', value, salt: saltOf(1) }, hasher)).toBe(hashOf(saltOf(1), '/a', value));
  });

  test('refuse what has no canonical form, so that no field vanishes', () => {
    expect(() => factsCommitment(salted({ gone: undefined }), hasher)).toThrow();
  });
});

describe('the commitment', () => {
  test('is the hash of the sorted array of fact hashes, whatever their order', () => {
    const facts = salted({ b: [1, 2, 3], a: { 'x/y': '示例', z: [] }, n: null });
    expect(factsCommitment(facts, hasher)).toBe(commitmentOf(facts));
    expect(factsCommitment([...facts].reverse(), hasher)).toBe(commitmentOf(facts));
    const sorted = facts.map((f) => hashOf(f.salt, f.path, f.value)).sort();
    expect(sorted).not.toEqual(facts.map((f) => hashOf(f.salt, f.path, f.value)));
  });

  test('of no fact at all', () => expect(factsCommitment([], hasher)).toBe(sha256('[]').toString('hex')));

  test('is what an outsider computes, for any payload', () => {
    const key = fc.string({ unit: fc.constantFrom('a', 'b', '~', '/', '0', '1', '示', '"', '\\', ' '), maxLength: 4 });
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.string(),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(key, tie('any'), { maxKeys: 3, noNullPrototype: true }),
      ),
    })).any;
    fc.assert(
      fc.property(value, (payload) => {
        const facts = salted(payload);
        const theirs = leaves(payload).map(([path, v]) => ({ path, value: v }));
        expect(byPath(facts).map(({ path, value: v }) => ({ path, value: v }))).toEqual(byPath(theirs));
        expect(new Set(facts.map((f) => f.path)).size).toBe(facts.length);
        expect(factsCommitment(facts, hasher)).toBe(commitmentOf(facts));
      }),
      { numRuns: 300 },
    );
  });
});

describe('the leaf', () => {
  const facts = commitmentOf(salted({ bar: 'b1' }));

  test('of a public type shows itself and its subjects in sorted order', () => {
    const subjects = ['lot:2', 'institution:91370000MA3X000106', 'evaluation:a', 'lot:10'];
    const text = leafText(entry({ subjects }), facts);
    expect(text).toBe(
      `{"actor":{"authority":"370000","role":"inspector"},"at":"2026-11-23T07:04:05.006Z","facts":"${facts}",` +
        '"id":"0199c0de-0000-7000-8000-000000000001",' +
        '"subjects":["evaluation:a","institution:91370000MA3X000106","lot:10","lot:2"],"type":"bar.imposed","v":1}',
    );
    expect(text).toBe(jcs(JSON.parse(text)));
    expect(subjects[0]).toBe('lot:2');
  });

  test('of somebody without an authority says null', () => {
    const text = leafText(entry({ actor: { role: 'system', authority: null } }), facts);
    expect(JSON.parse(text)).toMatchObject({ actor: { role: 'system', authority: null }, subjects: [] });
  });

  test('of a sealed type shows the commitment and nothing else', () => {
    expect(leafText('sealed', facts)).toBe(`{"facts":"${facts}","type":"sealed","v":1}`);
  });

  test('holds at most 65,535 bytes of UTF-8', () => {
    expect(LEAF_LIMIT).toBe(65_535);
    const size = (subjects: string[]): number => Buffer.byteLength(leafText(entry({ subjects }), facts), 'utf8');
    const room = 65_535 - size(['']);
    expect(size(['x'.repeat(room)])).toBe(65_535);
    expect(() => leafText(entry({ subjects: ['x'.repeat(room + 1)] }), facts)).toThrow('65,535');
    // Characters of three bytes count as three.
    expect(() => leafText(entry({ subjects: ['示'.repeat(Math.floor(room / 3) + 1)] }), facts)).toThrow('65,535');
    expect(size(['示'.repeat(Math.floor(room / 3))])).toBeLessThanOrEqual(65_535);
  });
});
