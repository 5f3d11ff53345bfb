import { illFormedAt } from '../../src/kernel/http/ill-formed';

it.each<[string, unknown, string | undefined]>([
  ['plain and paired characters', { a: ['示例', '𠮷', '😀'], b: { c: null, d: 1 } }, undefined],
  ['a lone high half', { a: { b: ['x', 'x\ud800'] } }, '/a/b/1'],
  ['a lone low half', 'x\udc00', ''],
  ['halves in the wrong order', { a: '\udc00\ud800' }, '/a'],
  ['a field name', { a: { '\ud800': 1 } }, '/a'],
  ['a field whose name wants escaping', { 'a/b~': '\ud800' }, '/a~1b~0'],
  ['no body', undefined, undefined],
])('%s', (_name, body, pointer) => {
  expect(illFormedAt(body)).toBe(pointer);
});

it('walks a body nested as deep as its bytes allow', () => {
  let body: unknown = '\ud800';
  for (let n = 0; n < 200_000; n += 1) body = [body];
  expect(illFormedAt(body)).toMatch(/^(\/0)+$/);
});
