import type { Command } from '../../kernel/db/command';
import type { Db } from '../../kernel/db/database';
import type { Endpoint } from '../../kernel/http/endpoint';
import type { SignIn } from '../../kernel/http/sign-in';
import type { Randomness } from '../../kernel/sources';
import type { Vault } from '../../kernel/vault/vault';
import type { Log } from '../../kernel/log';
import type { Audit } from '../audit-log';
import { createAccounts, type Accounts } from './accounts/accounts.service';
import { createHashing, type PasswordHashing } from './accounts/hashing';
import { createApiKeys } from './api-keys/api-keys.service';
import { createAuthorities, type Authorities } from './authorities/authorities.service';
import { createScope, type Scope } from './authorities/scope.service';
import { createTree } from './authorities/tree.service';
import { createDeputies } from './deputies/deputies.service';
import { createFileReaders } from './file-readers';
import { createHandOvers } from './hand-overs/hand-overs.service';
import type { PaperMaker } from './hand-overs/list';
import { identityEndpoints } from './identity.http';
import { postEndpoints } from './posts.http';
import { createLetters, type Files, type LetterExpiry } from './letters/letters.service';
import { createOidc } from './oidc/oidc.service';
import { createProvider, type OidcSettings } from './oidc/provider';
import { createColleagues, type PartyBook } from './colleagues/colleagues.service';
import { createPosts, type Parties } from './posts/posts.service';
import { createRecovery } from './recovery/recovery.service';
import { createBrakes, type Brakes } from './sessions/brakes';
import { createOidcDoor } from './sessions/oidc-door';
import { createSessions, type Sessions } from './sessions/sessions.service';
import { createDoorkeeper } from './sessions/sign-in';
import { createSignInPolicy } from './sign-in-policy/sign-in-policy.service';
import type { Tell } from './telling.port';
import { createWork, createWorkLists, type Dues, type Work } from './work/work.service';
import { createTotp } from './totp/totp.service';

/** Keys of the vault that identity works with. */
export interface IdentityKeys {
  cookie: Uint8Array;
  csrf: Uint8Array;
  brake: Uint8Array;
  oidcLink: Uint8Array;
}

/** Makes what is missing; call inside the migration lease. */
export async function ensureIdentityKeys(vault: Vault, randomness: Randomness): Promise<IdentityKeys> {
  const make = (): Buffer => randomness.bytes(32);
  const cookie = await vault.ensure('session-cookie', make);
  const csrf = await vault.ensure('session-csrf', make);
  const brake = await vault.ensure('sign-in-brake', make);
  const oidcLink = await vault.ensure('oidc-link', make);
  return { cookie, csrf, brake, oidcLink };
}

export interface IdentityDeps {
  db: Db;
  command: Command;
  audit: Audit;
  vault: Vault;
  keys: IdentityKeys;
  publicUrl: string;
  log: Log;
  /** LUJIAN_AUTHORITY, if it is set. */
  authority?: string;
  parties: Parties & PartyBook;
  files: Files;
  papers: PaperMaker;
  tell: Tell;
  dues: Dues;
  letterExpiry: LetterExpiry;
  /** The province's unified sign-in, if it is connected. */
  oidc?: OidcSettings;
}

export interface Identity extends Pick<
  Authorities,
  'ownAuthority' | 'requireAuthority' | 'actingAuthority' | 'authorityOf' | 'loadAuthority' | 'checkAuthority'
> {
  scope: Scope;
  work: Work;
  signIn: SignIn;
  endpoints: readonly Endpoint[];
  fileReaders: ReturnType<typeof createFileReaders>;
  ensureFirstAccount: Accounts['ensureFirstAccount'];
  tidy: Sessions['tidy'];
}

/** How one gets in: password, second factor, recovery codes, unified sign-in, keys; and the door that asks for them. */
function createSignInRooms({
  oidcSettings,
  authorities,
  hashing,
  brakes,
  vault,
  keys,
  publicUrl,
  tell,
  log,
  ...base
}: Pick<IdentityDeps, 'db' | 'command' | 'audit' | 'vault' | 'keys' | 'publicUrl' | 'tell' | 'log'> & {
  hashing: PasswordHashing;
  brakes: Brakes;
  authorities: Authorities;
  oidcSettings?: OidcSettings;
}) {
  const { db } = base;
  const totp = createTotp({ ...base, vault });
  const recovery = createRecovery({ ...base, brakes, totp });
  const sessions = createSessions({ ...base, hashing, brakes, totp, authorities, tell, csrfKey: keys.csrf });
  const apiKeys = createApiKeys({ ...base, tell });
  const door = createDoorkeeper({ db, sessions, apiKeys, cookieKey: keys.cookie, csrfKey: keys.csrf, publicUrl });
  const below = `${publicUrl}/api/v1/session/oidc`;
  const back = { signedIn: `${below}/callback`, signedOut: `${below}/signed-out` };
  const connected = oidcSettings && {
    settings: oidcSettings,
    provider: createProvider(oidcSettings, back, db.sources.clock.now),
  };
  const oidc = createOidc({ ...base, vault, brakes, sessions, log, linkKey: keys.oidcLink, connected });
  return { totp, recovery, sessions, apiKeys, door, oidc, oidcDoor: createOidcDoor(oidc, door, publicUrl) };
}

/** Who is asking, for whom, and may they. */
export function createIdentity({
  db,
  command,
  audit,
  vault,
  keys,
  publicUrl,
  log,
  authority,
  parties,
  files,
  papers,
  tell,
  dues,
  letterExpiry,
  oidc: oidcSettings,
}: IdentityDeps): Identity {
  const base = { db, command, audit };
  const hashing = createHashing(db.sources.randomness);
  const brakes = createBrakes(keys.brake);
  const authorities = createAuthorities({ ...base, configured: authority });
  const accounts = createAccounts({ ...base, hashing, brakes });
  const tree = createTree({ ...base, configured: authority });
  const posts = createPosts({ ...base, authorities, parties, files, letterExpiry });
  const letters = createLetters({ ...base, files, letterExpiry });
  const scope = createScope(db);
  const deputies = createDeputies({ ...base, scope });
  const colleagues = createColleagues({ db, scope, partyBook: parties });
  const handOvers = createHandOvers({ ...base, scope, files, papers, tell });
  const workLists = createWorkLists({ ...base, scope, dues, tell });
  const signInRooms = createSignInRooms({
    ...base,
    hashing,
    brakes,
    authorities,
    ...{ vault, keys, publicUrl, tell, log, oidcSettings },
  });
  return {
    signIn: signInRooms.door.signIn,
    endpoints: [
      ...identityEndpoints({ authorities, accounts, signInPolicy: createSignInPolicy(base), ...signInRooms }),
      ...postEndpoints({ tree, posts, colleagues, letters, deputies, work: workLists, handOvers }),
    ],
    ownAuthority: authorities.ownAuthority,
    requireAuthority: authorities.requireAuthority,
    actingAuthority: authorities.actingAuthority,
    authorityOf: authorities.authorityOf,
    loadAuthority: authorities.loadAuthority,
    scope,
    fileReaders: createFileReaders({ scope }),
    work: createWork({ db }),
    checkAuthority: authorities.checkAuthority,
    ensureFirstAccount: accounts.ensureFirstAccount,
    tidy: signInRooms.sessions.tidy,
  };
}
