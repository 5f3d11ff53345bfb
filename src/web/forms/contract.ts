import * as z from 'zod';

// What a contract's schema says of its fields, for forms that are made from it.

export type FieldKind =
  | 'line'
  | 'text'
  | 'day'
  | 'instant'
  | 'whole'
  | 'money'
  | 'flag'
  | 'yes-no'
  | 'choice'
  | 'list'
  | 'choices'
  | 'group'
  | 'file'
  | 'pick'
  | 'code';

export interface Option {
  value: string;
  /** Chinese, as the contract says it. */
  said?: string;
}

export interface Field {
  name: string;
  kind: FieldKind;
  /** Chinese, the first words of the contract's description. */
  said: string | undefined;
  /** What the description says further. */
  help: string | undefined;
  required: boolean;
  nullable: boolean;
  fallback: unknown;
  max: number | undefined;
  options: readonly Option[];
  /** Of a group. */
  fields: readonly Field[];
  /** Of a list. */
  item: Field | undefined;
  /** Of a pick: whose id it is, such as `institution`. */
  of: string | undefined;
  /** What judges a value of it. */
  schema: z.ZodType;
}

interface Peeled {
  schema: z.ZodType;
  required: boolean;
  nullable: boolean;
  fallback: unknown;
  description: string | undefined;
}

/** Takes off what makes a schema optional, nullable or gives it a default. */
function peel(outer: z.ZodType): Peeled {
  let schema = outer;
  const peeled: Peeled = {
    schema,
    required: true,
    nullable: false,
    fallback: undefined,
    description: outer.description,
  };
  for (;;) {
    if (schema instanceof z.ZodOptional) peeled.required = false;
    else if (schema instanceof z.ZodNullable) peeled.nullable = true;
    else if (schema instanceof z.ZodDefault) {
      peeled.required = false;
      peeled.fallback = schema.def.defaultValue;
    } else if (schema instanceof z.ZodPipe) {
      schema = schema.in as z.ZodType;
      peeled.description ??= schema.description;
      continue;
    } else break;
    schema = schema.unwrap() as z.ZodType;
    peeled.description ??= schema.description;
  }
  if (peeled.nullable && peeled.fallback === null) peeled.required = false;
  return { ...peeled, schema };
}

const DAY = '^\\d{4}-\\d{2}-\\d{2}$';
const patternsOf = (schema: z.ZodString): string[] =>
  (schema.def.checks ?? []).flatMap((check) => {
    const { pattern } = check._zod.def as { pattern?: RegExp };
    return pattern ? [pattern.source] : [];
  });

const LONG = 500;
const idOf = /^(.*)Id$/;

function stringKind(name: string, schema: z.ZodString): FieldKind {
  const patterns = patternsOf(schema);
  if (patterns.includes(DAY)) return 'day';
  if (patterns.some((p) => p.startsWith('^\\d{4}-\\d{2}-\\d{2}T'))) return 'instant';
  if (/[fF]ileId$/.test(name)) return 'file';
  if (idOf.test(name)) return 'pick';
  if (name === 'uscc' || /Uscc$/.test(name)) return 'code';
  return (schema.maxLength ?? 0) > LONG ? 'text' : 'line';
}

const wordsOf = (description: string | undefined): { said?: string; help?: string; parts: string[] } => {
  const [said, ...rest] = (description ?? '').split(/[：:]/);
  const help = rest.join('：').trim();
  const parts = help
    .split(/[。；]/)[0]!
    .split(/[、，]/)
    .map((p) => p.trim());
  return { said: said?.replace(/[（(，,；;].*$/, '').trim() || undefined, help: help || undefined, parts };
};

function kindOf(name: string, { schema, fallback }: Peeled): FieldKind {
  if (schema instanceof z.ZodObject) return 'group';
  // What must be said is a box to tick.
  if (schema instanceof z.ZodLiteral && schema.values.has(true)) return 'flag';
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return 'choice';
  // An empty box means no only where the contract says so; else yes and no are both said.
  if (schema instanceof z.ZodBoolean) return typeof fallback === 'boolean' ? 'flag' : 'yes-no';
  if (schema instanceof z.ZodNumber) return /fen$/i.test(name) ? 'money' : 'whole';
  if (schema instanceof z.ZodArray)
    return peel(schema.element as z.ZodType).schema instanceof z.ZodEnum ? 'choices' : 'list';
  if (schema instanceof z.ZodString) return stringKind(name, schema);
  return 'line';
}

function optionsOf(schema: z.ZodType, parts: readonly string[]): Option[] {
  const inner = schema instanceof z.ZodArray ? peel(schema.element as z.ZodType).schema : schema;
  const values =
    inner instanceof z.ZodEnum
      ? inner.options.map(String)
      : inner instanceof z.ZodLiteral
        ? [...inner.values].map(String)
        : [];
  return values.map((value, n) => ({ value, said: parts.length === values.length ? parts[n] : undefined }));
}

/** One field as a form needs it. */
export function fieldOf(name: string, outer: z.ZodType): Field {
  const peeled = peel(outer);
  const { schema, required, nullable, fallback, description } = peeled;
  const { said, help, parts } = wordsOf(description);
  const kind = kindOf(name, peeled);
  return {
    name,
    kind,
    said,
    help,
    required,
    nullable,
    fallback,
    max: schema instanceof z.ZodString ? (schema.maxLength ?? undefined) : undefined,
    options: optionsOf(schema, parts),
    fields: schema instanceof z.ZodObject ? fieldsOf(schema) : [],
    item: schema instanceof z.ZodArray ? fieldOf(name.replace(/s$/, ''), schema.element as z.ZodType) : undefined,
    of: kind === 'pick' ? idOf.exec(name)?.[1] : undefined,
    schema: outer,
  };
}

/** The fields of an object's schema, in the contract's order; a schema of another kind has none. */
export function fieldsOf(outer: z.ZodType | undefined): Field[] {
  if (!outer) return [];
  const { schema } = peel(outer);
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, inner]) => fieldOf(name, inner));
}
