import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { addPeriod, barTerm, legalDate } from '../../src/kernel/pure/time';
import { sharedData } from '../support/shared-data';

type Row = Record<string, string>;

const rows = (file: string): Row[] => parse<Row>(readFileSync(sharedData('dates', file)), { columns: true });
const field = (row: Row, name: string): string => {
  const value = row[name];
  if (value === undefined) throw new Error(`no column ${name}`);
  return value;
};

const sums = rows('add_period_vectors.csv');
const terms = rows('three_year_period_vectors.csv');

test('all rows are there', () => {
  expect([sums.length, terms.length]).toEqual([25, 15]);
});

test.each(sums)('$start + $years y $months m $days d = $expected', (row) => {
  const period = {
    years: Number(field(row, 'years')),
    months: Number(field(row, 'months')),
    days: Number(field(row, 'days')),
  };
  expect(addPeriod(legalDate(field(row, 'start')), period)).toBe(field(row, 'expected'));
});

test.each(terms)('three years from $decision_day end on $last_day', (row) => {
  expect(barTerm(legalDate(field(row, 'decision_day')), 3)).toMatchObject({
    firstCountedDay: field(row, 'first_counted_day'),
    lastBarredDay: field(row, 'last_day'),
    freeFrom: field(row, 'first_free_day'),
  });
});
