import fs from 'node:fs';
import { commissionRoutes } from '../../src/modules/commissions';
import { national2024, ruleKinds } from '../../src/modules/policy';
import { statement } from '../support/line-builders';
import { renderRow, saidIn, sections, sentences, settingOfRule, titlesIn } from '../support/policy-sentences';

// What domain.md says in 1.2, 1.5, 2, 6 and 9: kept by a rule object, by other code, or said why not.

const read = (file: string): string => fs.readFileSync(file, 'utf8');
const plain = (text: string): string => text.replace(/[\\*_\s|]/g, '');

test.each(sentences.filter((s) => s.rules).map((s) => [s.quote, s] as const))('%s', (_quote, s) => {
  expect(s.rules!.length).toBeGreaterThan(0);
  for (const id of s.rules!) {
    const kind = ruleKinds.get(id)!;
    expect(kind.id).toBe(id);
    const held = settingOfRule(id)!;
    expect(kind.shipped.map((e) => e.citation)).toContain(held.citation);
    expect(held.citation.length).toBeGreaterThan(5);
    if (national2024.rules[id]) expect(national2024.rules[id].citation).toBe(held.citation);
  }
});

test.each(sentences.filter((s) => s.code).map((s) => [s.quote, s] as const))('other code keeps: %s', (_quote, s) => {
  expect(s.code!.length).toBeGreaterThan(0);
  for (const [file, what] of s.code!) {
    expect(what.length).toBeGreaterThan(3);
    expect(read(file)).toContain(what);
  }
});

test('every row says who keeps it, with boundary tests that are there, or why nobody does', () => {
  const titles = new Map(
    [...new Set(sentences.flatMap((s) => s.tests ?? []).map(([f]) => f))].map((f) => [f, titlesIn(f)]),
  );
  for (const s of sentences) {
    const kept = s.rules !== undefined || s.code !== undefined;
    const said = { quote: s.quote, kept, none: s.none !== undefined, later: s.later !== undefined };
    // No rule stands alone; what is not yet kept may be a part of what is.
    expect([said, kept || said.later !== said.none]).toEqual([said, true]);
    if (said.none) expect([s.quote, kept, said.later, s.rest]).toEqual([s.quote, false, false, undefined]);
    expect([s.quote, (s.tests?.length ?? 0) > 0]).toEqual([s.quote, kept]);
    for (const [file, title] of s.tests ?? []) {
      expect(`${file}: ${titles.get(file)!.has(title) ? title : 'no such test'}`).toBe(`${file}: ${title}`);
    }
  }
});

test('a title that only stands somewhere in the file is no test', () => {
  const titles = titlesIn('tests/rules/policy-sentences.test.ts');
  expect(titles.has('a title that only stands somewhere in the file is no test')).toBe(true);
  expect(titles.has('no such test')).toBe(false);
});

test('the README of policy holds exactly this table', () => {
  const readme = read('src/modules/policy/README.md').split('\n');
  const table = readme
    .slice(readme.findIndex((line) => line.startsWith('| Section')) + 2)
    .filter((l) => l.startsWith('|'));
  expect(table.map(plain)).toEqual(sentences.map(renderRow).map(plain));
});

test.each(sections)(
  '%s: each sentence stands once, and the page, where it lies beside the repository, holds no other',
  (section) => {
    const own = sentences.filter((s) => s.section === section).map((s) => s.quote);
    expect(new Set(own).size).toBe(own.length);
    expect(own.length).toBeGreaterThan(4);
    const said = saidIn(section);
    if (said) expect(own).toEqual(said);
  },
);

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
