import type { LegalDate } from '../../../kernel/pure/time';
import type { Wording } from '../../../kernel/pure/wording';

/** One employment at the institution on the day, with what is on file of the person. */
export interface StaffFact {
  expertId: string;
  /** 公开编号, by which a cure names the person. */
  platformNumber?: string;
  kind: string;
  confirmed: boolean;
  /** The person objects: not counted while the check is open. */
  disputed: boolean;
  /** Papers that the kind of employment needs and that are not on file. */
  evidenceMissing: readonly string[];
  titleLevel: string;
  titleEvidence: string | null;
  specialties: readonly string[];
  specialtyEvidence: Readonly<Record<string, string | undefined>>;
  assessmentExperience: string | null;
  mineralAdminYears: number | null;
  civilServant: boolean | null;
  birthDay: LegalDate | null;
  /** A bar of the person holds on the day: the person's work is not accepted, wherever employed. */
  barred: boolean;
}

/** A paper of the body; `validTo` is its last day. */
export interface DocumentFact {
  id?: string;
  kind: string;
  number: string | null;
  /** The stored file; null where the paper was entered without one. */
  fileId: string | null;
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

/** What readiness asks of an institution, as it was on the day. */
export interface ReadinessFacts {
  day: LegalDate;
  /** The ids of the body and of its file, by which a cure names where something is entered. */
  organisationId?: string;
  institutionId?: string;
  uscc: string;
  legalForm: string | null;
  legalPersonality: string | null;
  registeredProvince: { byCode: string; byAddress: string | null } | null;
  evidence: {
    legalPersonEvidence: { kind: string; number: string; validTo: string | null } | null;
    experience: string | null;
    office: string | null;
    managementRules: string | null;
    training: string | null;
    stableWork: string | null;
    manualDecision: string | null;
  };
  documents: readonly DocumentFact[];
  staff: readonly StaffFact[];
  bars: readonly { decisionNumber: string; freeFrom: string }[];
}

export interface TeamMember {
  expertId: string;
  role: 'leader' | 'member';
  /** Undefined when the person is no confirmed staff of the institution on the day. */
  staff:
    | { kind: string; titleLevel: string; specialties: readonly string[]; assessmentExperience?: string | null }
    | undefined;
}

/** What an offer asks of institution and mines. */
export interface OfferFacts {
  governmentPurchase: boolean;
  publicClass: 'one' | 'two' | null;
  /** Mines that the institution's own body operates, or operated within the cooling-off period. */
  ownMines: readonly string[];
}

/** Another body of the same register, and in words by what it is tied to the applicant. */
export interface RelatedApplicant {
  code: string;
  tie: Wording;
}

export interface PoolFacts {
  /** Tied by control, as credit codes show. */
  relatedApplicants: readonly RelatedApplicant[];
  /** A tie that rests on equal names only: of representatives, of owners known by name. */
  sameNames: readonly RelatedApplicant[];
}

export interface FeeFacts {
  /** Mines that the payer operates, or operated within the cooling-off period around the payment. */
  operated: readonly string[];
  payerCode: string;
}

export interface RuleFacts {
  readiness: ReadinessFacts;
  team: readonly TeamMember[];
  offer: OfferFacts;
  pool: PoolFacts;
  fee: FeeFacts;
  /** Values that other reckoning takes (years of a bar, cooling-off): nothing to judge. */
  term: never;
}
export type Scope = keyof RuleFacts;
