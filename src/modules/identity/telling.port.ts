import type { Tx } from '../../kernel/db/transaction';
import type { Recipient } from './recipients/recipients.contract';

/** What identity has to tell somebody; the notifications module, to the right, supplies the telling. */
export interface IdentityNotice {
  to: Recipient;
  kind: 'recovery.low' | 'recovery.used';
  params?: Readonly<Record<string, string | number>>;
  ref?: string;
}

export type Tell = (tx: Tx, notice: IdentityNotice) => Promise<unknown>;
