import type * as z from 'zod';
import { faultsOf } from '../../kernel/field-faults';
import type { FieldFault } from '../../kernel/problem';
import type { Field } from './contract';

// From what stands in a form's fields to what the contract takes, and back.

export type Values = Record<string, unknown>;

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

/** Yuan as typed, as whole fen; what is no amount goes on as it is, for the contract to refuse. */
function fenOf(typed: unknown): unknown {
  const match = /^\s*(\d{1,13})(?:[.．](\d{1,2}))?\s*$/.exec(String(typed).replace(/[,，]/g, ''));
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : typed;
}

function wholeOf(typed: unknown): unknown {
  if (typeof typed === 'number') return typed;
  return /^\s*-?\d{1,15}\s*$/.test(String(typed)) ? Number(typed) : typed;
}

/** One field's value as the contract takes it; undefined leaves it out. */
function sent(field: Field, value: unknown): unknown {
  if (field.kind === 'flag') return value ?? undefined;
  if (field.kind === 'group') return sentGroup(field, value);
  if (field.kind === 'list' || field.kind === 'choices') {
    if (!Array.isArray(value)) return field.required ? [] : undefined;
    return field.item ? value.map((one) => sent(field.item!, one)) : value;
  }
  if (isBlank(value)) return field.nullable ? null : undefined;
  if (field.kind === 'money') return fenOf(value);
  if (field.kind === 'whole') return wholeOf(value);
  return typeof value === 'string' ? value.trim() : value;
}

function sentGroup(field: Field, value: unknown): unknown {
  const inside = (value ?? {}) as Values;
  const isUntouched = field.fields.every((f) => isBlank(inside[f.name]));
  if (isUntouched && !field.required) return field.nullable ? null : undefined;
  return bodyOf(field.fields, inside);
}

/** What the fields hold, as the contract's body. */
export function bodyOf(fields: readonly Field[], values: Values): Values {
  const pairs = fields.map((f) => [f.name, sent(f, values[f.name])] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

function shown(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (field.kind === 'money') return (Number(value) / 100).toFixed(2);
  if (field.kind === 'group') return valuesOf(field.fields, value as Values);
  if (Array.isArray(value) && field.item) return value.map((one) => shown(field.item!, one));
  return value;
}

/** What a form shows of a record; fields the record does not have stay empty. */
export const valuesOf = (fields: readonly Field[], record: Values): Values =>
  Object.fromEntries(fields.map((f) => [f.name, shown(f, record[f.name] ?? f.fallback)]));

/** What a form sends of a record on which nothing was changed: what one's own changes are measured by. */
export const asSent = (fields: readonly Field[], record: Values): Values => bodyOf(fields, valuesOf(fields, record));

/** Only what differs from what stands there: the rest is left out, and so stays as it is. */
export const changedOnly = (said: Values, standing: Values): Values =>
  Object.fromEntries(
    Object.entries(said).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(standing[name] ?? null)),
  );

/** Where a fault lies, as a form names its fields. */
export const placeOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/** All faults of a body, in the words that the service would use. */
export function faultsIn(schema: z.ZodType, body: unknown): FieldFault[] {
  const judged = schema.safeParse(body, { reportInput: true });
  return judged.success ? [] : faultsOf('body', schema, judged.error.issues).map(({ fault }) => fault);
}

/** What is wrong with one field as it stands. */
export function faultIn(field: Field, value: unknown): FieldFault | undefined {
  const body = sent(field, value);
  if (body === undefined && !field.required) return undefined;
  const judged = field.schema.safeParse(body, { reportInput: true });
  if (judged.success) return undefined;
  return faultsOf('body', field.schema, judged.error.issues)[0]?.fault;
}

/**
 * A fault as it is said at its own field: without the name that programs go by, and of a field left empty no more than
 * that.
 */
export function saidAtField(fault: FieldFault, isEnglish: boolean): string {
  const text = isEnglish ? (fault.detailEn ?? fault.detail) : fault.detail;
  const name = placeOf(fault.pointer).join('.') || (isEnglish ? 'The content' : '请求内容');
  const [colon, stop, end] = isEnglish ? [': ', '; ', '.'] : ['：', '；', '。'];
  const at = text.startsWith(name) ? text.indexOf(colon, name.length) : -1;
  if (at < 0) return text;
  const rest = text.slice(at + colon.length);
  const said = /^(必填|required)/.test(rest) ? `${rest.split(stop)[0]!.replace(/[。.]$/, '')}${end}` : rest;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Never kept, not even in this tab: passwords, codes, numbers of persons. */
const unkept = /password|totp|code$|identit|idNumber/i;

/** What of a form may be kept as a draft. */
export function keepable(values: Values): Values {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return keepable(value as Values);
  };
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !unkept.test(name))
      .map(([n, v]) => [n, clean(v)]),
  );
}
