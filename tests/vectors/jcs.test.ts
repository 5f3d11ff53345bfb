import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { canonicalBytes, canonicalize } from '../../src/kernel/pure/jcs';
import { sharedData } from '../support/shared-data';

const names = readdirSync(sharedData('jcs', 'input')).map((file) => file.replace(/\.json$/, ''));

describe('RFC 8785 pairs', () => {
  test('all six are there', () => {
    expect(names.sort()).toEqual(['arrays', 'french', 'structures', 'unicode', 'values', 'weird']);
  });

  test.each(names)('%s', (name) => {
    const input: unknown = JSON.parse(readFileSync(sharedData('jcs', 'input', `${name}.json`), 'utf8'));
    const hex = readFileSync(sharedData('jcs', 'outhex', `${name}.txt`), 'utf8').replace(/\s+/g, '');
    expect(canonicalize(input)).toBe(readFileSync(sharedData('jcs', 'output', `${name}.json`), 'utf8'));
    expect(Buffer.from(canonicalBytes(input)).toString('hex')).toBe(hex);
  });
});

test('the first 10,000 numbers of the published sequence', () => {
  const lines = gunzipSync(readFileSync(sharedData('jcs', 'es6_numbers_1_to_10000.csv.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const bits = Buffer.alloc(8);
  const wrong = lines.filter((line) => {
    const [hex = '', text] = line.split(',');
    bits.writeBigUInt64BE(BigInt(`0x${hex}`));
    return canonicalize(bits.readDoubleBE()) !== text;
  });
  expect(lines).toHaveLength(10_000);
  expect(wrong).toEqual([]);
});
