import { In } from 'typeorm';
import type { Reads } from '../../../kernel/db/database';
import type { LegalDate } from '../../../kernel/pure/time';
import { Account } from '../accounts/accounts.store';
import { isActive } from '../posts/posts.rules';
import { heldOf, Post } from '../posts/posts.store';
import type { Role } from '../permissions';
import type { Recipient } from './recipients.contract';

export interface Reached {
  readonly accountId: string;
  /** The post that makes the person a recipient; null for a person named as such. */
  readonly postId: string | null;
}

async function postsFor(on: Reads, to: Exclude<Recipient, { accountId: string }>): Promise<Post[]> {
  const posts = on.m.getRepository(Post);
  if ('postId' in to) return posts.findBy({ id: to.postId });
  if ('institutionId' in to) return posts.findBy({ institutionId: to.institutionId, role: 'institution' });
  if ('organisationId' in to) return posts.findBy({ organisationId: to.organisationId, role: 'mine' });
  if ('expertId' in to) return posts.findBy({ expertId: to.expertId, role: 'expert' });
  const role = to.role as Role;
  return posts.find({
    where: [
      { role, authorityCode: to.authority },
      { role, authorityId: to.authority },
    ],
  });
}

/** The people who stand for the recipient on the day, each once, by account; disabled accounts reach nobody. */
export async function reach(on: Reads, to: Recipient, day: LegalDate): Promise<Reached[]> {
  const found = new Map<string, Reached>();
  if ('accountId' in to) found.set(to.accountId, { accountId: to.accountId, postId: null });
  else {
    const posts = (await postsFor(on, to)).filter((p) => isActive(heldOf(p), day));
    for (const p of posts.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      if (!found.has(p.accountId)) found.set(p.accountId, { accountId: p.accountId, postId: p.id });
    }
  }
  if (found.size === 0) return [];
  const open = await on.m.find(Account, {
    where: { id: In([...found.keys()]), disabled: false },
    select: { id: true },
  });
  const ids = new Set(open.map((a) => a.id));
  return [...found.values()].filter((r) => ids.has(r.accountId));
}
