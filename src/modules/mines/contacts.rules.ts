import { maskPhone } from '../../kernel/pure/mask';
import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import { addDays } from '../../kernel/pure/time';
import { meet, type VersionSpan } from '../../kernel/pure/versions';
import { say } from '../../kernel/pure/wording';
import { isOfficer } from '../identity/core/officers';
import type { ContactLine } from './contacts.contract';
import { proposalMoves, type ProposalState } from './contacts.states';

/** May this role call a mine, working for an office of the house? Those who commission, decide and inspect. */
export const mayCall = isOfficer;

/**
 * Whose person a contact is: the operator's on its first day of which an operator is on record. One that nobody ended
 * when the mine passed on stays the former operator's; undefined where none is known.
 */
export function operatorOf(
  contact: VersionSpan,
  entries: readonly (VersionSpan & { operatorId: string | null })[],
): string | undefined {
  const known = [...entries].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  return known.find((e) => meet(contact, e))?.operatorId ?? undefined;
}

/** 张三 as 张*, 13912345678 as 139****5678. */
export const maskContact = <C extends { name: string; phone: string }>(c: C): C => ({
  ...c,
  name: `${[...c.name][0]!}*`,
  phone: maskPhone(c.phone),
});

/** An operator proposes people of its own time: of other days it may not know who is to be called. */
export function judgeOwnTime(
  lines: readonly ContactLine[],
  organisationId: string,
  entries: readonly (VersionSpan & { operatorId: string | null })[],
): Outcome<void> {
  for (const [i, { from, lastDay }] of lines.entries()) {
    const days = { validFrom: from, validTo: lastDay === null ? null : addDays(lastDay, 1) };
    if (operatorOf(days, entries) === organisationId) continue;
    return refuse('mine.list-faulty', {
      line: i + 1,
      fault: say(
        '起始日不在本企业持有该矿采矿权的期间内。',
        'The first day is outside the time in which this operator holds the mining right.',
      ),
    });
  }
  return accept(undefined);
}

export function judgeContacts(lines: readonly ContactLine[]): Outcome<void> {
  for (const [i, line] of lines.entries()) {
    const wrong = line.lastDay !== null && line.lastDay < line.from;
    if (wrong)
      return refuse('mine.list-faulty', {
        line: i + 1,
        fault: say('截止日早于起始日。', 'The last day is before the first.'),
      });
  }
  return accept(undefined);
}

export function moveProposal(state: ProposalState, to: ProposalState): Outcome<ProposalState> {
  const moves: readonly ProposalState[] = proposalMoves[state];
  return moves.includes(to) ? accept(to) : refuse('mine.proposal-decided', { state });
}
