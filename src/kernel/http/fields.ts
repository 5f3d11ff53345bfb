import * as z from 'zod';
import { isLegalDate, parseInstant, type Instant, type LegalDate } from '../pure/time';
import { tidyLine, tidyText } from '../pure/text';

// Fields that many contracts share. Safe in a browser. What has no form is 400; what has form but no meaning is 422.

const tidied = (max: number, tidy: (text: string) => string) =>
  z
    .string()
    .min(1)
    .max(max)
    .transform((text, context) => {
      const kept = tidy(text);
      // NFC can lengthen a text, so the limit is looked at again.
      if (kept !== '' && kept.length <= max) return kept;
      context.addIssue({ code: 'custom', message: kept === '' ? '不能只有空白。' : `过长，上限 ${max} 字。` });
      return z.NEVER;
    });

/** A name, a number, a title: one line, tidied (NFC, blanks, invisible characters). */
export const lineField = (max: number) => tidied(max, tidyLine);

/** A remark of several lines. */
export const textField = (max: number) => tidied(max, tidyText);

const LAST_YEAR = 2199;

/** A day in Asia/Shanghai, years 1900 to 2199. */
export const dayField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, '日期格式为 YYYY-MM-DD。')
  .meta({ examples: ['2026-03-02'] })
  .transform((text, context): LegalDate => {
    if (isLegalDate(text) && Number(text.slice(0, 4)) <= LAST_YEAR) return text;
    context.addIssue({ code: 'custom', message: `没有这一天，或不在 1900 至 ${LAST_YEAR} 年之内；例如 2026-03-02。` });
    return z.NEVER;
  });

/** A moment: RFC 3339 in UTC with milliseconds and Z. */
export const instantField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, '时刻格式为 YYYY-MM-DDThh:mm:ss.sssZ（UTC）。')
  .meta({ examples: ['2026-03-02T01:00:00.000Z'] })
  .transform((text, context): Instant => {
    try {
      return parseInstant(text);
    } catch {
      context.addIssue({ code: 'custom', message: '没有这一时刻；例如 2026-03-02T01:00:00.000Z。' });
      return z.NEVER;
    }
  });

/** An id that this service gave. */
export const idField = z
  .string()
  .min(1)
  .max(36)
  .meta({ examples: ['019cac0f-2680-7051-bd4d-3428adef3ed8'] });

export const idParams = z.object({ id: idField });

/** The paper on which an entry rests: its title or document number. */
export const paperField = lineField(200)
  .describe('登记依据的材料名称或文号')
  .meta({ examples: ['登记表'] });

/** 有效时点、记录时点: the day that is asked about, and the instant up to which entries count. */
export const momentQuery = {
  asOf: dayField.optional().describe('有效时点：该日实际情况；缺省为今日'),
  knownAt: instantField.optional().describe('记录时点：当时已知情况；缺省为现在'),
};

/** From which day to which an entry holds. `lastDay` is included; null or missing means without an end. */
export const spanFields = {
  from: dayField.describe('自该日起'),
  lastDay: dayField.nullable().default(null).describe('至该日止（含当日）；无期限为 null'),
};

/** For `.refine` of a body with `spanFields`. */
export const spanInOrder: [
  (body: { from: LegalDate; lastDay: LegalDate | null }) => boolean,
  { path: string[]; message: string },
] = [
  (body) => body.lastDay === null || body.lastDay >= body.from,
  { path: ['lastDay'], message: '截止日早于起始日。' },
];

/** A shape of which a body may leave out any field; the defaults of a first entry are gone. */
export type LeftOpen<S extends z.ZodRawShape> = {
  [K in keyof S]: z.ZodOptional<S[K] extends z.ZodDefault<infer Inner> ? Inner : S[K]>;
};

/**
 * The fields of a register as a body amends them: what is left out is undefined, and so differs from null, which clears.
 * What undefined stands for is settled by `wholeEntry`.
 */
export function leftOpen<S extends Readonly<Record<string, z.ZodType>>>(shape: S): LeftOpen<S> {
  const opened = Object.entries(shape).map(([field, schema]) => {
    const { description } = schema;
    const inner = schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
    return [field, description === undefined ? inner.optional() : inner.optional().describe(description)];
  });
  return Object.fromEntries(opened) as LeftOpen<S>;
}

/** For the summaries of routes whose bodies have such fields. */
export const leftOpenNote = {
  zh: '未填的字段保持该日原有内容，null 或空清单为清除',
  en: 'what is left out stays as on that day, null or [] clears',
};

/** How an entry of a history is shown. */
export const entryReply = {
  from: z.string(),
  lastDay: z.string().nullable(),
  recordedAt: z.string(),
  paper: z.string().nullable(),
};

/** What every reading of a record says about itself. */
export const momentReply = { asOf: z.string(), knownAt: z.string() };

/** Of a reply to what may be on record already: then nothing is changed, and the status is 200. */
export const unchangedReply = {
  unchanged: z.boolean().describe('与已登记的内容完全相同，未作任何改动 on record already, nothing changed'),
};
