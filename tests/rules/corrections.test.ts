import { fieldsOf, judgeDecider, judgeGrant, judgeProof } from '../../src/modules/experts/corrections.rules';
import type { AskedChanges } from '../../src/modules/experts/corrections.contract';

const asked = (changes: object): AskedChanges => changes;
const refusal = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

test('what is left out is not asked for; null clears and is', () => {
  expect(fieldsOf(asked({ name: '示例', phone: null, titleName: undefined }))).toEqual(['name', 'phone']);
  expect(fieldsOf(asked({}))).toEqual([]);
});

test('the telephone rests on the person’s word, all else on papers', () => {
  expect(judgeProof(asked({ phone: '13800000000' }), []).ok).toBe(true);
  expect(judgeProof(asked({ phone: null }), []).ok).toBe(true);
  expect(judgeProof(asked({ phone: '13800000000', name: '示例' }), [])).toEqual(refusal('correction.proof-needed'));
  expect(judgeProof(asked({ titleName: '高级工程师' }), ['file-1']).ok).toBe(true);
});

test('nobody decides what he asked for, nor by acting for another or through one', () => {
  expect(judgeDecider(['b'], 'a').ok).toBe(true);
  expect(judgeDecider(['a'], 'a')).toEqual(refusal('correction.own'));
  expect(judgeDecider(['b', 'a'], 'a')).toEqual(refusal('correction.own'));
});

describe('granting', () => {
  const both = asked({ name: '示例某乙', titleName: '高级工程师' });
  test('all of it without more words', () => {
    expect(judgeGrant(both, undefined, null)).toEqual({
      ok: true,
      value: { granted: ['name', 'titleName'], changes: { name: '示例某乙', titleName: '高级工程师' } },
    });
  });
  test('a part only with the reason for the rest', () => {
    expect(judgeGrant(both, ['name'], null)).toEqual(refusal('correction.reason-needed'));
    expect(judgeGrant(both, ['name'], '证书不符')).toEqual({
      ok: true,
      value: { granted: ['name'], changes: { name: '示例某乙' } },
    });
    expect(judgeGrant(both, ['titleName', 'name'], null).ok).toBe(true);
  });
  test('nothing that was not asked', () => {
    expect(judgeGrant(both, ['name', 'phone'], '示例')).toEqual(refusal('correction.field-not-asked'));
  });
});
