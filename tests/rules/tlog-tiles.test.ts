import fc from 'fast-check';
import { bundleBytes, entriesOf, ENTRY_LIMIT } from '../../src/kernel/pure/tlog/bundles';
import { attempt, type TlogCode } from '../../src/kernel/pure/tlog/fault';
import { bundlePath, newBundles, newTiles, parseTilePath, tilePath } from '../../src/kernel/pure/tlog/tiles';

const codeOf = (run: () => unknown): TlogCode | undefined => {
  const tried = attempt(run);
  return tried.ok ? undefined : tried.fault.code;
};
const paths = (from: number, to: number): string[] => newTiles(from, to).map(tilePath);

describe('paths', () => {
  test.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
    [{ level: 1, index: 1_000, width: 1 }, 'tile/1/x001/000.p/1'],
    [{ level: 0, index: Number.MAX_SAFE_INTEGER, width: 256 }, 'tile/0/x009/x007/x199/x254/x740/991'],
  ])('%j', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual({ kind: 'tile', ...tile });
    const { index, width } = tile;
    expect(parseTilePath(bundlePath(tile))).toEqual({ kind: 'bundle', index, width });
  });

  test('what is written is read again', () => {
    const tiles = fc.record({
      level: fc.integer({ min: 0, max: 63 }),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tiles, (tile) => expect(parseTilePath(tilePath(tile))).toEqual({ kind: 'tile', ...tile })));
  });

  test.each([
    '',
    'tile',
    'tile/0',
    'tile/0/',
    'tile/0/0',
    'tile/0/00',
    'tile/0/0000',
    'tile/0/x000',
    'tile/0/x000/000',
    'tile/0/x000/001',
    'tile/0/001/002',
    'tile/0/x01/002',
    'tile/00/000',
    'tile/01/000',
    'tile/64/000',
    'tile/100/000',
    'tile/-1/000',
    'tile/+1/000',
    'tile/0/000.p',
    'tile/0/000.p/',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000.p/1/',
    'tile/0/000.p/1000',
    'tile/0/000/',
    '/tile/0/000',
    'tile//000',
    'tile/0/000\n',
    'tile/0/000\u0000',
    'tile/0/../000',
    'tile/entries',
    'tile/entries/0',
    'tile/Entries/000',
    'tile/0/００0',
    'tile/0/x009/x007/x199/x254/x740/992',
    `tile/0/${'x999/'.repeat(2_000)}999`,
    'tile/0/X001/000',
    'tile/data/000',
    'tile/0/000.P/1',
    'tile/0/000?x',
    'tile/8/0',
    'tile/0/1e3',
  ])('%j is refused', (path) => expect(codeOf(() => parseTilePath(path))).toBe('tlog.path'));

  test('no path is made of what is no tile', () => {
    expect(codeOf(() => tilePath({ level: 64, index: 0, width: 1 }))).toBe('tlog.path');
    expect(codeOf(() => tilePath({ level: 0.5, index: 0, width: 1 }))).toBe('tlog.path');
    expect(codeOf(() => tilePath({ level: 0, index: 0, width: 0 }))).toBe('tlog.path');
    expect(codeOf(() => tilePath({ level: 0, index: 0, width: 257 }))).toBe('tlog.path');
    expect(codeOf(() => tilePath({ level: 0, index: -1, width: 1 }))).toBe('tlog.size');
    expect(codeOf(() => bundlePath({ index: 2 ** 53, width: 1 }))).toBe('tlog.size');
  });
});

describe('which tiles are new', () => {
  test('the example of tlog-tiles: 70,000 entries', () => {
    const all = newTiles(0, 70_000);
    expect(all.filter((t) => t.level === 0 && t.width === 256)).toHaveLength(273);
    expect(all.filter((t) => t.level !== 0 || t.width < 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
  });

  test.each<[number, number, string[]]>([
    [0, 0, []],
    [5, 5, []],
    [0, 1, ['tile/0/000.p/1']],
    [1, 2, ['tile/0/000.p/2']],
    [0, 255, ['tile/0/000.p/255']],
    [255, 256, ['tile/0/000', 'tile/1/000.p/1']],
    [0, 256, ['tile/0/000', 'tile/1/000.p/1']],
    [256, 257, ['tile/0/001.p/1']],
    [255, 257, ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']],
    [257, 512, ['tile/0/001', 'tile/1/000.p/2']],
    [65_534, 65_535, ['tile/0/255.p/255']],
    [65_535, 65_536, ['tile/0/255', 'tile/1/000', 'tile/2/000.p/1']],
    [65_536, 65_537, ['tile/0/256.p/1']],
    [65_535, 65_537, ['tile/0/255', 'tile/0/256.p/1', 'tile/1/000', 'tile/2/000.p/1']],
    [65_537, 65_792, ['tile/0/256', 'tile/1/001.p/1']],
    [16_777_215, 16_777_216, ['tile/0/x065/535', 'tile/1/255', 'tile/2/000', 'tile/3/000.p/1']],
  ])('from %i to %i', (from, to, expected) => expect(paths(from, to)).toEqual(expected));

  test('step by step or at once, a log has the same full tiles; a partial one stands for every size it was published at', () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 70_000 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(sizes, (drawn) => {
        const published = [0, ...drawn.sort((a, b) => a - b)];
        const stepped = published.slice(1).flatMap((to, i) => paths(published[i]!, to));
        expect(new Set(stepped).size).toBe(stepped.length);
        const full = (list: string[]): string[] => list.filter((path) => !path.includes('.p/')).sort();
        expect(full(stepped)).toEqual(full(paths(0, published.at(-1)!)));
        for (const size of published) expect(paths(0, size).filter((path) => !stepped.includes(path))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('bundles lie as the tiles of level 0', () => {
    expect(newBundles(255, 600).map(bundlePath)).toEqual([
      'tile/entries/000',
      'tile/entries/001',
      'tile/entries/002.p/88',
    ]);
    expect(newBundles(300, 300)).toEqual([]);
  });

  test('a log neither shrinks nor has a size that cannot be counted', () => {
    expect(codeOf(() => newTiles(2, 1))).toBe('tlog.range');
    expect(codeOf(() => newBundles(2, 1))).toBe('tlog.range');
    for (const size of [-1, 0.5, NaN, Infinity, 2 ** 53]) expect(codeOf(() => newTiles(0, size))).toBe('tlog.size');
    expect(newTiles(Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER).map(tilePath)).toEqual([
      'tile/0/x035/x184/x372/x088/831.p/255',
    ]);
  });
});

describe('bundles', () => {
  test('lengths stand before entries, the higher byte first', () => {
    const bytes = bundleBytes([Buffer.alloc(0), Buffer.from('ab'), Buffer.alloc(258, 7)]);
    expect(Buffer.from(bytes.subarray(0, 8)).toString('hex')).toBe('0000000261620102');
    expect(entriesOf(bytes, 3).map((entry) => entry.length)).toEqual([0, 2, 258]);
  });

  test('the longest entry fits, a longer one does not', () => {
    const longest = Buffer.alloc(ENTRY_LIMIT, 1);
    expect(Buffer.from(entriesOf(bundleBytes([longest]), 1)[0]!).equals(longest)).toBe(true);
    expect(codeOf(() => bundleBytes([Buffer.alloc(ENTRY_LIMIT + 1)]))).toBe('tlog.entry-length');
  });

  test('what is written is read again', () => {
    const entries = fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(entries, (list) => {
        expect(entriesOf(bundleBytes(list), list.length).map((e) => [...e])).toEqual(list.map((e) => [...e]));
      }),
      { numRuns: 50 },
    );
  });

  test.each<[string, string, number]>([
    ['nothing', '', 1],
    ['half a length', '00', 1],
    ['a length without its entry', '0003', 1],
    ['an entry that is cut off', '00036f6e', 1],
    ['an entry too few', '000161', 2],
    ['an entry too many', '000161000162', 1],
    ['bytes after the last entry', '00016100', 1],
    ['a length that reaches past the end', 'ffff61', 1],
  ])('%s is refused', (_what, hex, width) => {
    expect(codeOf(() => entriesOf(Buffer.from(hex, 'hex'), width))).toBe('tlog.bundle');
  });

  test('a bundle has 1 to 256 entries', () => {
    expect(codeOf(() => bundleBytes([]))).toBe('tlog.bundle');
    expect(codeOf(() => bundleBytes(Array.from({ length: 257 }, () => Buffer.alloc(1))))).toBe('tlog.bundle');
  });
});
