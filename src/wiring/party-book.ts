import { systemActor } from '../kernel/call';
import { Problem } from '../kernel/problem';
import { nameKey } from '../kernel/pure/text';
import { normaliseTypedCode } from '../kernel/pure/typed-code';
import type { Experts } from '../modules/experts';
import type { PartyBook, PartyView } from '../modules/identity';
import type { Institutions } from '../modules/institutions';
import type { Organisations } from '../modules/organisations';

/** The registers in which parties are found by name. */
export interface NamedRegisters {
  institutions: Pick<Institutions, 'list' | 'read'>;
  organisations: Pick<Organisations, 'list' | 'read'>;
  experts: Pick<Experts, 'list' | 'read'>;
}

const MOST = 20;
/** So many persons whose names hold a text are looked at for those who bear it as it stands. */
const LOOKED_AT = 200;
const PLATFORM_NUMBER = /^[A-Za-z0-9-]+$/;

/** Undefined in place of the refusal that there is no such record. */
const orNone = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'request.not-found') return undefined;
    throw error;
  });

/**
 * Persons who are named in full, or by the whole number: whoever reads no register must know whom he means, and goes
 * through nobody else.
 */
async function personsNamed(experts: NamedRegisters['experts'], text: string): Promise<PartyView[]> {
  const code = normaliseTypedCode(text);
  const byNumber = PLATFORM_NUMBER.test(text)
    ? (await experts.list(systemActor, { limit: MOST, number: text })).items.filter((p) => p.platformNumber === code)
    : [];
  const byName = (await experts.list(systemActor, { limit: LOOKED_AT, name: text })).items.filter(
    ({ name }) => name !== null && nameKey(name) === nameKey(text),
  );
  return [...byNumber, ...byName]
    .slice(0, MOST)
    .map(({ id, name, platformNumber }) => ({ id, name: name ?? platformNumber, code: platformNumber }));
}

/**
 * Names those whom posts act for, to the administrator who grants the posts and reads no register: a name and a code,
 * nothing else. Asked when a request comes, since the registers are built later.
 */
export const partyBookOf = (registers: () => NamedRegisters): PartyBook => ({
  async find(kind, text) {
    const { institutions, organisations, experts } = registers();
    const request = { limit: MOST, q: text };
    if (kind === 'institution') {
      const { items } = await institutions.list(systemActor, request);
      return items.map(({ id, name, uscc }) => ({ id, name, code: uscc }));
    }
    if (kind === 'organisation') {
      const { items } = await organisations.list(request);
      return items.map(({ id, name, uscc }) => ({ id, name: name ?? uscc, code: uscc }));
    }
    return text === undefined ? [] : personsNamed(experts, text);
  },
  async read(kind, id) {
    const { institutions, organisations, experts } = registers();
    if (kind === 'institution') {
      const found = await orNone(institutions.read(systemActor, id, {}));
      return found && { id, name: found.name, code: found.uscc };
    }
    if (kind === 'organisation') {
      const found = await orNone(organisations.read(id, {}));
      return found && { id, name: found.record?.name ?? found.uscc, code: found.uscc };
    }
    const found = await orNone(experts.read(systemActor, id, {}));
    return found && { id, name: found.record?.name ?? found.platformNumber, code: found.platformNumber };
  },
});
