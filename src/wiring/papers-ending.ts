import type { Tx } from '../kernel/db/transaction';
import { legalDateOf, type LegalDate } from '../kernel/pure/time';
import type { Clock } from '../kernel/sources';
import type { LetterExpiry, Recipient } from '../modules/identity';
import type { Deadlines } from '../modules/policy';

interface Ending {
  deadlines: Pick<Deadlines, 'open' | 'close'>;
  clock: Clock;
}

/** The last day of a paper as a deadline, so that whoever needs it is told in time. */
export const papersEnding =
  ({ deadlines, clock }: Ending) =>
  async (
    tx: Tx,
    paper: { kind: 'document.expiry' | 'letter.expiry'; ref: string; lastDay: LegalDate | null },
    holders: readonly Recipient[],
  ): Promise<void> => {
    const { kind, ref, lastDay } = paper;
    if (lastDay === null || lastDay < legalDateOf(clock.now())) return deadlines.close(tx, kind, ref);
    // Not an official term that rolls on to the next working day: the paper's last day is what is printed on it.
    const term = { startsOn: lastDay, days: 0, unit: 'calendar' as const, roll: false };
    await deadlines.open(tx, { kind, ref, holders, ...term });
  };

/** The clerks of the institution see to a new letter; whose letter it is, is told too. */
export const letterExpiry =
  (at: Ending): LetterExpiry =>
  (tx, { id, role, institutionId }, lastDay) => {
    const clerks = institutionId === null ? [] : [{ institutionId }];
    const holder = role === 'institution' ? [] : [{ postId: id }];
    return papersEnding(at)(tx, { kind: 'letter.expiry', ref: id, lastDay }, [...clerks, ...holder]);
  };
