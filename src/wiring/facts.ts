import { eventCatalogue } from '../catalogues';
import type { Actor } from '../kernel/call';
import type { Db } from '../kernel/db/database';
import { isFound, type MayRead } from '../kernel/db/records';
import type { FactReaders } from '../modules/audit-log';
import { mayActor, mayRole } from '../modules/identity';
import { createAuditTrail } from '../modules/workbench';
import type { Line } from './line';
import type { Registers } from './registers';

type Read = Parameters<FactReaders['mayRead']>;

/** Entries of these types are about the record that the fact names, and are read by whoever reads that record. */
interface Rule {
  types: RegExp;
  fact: string;
  mayRead: MayRead;
}

/**
 * Who may open facts: whoever may read the record, by the module that keeps it. Entries about persons, accounts, money
 * and files have no rule here and are opened to auditors only: of them each reader's history shows another part.
 */
export function factReaders(
  db: Db,
  r: Pick<Registers, 'identity' | 'organisations' | 'institutions' | 'mines'>,
  line: Pick<Line, 'commissions' | 'cases' | 'evaluations'>,
): FactReaders {
  const trail = createAuditTrail({ db, scope: r.identity.scope, catalogue: eventCatalogue });
  const { organisation } = r.organisations.fileReaders;
  const { institution } = r.institutions.fileReaders;
  const caseFile = line.cases.fileReaders.case;
  const mine: MayRead = async (_on, actor, id) =>
    mayActor(actor, 'mine.read') && isFound(() => r.mines.read(actor, id, {}));
  const caseSubject: MayRead = async (_on, actor, id) =>
    mayActor(actor, 'case.read') && isFound(() => line.cases.showCaseSubject({ actor, requestId: '' }, id));
  const rules: readonly Rule[] = [
    { types: /^organisation\./, fact: '/organisationId', mayRead: organisation },
    { types: /^institution\./, fact: '/institutionId', mayRead: institution },
    { types: /^mine\.(?:registered|amended|licences-recorded|list-entries-recorded)$/, fact: '/mineId', mayRead: mine },
    { types: /^pool-entry\./, fact: '/poolEntry', mayRead: line.commissions.fileReaders['pool-entry'] },
    { types: /^pool-entry\./, fact: '/entry', mayRead: line.commissions.fileReaders['pool-entry'] },
    { types: /^evaluation\./, fact: '/evaluation', mayRead: line.evaluations.fileReaders.evaluation },
    { types: /^case\./, fact: '/case', mayRead: caseFile },
    { types: /^case\./, fact: '/caseSubject', mayRead: caseSubject },
    { types: /^bar\./, fact: '/bar', mayRead: async (_on, actor) => mayActor(actor, 'bar.read') },
  ];
  /** An auditor may open what the audit trail shows of an entry, and no more. */
  const audited = async (actor: Actor, id: string): Promise<boolean> => {
    let withheld: unknown;
    const found = await isFound(async () => {
      ({ withheld } = await trail.read({ actor }, id));
    });
    return found && (withheld === null || withheld === 'erased');
  };
  const mayRead = async (...[on, actor, { id, type, fact }]: Read): Promise<boolean> => {
    if (mayActor(actor, 'audit.read')) return audited(actor, id);
    for (const rule of rules) {
      const record = rule.types.test(type) ? fact(rule.fact) : undefined;
      if (typeof record === 'string' && (await rule.mayRead(on, actor, record))) return true;
    }
    return false;
  };
  return {
    seesAccounts: (actor) => mayRole(actor.role, 'account.read'),
    mayRead,
  };
}
