import { readFileSync } from 'node:fs';
import path from 'node:path';
import { permissions } from '../../src/modules/identity';
import { permissionWords } from '../../src/web/words/permission-words';
import { terms } from '../../src/web/words/terms';

/** The glossary stands with the design beside the checkout. */
const glossary = path.resolve(__dirname, '../../../shared/design/glossary.md');

/** Objects of the glossary by the console's own names; titles by route are papers' business (titles.test.ts). */
const objects: Readonly<Record<string, string>> = {
  'pool entry': 'pool-entry',
  lot: 'lot',
  assignment: 'assignment',
  evaluation: 'evaluation',
  pledge: 'pledge',
  case: 'case',
  'case subject': 'case-subject',
  'case, ends': 'case',
  'bar, on a day': 'bar',
  finding: 'finding',
  'draw contribution': 'draw-contribution',
};

/** Where the glossary writes a code as prose. */
const codes: Readonly<Record<string, string>> = { 'not barred': 'not-barred' };

interface Term {
  key: string;
  zh: string;
}

/** `code 中文 · code 中文`; notes in brackets and what follows a full stop are not terms. */
function termsOf(object: string, cell: string): Term[] {
  return cell
    .replace(/。.*$/, '')
    .split(' · ')
    .map((part) => {
      const found = /^(?:event )?([a-z][a-z -]*?) ([\p{sc=Han}（）]+)/u.exec(part.trim());
      if (!found) throw new Error(`cannot read “${part}” of ${object}`);
      const [, code, zh] = found;
      return { key: `${objects[object]}.${codes[code!] ?? code}`, zh: zh! };
    });
}

function glossaryTerms(): Term[] {
  const section = /\n## 8\. [^\n]*\n([\s\S]*?)\n## 9\./.exec(readFileSync(glossary, 'utf8'))![1]!;
  return section
    .split('\n')
    .map((line) => /^\| ([^|]+) \| ([^|]+) \|$/.exec(line))
    .filter((row) => row !== null && row[1]! in objects)
    .flatMap((row) => termsOf(row![1]!, row![2]!));
}

describe('the console’s words for states', () => {
  const said: Readonly<Record<string, readonly [string, string]>> = terms;

  test('are those of the glossary, every one', () => {
    const wanted = glossaryTerms();
    expect(new Set(wanted.map(({ key }) => key.split('.')[0])).size).toBe(new Set(Object.values(objects)).size);
    expect(wanted.length).toBeGreaterThan(50);
    const ours = Object.fromEntries(wanted.map(({ key }) => [key, said[key]?.[0]]));
    expect(ours).toEqual(Object.fromEntries(wanted.map(({ key, zh }) => [key, zh])));
  });

  test('say each thing in both languages, Chinese in Chinese', () => {
    for (const [key, [zh, en]] of Object.entries(said)) {
      expect({ key, zh }).toEqual({ key, zh: expect.stringMatching(/^\p{sc=Han}/u) });
      expect({ key, en }).toEqual({ key, en: expect.stringMatching(/^[A-Z][^\p{sc=Han}]*$/u) });
    }
  });
});

test('every permission has words in both languages, by which scopes of keys are chosen', () => {
  const names = Object.keys(permissions).map((p) => `permission.${p}`);
  expect(Object.keys(permissionWords).sort()).toEqual(names.sort());
  for (const [zh, en] of Object.values(permissionWords)) {
    expect(zh).toMatch(/\p{sc=Han}/u);
    expect(en).toMatch(/^[A-Z][^\p{sc=Han}]+$/u);
  }
  expect(new Set(Object.values(permissionWords).map(([zh]) => zh)).size).toBe(names.length);
});
