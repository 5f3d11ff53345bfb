import type { Call } from '../../../kernel/call';
import type { Db } from '../../../kernel/db/database';
import { inTransaction, type Tx } from '../../../kernel/db/transaction';
import { Problem } from '../../../kernel/problem';
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
  /** A way to the provider and back, for signing out. */
  begin(): { state: string; binding: string; keep(tx: Tx): Promise<void> };
}

/** Signing out here, and then at the provider: nothing that goes wrong there keeps the session here. */
export function createLeaving({ db, sessions, tokens, provider, begin }: LeavingDeps) {
  const staying = (atProvider: SignOutView['atProvider']): SignOutView => ({ atProvider, url: null, fields: null });
  return async (call: Call, sid: string): Promise<{ view: SignOutView; binding?: string }> => {
    const row = await findSession(db, sid);
    const token = row ? tokens.opened(hashedSessionId(sid), row.idToken) : null;
    const view = await sessions.close(call, sid, staying('not-used'));
    if (row?.via !== 'oidc' || !provider) return { view };
    const { state, binding, keep } = begin();
    try {
      const leading = await provider.signOutFor(token, state);
      if (!leading) return { view: staying('not-offered') };
      await inTransaction(db, keep);
      return { view: { atProvider: 'open', ...leading }, binding };
    } catch (error) {
      if (error instanceof Problem && error.code === 'oidc.unreachable') return { view: staying('unreachable') };
      throw error;
    }
  };
}
