import { sayNames } from '../../kernel/pure/wording';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { LegalDate } from '../../kernel/pure/time';
import type { Profile } from '../policy';
import { judge, wordsOf } from '../policy/core/answers';
import { rule as entitledPayer } from '../policy/core/rules/fee.entitled-payer.rule';
import { rule as minePayer } from '../policy/core/rules/fee.mine-payer.rule';

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
  const facts = { operated: f.operated.map((m) => m.name), payerCode: f.payer.uscc };
  const [unmet] = judge('fee', facts, profile).filter((r) => !r.met && r.effect === 'refuse');
  if (!unmet) return accept(true);
  const { rule } = unmet;
  const { title, required, measured, citation } = wordsOf(unmet);
  const payer = f.payer.name;
  if (rule === minePayer.id) {
    return refuse('payment.mine-payer', { payer, mines: sayNames(facts.operated), citation });
  }
  if (rule === entitledPayer.id) return refuse('payment.payer-not-entitled', { payer, citation });
  return refuse('payment.rule-unmet', { payer, title, required, measured, citation });
}
