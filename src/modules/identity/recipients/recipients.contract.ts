/** Whom work or a notice is for. A person is found at the time of sending: posts change hands. */
export type Recipient =
  | { readonly accountId: string }
  | { readonly postId: string }
  /** All clerks of the institution. */
  | { readonly institutionId: string }
  /** The operator's people. */
  | { readonly organisationId: string }
  | { readonly expertId: string }
  /** Every holder of the role in the authority, by its id or its division code. */
  | { readonly authority: string; readonly role: string };

export type RecipientKind = 'account' | 'post' | 'institution' | 'organisation' | 'expert' | 'role';

/** As rows name it: kind and id; a role in an authority is `authority:role`. */
export interface RecipientKey {
  readonly kind: RecipientKind;
  readonly id: string;
}

export function recipientKey(to: Recipient): RecipientKey {
  if ('accountId' in to) return { kind: 'account', id: to.accountId };
  if ('postId' in to) return { kind: 'post', id: to.postId };
  if ('institutionId' in to) return { kind: 'institution', id: to.institutionId };
  if ('organisationId' in to) return { kind: 'organisation', id: to.organisationId };
  if ('expertId' in to) return { kind: 'expert', id: to.expertId };
  return { kind: 'role', id: `${to.authority}:${to.role}` };
}

export function recipientOf({ kind, id }: RecipientKey): Recipient {
  switch (kind) {
    case 'account':
      return { accountId: id };
    case 'post':
      return { postId: id };
    case 'institution':
      return { institutionId: id };
    case 'organisation':
      return { organisationId: id };
    case 'expert':
      return { expertId: id };
    case 'role': {
      const cut = id.lastIndexOf(':');
      return { authority: id.slice(0, cut), role: id.slice(cut + 1) };
    }
  }
}

/** What the caller is: every key under which something may be owed by him or told to him. */
export function keysOf(actor: {
  accountId: string | null;
  postId: string | null;
  role: string;
  authority: string | null;
  authorityId?: string | null;
  institutionId: string | null;
  organisationId: string | null;
  expertId: string | null;
}): RecipientKey[] {
  const keys: RecipientKey[] = [];
  const add = (kind: RecipientKind, id: string | null | undefined): void => {
    if (id !== null && id !== undefined) keys.push({ kind, id });
  };
  add('account', actor.accountId);
  add('post', actor.postId);
  // A seal keeper sees only what is to be sealed: the institution's work is its clerks'.
  if (actor.role === 'institution') add('institution', actor.institutionId);
  if (actor.role === 'mine') add('organisation', actor.organisationId);
  if (actor.role === 'expert') add('expert', actor.expertId);
  if (actor.authority !== null) add('role', `${actor.authority}:${actor.role}`);
  if (actor.authorityId) add('role', `${actor.authorityId}:${actor.role}`);
  return keys;
}
