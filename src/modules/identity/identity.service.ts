import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Endpoint } from '../../kernel/http/endpoint';
import type { SignIn } from '../../kernel/http/sign-in';
import type { Randomness } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import type { Audit } from '../audit-log';
import { createAccounts, type Accounts } from './accounts/accounts.service';
import { createHashing } from './accounts/hashing';
import { createApiKeys } from './api-keys/api-keys.service';
import { createAuthorities, type Authorities } from './authorities/authorities.service';
import { createScope, type Scope } from './authorities/scope.service';
import { createTree } from './authorities/tree.service';
import { createDeputies } from './deputies/deputies.service';
import { createHandOvers } from './hand-overs/hand-overs.service';
import type { PaperMaker } from './hand-overs/list';
import { identityEndpoints } from './identity.http';
import { postEndpoints } from './posts.http';
import { createLetters, type Files } from './letters/letters.service';
import { createPosts, type Parties } from './posts/posts.service';
import { createBrakes } from './sessions/brakes';
import { createSessions, type Sessions } from './sessions/sessions.service';
import { createDoorkeeper } from './sessions/sign-in';
import { createWork, createWorkLists, type Work } from './work/work.service';
import { createTotp } from './totp/totp.service';

/** Keys of the vault that identity works with. */
export interface IdentityKeys {
  cookie: Uint8Array;
  csrf: Uint8Array;
  brake: Uint8Array;
}

/** Makes what is missing; call inside the migration lease. */
export async function ensureIdentityKeys(vault: Vault, randomness: Randomness): Promise<IdentityKeys> {
  const make = (): Buffer => randomness.bytes(32);
  const cookie = await vault.ensure('session-cookie', make);
  const csrf = await vault.ensure('session-csrf', make);
  const brake = await vault.ensure('sign-in-brake', make);
  return { cookie, csrf, brake };
}

export interface IdentityDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
  keys: IdentityKeys;
  publicUrl: string;
  /** LUJIAN_AUTHORITY, if it is set. */
  authority?: string;
  parties: Parties;
  files: Files;
  papers: PaperMaker;
}

export interface Identity extends Pick<
  Authorities,
  'ownAuthority' | 'requireAuthority' | 'actingAuthority' | 'authorityOf' | 'loadAuthority' | 'checkAuthority'
> {
  scope: Scope;
  work: Work;
  signIn: SignIn;
  endpoints: readonly Endpoint[];
  ensureFirstAccount: Accounts['ensureFirstAccount'];
  tidy: Sessions['tidy'];
}

/** Who is asking, for whom, and may they. */
export function createIdentity({
  db,
  command,
  audit,
  vault,
  keys,
  publicUrl,
  authority,
  parties,
  files,
  papers,
}: IdentityDeps): Identity {
  const base = { db, command, audit };
  const hashing = createHashing(db.sources.randomness);
  const brakes = createBrakes(keys.brake);
  const authorities = createAuthorities({ ...base, configured: authority });
  const accounts = createAccounts({ ...base, hashing, brakes });
  const tree = createTree({ ...base, configured: authority });
  const posts = createPosts({ ...base, authorities, parties, files });
  const letters = createLetters({ ...base, files });
  const scope = createScope(db);
  const deputies = createDeputies({ ...base, scope });
  const handOvers = createHandOvers({ ...base, scope, files, papers });
  const workLists = createWorkLists({ ...base, scope });
  const totp = createTotp({ ...base, vault });
  const sessions = createSessions({ ...base, hashing, brakes, totp, authorities, csrfKey: keys.csrf });
  const apiKeys = createApiKeys(base);
  const door = createDoorkeeper({ db, sessions, apiKeys, cookieKey: keys.cookie, csrfKey: keys.csrf, publicUrl });
  return {
    signIn: door.signIn,
    endpoints: [
      ...identityEndpoints({ authorities, accounts, sessions, totp, apiKeys, door }),
      ...postEndpoints({ tree, posts, letters, deputies, work: workLists, handOvers }),
    ],
    ownAuthority: authorities.ownAuthority,
    requireAuthority: authorities.requireAuthority,
    actingAuthority: authorities.actingAuthority,
    authorityOf: authorities.authorityOf,
    loadAuthority: authorities.loadAuthority,
    scope,
    work: createWork({ db }),
    checkAuthority: authorities.checkAuthority,
    ensureFirstAccount: accounts.ensureFirstAccount,
    tidy: sessions.tidy,
  };
}
