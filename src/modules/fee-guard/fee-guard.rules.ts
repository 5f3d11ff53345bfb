import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { LegalDate } from '../../kernel/pure/time';
import type { Profile } from '../policy';

export interface PaymentFacts {
  payer: { name: string; uscc: string };
  /** Mines that the payer operates, or operated within the cooling-off period around the payment. */
  operated: readonly { id: string; name: string }[];
  paidOn: LegalDate;
  today: LegalDate;
}

/**
 * Who may pay an assessor: a public body, and never the operator of a mine, in any form (circular article 8, annex 1).
 * A refused operator is a trace worth keeping; a private payer without a mine is only not entitled.
 */
export function judgePayment(f: PaymentFacts, profile: Profile): Outcome<true> {
  if (f.paidOn > f.today) return refuse('payment.day-in-future', { paidOn: f.paidOn, today: f.today });
  if (f.operated.length > 0) {
    const mines = f.operated.map((m) => m.name).join('、');
    return refuse('payment.mine-payer', {
      payer: f.payer.name,
      mines,
      citation: profile.rules['fee.mine-payer'].citation,
    });
  }
  const entitled = profile.rules['fee.entitled-payer'];
  if (!entitled.value.includes(f.payer.uscc.slice(0, 2))) {
    return refuse('payment.payer-not-entitled', { payer: f.payer.name, citation: entitled.citation });
  }
  return accept(true);
}
