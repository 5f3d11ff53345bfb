import type { Reads } from '../kernel/db/database';
import type { Notifications } from '../modules/notifications';
import type { InstitutionDeps, Institutions } from '../modules/institutions';
import { changeKindsIn, createInstitutions } from '../modules/institutions';
import { createOrganisations, type OrganisationDeps, type Organisations } from '../modules/organisations';
import {
  addWorkingDays,
  national2024,
  workingDaysBetween,
  type CalendarService,
  type Deadlines,
  type Policy,
  changeReportDays,
  settingOf,
} from '../modules/policy';
import { papersEnding } from './papers-ending';

/** What the register of bodies asks of those to its right: whose papers are whose, and who owes a report. */
const bodyPorts = (
  institutions: () => Institutions,
  ending: ReturnType<typeof papersEnding>,
): Pick<OrganisationDeps, 'ownBody' | 'changed' | 'documentEnds'> => ({
  ownBody: (on, actor) => institutions().bodyOf(on, actor),
  changed: async (tx, call, organisationId, { kind, before, after, from, reportedOn, paper }) => {
    const kinds = kind === 'content' ? changeKindsIn(before, after) : [kind];
    for (const one of kinds) {
      await institutions().noteChange(tx, call, { organisationId }, { kind: one, happenedOn: from, reportedOn, paper });
    }
  },
  documentEnds: async (tx, { organisationId, documentId, lastDay }) => {
    const institution = await institutions().ofOrganisation(tx, organisationId);
    const paper = { kind: 'document.expiry' as const, ref: documentId, lastDay: institution ? lastDay : null };
    await ending(tx, paper, institution ? [{ institutionId: institution.id }] : []);
  },
});

interface ReportingDeps {
  policy: Policy;
  tell: Notifications['tell'];
  /** The authority that owns the installation. */
  authority(on: Reads): Promise<{ code: string } | undefined>;
}

/** Days, deadlines and notices for the duty to report changes. */
const reportingPorts = (
  calendar: CalendarService,
  deadlines: Deadlines,
  { policy, tell, authority }: ReportingDeps,
): Pick<InstitutionDeps, 'workingDays' | 'reportDays' | 'deadlines' | 'tell'> => ({
  workingDays: async (on) => {
    const now = await calendar.current(on);
    return {
      due: (from, days) => addWorkingDays(now, from, days),
      between: (from, to) => workingDaysBetween(now, from, to),
    };
  },
  // The register is one for the nation; the term is asked of the profile of the authority that owns the installation.
  reportDays: async (on, day) => {
    const profile = await policy.profileFor(on, (await authority(on))?.code ?? national2024.authority, day);
    return settingOf(profile, changeReportDays)?.value ?? changeReportDays.shipped[0]!.value;
  },
  deadlines,
  tell: async (tx, { institutionId, ...notice }) => {
    const own = institutionId === undefined ? await authority(tx) : undefined;
    const to = institutionId !== undefined ? { institutionId } : own && { authority: own.code, role: 'bureau' };
    // Before an authority is named nobody can be told; the report stands in the list all the same.
    if (to) await tell(tx, { to, ...notice });
  },
});

type Base = Pick<OrganisationDeps, 'db' | 'command' | 'audit' | 'sources' | 'recorders' | 'files' | 'scope'>;

/** Bodies and the assessors among them; each asks the other through ports. */
export function buildBodies(
  base: Base,
  time: { calendar: CalendarService; deadlines: Deadlines; notifications: Pick<Notifications, 'tell'> },
  asked: Pick<ReportingDeps, 'policy' | 'authority'>,
): { organisations: Organisations; institutions: Institutions } {
  const { calendar, deadlines, notifications } = time;
  const organisations = createOrganisations({
    ...base,
    ...bodyPorts(() => institutions, papersEnding({ deadlines, clock: base.sources.clock })),
  });
  const reporting = reportingPorts(calendar, deadlines, { ...asked, tell: notifications.tell });
  const institutions: Institutions = createInstitutions({ ...base, organisations, ...reporting });
  return { organisations, institutions };
}
