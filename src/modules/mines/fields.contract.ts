import * as z from 'zod';
import { lineField } from '../../kernel/http/fields';
import { tidyLine } from '../../kernel/pure/text';
import { judgeLicence } from './core/licence-number';
import { provinceCodeOf } from './core/provinces';

export const sizeClasses = ['large', 'medium', 'small'] as const;
/** 生产规模：大型、中型、小型. */
export type SizeClass = (typeof sizeClasses)[number];

export const miningMethods = ['open-pit', 'underground', 'combined', 'solution', 'well', 'other'] as const;
/** 开采方式：露天、地下、露天加地下、溶浸（水溶）、钻井、其他. */
export type MiningMethod = (typeof miningMethods)[number];

export const operations = ['building', 'producing', 'suspended', 'closed'] as const;
/** 生产状态：在建、在产、停产、闭坑. */
export type Operation = (typeof operations)[number];

export const listStatuses = ['on-list', 'public-notice', 'correction', 'removed'] as const;
/** 在名录、公示中、整改中、已移出. */
export type ListStatus = (typeof listStatuses)[number];

export const listLevels = ['national', 'provincial'] as const;
/** 国家级、省级; the circular knows no other lists (自然资规〔2024〕1号, basic principles). */
export type ListLevel = (typeof listLevels)[number];

/** 采矿许可证号: normalised, then judged by its form. */
export const licenceNumber = z
  .string()
  .min(1)
  .max(64)
  .transform((text, context) => {
    const judged = judgeLicence(text);
    if (judged.ok) return judged.number;
    context.addIssue({ code: 'custom', message: judged.reason });
    return z.NEVER;
  })
  .describe('采矿许可证号，23 位');

export const provinceField = z
  .string()
  .min(1)
  .max(20)
  .transform((text, context) => {
    const code = provinceCodeOf(text);
    if (code !== undefined) return code;
    context.addIssue({ code: 'custom', message: '不是省级行政区的名称或代码。' });
    return z.NEVER;
  })
  .describe('省级行政区，名称或六位代码');

const MINERALS_LENGTH = 200;

/** Minerals of a text as people list them, the first being the main one. */
export const mineralsOf = (text: string | null): string[] =>
  text === null
    ? []
    : text
        .split(/[、，,;；]/u)
        .map(tidyLine)
        .filter((m) => m !== '');

export const mineralsField = z
  .union([lineField(MINERALS_LENGTH), z.array(lineField(50)).min(1).max(20)])
  .transform((given, context) => {
    const text = Array.isArray(given) ? given.join('、') : given;
    if (text.length <= MINERALS_LENGTH) return text;
    context.addIssue({ code: 'custom', message: `过长，合计上限 ${MINERALS_LENGTH} 字。` });
    return z.NEVER;
  })
  .describe('矿种，主矿种在前；文本以顿号分隔，或清单');

/** Codes of counties change; abolished ones stay in old papers, so only the form is judged here. */
export const divisionCodeField = z
  .string()
  .regex(/^\d{6}$/, '行政区划代码为 6 位数字。')
  .describe('所在市、县的行政区划代码');
