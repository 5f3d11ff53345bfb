import type { Reads } from '../kernel/db/database';
import type { Tx } from '../kernel/db/transaction';
import { legalDateOf } from '../kernel/pure/time';
import type { Clock } from '../kernel/sources';
import type { Duties, Owed } from '../modules/experts';
import { checkKinds, reach, type CheckKind, type Recipient, type Work } from '../modules/identity';
import type { Notice } from '../modules/notifications';
import { personDecisionDays, settingOf, type Deadlines, type Policy } from '../modules/policy';

/** As what each decision that is owed waits on the work list. */
export const waitingAs: Readonly<Record<Owed, CheckKind>> = {
  'employment.confirm': 'employment-sheet',
  'employment.objection': 'employment-objection',
  'screening.person': 'expert-doubt',
  'expert.correction': 'expert-correction',
  'merge.confirm': 'expert-merge',
};

/** Decisions that officers owe about persons, and who is told. Before the authority is named nobody owes any. */
export const personDuties = (at: {
  clock: Clock;
  deadlines: Deadlines;
  policy: Policy;
  /** Asked when a request comes. */
  work: () => Pick<Work, 'openCheck' | 'close'>;
  tell: (tx: Tx, notice: Notice) => Promise<unknown>;
  authority: (on: Reads) => Promise<{ code: string } | undefined>;
}): Duties => ({
  async owe(tx, kind, ref, notBy = []) {
    const check = waitingAs[kind];
    // The register is one for all authorities, and so is what waits in it.
    if (!(await at.work().openCheck(tx, { kind: check, ref, authorityId: null, notBy }))) return;
    const authority = await at.authority(tx);
    if (!authority) return;
    const holders = [{ authority: authority.code, role: checkKinds[check].role }];
    const startsOn = legalDateOf(at.clock.now());
    const profile = await at.policy.profileFor(tx, authority.code, startsOn);
    const days = settingOf(profile, personDecisionDays)?.value ?? personDecisionDays.shipped[0]!.value;
    await at.deadlines.open(tx, { kind, ref, startsOn, days, unit: 'working', holders });
  },
  async done(tx, kind, ref) {
    await at.work().close(tx, waitingAs[kind], ref);
    await at.deadlines.close(tx, kind, ref);
  },
  async tell(tx, to, kind, ref) {
    const authority = to === 'bureau' ? await at.authority(tx) : undefined;
    const recipient: Recipient | undefined =
      to !== 'bureau' ? to : authority && { authority: authority.code, role: 'bureau' };
    if (!recipient) return;
    // Most persons have no account and are told on paper: a notice that nobody can read would only be a dead letter.
    if ((await reach(tx, recipient, legalDateOf(at.clock.now()))).length === 0) return;
    await at.tell(tx, { to: recipient, kind, ref });
  },
});
