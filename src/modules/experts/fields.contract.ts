import * as z from 'zod';
import { readPlatformNumber } from './core/platform-number';

// Words that both contracts of this module use.

export const identityKinds = ['resident-id', 'hmt-residence-permit', 'permanent-residence-card', 'passport'] as const;

export const titleLevels = ['full-senior', 'deputy-senior', 'medium', 'junior', 'none'] as const;
/** 职称：正高级、副高级、中级、初级、无. */
export type TitleLevel = (typeof titleLevels)[number];

export const specialties = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'] as const;
/** 专业：地质、采矿、选矿、生态、环境. */
export type Specialty = (typeof specialties)[number];

const specialtyNames: Record<string, string> = {
  geology: '地质',
  mining: '采矿',
  'mineral-processing': '选矿',
  ecology: '生态',
  environment: '环境',
};
/** The Chinese names of specialties, in the given order. */
export const nameSpecialties = (codes: readonly string[]): string =>
  codes.map((c) => specialtyNames[c] ?? c).join('、');

/** 公开编号: normalised, then judged by its check digit. */
export const platformNumber = z
  .string()
  .min(1)
  .max(32)
  .transform((text, context) => {
    const number = readPlatformNumber(text);
    if (number !== undefined) return number;
    context.addIssue({ code: 'custom', message: '公开编号应为 LJ 加 9 位数字，且末位校验相符；请逐位核对。' });
    return z.NEVER;
  })
  .describe('公开编号，LJ 加 9 位数字');
