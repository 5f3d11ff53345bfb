import type { Endpoint } from '../kernel/http/endpoint';
import type { Job } from '../kernel/jobs/jobs';
import type { Log } from '../kernel/log';
import { createStaffImport } from '../modules/experts';
import { enteredFor } from '../modules/identity';
import { createImports, importEndpoints, type AnyTarget, type Imports } from '../modules/imports';
import { createInstitutionImport } from '../modules/institutions';
import { createMineImport } from '../modules/mines';
import { organisationImport } from '../modules/organisations';
import { eventCatalogue } from '../catalogues';
import { auditTrailEndpoints, createAuditTrail, createExports, exportEndpoints } from '../modules/workbench';
import type { Line } from './line';
import type { Prepared } from './prepare';
import type { Registers } from './registers';

/** Import from sheets: what each register takes. */
export function buildSheets(
  { base, documents: files, duties, experts, identity, institutions, organisations }: Registers,
  made: Prepared,
  log: Log,
) {
  const { sources } = base;
  const { scope } = identity;
  const targets: AnyTarget[] = [
    organisationImport(sources),
    createInstitutionImport(base.db, institutions, organisations),
    createMineImport(sources, organisations),
    {
      ...createStaffImport({ ...base, vault: made.vault, files, scope, enteredFor, institutions, experts, duties }),
      alsoNeeds: ['employment.record'],
    },
  ];
  return createImports({
    ...base,
    blobs: made.blobs,
    vault: made.vault,
    hashKey: made.requestHashKey,
    targets: () => targets,
    onFault: (err, importId) => log.warn({ err, importId }, 'import stopped; it is taken up again'),
  });
}

/** Lists in and out, and the log as auditors read it. */
export function sheetEndpoints(imports: Imports, r: Registers, { views }: Pick<Line, 'views'>): Endpoint[] {
  const { db } = r.base;
  const trail = createAuditTrail({ db, scope: r.identity.scope, catalogue: eventCatalogue });
  const exports = createExports({ ...r, db, views, trail, unit: () => r.identity.requireAuthority() });
  return [...importEndpoints(imports), ...exportEndpoints(exports), ...auditTrailEndpoints(trail)];
}

export const sheetJobs = (imports: Imports): Job[] => [
  { name: 'imports.clear', everyMs: 900_000, run: imports.clear },
  { name: 'imports.resume', everyMs: 15_000, run: imports.resume },
];
