import * as z from 'zod';
import type { ProblemList } from '../../../kernel/problem';
import { route } from '../../../kernel/http/route';
import type { EventCatalogue } from '../../audit-log';

export const authorityKinds = ['natural-resources', 'ecology', 'forestry', 'other'] as const;
export type AuthorityKind = (typeof authorityKinds)[number];

const authority = z.object({
  code: z
    .string()
    .regex(/^\d{6}$/, '须为六位行政区划代码，全国为 100000。')
    .describe('行政区划代码 division code'),
  name: z.string().trim().min(2).max(100).describe('机关全称'),
  kind: z.enum(authorityKinds).describe('机关类别：自然资源、生态环境、林草、其他'),
});

export type AuthorityInput = z.output<typeof authority>;

export const authorityRoutes = {
  setAuthority: route({
    method: 'put',
    path: '/installation/authority',
    summary: '设定本系统所属的主管机关（只设一次）Set the authority that owns the installation, once',
    tag: '系统',
    access: { permission: 'authority.set' },
    body: authority.strict(),
    reply: authority,
    events: ['authority.set', 'authority.confirmed'],
    problems: ['authority.already-set', 'authority.other-code'],
  }),
  readAuthority: route({
    method: 'get',
    path: '/installation/authority',
    summary: '查看本系统所属的主管机关 The authority that owns the installation',
    tag: '系统',
    access: 'account',
    reply: authority,
    problems: ['authority.not-set'],
  }),
};

export const authorityProblems: ProblemList = {
  'authority.not-set': {
    status: 409,
    title: '尚未设定主管机关',
    detail: '本系统尚未设定所属的主管机关；请由安全管理员先设定（PUT /api/v1/installation/authority）。',
  },
  'authority.already-set': {
    status: 409,
    title: '主管机关已设定',
    detail: '本系统所属的主管机关为 {code} {name}，设定后不能更改；另一机关请另行部署。',
  },
  'authority.other-code': {
    status: 409,
    title: '与部署设置不一致',
    detail: '部署设置 LUJIAN_AUTHORITY 为 {configured}，与所填代码 {code} 不同；请改填，或由系统管理员更正设置。',
  },
};

export const authorityEvents: EventCatalogue = {
  'authority.set': { visibility: 'public', title: '设定主管机关' },
  'authority.confirmed': { visibility: 'sealed', title: '重复提交相同的主管机关' },
};
