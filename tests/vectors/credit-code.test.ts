import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { judgeCreditCode } from '../../src/modules/organisations/core/credit-code';
import { sharedData } from '../support/shared-data';

type Row = { code: string; expect: string; why: string };

const rows = parse<Row>(readFileSync(sharedData('identifiers', 'uscc_vectors.csv')), { columns: true });
const expecting = (expected: string): Row[] => rows.filter((row) => row.expect === expected);

/** The fault that the reason of the row names. */
const FAULT_OF: readonly (readonly [RegExp, string])[] = [
  [/^check character wrong|^two adjacent/, 'credit-code.check'],
  [/^(seven|nine)teen characters/, 'credit-code.length'],
  [/^letter/, 'credit-code.letter-not-used'],
  [/region/, 'credit-code.region'],
  [/registering department/, 'credit-code.department'],
  [/inner organisation-code check/, 'credit-code.organisation-check'],
];

test('all rows are there', () => {
  expect(['valid', 'invalid', 'normalise'].map((expected) => expecting(expected).length)).toEqual([66, 90, 20]);
});

test.each(expecting('valid'))('$code is valid', ({ code }) => {
  expect(judgeCreditCode(code)).toMatchObject({ valid: true, code, normalised: false });
});

test.each(expecting('normalise'))('$code is valid after normalising: $why', ({ code }) => {
  const judged = judgeCreditCode(code);
  // One of the lower-case rows has digits only and is therefore in normal form already.
  expect(judged).toMatchObject({ valid: true, normalised: !/^[0-9A-Z]{18}$/.test(code) });
  if (judged.valid) expect(judgeCreditCode(judged.code)).toMatchObject({ valid: true, normalised: false });
});

test.each(expecting('invalid'))('$code is invalid: $why', ({ code, why }) => {
  const judged = judgeCreditCode(code);
  const wanted = FAULT_OF.find(([reason]) => reason.test(why))?.[1];
  expect(judged.valid).toBe(false);
  expect(wanted).toBeDefined();
  if (!judged.valid) expect(judged.faults.map((fault) => fault.code)).toContain(wanted);
});
