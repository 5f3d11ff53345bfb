import type { Call } from '../../kernel/call';
import type { Reads } from '../../kernel/db/database';
import { loadRecord } from '../../kernel/db/records';
import { mayRole, type Scope } from '../identity';
import { Notification } from './notifications.store';

export type NoticeScope = Pick<Scope, 'includes' | 'requireHouse'>;

/**
 * The notice, if the acting post may see it: one to the offices of an authority in its scope, else one of the
 * installation's. Whoever keeps the dead letters sees where any notice went.
 */
export async function loadOwnNotice(scope: NoticeScope, on: Reads, call: Call, id: string): Promise<Notification> {
  const n = await loadRecord(on, Notification, { id }, '通知');
  if (mayRole(call.actor.role, 'dead-letter.read')) return n;
  // `authority:role`; the authority stands there by its id, or by the installation's own code.
  const named = n.toKind === 'role' ? n.toId.split(':')[0]! : undefined;
  if (named !== undefined && (await scope.includes(on, call.actor, named))) return n;
  await scope.requireHouse(on, call, { what: '通知', id });
  return n;
}
