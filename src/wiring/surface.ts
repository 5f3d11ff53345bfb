import type { BlobStore } from '../kernel/blobs/blob-store';
import type { Db } from '../kernel/db/database';
import { forgetOldReplies } from '../kernel/db/idempotency';
import type { Endpoint } from '../kernel/http/endpoint';
import { forgetMarkers, type Job } from '../kernel/jobs/jobs';
import { caseEndpoints } from '../modules/cases';
import { commissionEndpoints } from '../modules/commissions';
import { documentEndpoints } from '../modules/documents';
import { evaluationEndpoints } from '../modules/evaluations';
import { expertEndpoints } from '../modules/experts';
import { feeEndpoints } from '../modules/fee-guard';
import { institutionEndpoints } from '../modules/institutions';
import { mineEndpoints } from '../modules/mines';
import { notificationEndpoints } from '../modules/notifications';
import { organisationEndpoints } from '../modules/organisations';
import { pledgeEndpoints } from '../modules/pledges';
import { calendarEndpoints, deadlineEndpoints, policyEndpoints } from '../modules/policy';
import { sanctionEndpoints } from '../modules/sanctions';
import { screeningEndpoints } from '../modules/screening';
import { signingEndpoints } from '../modules/signing';
import { createDashboard, dashboardEndpoints } from '../modules/workbench';
import type { Line } from './line';
import type { Papers } from './papers';
import type { Registers } from './registers';

/** What the service shows: its endpoints, in the order in which they are tried. */
export function endpointsOf(r: Registers, line: Line, papers: Papers, db: Db): Endpoint[] {
  return [
    ...r.identity.endpoints,
    ...calendarEndpoints(r.calendar),
    ...deadlineEndpoints(r.deadlines),
    ...policyEndpoints(r.policy),
    ...notificationEndpoints(r.notifications),
    ...organisationEndpoints(r.organisations),
    ...institutionEndpoints(r.institutions),
    ...expertEndpoints(r.experts),
    ...mineEndpoints(r.mines),
    ...documentEndpoints(r.documents),
    ...sanctionEndpoints(line.views, db.sources.clock),
    ...screeningEndpoints(line.screening),
    ...commissionEndpoints(line.commissions),
    ...evaluationEndpoints(line.evaluations),
    ...signingEndpoints(papers.signing),
    ...pledgeEndpoints(papers.pledges),
    ...feeEndpoints(line.feeGuard),
    ...caseEndpoints(line.cases),
    ...dashboardEndpoints(
      createDashboard({ ...r, ...line, db, scope: r.identity.scope, unit: r.identity.requireAuthority }),
    ),
  ];
}

/** An upload that a crash cut off is nobody's after a day: none takes as long. */
const ARRIVING_MS = 24 * 3600_000;

/** What happens because time passed. */
export const jobsOf = (db: Db, blobs: BlobStore, r: Registers, line: Line): Job[] => [
  { name: 'assignments.lapse', everyMs: 3600_000, run: line.commissions.lapseOverdue },
  { name: 'deadlines.recompute', everyMs: 60_000, run: r.deadlines.recomputeAll },
  { name: 'deadlines.remind', everyMs: 600_000, run: r.deadlines.remind },
  { name: 'idempotency.forget', everyMs: 3600_000, run: () => forgetOldReplies(db) },
  { name: 'markers.forget', everyMs: 3600_000, run: () => forgetMarkers(db) },
  { name: 'mine-imports.drop-abandoned', everyMs: 3600_000, run: r.mines.dropAbandonedImports },
  {
    name: 'uploads.drop-cut-off',
    everyMs: 3600_000,
    run: () => blobs.dropArrivingBefore(db.sources.clock.now() - ARRIVING_MS),
  },
  ...r.notifications.jobs,
  { name: 'sessions.tidy', everyMs: 3600_000, run: r.identity.tidy },
];
