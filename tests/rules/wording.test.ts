import { counted, isWording, say, saying, sayList } from '../../src/kernel/pure/wording';
import { fillDetail, paramsIn } from '../../src/kernel/problem';

test('texts are put together in each language by itself', () => {
  const names = sayList([say('地质', 'geology'), say('A-1')]);
  expect(names).toEqual({ zh: '地质、A-1', en: 'geology, A-1' });
  expect(saying`${say('缺', 'missing:')} ${names}${say('。', '.')}`).toEqual({
    zh: '缺 地质、A-1。',
    en: 'missing: geology, A-1.',
  });
  expect(saying`42`).toEqual({ zh: '42', en: '42' });
});

test('numbers of things', () => {
  expect([counted(1, 'person', 'people'), counted(2, 'person', 'people'), counted(0, 'day')]).toEqual([
    '1 person',
    '2 people',
    '0 days',
  ]);
});

test('only a text in both languages is one', () => {
  expect(isWording(say('甲'))).toBe(true);
  for (const other of [null, '甲', { zh: '甲' }, { zh: '甲', en: 'a', more: 1 }, { zh: 1, en: 'a' }]) {
    expect(isWording(other)).toBe(false);
  }
});

test('parameters in words read in the language of the answer', () => {
  const params = { id: '7', what: say('矿山', 'mine') };
  expect(fillDetail('没有编号为 {id} 的{what}', paramsIn(params, 'zh'))).toBe('没有编号为 7 的矿山');
  expect(fillDetail('There is no {what} {id}', paramsIn(params, 'en'))).toBe('There is no mine 7');
});
