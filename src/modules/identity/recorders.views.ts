import { In } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import type { Recorded, Recorders } from '../../kernel/db/record-history';
import { legalDateOf } from '../../kernel/pure/time';
import { Account } from './accounts/accounts.store';
import { Authority } from './authorities/authorities.store';
import { mayRole } from './permissions';
import { Post } from './posts/posts.store';

/** What identity asks of the register of institutions: names by id. */
export type InstitutionNames = (on: Reads, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;

const holdsAt = (post: Post, entry: Recorded): boolean => {
  const day = legalDateOf(entry.recordedAt);
  return post.fromDay <= day && (post.toDay === null || post.toDay >= day);
};

/**
 * Who made entries: the office for everybody, account and post for those who may read accounts. In four queries,
 * however many entries.
 */
export const createRecorders =
  (institutionNames: InstitutionNames): Recorders =>
  async (on, reader, entries) => {
    const ids = [...new Set(entries.flatMap((e) => (e.recordedBy === null ? [] : [e.recordedBy])))];
    if (ids.length === 0) return () => null;
    const seesAccounts = mayRole(reader.role, 'account.read');
    const accounts = seesAccounts ? await on.m.findBy(Account, { id: In(ids) }) : [];
    const posts = await on.m.find(Post, { where: { accountId: In(ids) }, order: { fromDay: 'DESC', id: 'DESC' } });
    const authorityIds = [...new Set(posts.flatMap((p) => (p.authorityId === null ? [] : [p.authorityId])))];
    const authorities = authorityIds.length === 0 ? [] : await on.m.findBy(Authority, { id: In(authorityIds) });
    const bodies = await institutionNames(
      on,
      posts.flatMap((p) => (p.institutionId === null ? [] : [p.institutionId])),
    );
    const officeOf = (post: Post): string | null => {
      if (post.institutionId !== null) return bodies.get(post.institutionId) ?? null;
      const name = authorities.find((a) => a.id === post.authorityId)?.name;
      return name === undefined ? null : [name, post.office ?? ''].join(' ').trim();
    };
    return (entry) => {
      if (entry.recordedBy === null) return null;
      const post = posts.find((p) => p.accountId === entry.recordedBy && holdsAt(p, entry));
      const account = accounts.find((a) => a.id === entry.recordedBy);
      return {
        office: post ? officeOf(post) : null,
        role: post?.role ?? null,
        account: account ? { id: account.id, name: account.name } : null,
        postId: seesAccounts ? (post?.id ?? null) : null,
      };
    };
  };

/** The name of an account, for papers that their maker signs with it; null for nobody known. */
export const accountNameOf = async (on: Reads, accountId: string | null): Promise<string | null> =>
  accountId === null ? null : ((await on.m.findOneBy(Account, { id: accountId }))?.name ?? null);

/**
 * Which of the entries were made for the institution: by somebody who held a post of its clerks on that day, and none
 * of anybody else's.
 */
export async function enteredFor(
  on: Reads,
  institutionId: string,
  entries: readonly Recorded[],
): Promise<(entry: Recorded) => boolean> {
  const ids = [...new Set(entries.flatMap((e) => (e.recordedBy === null ? [] : [e.recordedBy])))];
  const posts = ids.length === 0 ? [] : await on.m.findBy(Post, { accountId: In(ids) });
  return (entry) => {
    const held = posts.filter((p) => p.accountId === entry.recordedBy && holdsAt(p, entry));
    return held.length > 0 && held.every((p) => p.institutionId === institutionId);
  };
}
