import fs from 'node:fs';
import { commissionRoutes } from '../../src/modules/commissions';
import { national2024, ruleKinds, shippedVersions } from '../../src/modules/policy';
import { statement } from '../support/line-builders';
import { sentences } from '../support/policy-sentences';

// Every sentence of domain.md 1.2 and 9: kept by a rule object, by other code, or said why not.

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const readme = read('src/modules/policy/README.md');
const plain = (text: string): string => text.replace(/[\\*_\s|]/g, '');

test.each(sentences.filter((s) => s.rules).map((s) => [s.quote, s] as const))('%s', (_quote, s) => {
  for (const id of s.rules!) {
    const kind = ruleKinds.get(id)!;
    expect(kind.id).toBe(id);
    const held = shippedVersions().find((v) => v.settings[id])!.settings[id]!;
    expect(kind.shipped.map((e) => e.citation)).toContain(held.citation);
    if (national2024.rules[id]) expect(national2024.rules[id].citation).toBe(held.citation);
    const row = readme.split('\n').find((line) => plain(line).includes(plain(s.quote)) && line.includes(`\`${id}\``));
    expect(row).toContain(held.citation);
  }
  expect(s.tests!.length).toBeGreaterThan(0);
});

test.each(sentences.filter((s) => s.code).map((s) => [s.quote, s] as const))('other code keeps: %s', (_quote, s) => {
  const [file, what] = s.code!;
  expect(what.length).toBeGreaterThan(3);
  expect(read(file)).toContain(what);
  expect(s.tests!.length).toBeGreaterThan(0);
});

test('every row says one of the four, stands in the README, and its boundary tests are there', () => {
  for (const s of sentences) {
    expect([s.rules, s.code, s.none, s.later].filter((x) => x !== undefined)).toHaveLength(1);
    expect(plain(readme)).toContain(plain(s.quote));
    for (const [file, title] of s.tests ?? []) {
      expect(title.length).toBeGreaterThan(3);
      const titles = [...read(file).matchAll(/(?:test|describe)(?:\.each)?[^'"`]*?\(?\s*['"`]/g)];
      expect(titles.length).toBeGreaterThan(0);
      expect(`${file}: ${read(file).includes(`'${title}`) ? title : ''}`).toBe(`${file}: ${title}`);
    }
  }
});

const page = '../shared/design/domain.md';
const sections = { '1.2': /### 1\.2[\s\S]*?(?=### 1\.3)/, '9': /## 9\.[\s\S]*$/ } as const;

test('each sentence stands once, and the page, where it lies beside the repository, holds no other', () => {
  const quotes = sentences.map((s) => s.quote);
  expect(new Set(quotes).size).toBe(quotes.length);
  const text = fs.existsSync(page) ? read(page) : undefined;
  for (const [section, where] of Object.entries(sections)) {
    const own = sentences.filter((s) => s.section === section).map((s) => s.quote);
    expect(own.length).toBeGreaterThan(20);
    const found = text && where.exec(text)![0];
    const parts = found
      ?.split('\n')
      .filter((line) => line.startsWith('- '))
      .flatMap((line) => line.slice(2).split(/(?<=[.\];])\s+/))
      .filter((part) => !/^\[[^\]]*\]\.?$/.test(part));
    if (parts) expect(own).toEqual(parts);
  }
});

test('an assignment is not taken up without the statement on self-assessment', () => {
  const body = commissionRoutes.takeUp.body!;
  expect(body.safeParse({ statement }).success).toBe(true);
  expect(body.safeParse({ statement: { ...statement, noSelfAssessment: false } }).success).toBe(false);
});

test('what needs a person is decided in ten working days, by profile', () => {
  expect(national2024.rules['person.decision-days']).toMatchObject({ value: 10, effect: 'inform' });
  const { value } = ruleKinds.get('person.decision-days')!;
  expect([0, 1, 250, 251].map((days) => value.safeParse(days).success)).toEqual([false, true, true, false]);
});
