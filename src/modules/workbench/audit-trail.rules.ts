import { instantText, instant, type Instant } from '../../kernel/pure/time';
import type { Permission } from '../identity';

/**
 * Whose permission opens the payload of which entries, by the first part of their type: the log shows an auditor no more
 * than the lists do. Null: nobody, since what it tells of is the person's own, or kept in files with readers of their own.
 * Type, time and who acted are shown of every entry.
 */
export const openedBy: Readonly<Record<string, Permission | null>> = {
  account: 'account.read',
  'api-key': 'account.read',
  assignment: 'lot.read',
  authority: 'authority.read',
  bar: 'bar.read',
  calendar: 'authority.read',
  case: 'case.read',
  certificate: 'pledge.read',
  consent: 'consent.read',
  contact: null,
  correction: 'correction.read',
  'dead-letter': 'dead-letter.read',
  deadline: 'work.read',
  deputyship: 'account.read',
  door: 'bar.read',
  doubt: 'merge.read',
  employment: 'register.read',
  engagement: 'lot.read',
  evaluation: 'evaluation.read',
  expert: 'register.read',
  file: null,
  finding: 'finding.read',
  'hand-over': 'hand-over.use',
  import: 'register.read',
  inbox: null,
  institution: 'register.read',
  log: 'audit.read',
  lot: 'lot.read',
  merge: 'merge.read',
  mine: 'mine.read',
  notice: 'notice.read',
  objection: 'register.read',
  organisation: 'register.read',
  payment: 'payment.read',
  pledge: 'pledge.read',
  policy: 'authority.read',
  'pool-entry': 'pool.read',
  post: 'account.read',
  screening: 'screening.person',
  session: 'account.read',
  'sign-in-policy': 'account.read',
  sms: 'dead-letter.read',
  work: 'work.read',
};

/** Before anything is released, a draft of rules is its drafters'. */
const sealedDrafts = ['policy.drafted', 'policy.amended', 'policy.withdrawn'];

/** The permission that opens an entry's payload; null if none does. What is not in the table stays shut. */
export function openerOf(type: string): Permission | null {
  if (sealedDrafts.includes(type)) return 'policy.drafts';
  return openedBy[type.split('.')[0]!] ?? null;
}

/** Under what name somebody acted, on paper; the last three are no posts. */
export const roleWords: Readonly<Record<string, string>> = {
  bureau: '经办人',
  'bureau-lead': '复核人（处室负责人）',
  partner: '相关部门',
  inspector: '调查人员',
  intake: '举报受理人员',
  institution: '评估机构经办人',
  'seal-keeper': '用印员',
  expert: '评估人员',
  mine: '矿山企业',
  auditor: '审计管理员',
  'security-admin': '安全管理员',
  'system-admin': '系统管理员',
  account: '账号（未选岗位）',
  public: '未登录',
  system: '系统',
};

const BEIJING_MS = 8 * 3600_000;

/** 2026-03-02 09:00:00 in Asia/Shanghai, which has kept no summer time since before there was a log. */
export const beijingTime = (at: Instant): string =>
  instantText(instant(at + BEIJING_MS))
    .slice(0, 19)
    .replace('T', ' ');
