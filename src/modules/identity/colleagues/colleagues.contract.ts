import * as z from 'zod';
import { idField, lineField } from '../../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../../kernel/http/route';
import { roles } from '../permissions';

const colleague = z.object({
  postId: z.string(),
  accountId: z.string(),
  name: z.string().describe('姓名'),
  role: z.enum(roles),
  authorityId: z.string().nullable(),
  office: z.string().nullable().describe('处室'),
  present: z.boolean().describe('今日有人以此岗位办理：期间、授权书有效且账号未停用'),
});
export type Colleague = z.input<typeof colleague>;

export const partyKinds = ['institution', 'organisation', 'expert'] as const;
export type PartyKind = (typeof partyKinds)[number];

const party = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string().nullable().describe('统一社会信用代码，或人员编号'),
});
export type PartyView = z.input<typeof party>;

const kind = z.enum(partyKinds).describe('评估机构、矿山企业、评估人员');

export const colleagueRoutes = {
  listColleagues: route({
    method: 'get',
    path: '/colleagues',
    summary:
      '同事及其岗位，供指定代办、分派和交接时选择：机关为范围内的，机构、企业为本单位的 Colleagues with their posts, to choose from',
    tag: '岗位',
    access: { permission: 'colleague.read' },
    query: z
      .object({
        ...pageQuery,
        role: z.enum(roles).optional(),
        q: lineField(100).optional().describe('姓名或处室中的文字'),
        ended: z.enum(['true']).optional().describe('连同已结束的岗位'),
      })
      .strict(),
    reply: pageOf(colleague),
  }),
  findParties: route({
    method: 'get',
    path: '/parties/:kind',
    summary: '设立岗位时查找评估机构、矿山企业或评估人员 Find whom a post is to act for',
    tag: '岗位',
    access: { permission: 'account.read' },
    params: z.object({ kind }),
    query: z
      .object({ q: lineField(100).optional().describe('名称、姓名中的文字，或信用代码；人员须填全名或编号') })
      .strict(),
    reply: z.object({ items: z.array(party) }),
  }),
  readParty: route({
    method: 'get',
    path: '/parties/:kind/:id',
    summary: '岗位所属评估机构、矿山企业或评估人员的名称 The name of whom a post acts for',
    tag: '岗位',
    access: { permission: 'account.read' },
    params: z.object({ kind, id: idField }),
    reply: party,
    problems: ['request.not-found'],
  }),
};
