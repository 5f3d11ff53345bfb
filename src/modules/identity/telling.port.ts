import type { Tx } from '../../kernel/db/transaction';
import type { LegalDate } from '../../kernel/pure/time';
import type { Recipient } from './recipients/recipients.contract';

/** What identity has to tell somebody; the notifications module, to the right, supplies the telling. */
export interface IdentityNotice {
  to: Recipient;
  kind: 'api-key.revoked' | 'handover.to-confirm' | 'recovery.low' | 'recovery.used' | 'work.assigned';
  params?: Readonly<Record<string, string | number>>;
  deadline?: LegalDate | null;
  ref?: string;
}

export type Tell = (tx: Tx, notice: IdentityNotice) => Promise<unknown>;
