import fc from 'fast-check';
import {
  actsOf,
  causeOf,
  compareFields,
  compareItems,
  givenUpAt,
  originOf,
  sameValue,
  toldAt,
  type MomentSeen,
  type Told,
} from '../../src/kernel/pure/diff';
import { addDays, instant, legalDate, type Instant, type LegalDate } from '../../src/kernel/pure/time';
import { spliceVersions } from '../../src/kernel/pure/versions';

const D = legalDate;
const at = (n: number): Instant => instant(1_700_000_000_000 + n);

/** A history written as registers write it: entry by entry, each splitting what was believed of other days. */
function told(
  steps: readonly {
    when: number;
    from: LegalDate;
    to: LegalDate | null;
    by?: string;
    paper?: string;
    fields: object;
  }[],
): Told[] {
  const rows: Told[] = [];
  for (const { when, from, to, by = 'clerk', paper = `paper ${when}`, fields } of steps) {
    const now = at(when);
    const plan = spliceVersions(
      rows.filter((r) => r.supersededAt === null),
      { validFrom: from, validTo: to },
    );
    plan.superseded.forEach((row) => (row.supersededAt = now));
    const anew = { recordedAt: now, supersededAt: null };
    rows.push(...plan.kept.map(({ row, span }) => ({ ...row, ...span, ...anew })), {
      validFrom: from,
      validTo: to,
      recordedBy: by,
      paper,
      ...anew,
      fields: { ...fields },
    });
  }
  return rows;
}

const seen = (asOf: string, knownAt: number): MomentSeen => ({ asOf: D(asOf), knownAt: at(knownAt) });

const career = told([
  { when: 10, from: D('2020-01-01'), to: null, fields: { name: '甲', title: 'medium', fields: ['a', 'b'] } },
  { when: 20, from: D('2023-01-01'), to: null, fields: { name: '甲', title: 'senior', fields: ['b', 'c'] } },
  { when: 30, from: D('2021-01-01'), to: D('2022-01-01'), fields: { name: '乙', title: 'medium', fields: ['a', 'b'] } },
]);

const between = (rows: readonly Told[], from: MomentSeen, to: MomentSeen) =>
  compareFields(toldAt(rows, from)?.fields ?? null, toldAt(rows, to)?.fields ?? null).map(({ field }) => ({
    field,
    paper: causeOf(rows, field, from, to)?.paper,
  }));

test('between two days: the entry with which the later value begins', () => {
  expect(between(career, seen('2020-06-01', 40), seen('2024-01-01', 40))).toEqual([
    { field: 'title', paper: 'paper 20' },
    { field: 'fields', paper: 'paper 20' },
  ]);
});

test('between two instants: the correction', () => {
  expect(between(career, seen('2021-06-01', 25), seen('2021-06-01', 40))).toEqual([
    { field: 'name', paper: 'paper 30' },
  ]);
  expect(between(career, seen('2021-06-01', 40), seen('2021-06-01', 25))).toEqual([
    { field: 'name', paper: 'paper 30' },
  ]);
});

test('what a split left standing leads back to the entry that first said it', () => {
  expect(between(career, seen('2021-06-01', 40), seen('2022-06-01', 40))).toEqual([
    { field: 'name', paper: 'paper 10' },
  ]);
  const right = toldAt(career, seen('2022-06-01', 40))!;
  expect(right.recordedAt).toBe(at(30));
  expect(originOf(career, right).recordedAt).toBe(at(10));
  expect(givenUpAt(career, originOf(career, right))).toBeNull();
});

test('before the first entry there is nothing, and the first entry is why there is something', () => {
  expect(between(career, seen('2019-12-31', 40), seen('2020-01-01', 40)).map((c) => c.paper)).toEqual(
    Array.from({ length: 3 }, () => 'paper 10'),
  );
  expect(between(career, seen('2021-06-01', 9), seen('2021-06-01', 10)).map((c) => c.paper)).toEqual(
    Array.from({ length: 3 }, () => 'paper 10'),
  );
  expect(between(career, seen('2019-01-01', 40), seen('2019-06-01', 40))).toEqual([]);
});

test('after the last day of what ended there is nothing, and the entry that ended says so', () => {
  const ended = told([{ when: 1, from: D('2020-01-01'), to: D('2021-01-01'), fields: { kind: 'x' } }]);
  expect(between(ended, seen('2020-12-31', 5), seen('2021-01-01', 5))).toEqual([{ field: 'kind', paper: 'paper 1' }]);
});

test('lists are compared by key, objects whatever the order of their members', () => {
  expect(compareItems(['a', 'b'], ['b', 'c'])).toEqual([
    { key: 'a', change: 'removed', before: 'a', after: null },
    { key: 'c', change: 'added', before: null, after: 'c' },
  ]);
  expect(compareItems([{ id: '1', n: 1 }], [{ n: 2, id: '1' }])).toEqual([
    { key: '1', change: 'changed', before: { id: '1', n: 1 }, after: { n: 2, id: '1' } },
  ]);
  expect(sameValue({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
  expect(sameValue([1, 2], [2, 1])).toBe(false);
  expect(sameValue({ 0: 'a' }, ['a'])).toBe(false);
});

test('the change log tells each act with its days and differences', () => {
  const acts = actsOf(career);
  expect(acts.map((a) => a.made.map((m) => m.paper))).toEqual([['paper 10'], ['paper 20'], ['paper 30']]);
  expect(acts[0]!.stretches.map((s) => [s.from, s.to])).toEqual([['2020-01-01', null]]);
  expect(acts[1]!.stretches).toMatchObject([{ from: '2023-01-01', to: null }]);
  expect(acts[1]!.stretches[0]!.changes.map((c) => c.field)).toEqual(['title', 'fields']);
  expect(acts[2]!.stretches).toEqual([
    {
      from: '2021-01-01',
      to: '2022-01-01',
      changes: [{ field: 'name', before: '甲', after: '乙', items: null }],
    },
  ]);
});

test('a correction over several entries differs from each of them in its own way', () => {
  const rows = told([
    { when: 1, from: D('2020-01-01'), to: D('2021-01-01'), fields: { t: 'a' } },
    { when: 2, from: D('2022-01-01'), to: null, fields: { t: 'b' } },
    { when: 3, from: D('2020-06-01'), to: D('2023-01-01'), fields: { t: 'b' } },
  ]);
  expect(actsOf(rows)[2]!.stretches).toMatchObject([
    { from: '2020-06-01', to: '2021-01-01', changes: [{ before: 'a', after: 'b' }] },
    { from: '2021-01-01', to: '2022-01-01', changes: [{ before: null, after: 'b' }] },
  ]);
});

const FIRST = D('2026-01-01');
const step = fc.record({
  from: fc.integer({ min: 0, max: 20 }),
  length: fc.option(fc.integer({ min: 1, max: 9 })),
  a: fc.constantFrom('x', 'y', 'z'),
  b: fc.constantFrom('p', 'q'),
});
const history = fc.array(step, { minLength: 1, maxLength: 7 }).map((steps) =>
  told(
    steps.map(({ from, length, a, b }, n) => ({
      when: n * 10,
      from: addDays(FIRST, from),
      to: length === null ? null : addDays(FIRST, from + length),
      fields: { a, b },
    })),
  ),
);
const moment = fc.record({ day: fc.integer({ min: -1, max: 32 }), when: fc.integer({ min: -5, max: 75 }) });
const seenAt = ({ day, when }: { day: number; when: number }): MomentSeen => ({
  asOf: addDays(FIRST, day),
  knownAt: at(when),
});

test('no moment differs from itself; every difference has a cause, an entry that stands in the history', () => {
  fc.assert(
    fc.property(history, moment, moment, (rows, one, other) => {
      const [from, to] = [seenAt(one), seenAt(other)];
      expect(between(rows, from, from)).toEqual([]);
      for (const { field } of compareFields(toldAt(rows, from)?.fields ?? null, toldAt(rows, to)?.fields ?? null)) {
        const cause = causeOf(rows, field, from, to);
        expect(rows).toContain(cause);
        // What a split made is never named: it said nothing new.
        expect(originOf(rows, cause!)).toBe(cause);
        const later = from.knownAt > to.knownAt ? from.knownAt : to.knownAt;
        expect(cause!.recordedAt).toBeLessThanOrEqual(later);
      }
    }),
    { numRuns: 500 },
  );
});

test('the acts, put one after another, give every view there ever was', () => {
  fc.assert(
    fc.property(history, (rows) => {
      const days = Array.from({ length: 34 }, (_, n) => addDays(FIRST, n - 1));
      const view = new Map(days.map((day) => [day, null as Record<string, unknown> | null]));
      for (const act of actsOf(rows)) {
        for (const { from, to, changes } of act.stretches) {
          for (const day of days.filter((d) => d >= from && (to === null || d < to))) {
            const next = { ...view.get(day) };
            for (const { field, before, after } of changes) {
              expect(view.get(day)?.[field] ?? null).toBe(before);
              next[field] = after;
            }
            view.set(day, next);
          }
        }
        for (const day of days) {
          const now = toldAt(rows, { asOf: day, knownAt: act.at })?.fields;
          expect(view.get(day) ?? undefined).toEqual(now);
        }
      }
    }),
    { numRuns: 300 },
  );
});
