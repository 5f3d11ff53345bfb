import type { Actor } from '../../kernel/call';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { say } from '../../kernel/pure/wording';
import { subjectKindOf } from '../organisations/core/subject-kinds';
import { sayPersonality, type LegalPersonality } from '../organisations/core/personality';
import type { LegalForm } from '../organisations/organisations.contract';
import { certificateNames, certificateNamesEn, type LegalPersonEvidence } from './institutions.contract';

/**
 * May this body be registered as an assessor (自然资规〔2024〕1号 art. 8; domain.md 6.1)? What the circular leaves open
 * needs a written decision of a person.
 */
export function judgeEligibility(
  uscc: string,
  form: LegalForm | undefined,
  decision: string | null,
  personality: LegalPersonality | null = null,
): Outcome<void> {
  const kind = subjectKindOf(uscc);
  if (kind.eligibility === 'not-eligible')
    return refuse('institution.not-eligible', { reason: say(kind.reason, `${kind.reasonEn} `) });
  // No decision helps here: the circular itself asks for 独立法人资格.
  if (personality !== null && personality !== 'legal-person') {
    return refuse('institution.not-legal-person', { personality: sayPersonality(personality) });
  }
  // Prefix 51 covers every social group, the circular names industry associations only.
  const unproven = kind.needs === 'industry-association' && form !== 'industry-association';
  if ((kind.eligibility === 'manual' || unproven) && decision === null) {
    return refuse('institution.manual-decision-needed', { reason: say(kind.reason, `${kind.reasonEn} `) });
  }
  return accept(undefined);
}

/** The certificate that each form of body is given; a form the circular does not name brings what it has. */
const certificateOf: Readonly<Partial<Record<LegalForm, LegalPersonEvidence['kind']>>> = {
  enterprise: 'business-licence',
  'public-institution': 'public-institution-certificate',
  'industry-association': 'association-certificate',
};

/** Does the paper that is to prove 独立法人资格 fit the form of the body on that day? */
export function judgeCertificate(form: LegalForm | undefined, evidence: LegalPersonEvidence | null): Outcome<void> {
  const wanted = form === undefined ? undefined : certificateOf[form];
  if (evidence === null || wanted === undefined || evidence.kind === wanted) return accept(undefined);
  return refuse('institution.certificate-does-not-fit', {
    wanted: say(certificateNames[wanted], certificateNamesEn[wanted]),
    given: say(certificateNames[evidence.kind], certificateNamesEn[evidence.kind]),
  });
}

/** Roles that work for one institution and may see and touch no other. */
const clerks = new Set(['institution', 'seal-keeper']);

/** The one institution for which the actor works; undefined for those who are bound to none. */
export const boundTo = (actor: Actor): string | undefined =>
  clerks.has(actor.role) ? (actor.institutionId ?? '') : undefined;

/** May the actor act on this institution's records at all? */
export const mayTouch = (actor: Actor, institutionId: string): boolean => {
  const own = boundTo(actor);
  return own === undefined || own === institutionId;
};

/** The one institution whose evidence the actor may read; a person who is no clerk reads none. */
export const readableBy = (actor: Actor): string | undefined =>
  actor.role === 'expert' ? (actor.institutionId ?? '') : boundTo(actor);
