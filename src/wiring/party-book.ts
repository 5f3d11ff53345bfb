import { systemActor } from '../kernel/call';
import { Problem } from '../kernel/problem';
import type { Experts } from '../modules/experts';
import type { PartyBook } from '../modules/identity';
import type { Institutions } from '../modules/institutions';
import type { Organisations } from '../modules/organisations';

/** The registers in which parties are found by name. */
export interface NamedRegisters {
  institutions: Pick<Institutions, 'list' | 'read'>;
  organisations: Pick<Organisations, 'list' | 'read'>;
  experts: Pick<Experts, 'list' | 'read'>;
}

const MOST = 20;
const PLATFORM_NUMBER = /^[A-Za-z0-9-]+$/;

/** Undefined in place of the refusal that there is no such record. */
const orNone = <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'request.not-found') return undefined;
    throw error;
  });

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
    const sought = text === undefined ? {} : PLATFORM_NUMBER.test(text) ? { number: text } : { name: text };
    const { items } = await experts.list(systemActor, { limit: MOST, ...sought });
    return items.map(({ id, name, platformNumber }) => ({ id, name: name ?? platformNumber, code: platformNumber }));
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
