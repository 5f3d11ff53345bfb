import type { Call } from '../../../kernel/call';
import type { Db } from '../../../kernel/db/database';
import { inTransaction, type Tx } from '../../../kernel/db/transaction';
import type { Log } from '../../../kernel/log';
import type { Vault } from '../../../kernel/vault/vault';
import type { Sessions } from '../sessions/sessions.service';
import { findSession, hashedSessionId } from '../sessions/sessions.store';
import type { SignOutView } from './oidc.contract';
import type { OidcProvider } from './provider';

const PURPOSE = 'oidc-id-token';
/** A provider that is not shown its token asks the person instead; no sign-in fails for a token of great length. */
const LONGEST_TOKEN = 16_000;

/** The provider's token, kept sealed in the row of that id, to be shown when its holder signs out there. */
export const createTokenKeeping = (vault: Vault) => ({
  sealed: (rowId: string, token: string): string | null =>
    token.length > LONGEST_TOKEN ? null : vault.seal(PURPOSE, rowId, Buffer.from(token, 'utf8')),
  opened: (rowId: string, sealed: string | null): string | null =>
    sealed === null ? null : Buffer.from(vault.open(PURPOSE, rowId, sealed)).toString('utf8'),
});
export type TokenKeeping = ReturnType<typeof createTokenKeeping>;

export interface LeavingDeps {
  db: Db;
  sessions: Sessions;
  tokens: TokenKeeping;
  provider?: OidcProvider;
  log: Log;
  /** A way to the provider and back, for signing out. */
  begin(): { state: string; binding: string; keep(tx: Tx): Promise<void> };
}

/** Signing out here, and then at the provider: nothing that goes wrong on the way there keeps the session here. */
export function createLeaving({ db, sessions, tokens, provider, log, begin }: LeavingDeps) {
  const staying = (atProvider: SignOutView['atProvider']): SignOutView => ({ atProvider, url: null, fields: null });
  return async (call: Call, sid: string): Promise<{ view: SignOutView; binding?: string }> => {
    const row = await findSession(db, sid);
    const view = await sessions.close(call, sid, staying(row?.via === 'oidc' ? 'not-offered' : 'not-used'));
    if (row?.via !== 'oidc' || !provider) return { view };
    try {
      const { state, binding, keep } = begin();
      const leading = await provider.signOutFor(tokens.opened(hashedSessionId(sid), row.idToken), state);
      if (!leading) return { view };
      await inTransaction(db, keep);
      return { view: { atProvider: 'open', ...leading }, binding };
    } catch (err) {
      log.warn({ err, requestId: call.requestId }, 'signed out here alone: the way to the provider failed');
      return { view: staying('unreachable') };
    }
  };
}
