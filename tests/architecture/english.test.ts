import ts from 'typescript';
import { problemCatalogue } from '../../src/catalogues';
import { gather, placeOf } from './spoken';

const holdsChinese = (text: string): boolean => /\p{Script=Han}/u.test(text);
const withoutNumbers = (text: string): string => text.replace(/\p{Script=Han}+〔\d{4}〕\d+号/gu, '');
const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('every refusal has English words', () => {
  const kinds = Object.entries(problemCatalogue);

  test('there is something to look at', () => expect(kinds.length).toBeGreaterThan(300));

  test('that are English, and not empty', () => {
    const faulty = kinds.filter(([, { en }]) =>
      [en.title, en.detail].some((text) => text.trim() === '' || holdsChinese(withoutNumbers(text))),
    );
    expect(faulty.map(([code]) => code)).toEqual([]);
  });

  test('with the same parameters as the Chinese', () => {
    const faulty = kinds.filter(([, k]) => placeholders(k.en.detail).join() !== placeholders(k.detail).join());
    expect(faulty.map(([code]) => code)).toEqual([]);
  });
});

const thrown = (node: ts.Node): node is ts.NewExpression | ts.CallExpression =>
  (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
  ts.isIdentifier(node.expression) &&
  ['Problem', 'refuse'].includes(node.expression.text);

/** Chinese text below the node that no call of `say` puts beside its English. */
function bare(node: ts.Node): ts.Node[] {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'say') return [];
  const own = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  if (own && holdsChinese(node.getText())) return [node];
  const found: ts.Node[] = [];
  node.forEachChild((child) => void found.push(...bare(child)));
  return found;
}

test('no refusal is given a parameter in Chinese alone', () => {
  const params = gather((node) => (thrown(node) && node.arguments?.[1] ? [node.arguments[1]] : []));
  expect(params.length).toBeGreaterThan(200);
  expect(params.flatMap((p) => bare(p).map((b) => `${placeOf(b)} ${b.getText()}`))).toEqual([]);
});
