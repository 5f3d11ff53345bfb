import type { Call } from '../../../kernel/call';
import type { Command } from '../../../kernel/db/command';
import type { Db, Reads } from '../../../kernel/db/database';
import { Problem } from '../../../kernel/problem';
import type { Audit } from '../../audit-log';
import { fillAuthority } from '../posts/posts.store';
import type { AuthorityInput } from './authorities.contract';
import { findOwnAuthority, insertOwnAuthority, type Authority } from './authorities.store';

export interface AuthoritiesDeps {
  db: Db;
  command: Command;
  audit: Audit;
  /** LUJIAN_AUTHORITY, if it is set. */
  configured?: string;
}

const shown = ({ code, name, kind }: Authority): AuthorityInput => ({ code, name, kind });

/** The one authority of this installation; it may be named once. */
export function createAuthorities({ db, command, audit, configured }: AuthoritiesDeps) {
  const ownAuthority = async (from: Reads = db): Promise<AuthorityInput | undefined> => {
    const own = await findOwnAuthority(from);
    return own && shown(own);
  };
  /** Throws Problem `authority.not-set`. */
  const requireAuthority = async (from: Reads = db): Promise<AuthorityInput> => {
    const own = await ownAuthority(from);
    if (!own) throw new Problem('authority.not-set');
    return own;
  };
  return {
    ownAuthority,
    requireAuthority,
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
          await audit.append(tx, call, { type: 'authority.confirmed', payload: own });
          return own;
        }
        await insertOwnAuthority(tx, { ...wanted, parentCode: null, setAt: db.sources.clock.now() });
        // Administrators were appointed before the authority had a name.
        await fillAuthority(tx, wanted.code);
        const subjects = [`authority:${wanted.code}`];
        await audit.append(tx, call, { type: 'authority.set', subjects, payload: wanted });
        return wanted;
      });
    },
  };
}

export type Authorities = ReturnType<typeof createAuthorities>;
