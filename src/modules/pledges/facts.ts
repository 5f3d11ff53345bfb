import type { Reads } from '../../kernel/db/database';

export interface EvaluationFacts {
  id: string;
  institutionId: string;
  mineId: string;
  lotId: string;
  state: string;
  /** Why it is frozen, while it is. */
  freezeReason: string | null;
}

export interface TeamFact {
  name: string;
  role: 'leader' | 'member';
  /** 公开平台编号, where the person has one. */
  platformNumber: string | null;
}

export interface EvidenceFact {
  kind: string;
  sha256: string;
}

/** What a pledge says of the world comes from other modules; `wire.ts` supplies it. `load`-like: absent is a Problem. */
export interface PledgeFacts {
  evaluation(on: Reads, id: string): Promise<EvaluationFacts>;
  /** The present team, leader first; empty before the first naming. */
  team(on: Reads, evaluationId: string): Promise<readonly TeamFact[]>;
  evidence(on: Reads, evaluationId: string): Promise<readonly EvidenceFact[]>;
  institution(on: Reads, id: string): Promise<{ name: string; uscc: string }>;
  mineName(on: Reads, mineId: string): Promise<string>;
  lotName(on: Reads, lotId: string): Promise<string>;
  /** The authority that commissioned: in its scope the pledge is seen. */
  lotAuthority(on: Reads, lotId: string): Promise<string | null>;
}

/** All that the text of a pledge rests on. */
export interface PaperFacts {
  mine: string;
  lot: string;
  institution: { name: string; uscc: string };
  team: readonly TeamFact[];
  evidence: readonly EvidenceFact[];
}

export async function paperFactsOf(facts: PledgeFacts, on: Reads, e: EvaluationFacts): Promise<PaperFacts> {
  return {
    mine: await facts.mineName(on, e.mineId),
    lot: await facts.lotName(on, e.lotId),
    institution: await facts.institution(on, e.institutionId),
    team: await facts.team(on, e.id),
    evidence: await facts.evidence(on, e.id),
  };
}
