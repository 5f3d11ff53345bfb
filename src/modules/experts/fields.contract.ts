import * as z from 'zod';
import { dayField, idField, lineField, textField } from '../../kernel/http/fields';
import { specialties } from '../policy/core/fields';
import { readPlatformNumber } from './core/platform-number';

// Words that both contracts of this module use.

export const identityKinds = ['resident-id', 'hmt-residence-permit', 'permanent-residence-card', 'passport'] as const;

export const titleLevels = ['full-senior', 'deputy-senior', 'medium', 'junior', 'none'] as const;
/** 职称：正高级、副高级、中级、初级、无. */
export type TitleLevel = (typeof titleLevels)[number];

/** 专业：地质、采矿、选矿、生态、环境. */
export type Specialty = (typeof specialties)[number];

export { nameSpecialties, specialties } from '../policy/core/fields';

const daysInOrder: [
  (v: { from: string | null; lastDay: string | null }) => boolean,
  { path: string[]; message: string },
] = [
  (v) => v.from === null || v.lastDay === null || v.lastDay >= v.from,
  { path: ['lastDay'], message: '截止日早于起始日。' },
];

/** What a title's certificate says. */
export const titleDetail = z
  .strictObject({
    from: dayField.nullable().default(null).describe('取得日期'),
    lastDay: dayField.nullable().default(null).describe('有效期的最后一日；长期有效为 null'),
    issuer: lineField(200).nullable().default(null).describe('评审或发证机构'),
    certificateNumber: lineField(100).nullable().default(null).describe('证书编号'),
    field: lineField(100).nullable().default(null).describe('专业方向'),
    fileId: idField.nullable().default(null).describe('证书扫描件的文件编号'),
  })
  .refine(...daysInOrder);
export type TitleDetail = z.output<typeof titleDetail>;

/** What shows one specialty of a person: a diploma, a title in the field, years of work. */
export const specialtyProof = z
  .strictObject({
    specialty: z.enum(specialties).describe('专业：地质、采矿、选矿、生态、环境'),
    evidence: textField(500).nullable().default(null).describe('学历、职称专业、从业经历等材料'),
    fileId: idField.nullable().default(null).describe('材料扫描件的文件编号'),
    from: dayField.nullable().default(null).describe('自该日起；缺省为该条登记的起始日'),
    lastDay: dayField.nullable().default(null).describe('至该日止（含当日）；无期限为 null'),
  })
  .refine((p) => p.evidence !== null || p.fileId !== null, {
    path: ['evidence'],
    message: '材料名称和文件至少填一项。',
  })
  .refine(...daysInOrder);
export type SpecialtyProof = z.output<typeof specialtyProof>;

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
  .describe('公开编号，LJ 加 9 位数字')
  .meta({ examples: ['LJ000000018'] });
