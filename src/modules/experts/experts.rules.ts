import type { FieldFault } from '../../kernel/problem';
import type { LegalDate } from '../../kernel/pure/time';
import { judgeIdentity, type IdentityKind, type RegionHistory } from './core/identity-number';

export interface JudgedIdentity {
  kind: IdentityKind;
  /** Normalised. */
  number: string;
}

/**
 * Judges every identity of one person. A doubtful number is taken only when somebody saw the document. Faults never
 * repeat a number.
 */
export function judgeIdentities(
  list: readonly { kind: IdentityKind; number: string }[],
  documentSeen: boolean,
  today: LegalDate,
  regions: RegionHistory,
): { identities: JudgedIdentity[]; faults: FieldFault[] } {
  const identities: JudgedIdentity[] = [];
  const faults: FieldFault[] = [];
  const say = (pointer: string, detail: string): void => void faults.push({ in: 'body', pointer, detail });
  list.forEach(({ kind, number }, i) => {
    if (list.findIndex((other) => other.kind === kind) < i) say(`/identities/${i}/kind`, '同类证件只填一件。');
    const judged = judgeIdentity(kind, number, today, regions);
    if (judged.verdict === 'invalid') {
      for (const fault of judged.faults) say(`/identities/${i}/number`, `${fault.detail}${fault.cure}。`);
      return;
    }
    if (judged.verdict === 'doubtful' && !documentSeen) {
      for (const fault of judged.faults) say('/documentSeen', `${fault.detail}请核对证件原件，无误的填 true。`);
    }
    identities.push({ kind: judged.kind, number: judged.number });
  });
  return { identities, faults };
}
