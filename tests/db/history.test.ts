import fc from 'fast-check';
import { Column, Entity } from 'typeorm';
import { col } from '../../src/kernel/db/columns';
import { recordVersion, Version, versionsAt, versionsKnownAt } from '../../src/kernel/db/history';
import { makeTable } from '../../src/kernel/db/table';
import { inTransaction } from '../../src/kernel/db/transaction';
import { addDays, instant, legalDate, type Instant, type LegalDate } from '../../src/kernel/pure/time';
import { entities } from '../../src/schema';
import { testDatabase, type TestDatabase } from '../support/database';
import { handClock, type HandClock } from '../support/hand-clock';

@Entity('test_title')
class Title extends Version {
  @Column(col.text(40)) holder: string;
  @Column(col.text(40)) title: string;
}

let t: TestDatabase;
let clock: HandClock;
beforeAll(async () => {
  clock = handClock();
  t = await testDatabase(clock, [...entities, Title]);
  const runner = t.db.source.createQueryRunner();
  const nullable = { nullable: true };
  await makeTable(runner, {
    name: 'test_title',
    columns: {
      id: col.key(36),
      valid_from: col.day(),
      valid_to: col.day(nullable),
      recorded_at: col.at(),
      superseded_at: col.at(nullable),
      recorded_by: col.text(36, nullable),
      paper: col.text(200, nullable),
      holder: col.text(40),
      title: col.text(40),
    },
  });
  await runner.release();
});
afterAll(() => t.drop());
beforeEach(() => t.db.m.deleteAll(Title));

const D = legalDate;
const record = async (
  holder: string,
  title: string,
  from: string,
  to: string | null,
  paper: string | null = null,
): Promise<void> => {
  await inTransaction(t.db, (tx) =>
    recordVersion(
      tx,
      Title,
      { holder },
      { holder, title },
      { from: D(from), to: to === null ? null : D(to), by: 'clerk', paper },
      {
        now: clock.now(),
        id: () => t.db.sources.ids.timed(),
      },
    ),
  );
};

const titleOn = async (holder: string, asOf: string, knownAt: Instant = clock.now()): Promise<string | undefined> => {
  const rows = await versionsAt(t.db, Title, { holder }, { asOf: D(asOf), knownAt });
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0]?.title;
};

const spans = async (holder: string, knownAt: Instant = clock.now()): Promise<string[]> =>
  (await versionsKnownAt(t.db, Title, { holder }, knownAt)).map((v) => `${v.title} ${v.validFrom}/${v.validTo ?? ''}`);

test('half-open: it holds on the first day and no longer on the day of its end', async () => {
  await record('li', 'engineer', '2020-01-01', '2022-01-01');
  expect(await titleOn('li', '2019-12-31')).toBeUndefined();
  expect(await titleOn('li', '2020-01-01')).toBe('engineer');
  expect(await titleOn('li', '2021-12-31')).toBe('engineer');
  expect(await titleOn('li', '2022-01-01')).toBeUndefined();
});

test('a later title ends the open one, and holders do not meet', async () => {
  await record('li', 'engineer', '2020-01-01', null);
  await record('wang', 'engineer', '2020-01-01', null);
  clock.advance(1000);
  await record('li', 'senior', '2023-06-01', null);
  expect(await spans('li')).toEqual(['engineer 2020-01-01/2023-06-01', 'senior 2023-06-01/']);
  expect(await spans('wang')).toEqual(['engineer 2020-01-01/']);
});

test('a correction in the middle splits what was there, and the old view can still be asked for', async () => {
  await record('li', 'engineer', '2020-01-01', '2026-01-01', 'paper 1');
  const before = clock.now();
  clock.advance(5000);
  await record('li', 'none', '2022-01-01', '2023-01-01', 'paper 2');
  expect(await spans('li')).toEqual([
    'engineer 2020-01-01/2022-01-01',
    'none 2022-01-01/2023-01-01',
    'engineer 2023-01-01/2026-01-01',
  ]);
  expect(await spans('li', before)).toEqual(['engineer 2020-01-01/2026-01-01']);
  expect(await titleOn('li', '2022-06-01')).toBe('none');
  expect(await titleOn('li', '2022-06-01', before)).toBe('engineer');
  expect(await titleOn('li', '2022-06-01', instant(before - 1))).toBeUndefined();
  const kept = await versionsKnownAt(t.db, Title, { holder: 'li' }, clock.now());
  expect(kept.map((v) => v.paper)).toEqual(['paper 1', 'paper 2', 'paper 1']);
  expect(kept.map((v) => v.recordedBy)).toEqual(['clerk', 'clerk', 'clerk']);
});

test('two recordings in the same millisecond: that instant knows the second only', async () => {
  await record('li', 'first', '2020-01-01', null);
  await record('li', 'second', '2020-01-01', null);
  const same = clock.now();
  expect(await spans('li', same)).toEqual(['second 2020-01-01/']);
  expect(await titleOn('li', '2020-01-01', same)).toBe('second');
  expect(await spans('li', instant(same - 1))).toEqual([]);
  clock.advance(1);
  expect(await spans('li')).toEqual(['second 2020-01-01/']);
});

test('the instant of a correction already knows the correction', async () => {
  await record('li', 'first', '2020-01-01', null);
  clock.advance(1);
  await record('li', 'second', '2021-01-01', null);
  expect(await titleOn('li', '2021-06-01', clock.now())).toBe('second');
  expect(await titleOn('li', '2021-06-01', instant(clock.now() - 1))).toBe('first');
});

test('a clock that goes back loses nothing', async () => {
  await record('li', 'first', '2020-01-01', null);
  clock.advance(-50);
  await record('li', 'second', '2020-01-01', null);
  expect(await spans('li')).toEqual(['second 2020-01-01/']);
  clock.advance(50);
  expect(await spans('li')).toEqual(['second 2020-01-01/']);
});

test('a span without a day is refused', async () => {
  await expect(record('li', 'x', '2020-01-01', '2020-01-01')).rejects.toThrow('a day at least');
  await expect(record('li', 'x', '2020-01-02', '2020-01-01')).rejects.toThrow('a day at least');
});

const FIRST = D('2026-01-01');
const DAYS = 24;

type Step = { from: number; length: number | null; wait: number };
const step = fc.record({
  from: fc.integer({ min: 0, max: DAYS - 2 }),
  length: fc.option(fc.integer({ min: 1, max: 10 })),
  wait: fc.integer({ min: 0, max: 2 }),
});

/** What each day held, day by day, after each instant: the model knows no spans. */
async function play(holder: string, steps: readonly Step[]): Promise<Map<Instant, (string | undefined)[]>> {
  const days: (string | undefined)[] = Array.from({ length: DAYS });
  const views = new Map<Instant, (string | undefined)[]>();
  for (const [n, { from, length, wait }] of steps.entries()) {
    clock.advance(wait);
    const to = length === null ? null : addDays(FIRST, from + length);
    await record(holder, `t${n}`, addDays(FIRST, from), to);
    days.fill(`t${n}`, from, length === null ? DAYS : from + length);
    views.set(clock.now(), [...days]);
  }
  return views;
}

test('any sequence answers as a day-by-day model does, for every day and every instant', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const holder = `h${(run += 1)}`;
      clock.advance(10);
      const views = await play(holder, steps);
      for (const [knownAt, days] of views) {
        const known = await versionsKnownAt(t.db, Title, { holder }, knownAt);
        const at = (day: LegalDate): (string | undefined)[] =>
          known.filter((v) => v.validFrom <= day && (v.validTo === null || day < v.validTo)).map((v) => v.title);
        const answers = days.map((_, n) => at(addDays(FIRST, n)));
        expect(answers).toEqual(days.map((title) => (title === undefined ? [] : [title])));
        expect(await titleOn(holder, addDays(FIRST, 7), knownAt)).toBe(days[7]);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);

test('rows are written once; only the instant of their supersession is added, once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      await t.db.m.deleteAll(Title);
      const seen = new Map<string, Title>();
      for (const one of steps) {
        await play('li', [one]);
        for (const row of await t.db.m.find(Title)) {
          const old = seen.get(row.id);
          if (old)
            expect({ ...row, supersededAt: old.supersededAt ?? row.supersededAt }).toEqual(
              old.supersededAt === null ? { ...old, supersededAt: row.supersededAt } : old,
            );
          if (old && old.supersededAt !== null) expect(row.supersededAt).toBe(old.supersededAt);
          seen.set(row.id, row);
        }
        expect(await t.db.m.count(Title)).toBe(seen.size);
      }
    }),
    { numRuns: 15 },
  );
}, 60_000);
