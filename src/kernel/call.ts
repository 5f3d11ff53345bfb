import type { Tx } from './db/transaction';

/** Who is asking, as far as the kernel and the audit log need to know. Roles are defined by identity. */
export interface Actor {
  readonly accountId: string | null;
  readonly postId: string | null;
  readonly role: string;
  /** Division code of the authority the post belongs to, if any. */
  readonly authority: string | null;
  /** That authority's id: two kinds of authority may share a division code. */
  readonly authorityId?: string | null;
  /** The party the post works for: an institution, an operator (organisation) or a person. */
  readonly institutionId: string | null;
  readonly organisationId: string | null;
  readonly expertId: string | null;
  readonly via: 'session' | 'api-key' | 'system' | 'public';
  /** Narrower rights of an API key; undefined means all of the role's. */
  readonly scopes?: readonly string[];
  /** Acting for somebody else's post (代办): `accountId` is the one who acts, here stands for whom. */
  readonly deputy?: Deputy;
}

/** 代办人 acts for 被代办人; both names go into every audit entry made so. */
export interface Deputy {
  readonly deputyshipId: string;
  /** 被代办人. */
  readonly forAccountId: string;
  readonly forName: string;
  /** 代办人. */
  readonly name: string;
}

/**
 * The persons behind an act: who acted, and for whom. Where a rule asks for two different people, both count: a deputy
 * is not a second person beside the one represented.
 */
export const personsBehind = ({ accountId, deputy }: Pick<Actor, 'accountId' | 'deputy'>): string[] => [
  ...(accountId === null ? [] : [accountId]),
  ...(deputy ? [deputy.forAccountId] : []),
];

/** The claim of one Idempotency-Key, fenced by its token; settled inside the command's transaction. */
export interface IdempotencyClaim {
  /** First statement of each attempt: throws if the lease went to somebody else. */
  hold(tx: Tx): Promise<void>;
  /** Stores the reply that a repeat of the request will get. */
  complete(tx: Tx, outcome: { result: unknown } | { problem: unknown }): Promise<void>;
}

/** One request for one act. */
export interface Call {
  readonly actor: Actor;
  readonly requestId: string;
  readonly idempotency?: IdempotencyClaim;
}

export const anonymous: Actor = {
  accountId: null,
  postId: null,
  role: 'public',
  authority: null,
  institutionId: null,
  organisationId: null,
  expertId: null,
  via: 'public',
};

export const systemActor: Actor = { ...anonymous, role: 'system', via: 'system' };

/** For acts that no request asked for: first start, jobs. */
export const systemCall = (requestId: string): Call => ({ actor: systemActor, requestId });
