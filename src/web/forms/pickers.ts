import { commissionRoutes } from '../../modules/commissions/commissions.contract';
import { authorityRoutes } from '../../modules/identity/authorities/authorities.contract';
import { expertRoutes } from '../../modules/experts/experts.contract';
import { institutionRoutes } from '../../modules/institutions/institutions.contract';
import { mineRoutes } from '../../modules/mines/mines.contract';
import { organisationRoutes } from '../../modules/organisations/organisations.contract';
import { ask } from '../api/client';

// How a record is found by what people know of it, where a contract asks for its id.

export interface Found {
  value: string;
  label: string;
}

export interface Picker {
  find(text: string): Promise<Found[]>;
  /** What an id that stands there already is called. */
  name(id: string): Promise<string>;
}

const LIMIT = 20;
const joined = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');
const sought = (text: string) => ({ limit: LIMIT, ...(text.trim() === '' ? {} : { q: text.trim() }) });

const institution: Picker = {
  find: async (text) =>
    (await ask(institutionRoutes.list, { query: sought(text) })).items.map((i) => ({
      value: i.id,
      label: joined(i.name, i.uscc),
    })),
  name: async (id) => {
    const found = await ask(institutionRoutes.read, { params: { id } });
    return joined(found.name, found.uscc);
  },
};

const organisation: Picker = {
  find: async (text) =>
    (await ask(organisationRoutes.list, { query: sought(text) })).items.map((o) => ({
      value: o.id,
      label: joined(o.name, o.uscc),
    })),
  name: async (id) => {
    const found = await ask(organisationRoutes.read, { params: { id } });
    return joined(found.record?.name, found.uscc);
  },
};

const mine: Picker = {
  find: async (text) =>
    (await ask(mineRoutes.list, { query: sought(text) })).items.map((m) => ({
      value: m.id,
      label: joined(m.name, m.licenceNumber),
    })),
  name: async (id) => (await ask(mineRoutes.read, { params: { id } })).record?.name ?? id,
};

const expert: Picker = {
  find: async (text) => {
    const name = text.trim();
    const page = /^[A-Za-z0-9-]*$/.test(name)
      ? await ask(expertRoutes.list, { query: { limit: LIMIT, ...(name === '' ? {} : { number: name }) } })
      : await ask(expertRoutes.search, { body: { name, limit: LIMIT } });
    return page.items.map((p) => ({ value: p.id, label: joined(p.name, p.platformNumber) }));
  },
  name: async (id) => {
    const found = await ask(expertRoutes.read, { params: { id } });
    return joined(found.record?.name, found.platformNumber);
  },
};

const authority: Picker = {
  find: async (text) => {
    const { items } = await ask(authorityRoutes.listAuthorities, { query: { limit: 200 } });
    return items
      .filter((a) => joined(a.name, a.code).includes(text.trim()))
      .map((a) => ({ value: a.id, label: joined(a.name, a.code) }));
  },
  name: async (id) => (await ask(authorityRoutes.showAuthority, { params: { id } })).name,
};

const lot: Picker = {
  find: async (text) =>
    (await ask(commissionRoutes.listLots, { query: sought(text) })).items.map((l) => ({ value: l.id, label: l.name })),
  name: async (id) => (await ask(commissionRoutes.showLot, { params: { id } })).name,
};

/** By the name of the field without its `Id`. */
export const pickers: Readonly<Record<string, Picker>> = {
  institution,
  organisation,
  operator: organisation,
  owner: organisation,
  mine,
  expert,
  person: expert,
  authority,
  parent: authority,
  lot,
};
