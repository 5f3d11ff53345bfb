import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { LegalDate } from '../../kernel/pure/time';
import { say } from '../../kernel/pure/wording';
import { personalityOf, sayPersonality, type LegalPersonality } from './core/personality';
import { subjectKindOf } from './core/subject-kinds';
import type { LegalForm, OrganisationContent, PublicInstitutionClass } from './organisations.contract';

/** GB 32100-2015, first two characters: the form that a code itself proves or rules out. */
const PREFIX_OF: Readonly<Partial<Record<LegalForm, string>>> = {
  enterprise: '91',
  'public-institution': '12',
  'industry-association': '51',
};

/** Does the legal form fit the code? `other` fits every code: a society that is no industry association, an organ. */
export function judgeForm(uscc: string, form: LegalForm, cls: PublicInstitutionClass | null): Outcome<void> {
  const wanted = PREFIX_OF[form];
  const kind = subjectKindOf(uscc);
  if (wanted !== undefined && wanted !== kind.prefix) {
    return refuse('organisation.form-does-not-fit', { prefix: kind.prefix, kind: say(kind.name, kind.nameEn) });
  }
  if (cls !== null && form !== 'public-institution') return refuse('organisation.class-does-not-fit');
  return accept(undefined);
}

/** A new certificate type speaks for itself, unless the personality is said too. */
export function saidOf<S extends { certificateType?: unknown; legalPersonality?: unknown }>(
  said: S,
  inForce: Pick<OrganisationContent, 'certificateType'> | undefined,
): S | (S & { legalPersonality: null }) {
  const { certificateType: type, legalPersonality } = said;
  const isNewType = typeof type === 'string' && type !== inForce?.certificateType;
  return isNewType && legalPersonality === undefined ? { ...said, legalPersonality: null } : said;
}

/**
 * A change of some items from a day on, entry by entry in the order of days, the first being in force on that day: each
 * item goes on until an entry says otherwise of it than that first one did, for then it was changed anew since.
 */
export function carriedOn<V extends OrganisationContent>(
  entries: readonly V[],
  change: Partial<OrganisationContent>,
): { entry: V; content: Partial<OrganisationContent> }[] {
  const [first] = entries;
  let going = Object.entries(saidOf(change, first)).filter(([, value]) => value !== undefined);
  return entries.map((entry) => {
    going = going.filter(([item]) => entry[item as keyof V] === first![item as keyof V]);
    // A personality that goes only because the type is a new one goes no further than the type.
    if (change.legalPersonality === undefined && !going.some(([item]) => item === 'certificateType'))
      going = going.filter(([item]) => item !== 'legalPersonality');
    return { entry, content: Object.fromEntries(going) };
  });
}

/**
 * Legal personality as the certificate states it; what is not said is read from the type line, and what contradicts it is
 * refused: branches, sole proprietorships and partnerships bear codes that begin with 91 too (domain.md 6.1).
 */
export function judgePersonality(
  certificateType: string | null,
  given: LegalPersonality | null,
): Outcome<LegalPersonality | null> {
  const read = certificateType === null ? undefined : personalityOf(certificateType);
  if (given !== null && read !== undefined && given !== read) {
    return refuse('organisation.personality-does-not-fit', {
      certificateType,
      read: sayPersonality(read),
      given: sayPersonality(given),
    });
  }
  return accept(given ?? read ?? null);
}

/** Province of registration by the code (its registrar's area) and by the address; they may differ after a move. */
export const registeredProvince = (
  uscc: string,
  division: string | null,
): { byCode: string; byAddress: string | null } => ({
  byCode: `${uscc.slice(2, 4)}0000`,
  byAddress: division === null ? null : `${division.slice(0, 2)}0000`,
});

interface Named {
  name: string;
  validFrom: LegalDate;
  validTo: LegalDate | null;
}

/** Every name borne up to the day, oldest first; runs of one name become one. */
export function namesBorne(entries: readonly Named[], asOf: LegalDate): Named[] {
  const names: Named[] = [];
  for (const { name, validFrom, validTo } of entries.filter((e) => e.validFrom <= asOf)) {
    const last = names.at(-1);
    if (last && last.name === name && last.validTo === validFrom) last.validTo = validTo;
    else names.push({ name, validFrom, validTo });
  }
  return names;
}

/** Those of them that differ from the one borne on the day. */
export function formerNames(entries: readonly Named[], asOf: LegalDate): Named[] {
  const names = namesBorne(entries, asOf);
  const present = names.find((n) => n.validTo === null || n.validTo > asOf)?.name;
  return names.filter((n) => n.name !== present);
}
