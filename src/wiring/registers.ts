import type { Config } from '../config';
import { createCommand, type CommandSwitches } from '../kernel/db/command';
import type { Db } from '../kernel/db/database';
import { Problem } from '../kernel/problem';
import type { Sources } from '../kernel/sources';
import { createAudit } from '../modules/audit-log';
import { createDocuments } from '../modules/documents';
import { createExperts } from '../modules/experts';
import { createIdentity } from '../modules/identity';
import { createInstitutions, type Institutions } from '../modules/institutions';
import { createMines } from '../modules/mines';
import { createOrganisations } from '../modules/organisations';
import { eventCatalogue } from '../catalogues';
import type { Prepared } from './prepare';

const exists = (load: () => Promise<unknown>): Promise<boolean> =>
  load().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Problem && error.code === 'request.not-found') return false;
      throw error;
    },
  );

/** Who is who and what is what: registers, identity, files. */
export function buildRegisters(
  db: Db,
  config: Config,
  made: Prepared,
  options: { sources: Sources; switches?: CommandSwitches },
) {
  const { sources, switches } = options;
  const audit = createAudit(sources, eventCatalogue);
  const command = createCommand(db, switches, (subjects) => experts.alike(subjects));
  const base = { db, command, audit, sources };
  const documents = createDocuments({ ...base, blobs: made.blobs });
  const files = documents;
  const organisations = createOrganisations({
    ...base,
    files,
    ownBody: (on, actor) => institutions.bodyOf(on, actor),
  });
  const institutions: Institutions = createInstitutions({ ...base, organisations, files });
  const experts = createExperts({ ...base, vault: made.vault, identityKey: made.expertKey, institutions, files });
  const mines = createMines({ ...base, organisations });
  const identity = createIdentity({
    ...base,
    vault: made.vault,
    keys: made.identityKeys,
    publicUrl: config.publicUrl,
    authority: config.authority,
    files,
    parties: {
      institution: (id) => exists(() => institutions.load(db, id)),
      organisation: (id) => exists(() => organisations.load(db, id)),
      expert: (id) => exists(() => experts.load(db, id)),
    },
  });
  return { base, organisations, institutions, experts, mines, documents, identity };
}

export type Registers = ReturnType<typeof buildRegisters>;
