import * as z from 'zod';
import { lineField, textField } from '../../kernel/http/fields';
import { specialties, specialtyProof, titleDetail, titleLevels } from './fields.contract';

/** What an entry says of a person. */
export const expertContent = {
  name: lineField(100).describe('姓名'),
  phone: lineField(40).nullable().default(null).describe('联系电话'),
  titleLevel: z
    .enum(titleLevels)
    .nullable()
    .default(null)
    .describe('职称级别；职称名称在对照表中的可不填，由名称得出；两者不一致的不予登记'),
  titleName: lineField(100).nullable().default(null).describe('职称名称，旧称亦可，如教授级高级工程师'),
  titleEvidence: textField(500).nullable().default(null).describe('职称证书等材料'),
  title: titleDetail.nullable().default(null).describe('职称证书的要素'),
  specialties: z
    .array(z.enum(specialties))
    .max(specialties.length)
    .transform((list) => specialties.filter((s) => list.includes(s)))
    .default([])
    .describe('专业：地质、采矿、选矿、生态、环境'),
  specialtyEvidence: textField(1000).nullable().default(null).describe('同时证明全部所列专业的材料'),
  specialtyProofs: z.array(specialtyProof).max(20).default([]).describe('各专业各自的材料和期间；没有材料的专业不计入'),
  mineralAdminYears: z.number().int().min(0).max(60).nullable().default(null).describe('从事矿产资源管理工作的年数'),
  civilServant: z.boolean().nullable().default(null).describe('是否公务员；未查明为 null'),
  assessmentExperience: textField(1000).nullable().default(null).describe('绿色矿山评估经历'),
};
