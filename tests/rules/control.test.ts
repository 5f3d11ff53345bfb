import fc from 'fast-check';
import {
  chainOf,
  controlGraph,
  namedHolder,
  tieOf,
  type ControlLine,
} from '../../src/modules/organisations/core/control';

const line = (holder: string, body: string, shareBasisPoints: number | null): ControlLine => ({
  ...{ holder, body, by: 'shareholder', shareBasisPoints },
});
const by = (how: 'sponsor' | 'supervisor' | 'representative', holder: string, body: string): ControlLine => ({
  ...{ holder, body, by: how, shareBasisPoints: null },
});
// Enterprises begin with 91, public institutions with 12, organs of the state with 11.
const [a, b, c, d] = ['91A', '91B', '91C', '91D'] as const;
const tie = (lines: ControlLine[], own: string, other: string) => tieOf(controlGraph(lines), own, other);
const kind = (lines: ControlLine[], own: string, other: string) => tie(lines, own, other)?.kind;

describe('more than half', () => {
  test.each([
    [4999, undefined],
    [5000, undefined],
    [5001, 'controlled'],
    [10_000, 'controlled'],
  ])('a share of %i ten-thousandths: %s', (share, expected) => {
    expect(kind([line(a, b, share)], a, b)).toBe(expected);
    expect(kind([line(a, b, share)], b, a)).toBe(expected && 'controls');
  });

  test('a share that is not recorded counts while it may be more than half', () => {
    expect(kind([line(a, b, null)], a, b)).toBe('controlled');
    expect(kind([line(a, b, null), line(c, b, 4999)], a, b)).toBe('controlled');
    expect(kind([line(a, b, null), line(c, b, 5000)], a, b)).toBeUndefined();
    // What is recorded settles it.
    expect(kind([line(a, b, 3000)], a, b)).toBeUndefined();
  });

  test('what bodies under one holder hold counts together', () => {
    const split = [line(a, c, 6000), line(a, d, 6000), line(c, b, 3000), line(d, b, 2001)];
    expect(kind(split, a, b)).toBe('controlled');
    expect(kind([...split.slice(0, 3), line(d, b, 2000)], a, b)).toBeUndefined();
    // Of one that is not controlled nothing is added.
    expect(kind([line(a, c, 5000), ...split.slice(1)], a, b)).toBeUndefined();
  });
});

describe('chains', () => {
  const down = [line(a, b, 6000), line(b, c, 6000), line(c, d, 6000)];

  test('owner upon owner, over any number of bodies, each link more than half', () => {
    expect(tie(down, a, d)).toEqual({ code: d, kind: 'controlled', holder: null, chains: [[a], [a, b, c, d]] });
    expect(tie(down, d, a)).toEqual({ code: a, kind: 'controls', holder: null, chains: [[a, b, c, d], [a]] });
    // 60 % of 60 % of 60 % is less than half, and is control all the same.
    expect(kind([down[0]!, line(b, c, 5000), down[2]!], a, d)).toBeUndefined();
  });

  test('two bodies under one holder are tied, at whatever depth', () => {
    const sisters = [line(a, b, 6000), line(a, c, 6000), line(c, d, 6000)];
    expect(tie(sisters, b, d)).toEqual({
      ...{ code: d, kind: 'common', holder: a },
      chains: [
        [a, b],
        [a, c, d],
      ],
    });
    expect(kind(sisters, d, b)).toBe('common');
    expect(kind([line(a, b, 6000), line(a, c, 5000)], b, c)).toBeUndefined();
  });

  test('sponsor and superior body control, a representative known by name is a hint', () => {
    expect(kind([by('sponsor', '12P', '12Q')], '12P', '12Q')).toBe('controlled');
    expect(kind([by('supervisor', '12P', '51Q')], '51Q', '12P')).toBe('controls');
    const man = namedHolder('person:示例某甲');
    const both = tie([by('representative', man, b), by('representative', man, c)], b, c);
    expect(both).toMatchObject({ kind: 'common', holder: man });
    const owner = tie([line(man, b, 6000), by('representative', man, c)], b, c);
    expect(owner).toMatchObject({ kind: 'common', holder: man });
    const far = tie([by('representative', man, a), line(a, b, 6000), line(man, c, 5001)], b, c);
    expect(far).toMatchObject({ kind: 'common', holder: man });
  });

  test('a tie by codes is named before one by a name', () => {
    const man = namedHolder('person:示例某甲');
    const lines = [by('representative', man, b), by('representative', man, c), line(a, b, 6000), line(a, c, 6000)];
    expect(tie(lines, b, c)).toMatchObject({ kind: 'common', holder: a });
  });
});

describe('the state', () => {
  const organ = '11S';
  test('in common ties nobody together, near or far', () => {
    expect(kind([line(organ, b, 10_000), line(organ, c, 10_000)], b, c)).toBeUndefined();
    expect(kind([by('sponsor', organ, '12P'), by('sponsor', organ, '12Q')], '12P', '12Q')).toBeUndefined();
    const far = [line(organ, a, 10_000), line(a, b, 10_000), line(organ, d, 10_000), line(d, c, 10_000)];
    expect(kind(far, b, c)).toBeUndefined();
    // Nor do those who stand above the organ or for it.
    const above = [by('supervisor', '11T', organ), by('representative', namedHolder('person:示例某乙'), organ)];
    expect(kind([...above, line(organ, b, 10_000), line(organ, c, 10_000)], b, c)).toBeUndefined();
    expect(kind([line(a, organ, 10_000), line(organ, b, 10_000), line(organ, c, 10_000)], b, c)).toBeUndefined();
  });
  test('does not hide a holder of its own kind below it', () => {
    const group = [line(organ, a, 10_000), line(a, b, 6000), line(a, c, 6000)];
    expect(tie(group, b, c)).toMatchObject({ kind: 'common', holder: a });
    expect(kind(group, a, b)).toBe('controlled');
  });
});

describe('circles', () => {
  test('end, and are answered', () => {
    const circle = [line(a, b, 6000), line(b, c, 6000), line(c, a, 6000)];
    expect(kind(circle, a, c)).toBe('controls');
    expect(chainOf(controlGraph(circle), a, c)).toEqual([a, b, c]);
    expect(kind(circle, a, d)).toBeUndefined();
    expect(kind([line(a, a, 10_000)], a, b)).toBeUndefined();
    expect(kind([...circle, line(c, d, 6000)], a, d)).toBe('controlled');
  });

  test('whatever the lines, it ends, and is one and the same from both sides', () => {
    const nodes = ['91A', '91B', '91C', '91D', '12E', '11S', namedHolder('person:x')];
    const lines = fc.array(
      fc.record({
        holder: fc.constantFrom(...nodes),
        body: fc.constantFrom(...nodes.slice(0, 6)),
        by: fc.constantFrom('shareholder' as const, 'sponsor' as const, 'representative' as const),
        shareBasisPoints: fc.option(fc.integer({ min: 0, max: 10_000 })),
      }),
      { maxLength: 20 },
    );
    const turned = { controls: 'controlled', controlled: 'controls', common: 'common' } as const;
    fc.assert(
      fc.property(lines, (all) => {
        const [one, other] = [tie(all, '91A', '91B'), tie(all, '91B', '91A')];
        expect(other === undefined).toBe(one === undefined);
        // In a circle each holds the other, and each side says so of the other.
        if (one && other && (one.kind === 'common') !== (other.kind === 'common')) throw new Error('not the same');
        if (one && other && one.kind !== other.kind) expect(other.kind).toBe(turned[one.kind]);
      }),
    );
  });
});
