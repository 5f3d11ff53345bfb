import type { InstitutionDeps, Institutions } from '../modules/institutions';
import { changeKindsIn } from '../modules/institutions';
import type { OrganisationDeps } from '../modules/organisations';
import { addWorkingDays, workingDaysBetween, type CalendarService, type Deadlines } from '../modules/policy';

/** What the register of bodies asks of those to its right: whose papers are whose, and who owes a report. */
export const bodyPorts = (
  institutions: () => Institutions,
  deadlines: Deadlines,
): Pick<OrganisationDeps, 'ownBody' | 'changed' | 'documentEnds'> => ({
  ownBody: (on, actor) => institutions().bodyOf(on, actor),
  changed: async (tx, call, organisationId, { kind, before, after, from, reportedOn, paper }) => {
    const kinds = kind === 'content' ? changeKindsIn(before, after) : [kind];
    for (const one of kinds) {
      await institutions().noteChange(tx, call, { organisationId }, { kind: one, happenedOn: from, reportedOn, paper });
    }
  },
  documentEnds: async (tx, { organisationId, documentId, lastDay }) => {
    const kind = 'document.expiry';
    const institution = await institutions().ofOrganisation(tx, organisationId);
    if (lastDay === null || !institution || lastDay < institutions().today()) {
      return deadlines.close(tx, kind, documentId);
    }
    // Not an official term that rolls on to the next working day: the paper's last day is what is printed on it.
    const term = { startsOn: lastDay, days: 0, unit: 'calendar' as const, roll: false };
    await deadlines.open(tx, { kind, ref: documentId, holders: [{ institutionId: institution.id }], ...term });
  },
});

/** Days and deadlines for the duty to report changes. */
export const reportingPorts = (
  calendar: CalendarService,
  deadlines: Deadlines,
  reportDays: InstitutionDeps['reportDays'],
): Pick<InstitutionDeps, 'workingDays' | 'reportDays' | 'deadlines'> => ({
  workingDays: async (on) => {
    const now = await calendar.current(on);
    return {
      due: (from, days) => addWorkingDays(now, from, days),
      between: (from, to) => workingDaysBetween(now, from, to),
    };
  },
  reportDays,
  deadlines,
});
