import type { Actor, Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { Problem } from '../../kernel/problem';
import { say } from '../../kernel/pure/wording';
import { mayRole, type Scope } from '../identity';
import { Notification } from './notifications.store';

export type NoticeScope = Pick<Scope, 'includes' | 'isOfHouse' | 'requireHouse'>;

/** A formal one is its sender's; one to the offices of an authority in the post's scope, else it is the installation's. */
export async function isOwnNotice(scope: NoticeScope, on: Reads, actor: Actor, n: Notification): Promise<boolean> {
  if (n.authorityId !== null) return scope.includes(on, actor, n.authorityId);
  // `authority:role`; the authority stands there by its id, or by the installation's own code.
  const named = n.toKind === 'role' ? n.toId.split(':')[0]! : undefined;
  if (named !== undefined && (await scope.includes(on, actor, named))) return true;
  return scope.isOfHouse(on, actor);
}

/** The notice, if the acting post may see it. Whoever keeps the dead letters sees where any notice went. */
export async function loadOwnNotice(
  scope: NoticeScope,
  on: Reads,
  { actor }: Pick<Call, 'actor'>,
  id: string,
): Promise<Notification> {
  const n = await loadRecord(on, Notification, { id }, say('通知', 'notice'));
  if (mayRole(actor.role, 'dead-letter.read') || (await isOwnNotice(scope, on, actor, n))) return n;
  throw new Problem('request.not-found', { what: say('通知', 'notice'), id });
}
