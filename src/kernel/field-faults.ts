import * as z from 'zod';
import type { FieldFault } from './problem';

// What is wrong with one field of a request: which field, what kind of thing was given, what is wanted, an example. The
// values themselves are never said back: they may be numbers of persons.

type Part = FieldFault['in'];
interface Words {
  zh: string;
  en: string;
}

/** A blank before what begins in Latin letters or figures. */
const apart = (text: string): string => (/^[!-~]/.test(text) ? ` ${text}` : text);

const escapePointer = (part: PropertyKey): string => String(part).replace(/~/g, '~0').replace(/\//g, '~1');
const pointerOf = (path: readonly PropertyKey[]): string => path.map((p) => `/${escapePointer(p)}`).join('');

/** The schema itself, without what makes it optional or gives it a default. */
function bare(schema: z.ZodType | undefined): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return bare(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodPipe) return bare(schema.in as z.ZodType);
  return schema;
}

const stepInto = (schema: z.ZodType | undefined, part: PropertyKey): z.ZodType | undefined => {
  const inner = bare(schema);
  if (inner instanceof z.ZodObject) return (inner.shape as Record<PropertyKey, z.ZodType | undefined>)[part];
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  return undefined;
};

const schemaAt = (schema: z.ZodType | undefined, path: readonly PropertyKey[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>(stepInto, schema);

/** The first words of its description, which begins with the Chinese name of the field. */
function titleOf(schema: z.ZodType | undefined): string | undefined {
  const said = schema?.description ?? bare(schema)?.description;
  return said?.split(/[：:；;，,。（(]/)[0]?.trim();
}

const kinds: Record<string, Words> = {
  string: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '清单', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  null: { zh: '空值 null', en: 'null' },
  date: { zh: '日期', en: 'a date' },
};
const kindWords = (kind: string): Words => kinds[kind] ?? { zh: kind, en: kind };

function kindGiven(input: unknown): Words {
  if (input === null) return kindWords('null');
  if (typeof input === 'string') {
    const { length } = [...input];
    if (length === 0) return { zh: '空文字', en: 'an empty text' };
    return { zh: `${length} 个字符的文字`, en: `a text of ${length} ${length === 1 ? 'character' : 'characters'}` };
  }
  if (Array.isArray(input)) return { zh: `${input.length} 项的清单`, en: `a list of ${input.length}` };
  if (typeof input === 'number' && Number.isNaN(input)) return { zh: '不是数字的文字', en: 'text that is no number' };
  if (typeof input === 'number' && !Number.isInteger(input)) return { zh: '小数', en: 'a fraction' };
  return kindWords(typeof input);
}

/** What kind of thing was given, with its length where that matters. */
function given(input: unknown): Words {
  if (input === undefined) return { zh: '必填，没有填', en: 'required, and nothing was given' };
  const { zh, en } = kindGiven(input);
  return { zh: `给的是${apart(zh)}`, en: `given was ${en}` };
}

/** Something that would do, as JSON; undefined where only the caller can know. */
function exampleOf(schema: z.ZodType | undefined): unknown {
  const said = (schema?.meta()?.examples ?? bare(schema)?.meta()?.examples) as unknown[] | undefined;
  if (said?.length) return said[0];
  const inner = bare(schema);
  if (inner instanceof z.ZodEnum) return inner.options[0];
  if (inner instanceof z.ZodLiteral) return [...inner.values][0];
  if (inner instanceof z.ZodBoolean) return true;
  if (inner instanceof z.ZodNumber) return Math.min(Math.max(1, inner.minValue ?? 1), inner.maxValue ?? 1);
  if (inner instanceof z.ZodString) {
    // Of a text with a form of its own only its schema knows an example.
    const isFree = !(inner.def.checks ?? []).some((c) => c._zod.def.check === 'string_format');
    return isFree
      ? '示例'.repeat(Math.max(1, Math.ceil((inner.minLength ?? 1) / 2))).slice(0, inner.maxLength ?? 200)
      : undefined;
  }
  if (inner instanceof z.ZodArray) {
    const one = exampleOf(inner.element as z.ZodType);
    return one === undefined ? undefined : [one];
  }
  return undefined;
}

const exampleWords = (schema: z.ZodType | undefined): Words => {
  const example = exampleOf(schema);
  if (example === undefined) return { zh: '', en: '' };
  const text = JSON.stringify(example);
  return { zh: `；例如 ${text}`, en: `; for example ${text}` };
};

type Issue = z.core.$ZodIssue;

const units: Record<string, Words> = {
  string: { zh: ' 个字符', en: ' characters' },
  array: { zh: ' 项', en: ' items' },
};

function bound(words: Words, { origin, limit }: { origin: string; limit: number | bigint }): Words {
  const unit = units[origin] ?? { zh: '', en: '' };
  return { zh: `须${words.zh} ${limit}${unit.zh}`, en: `it must be ${words.en} ${limit}${unit.en}` };
}

/** What is wanted, by the kind of issue; undefined where only the schema's own words say it. */
function wantedBy(issue: Issue): Words | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kindWords(issue.expected);
      return { zh: `须为${apart(kind.zh)}`, en: `it must be ${kind.en}` };
    }
    case 'too_small': {
      const words = issue.inclusive === false ? { zh: '大于', en: 'more than' } : { zh: '至少', en: 'at least' };
      return bound(words, { origin: issue.origin, limit: issue.minimum });
    }
    case 'too_big': {
      const words = issue.inclusive === false ? { zh: '小于', en: 'less than' } : { zh: '至多', en: 'at most' };
      return bound(words, { origin: issue.origin, limit: issue.maximum });
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return { zh: `只能取：${values.join('、')}`, en: `it must be one of ${values.join(', ')}` };
    }
    case 'not_multiple_of':
      return { zh: `须为 ${issue.divisor} 的倍数`, en: `it must be a multiple of ${issue.divisor}` };
    case 'invalid_format': {
      const form = issue.pattern ?? issue.format;
      return { zh: `格式须符合 ${form}`, en: `it must match ${form}` };
    }
    case 'invalid_union':
      return { zh: '须为接口说明所列写法之一', en: 'it must have one of the forms that the documentation lists' };
    default:
      return undefined;
  }
}

/** The schema's own words are Chinese and go first; zod's are not, and say what only a programmer reads. */
function wanted(issue: Issue): Words | undefined {
  const words = wantedBy(issue);
  const isOwn = /[\u4e00-\u9fff]/.test(issue.message);
  return words && isOwn ? { ...words, zh: issue.message.replace(/。$/, '') } : words;
}

/** The fields of the object at the path, for whoever typed one that is not there. */
export function unknownField(
  part: Part,
  root: z.ZodType | undefined,
  path: readonly PropertyKey[],
  key: string,
): FieldFault {
  const holder = bare(schemaAt(root, path));
  const known = holder instanceof z.ZodObject ? Object.keys(holder.shape) : [];
  const what = part === 'query' ? { zh: '参数', en: 'parameter' } : { zh: '字段', en: 'field' };
  const others =
    known.length === 0
      ? { zh: `此处不接受任何${what.zh}`, en: `no ${what.en} is taken here` }
      : { zh: `可用的有：${known.join('、')}`, en: `known are ${known.join(', ')}` };
  return {
    in: part,
    pointer: pointerOf([...path, key]),
    detail: `没有${what.zh} ${key}；${others.zh}。`,
    detailEn: `There is no ${what.en} ${key}; ${others.en}.`,
  };
}

/** Every fault with its place; `meaning`: it has form but means something impossible. */
export function faultsOf(
  part: Part,
  root: z.ZodType | undefined,
  issues: readonly Issue[],
): { fault: FieldFault; meaning: boolean }[] {
  return issues.flatMap((issue) => {
    const meaning = issue.code === 'custom';
    const { path } = issue;
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ fault: unknownField(part, root, path, key), meaning }));
    }
    const words = wanted(issue);
    if (words === undefined) return [{ fault: { in: part, pointer: pointerOf(path), detail: issue.message }, meaning }];
    const schema = schemaAt(root, path);
    const [name, title, example] = [path.map(String).join('.'), titleOf(schema), exampleWords(schema)];
    const field = name === '' ? '请求内容' : `${name}${title ? `（${title}）` : ''}`;
    const was = given(issue.input);
    const detail = `${field}：${was.zh}；${words.zh}${example.zh}。`;
    const detailEn = `${name || 'The content'}: ${was.en}; ${words.en}${example.en}.`;
    return [{ fault: { in: part, pointer: pointerOf(path), detail, detailEn }, meaning }];
  });
}

/** Faults of one field of a body that was parsed by itself. */
export const faultsOfField = (field: string, schema: z.ZodType, error: z.ZodError): FieldFault[] =>
  faultsOf(
    'body',
    z.object({ [field]: schema }),
    error.issues.map((issue) => ({ ...issue, path: [field, ...issue.path] })),
  ).map(({ fault }) => fault);
