import { accept, refuse, type Outcome } from '../../kernel/pure/outcome';
import type { ContactLine } from './contacts.contract';
import { proposalMoves, type ProposalState } from './contacts.states';

/** Roles that may have to call a mine: those who commission, decide and inspect. */
const callers: readonly string[] = ['bureau', 'bureau-lead', 'inspector'];

/** Sees the actor names and phones as they are? The operator sees those of its own mines. */
export const maySeeContacts = (role: string, isOwn: boolean): boolean =>
  callers.includes(role) || (role === 'mine' && isOwn);

/** 张三 as 张*, 13912345678 as *******5678. */
export const maskContact = <C extends { name: string; phone: string }>(c: C): C => {
  const digits = c.phone.replace(/\D/g, '');
  return { ...c, name: `${[...c.name][0]!}*`, phone: `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}` };
};

export function judgeContacts(lines: readonly ContactLine[]): Outcome<void> {
  for (const [i, line] of lines.entries()) {
    const wrong = line.lastDay !== null && line.lastDay < line.from;
    if (wrong) return refuse('mine.list-faulty', { line: i + 1, fault: '截止日早于起始日。' });
  }
  return accept(undefined);
}

export function moveProposal(state: ProposalState, to: ProposalState): Outcome<ProposalState> {
  const moves: readonly ProposalState[] = proposalMoves[state];
  return moves.includes(to) ? accept(to) : refuse('mine.proposal-decided', { state });
}
