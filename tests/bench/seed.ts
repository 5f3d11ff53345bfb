import type { Db } from '../../src/kernel/db/database';
import { NameFollower } from '../../src/kernel/db/name-index/name-index.store';
import { nameKey } from '../../src/kernel/pure/text';
import { legalDate, type Instant } from '../../src/kernel/pure/time';
import { createVault } from '../../src/kernel/vault/vault';
import { identityCheck } from '../../src/modules/experts/core/identity-number';
import { platformNumberOf } from '../../src/modules/experts/core/platform-number';
import {
  Employment,
  EmploymentVersion,
  Expert,
  ExpertIdentity,
  ExpertVersion,
} from '../../src/modules/experts/experts.store';
import { specialties, titleLevels } from '../../src/modules/experts/fields.contract';
import { identityRow } from '../../src/modules/experts/identities';
import { Institution, InstitutionVersion } from '../../src/modules/institutions/institutions.store';
import { Organisation, OrganisationVersion } from '../../src/modules/organisations/organisations.store';
import { insertPostings, insertRows } from './bulk';
import type { Names } from './names';

/** Everybody works somewhere, so many at each assessor: readiness is asked of the same number whatever the size. */
export const STAFF = 20;
/** So many bodies are assessors, of which those that the persons suffice for have staff: a full list at any size. */
const ASSESSORS = 10_000;
/** Each tenth body has borne another name. */
const RENAMED = 10;

/** Of how many records of each kind questions are asked: a day's work, spread over the whole register. */
export const WORKING_SET = 40;

const spread = <T>(list: readonly T[]): T[] => {
  const count = Math.min(WORKING_SET, list.length);
  return Array.from({ length: count }, (_, n) => list[Math.floor(((n + 0.5) * list.length) / count)]!);
};

/** What the questions are made of. */
export interface Seeded {
  bodies: { id: string; uscc: string; name: string; former?: string }[];
  renamed: Seeded['bodies'];
  persons: { id: string; platformNumber: string; name: string }[];
  /** With staff. */
  institutions: { id: string; name: string }[];
}

interface Ground {
  db: Db;
  by: string;
  at: Instant;
}

const [FIRST, RENAMED_ON] = [legalDate('2020-01-01'), legalDate('2024-01-01')];

const entry = ({ db, by, at }: Ground) => ({
  id: db.sources.ids.timed(),
  validFrom: FIRST,
  validTo: null,
  recordedAt: at,
  supersededAt: null,
  recordedBy: by,
  paper: '登记证书',
});

async function seedBodies(ground: Ground, names: Names, size: number): Promise<Seeded['bodies']> {
  const { db, at } = ground;
  const bodies: Seeded['bodies'] = [];
  const [rows, versions]: [Partial<Organisation>[], Partial<OrganisationVersion>[]] = [[], []];
  for (let n = 0; n < size; n += 1) {
    const { name, uscc } = names.body(n);
    const id = db.sources.ids.timed();
    const former = n % RENAMED === 0 ? `示例曾用${name}` : undefined;
    bodies.push({ id, uscc, name, former });
    rows.push({ id, uscc, registeredAt: at, version: 1 });
    const common = { organisationId: id, legalForm: 'enterprise' as const, address: '示例路1号' };
    if (former !== undefined) {
      const before = { ...common, ...entry(ground), name: former, nameKey: nameKey(former) };
      versions.push({ ...before, validTo: RENAMED_ON });
    }
    const now = { ...common, ...entry(ground), name, nameKey: nameKey(name) };
    versions.push({ ...now, validFrom: former === undefined ? FIRST : RENAMED_ON });
  }
  await insertRows(db, Organisation, rows);
  await insertRows(db, OrganisationVersion, versions);
  const posted = bodies.map((b) => ({ list: 'org', place: b.uscc, texts: textsOf(b) }));
  await insertPostings(db, posted);
  return bodies;
}

const textsOf = (b: Seeded['bodies'][number]) => ({
  names: [nameKey(b.name), ...(b.former === undefined ? [] : [nameKey(b.former)])],
  codes: [] as string[],
});

async function seedInstitutions(
  ground: Ground,
  bodies: Seeded['bodies'],
  count: number,
): Promise<Seeded['institutions']> {
  const { db, at } = ground;
  const chosen = bodies.slice(0, count).map((body) => ({ body, id: db.sources.ids.timed() }));
  const office = '示例办公室';
  await insertRows(
    db,
    Institution,
    chosen.map(({ body, id }) => ({ id, organisationId: body.id, registeredAt: at, version: 1 })),
  );
  await insertRows(
    db,
    InstitutionVersion,
    chosen.map(({ id }) => ({ ...entry(ground), institutionId: id, office, managementRules: '示例制度' })),
  );
  await insertRows(
    db,
    NameFollower,
    chosen.map(({ body, id }) => ({ list: 'org', place: body.uscc, followerList: 'inst', followerPlace: id })),
  );
  await insertPostings(
    db,
    chosen.map(({ body, id }) => ({ list: 'inst', place: id, texts: { ...textsOf(body), codes: [body.uscc] } })),
  );
  return chosen.map(({ body, id }) => ({ id, name: body.name }));
}

/** A well-formed resident number of nobody, another for each n below 10^7. */
function residentNumber(n: number): string {
  const born = new Date(Date.UTC(1960, 0, 1 + Math.floor(n / 1000))).toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `370102${born}${String(n % 1000).padStart(3, '0')}`;
  return first17 + identityCheck(first17);
}

async function seedPersons(ground: Ground, names: Names, size: number, masterKey: string): Promise<Seeded['persons']> {
  const { db, at } = ground;
  const vault = createVault(db, masterKey);
  const key = await vault.ensure('identity-number-hash', () => db.sources.randomness.bytes(32));
  const sealing = { vault, key, sources: db.sources };
  const persons = Array.from({ length: size }, (_, n) => ({
    id: db.sources.ids.timed(),
    // Spread as drawn numbers are.
    platformNumber: platformNumberOf(String((n * 61_803_399) % 100_000_000).padStart(8, '0')),
    name: names.person(n),
  }));
  await insertRows(
    db,
    Expert,
    persons.map(({ id, platformNumber }) => ({ id, platformNumber, registeredAt: at, version: 1 })),
  );
  await insertRows(
    db,
    ExpertIdentity,
    persons.map(({ id }, n) => identityRow(sealing, id, { kind: 'resident-id', number: residentNumber(n) }, false)),
  );
  await insertRows(
    db,
    ExpertVersion,
    persons.map(({ id, name }, n) => ({
      ...entry(ground),
      expertId: id,
      name,
      nameKey: nameKey(name),
      titleLevel: titleLevels[n % titleLevels.length]!,
      titleEvidence: '示例职称证书',
      specialties: [specialties[n % specialties.length]!],
      specialtyEvidence: '示例材料',
    })),
  );
  await insertPostings(
    db,
    persons.map(({ id, name }) => ({ list: 'expert', place: id, texts: { names: [nameKey(name)], codes: [] } })),
  );
  return persons;
}

async function seedEmployments(
  ground: Ground,
  { persons, institutions }: Pick<Seeded, 'persons' | 'institutions'>,
): Promise<void> {
  const { db, at, by } = ground;
  const held = institutions.flatMap((institution, i) =>
    persons.slice(i * STAFF, (i + 1) * STAFF).map((person) => ({ id: db.sources.ids.timed(), person, institution })),
  );
  const confirmed = { confirmedAt: at, confirmedBy: by, version: 2 };
  await insertRows(
    db,
    Employment,
    held.map(({ id, person, institution }) => ({
      id,
      expertId: person.id,
      institutionId: institution.id,
      ...confirmed,
    })),
  );
  await insertRows(
    db,
    EmploymentVersion,
    held.map(({ id }) => ({
      ...entry(ground),
      employmentId: id,
      kind: 'full-time' as const,
      insuranceEvidence: '示例社保清单',
    })),
  );
}

/** So many bodies and so many persons, all employed, as the service itself would have written them. */
export async function seed(
  db: Db,
  names: Names,
  wanted: { size: number; by: string; masterKey: string },
): Promise<Seeded> {
  const ground = { db, by: wanted.by, at: db.sources.clock.now() };
  const bodies = await seedBodies(ground, names, wanted.size);
  const assessors = await seedInstitutions(ground, bodies, Math.min(ASSESSORS, wanted.size));
  const institutions = assessors.slice(0, Math.max(1, Math.floor(wanted.size / STAFF)));
  const persons = await seedPersons(ground, names, wanted.size, wanted.masterKey);
  await seedEmployments(ground, { persons, institutions });
  // What any database in use has; without it a planner guesses.
  await db.source.query(
    db.engine === 'sqlite'
      ? 'PRAGMA optimize'
      : 'ANALYZE TABLE organisation, organisation_version, institution, expert, expert_version, employment, employment_version',
  );
  return {
    bodies: spread(bodies),
    renamed: spread(bodies.filter((b) => b.former !== undefined)),
    institutions: spread(institutions),
    persons: spread(persons),
  };
}
