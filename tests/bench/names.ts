import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { creditCodeOf } from '../support/credit-codes';

/** Names as the shared data has them; more than there are get a number inside. */
export interface Names {
  body(n: number): { name: string; uscc: string };
  person(n: number): string;
}

const NUMERALS = '〇一二三四五六七八九';

const lines = (file: string): string[] => gunzipSync(fs.readFileSync(file)).toString('utf8').trim().split('\n');

/** Where the names lie: beside the checkout, unless told otherwise. */
export const namesFolder = (): string => path.resolve(process.cwd(), '../shared/data/names');

export function readNames(folder: string): Names {
  const bodies = lines(path.join(folder, 'org_names_composed_20000.csv.gz'))
    .slice(1)
    .map((line) => line.split(',') as [string, string]);
  const codes = new Set(bodies.map(([, uscc]) => uscc));
  const persons = ['person_names_composed_20000.txt.gz', 'person_names_historic_20000.txt.gz'].flatMap((file) =>
    lines(path.join(folder, file)),
  );
  return {
    body: (n) => {
      const [name, uscc] = bodies[n % bodies.length]!;
      const round = Math.floor(n / bodies.length);
      if (round === 0) return { name, uscc };
      // Spread over the divisions as real codes are, so that a beginning finds a few.
      const own = creditCodeOf(n);
      return {
        name: `${name.slice(0, -4)}${round}${name.slice(-4)}`,
        uscc: codes.has(own) ? creditCodeOf(n + 50_000_000) : own,
      };
    },
    person: (n) => {
      const [family, ...given] = [...persons[n % persons.length]!];
      const round = Math.floor(n / persons.length);
      // So that a name has as many namesakes in a large register as in a small one.
      return [
        family,
        ...(round === 0 ? [] : [...String(round)].map((digit) => NUMERALS[Number(digit)])),
        ...given,
      ].join('');
    },
  };
}
