import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { recordVersion } from '../../../kernel/db/history';
import type { Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
import { say } from '../../../kernel/pure/wording';
import { legalDateOf } from '../../../kernel/pure/time';
import type { Audit } from '../../audit-log';
import { fillAuthority } from '../posts/posts.store';
import type { AuthorityInput } from './authorities.contract';
import {
  AuthorityVersion,
  findAuthority,
  findOwnAuthority,
  insertOwner,
  SINCE_ALWAYS,
  type Authority,
} from './authorities.store';

export interface AuthoritiesDeps {
  db: Db;
  command: Command;
  audit: Audit;
  /** LUJIAN_AUTHORITY, if it is set. */
  configured?: string;
}

/** An authority as other modules know it. */
export interface KnownAuthority extends AuthorityInput {
  id: string;
}

const known = ({ id, code, name, kind }: Authority): KnownAuthority => ({ id, code, name, kind });

/** The first entry of an authority's history, and every later one. */
export const writeVersion = (
  { db }: Pick<AuthoritiesDeps, 'db'>,
  tx: Tx,
  authority: Authority,
  entry: { from: Authority['fromDay']; paper: string | null; by: string | null },
): Promise<unknown> => {
  const { name, parentId, parentBasis } = authority;
  const { clock, ids } = db.sources;
  const at = { now: clock.now(), id: () => ids.timed() };
  const where = { authorityId: authority.id };
  return recordVersion(tx, AuthorityVersion, where, { ...where, name, parentId, parentBasis }, entry, at);
};

/** The authority that owns this installation; it may be named once. Others of the tree: `tree.service.ts`. */
export function createAuthorities(deps: AuthoritiesDeps) {
  const { db, command, audit, configured } = deps;
  const ownAuthority = async (from: Reads = db): Promise<KnownAuthority | undefined> => {
    const own = await findOwnAuthority(from);
    return own && known(own);
  };
  /** Throws Problem `authority.not-set`. */
  const requireAuthority = async (from: Reads = db): Promise<KnownAuthority> => {
    const own = await ownAuthority(from);
    if (!own) throw new Problem('authority.not-set');
    return own;
  };
  /** For whom the actor acts: its post's authority, or the installation's where the post works for a party. */
  async function actingAuthority(call: Call, from: Reads = db): Promise<KnownAuthority> {
    const id = call.actor.authorityId ?? null;
    const own = id === null ? undefined : await findAuthority(from, id);
    return own ? known(own) : requireAuthority(from);
  }
  /** Whose record it is, also when that authority has ended since; a record without one is the installation's. */
  async function authorityOf(from: Reads, id: string | null): Promise<KnownAuthority> {
    const found = id === null ? undefined : await findAuthority(from, id);
    return found ? known(found) : requireAuthority(from);
  }
  /** Throws Problem `request.not-found` for an authority that is not registered or no longer there. */
  async function loadAuthority(from: Reads, id: string): Promise<KnownAuthority> {
    const found = await findAuthority(from, id);
    const today = legalDateOf(db.sources.clock.now());
    if (!found || (found.toDay !== null && found.toDay < today)) {
      throw new Problem('request.not-found', { id, what: say('主管机关', 'authority') });
    }
    return known(found);
  }
  return {
    ownAuthority,
    requireAuthority,
    actingAuthority,
    authorityOf,
    loadAuthority,
    /** At start: throws if the setting names another authority than the database. */
    async checkAuthority(): Promise<void> {
      const own = await ownAuthority();
      if (own && configured !== undefined && own.code !== configured) {
        throw new Error(
          `LUJIAN_AUTHORITY is ${configured}, but this database belongs to ${own.code}; correct the setting`,
        );
      }
    },
    set(call: Call, wanted: AuthorityInput): Promise<AuthorityInput> {
      if (configured !== undefined && wanted.code !== configured) {
        throw new Problem('authority.other-code', { configured, code: wanted.code });
      }
      return command(call, {}, async (tx) => {
        const own = await ownAuthority(tx);
        if (own) {
          const same = own.code === wanted.code && own.name === wanted.name && own.kind === wanted.kind;
          if (!same) throw new Problem('authority.already-set', { code: own.code, name: own.name });
          await audit.append(tx, call, { type: 'authority.confirmed', payload: wanted });
          return wanted;
        }
        const nothingAbove = { parentId: null, parentBasis: null };
        const days = { fromDay: SINCE_ALWAYS, toDay: null };
        const owner: Authority = { id: db.sources.ids.timed(), ...wanted, ...nothingAbove, ...days, version: 1 };
        await insertOwner(tx, owner);
        await writeVersion(deps, tx, owner, { from: SINCE_ALWAYS, paper: null, by: call.actor.accountId });
        // Administrators were appointed before the authority had a name.
        await fillAuthority(tx, owner);
        const subjects = [`authority:${wanted.code}`];
        await audit.append(tx, call, { type: 'authority.set', subjects, payload: wanted });
        return wanted;
      });
    },
  };
}

export type Authorities = ReturnType<typeof createAuthorities>;
