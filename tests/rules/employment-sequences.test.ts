import fc from 'fast-check';
import { addDays, legalDate, type LegalDate } from '../../src/kernel/pure/time';
import { clashOf, judgeEnd, judgeVoid, type EmploymentDays } from '../../src/modules/experts/employments.rules';
import { conflictsBetween } from '../../src/modules/experts/merging.rules';

// Whatever is recorded, ended, struck out and merged, in whatever order: on no day is a person full-time at two places,
// nor twice at one.

const start = legalDate('2025-01-01');
const dayNo = (n: number): LegalDate => addDays(start, n);
const kinds = ['full-time', 'retired-reengaged', 'part-time', 'outside'] as const;

type Step =
  | { act: 'record'; who: number; at: number; kind: (typeof kinds)[number]; from: number; length: number | null }
  | { act: 'end'; pick: number; day: number }
  | { act: 'void'; pick: number; day: number | null }
  | { act: 'merge'; from: number; into: number };

const person = fc.nat(2);
const day = fc.nat(40);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    act: fc.constant('record' as const),
    who: person,
    at: fc.nat(2),
    kind: fc.constantFrom(...kinds),
    from: day,
    length: fc.option(fc.integer({ min: 1, max: 20 })),
  }),
  fc.record({ act: fc.constant('end' as const), pick: fc.nat(9), day }),
  fc.record({ act: fc.constant('void' as const), pick: fc.nat(9), day: fc.option(day) }),
  fc.record({ act: fc.constant('merge' as const), from: person, into: person }),
);

interface Held extends EmploymentDays {
  who: number;
}

class Register {
  held: Held[] = [];
  private into = new Map<number, number>();
  private count = 0;

  survivor(who: number): number {
    const next = this.into.get(who);
    return next === undefined ? who : this.survivor(next);
  }
  of = (who: number): Held[] => this.held.filter((e) => this.survivor(e.who) === this.survivor(who));

  play(s: Step): void {
    if (s.act === 'record') this.record(s);
    if (s.act === 'merge') this.merge(s.from, s.into);
    const e = s.act === 'end' || s.act === 'void' ? this.held[s.pick % Math.max(1, this.held.length)] : undefined;
    if (e && s.act === 'end') {
      const judged = judgeEnd(e, dayNo(s.day));
      if (judged.ok) e.to = judged.value.to;
    }
    if (e && s.act === 'void') {
      const judged = judgeVoid(e, s.day === null ? null : dayNo(s.day));
      if (judged.ok && judged.value.kept) e.to = judged.value.kept.to;
      else if (judged.ok) this.held = this.held.filter((one) => one !== e);
    }
  }

  private record(s: Extract<Step, { act: 'record' }>): void {
    const from = dayNo(s.from);
    const next = {
      institutionId: `i${s.at}`,
      kind: s.kind,
      from,
      to: s.length === null ? null : addDays(from, s.length),
    };
    if (clashOf(this.of(s.who), next)) return;
    this.held.push({ ...next, who: s.who, employmentId: `e${(this.count += 1)}` });
  }

  private merge(from: number, into: number): void {
    const [a, b] = [this.survivor(from), this.survivor(into)];
    if (a === b) return;
    const side = (who: number) => ({ employments: this.of(who), teams: [] });
    if (conflictsBetween(side(a), side(b)).length === 0) this.into.set(a, b);
  }
}

const holds = (e: EmploymentDays, on: LegalDate): boolean => e.from <= on && (e.to === null || on < e.to);

test('no person is full-time at two places, nor twice at one, on any day', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const register = new Register();
      for (const s of steps) register.play(s);
      for (let n = 0; n < 80; n += 1) {
        for (const who of [0, 1, 2]) {
          const there = register.of(who).filter((e) => holds(e, dayNo(n)));
          expect(there.filter((e) => e.kind === 'full-time').length).toBeLessThanOrEqual(1);
          expect(new Set(there.map((e) => e.institutionId)).size).toBe(there.length);
        }
      }
    }),
  );
});

test('a merge is let through exactly when no day of either contradicts the other', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const register = new Register();
      for (const s of steps.filter((one) => one.act === 'record')) register.play(s);
      const [a, b] = [register.of(0), register.of(1)];
      const meets = a.some((x) =>
        b.some((y) => {
          const together = [...Array(80).keys()].some((n) => holds(x, dayNo(n)) && holds(y, dayNo(n)));
          const both = x.kind === 'full-time' && y.kind === 'full-time';
          return together && (both || x.institutionId === y.institutionId);
        }),
      );
      const conflicts = conflictsBetween({ employments: a, teams: [] }, { employments: b, teams: [] });
      expect(conflicts.length > 0).toBe(meets);
    }),
  );
});
