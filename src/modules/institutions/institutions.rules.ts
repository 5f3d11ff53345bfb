import type { Actor } from '../../kernel/call';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { subjectKindOf, type LegalForm } from '../organisations';

/**
 * May this body be registered as an assessor (自然资规〔2024〕1号 art. 8; domain.md 6.1)? What the circular leaves open
 * needs a written decision of a person.
 */
export function judgeEligibility(uscc: string, form: LegalForm | undefined, decision: string | null): Outcome<void> {
  const kind = subjectKindOf(uscc);
  if (kind.eligibility === 'not-eligible') return refuse('institution.not-eligible', { reason: kind.reason });
  // Prefix 51 covers every social group, the circular names industry associations only.
  const unproven = kind.needs === 'industry-association' && form !== 'industry-association';
  if ((kind.eligibility === 'manual' || unproven) && decision === null) {
    return refuse('institution.manual-decision-needed', { reason: kind.reason });
  }
  return accept(undefined);
}

/** Roles that work for one institution and may see and touch no other. */
const bound = new Set(['institution', 'seal-keeper']);

/** The one institution to which the actor is bound; undefined for those who are bound to none. */
export const boundTo = (actor: Actor): string | undefined =>
  bound.has(actor.role) ? (actor.institutionId ?? '') : undefined;

/** May the actor act on this institution's records at all? */
export const mayTouch = (actor: Actor, institutionId: string): boolean => {
  const own = boundTo(actor);
  return own === undefined || own === institutionId;
};
