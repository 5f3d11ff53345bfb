import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { legalDate } from '../../src/kernel/pure/time';
import { judgeIdentity } from '../../src/modules/experts/core/identity-number';
import regions from '../../src/modules/experts/core/region-codes.json';
import { sharedData } from '../support/shared-data';

type Row = { number: string; expect: string; why: string };

const rows = parse<Row>(readFileSync(sharedData('identifiers', 'resident_id_vectors.csv')), { columns: true });
const judge = (number: string) => judgeIdentity('resident-id', number, legalDate('2026-11-23'), regions);

test('all rows are there', () => {
  expect(rows).toHaveLength(13);
});

test.each(rows.filter((row) => row.expect !== 'invalid'))('$number is $expect', ({ number, expect: expected }) => {
  expect(judge(number)).toMatchObject({
    verdict: 'valid',
    number: number.toUpperCase(),
    normalised: expected === 'normalise',
  });
});

/** A number that only the history of its county speaks against may be true: doubtful, for the clerk to look at. */
test.each(rows.filter((row) => row.expect === 'invalid'))('$number is not valid: $why', ({ number, why }) => {
  expect(judge(number).verdict).toBe(/^region (not yet|abolished)/.test(why) ? 'doubtful' : 'invalid');
});
