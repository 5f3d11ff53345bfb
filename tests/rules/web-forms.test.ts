import * as z from 'zod';
import { amendOrganisation, registerOrganisation } from '../../src/modules/organisations/organisations.contract';
import { fieldsOf } from '../../src/web/forms/contract';
import { bodyOf, faultIn, faultsIn, keepable, placeOf, saidAtField, valuesOf } from '../../src/web/forms/values';
import { inBeijing, writeDay, writeInstant, writeMoney } from '../../src/web/words/write';
import { parseInstant } from '../../src/kernel/pure/time';

const payment = z.strictObject({
  amountFen: z.number().int().min(1),
  count: z.number().int(),
  paidOn: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable()
    .default(null),
  fileId: z.string().nullable().default(null),
  mineIds: z.array(z.string()).default([]),
  letter: z
    .object({ number: z.string(), lastDay: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  isLast: z.boolean().default(false),
  isLate: z.boolean(),
  isForeign: z.boolean().nullable().default(null),
});
const fields = fieldsOf(payment);

describe('fields of a contract', () => {
  it('finds the control for each from the schema', () => {
    expect(Object.fromEntries(fields.map((f) => [f.name, f.kind]))).toEqual({
      amountFen: 'money',
      count: 'whole',
      paidOn: 'day',
      fileId: 'file',
      mineIds: 'list',
      letter: 'group',
      isLast: 'flag',
      isLate: 'yes-no',
      isForeign: 'yes-no',
    });
  });

  it('takes names, helps and the words of choices from the descriptions', () => {
    const form = fieldsOf(registerOrganisation).find((f) => f.name === 'legalForm')!;
    expect(form.said).toBe('组织形式');
    expect(form.options.map((o) => o.said)).toEqual(['企业', '事业单位', '行业协会', '其他']);
    expect(form.required).toBe(true);
    const uscc = fieldsOf(registerOrganisation).find((f) => f.name === 'uscc')!;
    expect([uscc.kind, uscc.said]).toEqual(['code', '统一社会信用代码']);
  });

  it('knows which fields of a refined body may stay empty', () => {
    const required = fieldsOf(amendOrganisation)
      .filter((f) => f.required)
      .map((f) => f.name);
    expect(required).toEqual(['from', 'paper']);
  });
});

describe('what a form sends', () => {
  it('is whole fen, numbers and nulls, and leaves out what nobody touched', () => {
    const typed = { amountFen: '12,345.6', count: ' 3 ', paidOn: '', letter: { number: '', lastDay: '' } };
    expect(bodyOf(fields, typed)).toEqual({
      amountFen: 1_234_560,
      count: 3,
      paidOn: null,
      fileId: null,
      letter: null,
      isForeign: null,
    });
  });

  it('takes no answer for a no, unless the contract does', () => {
    const isLate = fields.find((f) => f.name === 'isLate')!;
    expect(faultIn(isLate, undefined)!.detail).toContain('必填');
    expect(faultIn(isLate, false)).toBeUndefined();
    const said = bodyOf(fields, { isLast: false, isLate: false, isForeign: false });
    expect(said).toMatchObject({ isLast: false, isLate: false, isForeign: false });
    expect(bodyOf(fields, { isForeign: '' })).toMatchObject({ isForeign: null });
  });

  it.each(['1.234', '-5', '五', '1e3'])('passes on what is no amount for the contract to refuse: %s', (typed) => {
    const body = bodyOf(fields, { amountFen: typed, count: 1, isLate: false });
    expect(body['amountFen']).toBe(typed);
    expect(faultsIn(payment, body).map((f) => f.pointer)).toEqual(['/amountFen']);
  });

  it('shows a record and sends the same again', () => {
    const record = {
      amountFen: 5,
      count: 2,
      paidOn: '2026-11-27',
      fileId: null,
      mineIds: ['a'],
      letter: null,
      isLast: true,
      isLate: false,
      isForeign: true,
    };
    expect(valuesOf(fields, record)['amountFen']).toBe('0.05');
    expect(bodyOf(fields, valuesOf(fields, record))).toEqual(record);
  });

  it('tells every fault at its field, in the words of the service', () => {
    const faults = faultsIn(registerOrganisation, { uscc: '91370000MA3X000107', from: '2026-02-30', name: '' });
    expect(faults.map((f) => f.pointer).sort()).toEqual(['/from', '/legalForm', '/name', '/paper', '/uscc']);
    expect(faults.find((f) => f.pointer === '/from')!.detail).toContain('没有这一天');
  });

  it('judges one field as it is typed', () => {
    const uscc = fieldsOf(registerOrganisation).find((f) => f.name === 'uscc')!;
    expect(faultIn(uscc, '91370000MA3X000106')).toBeUndefined();
    expect(faultIn(uscc, '91370000MA3X00010')!.detail).toContain('18');
    expect(faultIn(uscc, '')!.detail).toContain('必填');
    const paidOn = fields.find((f) => f.name === 'paidOn')!;
    expect(faultIn(paidOn, '')).toBeUndefined();
  });

  it('says a fault at its field without the name that programs use', () => {
    const fault = (detail: string, detailEn: string) => ({ in: 'body' as const, pointer: '/a/0', detail, detailEn });
    const empty = fault('a.0（甲）：必填，没有填；须为文字。', 'a.0: required, and nothing was given; must be text.');
    expect(saidAtField(empty, false)).toBe('必填，没有填。');
    expect(saidAtField(empty, true)).toBe('Required, and nothing was given.');
    const wrong = fault('a.0（甲）：给的是 5；须为文字。', 'a.0: given was 5; must be text.');
    expect(saidAtField(wrong, false)).toBe('给的是 5；须为文字。');
    expect(saidAtField(wrong, true)).toBe('Given was 5; must be text.');
    expect(saidAtField(fault('校验位不符：请核对', 'The check digit differs'), false)).toBe('校验位不符：请核对');
  });

  it('finds the place of a fault in lists too', () => {
    expect(placeOf('/titles/0/a~1b')).toEqual(['titles', 0, 'a/b']);
  });
});

test('a draft keeps no password, code or number of a person, however deep', () => {
  const typed = {
    name: '示例',
    password: 'x',
    totp: '123456',
    identity: { kind: 'id', number: '370000199001010000' },
    list: [{ identityNumber: '370000199001010000', from: '2026-01-01' }],
  };
  expect(keepable(typed)).toEqual({ name: '示例', list: [{ from: '2026-01-01' }] });
});

describe('how things are written', () => {
  it('writes days without leading zeros, instants in Beijing time, money with two decimals', () => {
    expect(writeDay('2026-01-05', 'zh-CN')).toBe('2026年1月5日');
    expect(writeDay('2026-01-05', 'en')).toBe('5 January 2026');
    expect(writeInstant('2026-11-23T16:04:00.000Z', 'zh-CN')).toBe('2026年11月24日00:04');
    expect(writeInstant('2026-11-23T07:04:59.999Z', 'en')).toBe('23 November 2026, 15:04');
    expect(writeMoney(123_456_789, 'zh-CN')).toBe('1,234,567.89元');
    expect(writeMoney(5, 'en')).toBe('CNY 0.05');
  });

  it('leaves alone what is no day and no instant', () => {
    expect(writeDay('2026-02-30', 'zh-CN')).toBe('2026-02-30');
    expect(writeInstant('soon', 'en')).toBe('soon');
  });

  it('begins a day in Beijing at 16:00 UTC', () => {
    expect(inBeijing(parseInstant('2026-11-23T15:59:59.999Z'))).toEqual({ day: '2026-11-23', time: '23:59' });
    expect(inBeijing(parseInstant('2026-11-23T16:00:00.000Z'))).toEqual({ day: '2026-11-24', time: '00:00' });
  });
});
