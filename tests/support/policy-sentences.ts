import fs from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { ruleKinds, shippedVersions, type RuleSetting } from '../../src/modules/policy';
import rows from './policy-sentences.json';

export const sections = ['1.2', '1.5', '2', '6', '9'] as const;

/** Where a sentence of the domain page that states a rule is kept, or why none is. */
export interface SentenceRow {
  section: (typeof sections)[number];
  /** In 1.2 and 9 one sentence; elsewhere one line of the page, which holds facts of one kind. */
  quote: string;
  /** Ids of rule objects. */
  rules?: readonly string[];
  /** Files and what of them keeps the sentence, where that is no rule of a profile. */
  code?: readonly (readonly [file: string, what: string])[];
  /** What of it no program judges, because… */
  rest?: string;
  /** It states no rule that a program could judge, because… */
  none?: string;
  /** It, or this of it, is not kept yet: the subject that it belongs to. */
  later?: string;
  /** Files and titles of boundary tests. */
  tests?: readonly (readonly [file: string, title: string])[];
}

export const sentences = rows as unknown as readonly SentenceRow[];

const page = '../shared/design/domain.md';
const parts: Readonly<Record<SentenceRow['section'], RegExp>> = {
  '1.2': /### 1\.2[\s\S]*?(?=### 1\.3)/,
  '1.5': /### 1\.5[\s\S]*?(?=## 2\. )/,
  '2': /## 2\. [\s\S]*?(?=## 3\. )/,
  '6': /## 6\. [\s\S]*?(?=## 7\. )/,
  '9': /## 9\.[\s\S]*$/,
};

/** Of a bullet each sentence, its marks of origin left out where they stand alone. */
const sentencesOf = (bullet: string): string[] =>
  bullet.split(/(?<=[.\];])\s+/).filter((part) => !/^\[[^\]]*\]\.?$/.test(part));

/** What the page says in the section, as the rows quote it; undefined where it does not lie beside the repository. */
export function saidIn(section: SentenceRow['section']): string[] | undefined {
  if (!fs.existsSync(page)) return undefined;
  const lines = parts[section].exec(fs.readFileSync(page, 'utf8'))![0].split('\n');
  const bullets = (line: string): boolean => line.startsWith('- ');
  if (section === '1.2' || section === '9') return lines.filter(bullets).flatMap((line) => sentencesOf(line.slice(2)));
  const isRule = (line: string | undefined): boolean => line?.startsWith('|---') ?? false;
  const isRow = (line: string, next: string | undefined): boolean =>
    line.startsWith('|') && !isRule(line) && !isRule(next);
  return lines
    .filter((line, i) => bullets(line) || isRow(line, lines[i + 1]))
    .map((line) => (bullets(line) ? line.slice(2) : line.trim().replace(/^\||\|$/g, '')).trim());
}

/** Every title of a test or a group of tests in the file, as it is written there. */
export function titlesIn(file: string): Set<string> {
  const titles = new Set<string>();
  const rootOf = (node: ts.Expression): string => {
    if (ts.isCallExpression(node) || ts.isPropertyAccessExpression(node)) return rootOf(node.expression);
    return ts.isTaggedTemplateExpression(node) ? rootOf(node.tag) : node.getText();
  };
  const look = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(test|describe)$/.test(rootOf(node.expression))) {
      const [title] = node.arguments;
      if (title && ts.isStringLiteralLike(title)) titles.add(title.text);
    }
    ts.forEachChild(node, look);
  };
  look(ts.createSourceFile(file, fs.readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
  return titles;
}

const shipped = shippedVersions();

/** The rule as the first shipped profile that asks it has it. */
export const settingOfRule = (id: string): RuleSetting | undefined =>
  ruleKinds.has(id) ? shipped.find((v) => v.settings[id])?.settings[id] : undefined;

const keeper = ({ rules = [], code = [], rest, none, later }: SentenceRow): string =>
  [
    ...(rules.length > 0 ? [rules.map((id) => `\`${id}\``).join('、')] : []),
    ...code.map(([file, what]) => `\`${file.replace('src/modules/', '')}\` \`${what}\``),
    ...(none === undefined ? [] : [`no rule: ${none}`]),
    ...(rest === undefined ? [] : [`not judged: ${rest}`]),
    ...(later === undefined ? [] : [`not yet: ${later}`]),
  ].join('; ');

/** The row as the README of policy holds it. */
export function renderRow(s: SentenceRow): string {
  const citations = [...new Set((s.rules ?? []).map((id) => settingOfRule(id)?.citation ?? '?'))];
  const cited = citations.length > 0 ? citations.join('；') : s.code ? 'in the sentence' : '';
  const tests = (s.tests ?? []).map(([file, title]) => `${path.basename(file)}: ${title}`).join('; ');
  const cells = [s.section, s.quote, keeper(s), cited, tests].map((cell) => cell.replaceAll('|', '\\|'));
  return `| ${cells.join(' | ')} |`;
}
