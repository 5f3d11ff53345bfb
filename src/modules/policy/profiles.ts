import type { LegalDate } from '../../kernel/pure/time';
import type { Certainty } from './policy.contract';

export interface Rule<V = unknown> {
  title: string;
  value: V;
  citation: string;
  certainty: Certainty;
  effect: 'refuse' | 'inform';
}

export interface Basis {
  number: string;
  title: string;
  effectiveFrom: LegalDate;
  /** The last day on which an act or a decision may rest on it. */
  validThrough: LegalDate;
}

export interface Profile {
  id: string;
  authority: string;
  title: string;
  basis: Basis;
  poolMode: 'none' | 'register' | 'directory';
  rules: {
    'institution.kind': Rule<readonly string[]>;
    'institution.legal-person': Rule<true>;
    'institution.experience': Rule<true>;
    'institution.office': Rule<true>;
    'institution.management-rules': Rule<true>;
    'institution.stable-work': Rule<true>;
    'institution.bars': Rule<0>;
    'institution.change-report-days': Rule<number>;
    'person.decision-days': Rule<number>;
    'staff.floor': Rule<number>;
    'staff.senior-share': Rule<{ numerator: number; denominator: number }>;
    'staff.specialties': Rule<readonly string[]>;
    'staff.leader-candidates': Rule<number>;
    'team.size': Rule<number>;
    'team.titles': Rule<'medium'>;
    'team.senior': Rule<number>;
    'team.leader-full-time': Rule<true>;
    'team.specialties': Rule<readonly string[]>;
    'team.staff': Rule<true>;
    'conflict.operator': Rule<true>;
    'conflict.cooling-off-years': Rule<number>;
    'purchase.first-class-institution': Rule<false>;
    'fee.mine-payer': Rule<false>;
    'fee.entitled-payer': Rule<readonly string[]>;
    'bar.years': Rule<number>;
    'bar.holiday-roll': Rule<false>;
  };
}

export type RuleName = keyof Profile['rules'];

const specialties = ['geology', 'mining', 'mineral-processing', 'ecology', 'environment'] as const;
const circular8 = '自然资规〔2024〕1号第（八）条';
const annex1 = '自然资规〔2024〕1号附件1';

/** The national profile: what the circular and its annex ask, with the certainty of each (domain.md 1, 5, 9). */
export const national2024: Profile = {
  id: 'national-2024/1',
  authority: '100000',
  title: '国家规则（自然资规〔2024〕1号）',
  basis: {
    number: '自然资规〔2024〕1号',
    title: '关于进一步加强绿色矿山建设的通知',
    effectiveFrom: '2024-04-15' as LegalDate,
    // Five years counted by Civil Code 201-202; a setting in so far as the circular does not print the last day.
    validThrough: '2029-04-15' as LegalDate,
  },
  poolMode: 'register',
  rules: {
    'institution.kind': {
      title: '企业、事业单位或行业协会',
      value: ['91', '12', '51'],
      citation: circular8,
      certainty: 'circular',
      effect: 'refuse',
    },
    'institution.legal-person': {
      title: '独立法人资格',
      value: true,
      citation: circular8,
      certainty: 'circular',
      effect: 'refuse',
    },
    'institution.experience': {
      title: '评估工作经验和能力',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'institution.office': {
      title: '办公条件',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'institution.management-rules': {
      title: '健全的管理制度',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'institution.stable-work': {
      title: '能够长期稳定开展工作',
      value: true,
      citation: circular8,
      certainty: 'circular',
      effect: 'refuse',
    },
    'institution.bars': {
      title: '不在不再采信期间',
      value: 0,
      citation: '自然资规〔2024〕1号第（十七）条',
      certainty: 'circular',
      effect: 'refuse',
    },
    'institution.change-report-days': {
      title: '登记事项变更后应报告的工作日数',
      value: 20,
      citation: '参照《建设项目环境影响报告书（表）编制监督管理办法》（生态环境部令第9号）第十一条',
      certainty: 'derived',
      effect: 'inform',
    },
    'person.decision-days': {
      title: '聘用异议和疑似同一人应在多少个工作日内作出认定',
      value: 10,
      citation: '参照《中华人民共和国个人信息保护法》第二十四条、第五十条',
      certainty: 'derived',
      effect: 'inform',
    },
    'staff.floor': {
      title: '相关专业技术人员不少于',
      value: 15,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'staff.senior-share': {
      title: '高级职称占比不低于',
      value: { numerator: 30, denominator: 100 },
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'staff.specialties': {
      title: '涵盖地质、采矿、选矿、生态、环境五个专业',
      value: specialties,
      citation: circular8,
      certainty: 'circular',
      effect: 'refuse',
    },
    'staff.leader-candidates': {
      title: '可任组长的全职人员不少于',
      value: 1,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'team.size': {
      title: '评估组成员不少于',
      value: 5,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'team.titles': {
      title: '成员均具有中级及以上职称',
      value: 'medium',
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'team.senior': {
      title: '高级职称成员不少于',
      value: 2,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'team.leader-full-time': {
      title: '组长为本机构全职人员',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    // 宜: the annex advises it for the team and demands it of the institution only.
    'team.specialties': {
      title: '评估组宜涵盖五个专业',
      value: specialties,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'inform',
    },
    'team.staff': {
      title: '成员均为本机构已确认聘用的人员',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'conflict.operator': {
      title: '与待评估矿山保持独立',
      value: true,
      citation: annex1,
      certainty: 'annex-inferred',
      effect: 'refuse',
    },
    'conflict.cooling-off-years': {
      title: '评估前后业务往来回避期（年）',
      value: 1,
      citation: '《绿色矿山遴选第三方评估工作要求》（2020年）',
      certainty: 'derived',
      effect: 'inform',
    },
    'purchase.first-class-institution': {
      title: '公益一类事业单位不得承接政府购买服务',
      value: false,
      citation: '政府购买服务管理办法（财政部令第102号）第八条',
      certainty: 'law',
      effect: 'refuse',
    },
    'fee.mine-payer': {
      title: '严禁向矿山企业收取评估费用',
      value: false,
      citation: circular8,
      certainty: 'circular',
      effect: 'refuse',
    },
    'fee.entitled-payer': {
      title: '评估经费由财政保障，付款方为机关或事业单位',
      value: ['11', '12', '13'],
      citation: '自然资规〔2024〕1号第（十五）条',
      certainty: 'circular',
      effect: 'refuse',
    },
    'bar.years': {
      title: '不再采信期限（年）',
      value: 3,
      citation: '自然资规〔2024〕1号第（十七）条；民法典第二百零一条、第二百零二条',
      certainty: 'circular',
      effect: 'refuse',
    },
    'bar.holiday-roll': {
      title: '届满日遇节假日不顺延',
      value: false,
      citation: '民法典第二百零三条不适用于加重负担的期限',
      certainty: 'derived',
      effect: 'inform',
    },
  },
};
