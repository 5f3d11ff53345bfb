import type { Reads } from '../../../kernel/db/database';
import type { Subject } from '../../../kernel/db/guards';
import { addDays, type LegalDate } from '../../../kernel/pure/time';
import { unwrap } from '../../../kernel/problem';
import { judgeSuccession } from './posts.rules';
import { findSecurityAdmins, heldOf, type Post } from './posts.store';

/** Whoever takes a security administrator away meets here, so that two cannot take each other's away at once. */
export const lastSecurityAdminGuard: Subject = { kind: 'record', id: 'security-admins' };

/** What a person may hold is judged over all of its posts at once. */
export const accountGuard = (accountId: string): Subject => ({ kind: 'record', id: `account-${accountId}` });

/** Throws `account.last-security-admin` if nobody else would be one once the post has had its last day. */
export async function requireSuccessor(from: Reads, post: Post, lastDay: LegalDate): Promise<void> {
  const others = (await findSecurityAdmins(from)).filter((p) => p.id !== post.id);
  unwrap(judgeSuccession(lastDay, others.map(heldOf)));
}

/** The same for an account that loses all that it holds today or later. */
export async function requireAnotherSecurityAdmin(from: Reads, accountId: string, today: LegalDate): Promise<void> {
  const posts = await findSecurityAdmins(from);
  const own = posts.filter((p) => p.accountId === accountId && (p.toDay === null || p.toDay >= today));
  const others = posts.filter((p) => p.accountId !== accountId);
  if (own.length > 0) unwrap(judgeSuccession(addDays(today, -1), others.map(heldOf)));
}
