import type { Actor } from '../../kernel/call';
import { officers } from './core/officers';

/** Roles hang on posts, not on accounts (glossary 1). */
export const roles = [
  'bureau',
  'bureau-lead',
  'partner',
  'inspector',
  'intake',
  'institution',
  'seal-keeper',
  'expert',
  'mine',
  'auditor',
  'security-admin',
  'system-admin',
] as const;
export type Role = (typeof roles)[number];

/** The three administrators (三员): different people with disjoint rights. */
export const administrators = ['auditor', 'security-admin', 'system-admin'] as const satisfies readonly Role[];

/** Posts with which work may lie. */
const working = [...officers, 'partner', 'intake', 'institution'] as const satisfies readonly Role[];
const readers = [...officers, 'partner', 'auditor'] as const satisfies readonly Role[];

/**
 * The permission table: which role may use what at all. Whose record it may be is judged in the use case. A test walks
 * the whole grid of role × permission against its own list.
 */
export const permissions = {
  'authority.set': ['security-admin'],
  'authority.read': roles,
  'deadline.read': roles,
  'colleague.read': roles,
  'authority.register': ['security-admin'],
  'authority.amend': ['security-admin'],
  'authority.end': ['security-admin'],
  'account.create': ['security-admin'],
  'account.disable': ['security-admin'],
  'account.reset': ['security-admin'],
  'account.sign-in-policy': ['security-admin'],
  'account.read': ['security-admin', 'auditor'],
  'post.grant': ['security-admin'],
  'post.end': ['security-admin'],
  'post.renew': ['security-admin'],
  'post.require-letters': ['security-admin'],
  'work.read': working,
  'work.oversee': ['bureau-lead'],
  'hand-over.use': working,
  'hand-over.sign-for': ['bureau-lead'],
  'api-key.revoke-any': ['security-admin'],
  'audit.read': ['auditor'],
  'fact.read': [...readers, 'institution', 'mine'],
  'log-key.manage': ['security-admin'],
  'register.read': [...readers, 'institution', 'expert'],
  'calendar.load': ['bureau'],
  'notice.read': [...officers, 'system-admin'],
  'notice.serve': ['bureau', 'inspector'],
  'operation.read': ['system-admin'],
  'dead-letter.read': ['system-admin'],
  'dead-letter.resend': ['system-admin'],
  'consent.read': [...officers],
  'consent.record': ['bureau', 'inspector'],
  'policy.drafts': ['bureau', 'bureau-lead'],
  'policy.draft': ['bureau'],
  'policy.withdraw': ['bureau', 'bureau-lead'],
  'policy.adopt': ['bureau-lead'],
  'policy.replay': ['bureau', 'bureau-lead'],
  'organisation.register': ['bureau'],
  'organisation.amend': ['bureau'],
  'institution.register': ['bureau'],
  'institution.amend': ['bureau'],
  'institution.report': ['institution'],
  'institution-change.read': [...readers, 'institution'],
  'institution.readiness': [...readers, 'institution'],
  'expert.register': ['bureau', 'institution'],
  'expert.amend': ['bureau'],
  'expert.document': ['bureau'],
  'expert.judge-doubt': ['bureau'],
  'expert.merge': ['bureau'],
  'expert.confirm-merge': ['bureau-lead'],
  'merge.read': ['bureau', 'bureau-lead', 'auditor'],
  'expert.own': ['expert'],
  'expert.naming': ['bureau', 'bureau-lead'],
  'correction.read': ['bureau', 'bureau-lead', 'auditor', 'expert'],
  'correction.decide': ['bureau'],
  'employment.record': ['bureau', 'institution'],
  'employment.sheet': ['bureau', 'institution'],
  'employment.confirm': ['bureau', 'expert'],
  'employment.void': ['bureau'],
  'employment.object': ['bureau', 'expert'],
  'employment.judge-objection': ['bureau', 'bureau-lead'],
  'employment.end': ['bureau', 'institution'],
  'mine.read': [...readers, 'institution', 'expert', 'mine'],
  'mine.register': ['bureau'],
  'mine.amend': ['bureau'],
  'mine.import': ['bureau'],
  'mine.propose': ['mine'],
  'mine.proposals': [...officers, 'mine'],
  'import.use': ['bureau', 'institution'],
  'pool.apply': ['bureau', 'institution'],
  'pool.propose': ['bureau'],
  'pool.decide': ['bureau-lead'],
  'pool.withdraw': ['bureau', 'institution'],
  'pool.read': [...readers, 'institution'],
  'lot.open': ['bureau'],
  'lot.publish': ['bureau'],
  'lot.close': ['bureau'],
  'lot.cancel': ['bureau-lead'],
  'lot.read': [...readers, 'institution'],
  'assignment.offer': ['bureau'],
  'assignment.answer': ['institution'],
  'assignment.release': ['bureau-lead'],
  'assignment.resume': ['bureau-lead'],
  'engagement.make': ['bureau'],
  'engagement.end': ['bureau'],
  'evaluation.read': [...readers, 'institution', 'expert'],
  'evaluation.team': ['institution'],
  'evaluation.work': ['institution'],
  'evaluation.report': ['institution'],
  'evaluation.accept': ['bureau'],
  'evaluation.void': ['bureau-lead'],
  'evaluation.resume': ['bureau-lead'],
  'file.store': [...officers, 'partner', 'institution', 'expert', 'mine', 'security-admin'],
  'file.read': [...readers, 'institution', 'seal-keeper', 'expert', 'security-admin'],
  'pledge.prepare': ['institution'],
  'pledge.sign': ['institution', 'seal-keeper'],
  'pledge.read': [...readers, 'institution', 'seal-keeper', 'expert'],
  'certificate.request': ['institution', 'seal-keeper'],
  'payment.record': ['bureau'],
  'payment.read': [...officers, 'auditor'],
  'finding.read': ['inspector', 'bureau-lead'],
  'case.investigate': ['inspector'],
  'case.review': ['bureau'],
  'case.propose': ['bureau'],
  'case.decide': ['bureau-lead'],
  'case.serve': ['inspector', 'bureau'],
  'case.remedy': ['bureau-lead'],
  'case.publicise': ['bureau-lead'],
  'case.read': [...officers],
  'dashboard.read': readers,
  'bar.read': [...officers, 'partner', 'auditor'],
  'screening.person': [...officers, 'partner'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof permissions;

export const isPermission = (name: string): name is Permission => Object.hasOwn(permissions, name);

/**
 * Acts that a second person has to check, judge or confirm, and whose record keeps one account only. They are done in
 * one's own name, so that acting for somebody makes no second person of the one represented. (Acts in a case keep both
 * persons and need no such wall.) A deputy is a colleague and does them in the own post.
 */
const ownName = [
  'expert.judge-doubt',
  'expert.merge',
  'expert.confirm-merge',
  'employment.record',
  'employment.sheet',
  'employment.confirm',
  'employment.judge-objection',
  'correction.decide',
  'policy.draft',
] as const satisfies readonly Permission[];

export const isInOwnName = (permission: string): boolean => (ownName as readonly string[]).includes(permission);

/** May this role use this permission at all? */
export const mayRole = (role: string, permission: string): boolean =>
  isPermission(permission) && (permissions[permission] as readonly string[]).includes(role);

/** The same of whoever asks: an API key may have less than its post. */
export const mayActor = ({ role, scopes }: Pick<Actor, 'role' | 'scopes'>, permission: Permission): boolean =>
  mayRole(role, permission) && (scopes === undefined || scopes.includes(permission));
