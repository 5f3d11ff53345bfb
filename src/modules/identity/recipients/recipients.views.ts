import { In, IsNull } from 'typeorm';
import type { Reads } from '../../../kernel/db/database';
import type { LegalDate } from '../../../kernel/pure/time';
import { Account } from '../accounts/accounts.store';
import { findByCode } from '../authorities/authorities.store';
import { ofOwnersKind } from '../authorities/scope.service';
import { findRequiredFrom } from '../letters/letters.store';
import { isInForce } from '../posts/posts.service';
import { Post } from '../posts/posts.store';
import type { Role } from '../permissions';
import { keysOf, type Recipient, type RecipientKey } from './recipients.contract';

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
  const ids = [to.authority, ...(await housesOf(on, to.authority))];
  return posts.find({
    where: [
      { role, authorityId: In(ids) },
      // Granted before the installation's authority was named.
      { role, authorityId: IsNull(), authorityCode: to.authority },
    ],
  });
}

/** A division code stands for authorities of the owner's kind: two kinds may share it, and the others are not meant. */
const housesOf = async (on: Reads, code: string): Promise<string[]> =>
  ofOwnersKind(
    on,
    (await findByCode(on, code)).map((a) => a.id),
  );

/** Every key under which something may be owed by the caller or told to him; those by a code only where it means him. */
export async function keysFor(on: Reads, actor: Parameters<typeof keysOf>[0]): Promise<RecipientKey[]> {
  const { authority, authorityId } = actor;
  const isMeant = authority !== null && (!authorityId || (await housesOf(on, authority)).includes(authorityId));
  return keysOf(isMeant ? actor : { ...actor, authority: null });
}

/**
 * The people who stand for the recipient on the day, each once, by account; disabled accounts reach nobody, and no more
 * does a clerk whose letter of authorisation has ended or is missing.
 */
export async function reach(on: Reads, to: Recipient, day: LegalDate): Promise<Reached[]> {
  const found = new Map<string, Reached>();
  if ('accountId' in to) found.set(to.accountId, { accountId: to.accountId, postId: null });
  else {
    const requiredFrom = await findRequiredFrom(on);
    const posts = (await postsFor(on, to)).filter((p) => isInForce(p, requiredFrom, day));
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
