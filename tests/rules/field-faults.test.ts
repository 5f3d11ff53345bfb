import * as z from 'zod';
import { faultsOf, faultsOfField, unknownField } from '../../src/kernel/field-faults';
import { dayField, idField, lineField, spanFields } from '../../src/kernel/http/fields';

// Field, what kind of thing was given, what is wanted, an example; in Chinese and in English. Never the value itself.

const told = (schema: z.ZodType, value: unknown): { pointer: string; zh: string; en: string | undefined }[] => {
  const { error } = schema.safeParse(value, { reportInput: true });
  return faultsOf('body', schema, error!.issues).map(({ fault: { pointer, detail, detailEn } }) => ({
    pointer,
    zh: detail,
    en: detailEn,
  }));
};
const one = (field: z.ZodType, value: unknown) => told(z.strictObject({ field }), { field: value })[0]!;

test.each<[string, z.ZodType, unknown, string, string]>([
  [
    'missing',
    lineField(100).describe('名称'),
    undefined,
    'field（名称）：必填，没有填；须为文字；例如 "示例"。',
    'field: required, and nothing was given; it must be text; for example "示例".',
  ],
  [
    'a number for a text',
    lineField(100),
    5,
    'field：给的是数字；须为文字；例如 "示例"。',
    'field: given was a number; it must be text; for example "示例".',
  ],
  [
    'null for a text',
    lineField(100),
    null,
    'field：给的是空值 null；须为文字；例如 "示例"。',
    'field: given was null; it must be text; for example "示例".',
  ],
  [
    'too short',
    z.string().min(2).describe('核验目的，记入日志'),
    '示',
    'field（核验目的）：给的是 1 个字符的文字；须至少 2 个字符；例如 "示例"。',
    'field: given was a text of 1 character; it must be at least 2 characters; for example "示例".',
  ],
  [
    'empty',
    z.string().min(3),
    '',
    'field：给的是空文字；须至少 3 个字符；例如 "示例示例"。',
    'field: given was an empty text; it must be at least 3 characters; for example "示例示例".',
  ],
  [
    'too long',
    z.string().max(3),
    '示例示例',
    'field：给的是 4 个字符的文字；须至多 3 个字符；例如 "示例"。',
    'field: given was a text of 4 characters; it must be at most 3 characters; for example "示例".',
  ],
  [
    'a day of another form',
    dayField.describe('自该日起'),
    '2026/3/2',
    'field（自该日起）：给的是 8 个字符的文字；日期格式为 YYYY-MM-DD；例如 "2026-03-02"。',
    'field: given was a text of 8 characters; it must match /^\\d{4}-\\d{2}-\\d{2}$/; for example "2026-03-02".',
  ],
  [
    'a form without words of its own',
    z.string().regex(/^[a-z]+$/),
    'A1',
    'field：给的是 2 个字符的文字；格式须符合 /^[a-z]+$/。',
    'field: given was a text of 2 characters; it must match /^[a-z]+$/.',
  ],
  [
    'a choice that is none',
    z.enum(['own', 'pool']),
    'both',
    'field：给的是 4 个字符的文字；只能取：own、pool；例如 "own"。',
    'field: given was a text of 4 characters; it must be one of own, pool; for example "own".',
  ],
  [
    'no number',
    z.coerce.number().int().min(1).max(200),
    'many',
    'field：给的是不是数字的文字；须为数字；例如 1。',
    'field: given was text that is no number; it must be a number; for example 1.',
  ],
  [
    'a fraction',
    z.number().int(),
    1.5,
    'field：给的是小数；须为整数；例如 1。',
    'field: given was a fraction; it must be a whole number; for example 1.',
  ],
  [
    'too great',
    z.number().min(5).max(200),
    201,
    'field：给的是数字；须至多 200；例如 5。',
    'field: given was a number; it must be at most 200; for example 5.',
  ],
  [
    'not less than',
    z.number().lt(9),
    9,
    'field：给的是数字；须小于 9；例如 1。',
    'field: given was a number; it must be less than 9; for example 1.',
  ],
  [
    'a text for a list',
    z.array(idField).max(10),
    'x',
    'field：给的是 1 个字符的文字；须为清单；例如 ["019cac0f-2680-7051-bd4d-3428adef3ed8"]。',
    'field: given was a text of 1 character; it must be a list; for example ["019cac0f-2680-7051-bd4d-3428adef3ed8"].',
  ],
  [
    'a list too long',
    z.array(z.string()).max(1),
    ['a', 'b'],
    'field：给的是 2 项的清单；须至多 1 项；例如 ["示例"]。',
    'field: given was a list of 2; it must be at most 1 items; for example ["示例"].',
  ],
  [
    'true wanted',
    z.literal(true),
    false,
    'field：给的是 true 或 false；只能取：true；例如 true。',
    'field: given was true or false; it must be one of true; for example true.',
  ],
])('%s', (_what, field, value, zh, en) => {
  expect(one(field, value)).toEqual({ pointer: '/field', zh, en });
});

test('a schema’s own words go first, and a meaning keeps them alone', () => {
  const password = z.string().min(12, '口令至少 12 个字符。').describe('口令');
  expect(one(password, 'short').zh).toBe(
    'field（口令）：给的是 5 个字符的文字；口令至少 12 个字符；例如 "示例示例示例示例示例示例"。',
  );
  const impossible = one(dayField, '2026-02-30');
  expect(impossible).toEqual({
    pointer: '/field',
    zh: '没有这一天，或不在 1900 至 2199 年之内；例如 2026-03-02。',
    en: undefined,
  });
});

test('what was given is never said back', () => {
  const secret = '110105198001010013';
  for (const field of [z.string().max(3), z.enum(['a']), z.number(), dayField, z.array(z.string())]) {
    const { zh, en } = one(field, secret);
    expect(zh + String(en)).not.toContain(secret);
  }
});

test('a field that is not there is named with those that are, also deep inside', () => {
  const schema = z.strictObject({ items: z.array(z.strictObject({ day: dayField, title: lineField(20) })) });
  expect(told(schema, { items: [{ day: '2026-03-02', title: '示例', dya: 1 }] })).toEqual([
    {
      pointer: '/items/0/dya',
      zh: '没有字段 dya；可用的有：day、title。',
      en: 'There is no field dya; known are day, title.',
    },
  ]);
  expect(told(schema, { items: [{ title: '示例' }] })[0]).toMatchObject({
    pointer: '/items/0/day',
    zh: 'items.0.day：必填，没有填；须为文字；例如 "2026-03-02"。',
  });
  expect(unknownField('query', undefined, [], 'q')).toMatchObject({ detail: '没有参数 q；此处不接受任何参数。' });
});

test('a part of the request that is missing whole', () => {
  expect(told(z.strictObject({ a: z.string() }), undefined)).toEqual([
    {
      pointer: '',
      zh: '请求内容：必填，没有填；须为对象。',
      en: 'The content: required, and nothing was given; it must be an object.',
    },
  ]);
});

test('a field that is looked at alone is told in the same words', () => {
  const { error } = spanFields.from.safeParse(undefined, { reportInput: true });
  expect(faultsOfField('from', spanFields.from, error!)).toEqual([
    {
      in: 'body',
      pointer: '/from',
      detail: 'from（自该日起）：必填，没有填；须为文字；例如 "2026-03-02"。',
      detailEn: 'from: required, and nothing was given; it must be text; for example "2026-03-02".',
    },
  ]);
});
