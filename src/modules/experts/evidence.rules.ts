import type { EmploymentKind, evidenceNeeds } from './employments.contract';

/** Papers that a kind of employment needs beside the contract or agreement on which every entry rests (`paper`). */
export type EvidenceNeed = (typeof evidenceNeeds)[number];

interface EvidenceOnFile {
  kind: EmploymentKind;
  insuranceEvidence: string | null;
  establishmentEvidence: string | null;
  retirementEvidence: string | null;
}

/**
 * What each kind needs (domain.md 3.1 after 生态环境部令第9号 10, 44; domain.md 9): full-time rests on a labour contract
 * and social insurance paid by that unit, or on the establishment of a public institution; retired and re-engaged on an
 * agreement and the retirement, without insurance; part-time and outside on an agreement alone.
 */
export function missingEvidence(e: EvidenceOnFile): EvidenceNeed[] {
  switch (e.kind) {
    case 'full-time':
      return e.insuranceEvidence !== null || e.establishmentEvidence !== null ? [] : ['insurance-or-establishment'];
    case 'retired-reengaged':
      return e.retirementEvidence !== null ? [] : ['retirement'];
    case 'part-time':
    case 'outside':
      return [];
  }
}
