import type { Call } from '../../kernel/call';
import { changeRecord, replyOf } from '../../kernel/db/records';
import type { Tx } from '../../kernel/db/transaction';
import { instantText, type Instant } from '../../kernel/pure/time';
import { Problem, unwrap } from '../../kernel/problem';
import { createActing, requireDays, type Loaded } from './employments.acting';
import { judgeChecker } from './employments.rules';
import type { EmploymentDeps, Employments } from './employments.service';
import { Employment } from './experts.store';
import { objectionsTo } from './objections.store';
import { handsInSheet } from './waiting';

/** May it be confirmed at all: not yet confirmed, days that hold, no open objection. */
async function requireConfirmable(tx: Tx, loaded: Loaded): Promise<void> {
  const { confirmedAt, id } = loaded.employment;
  if (confirmedAt !== null) {
    throw new Problem('employment.already-confirmed', { confirmedAt: instantText(confirmedAt as Instant) });
  }
  requireDays(loaded);
  const open = (await objectionsTo(tx, [id])).find((o) => o.state === 'open');
  if (open) throw new Problem('employment.disputed', { objectionId: open.id });
}

/**
 * An employment counts once the person says so: from his own account, or on a signed sheet that one person enters and
 * another one checks. Two people, because one could make up both sheet and confirmation.
 */
export function createConfirming(deps: EmploymentDeps): Pick<Employments, 'enterSheet' | 'confirmEmployment'> {
  const { audit, files } = deps;
  const { clock } = deps.sources;
  const { onEmployment, show } = createActing(deps);

  /** The same signature cannot speak for two persons, under whatever file number it is uploaded. */
  const requireOwnSheet = async (tx: Tx, sha256: string, ids: readonly string[]): Promise<void> => {
    const used = await tx.m.find(Employment, { where: { signedSheetSha256: sha256 } });
    if (used.some((e) => !ids.includes(e.expertId))) throw new Problem('employment.sheet-of-another');
  };

  const enterSheet: Employments['enterSheet'] = (call, id, { signedSheetFileId, paper }) =>
    onEmployment(call, id, async (tx, loaded) => {
      await requireConfirmable(tx, loaded);
      const { employment, person, survivor } = loaded;
      const { sha256 } = await files.attach(tx, call, signedSheetFileId, { kind: 'employment', ref: id });
      await requireOwnSheet(tx, sha256, person.ids);
      // The same bytes under the same name: whoever entered them first remains the one who did.
      if (employment.signedSheetSha256 === sha256 && employment.signedSheetPaper === paper) {
        return replyOf(tx, await show(tx, id, survivor), 'unchanged');
      }
      await changeRecord(tx, Employment, employment, {
        signedSheetFileId,
        signedSheetPaper: paper,
        signedSheetSha256: sha256,
        sheetRecordedBy: call.actor.accountId,
        sheetRecordedAt: clock.now(),
      });
      const { expertId, institutionId } = employment;
      const payload = { employmentId: id, expertId, institutionId, signedSheetFileId, paper };
      await audit.append(tx, call, { type: 'employment.sheet-entered', payload });
      return replyOf(tx, await show(tx, id, survivor), 'changed');
    });

  const requireChecked = async (tx: Tx, call: Call, { employment, person }: Loaded): Promise<void> => {
    const { id, signedSheetFileId, signedSheetSha256 } = employment;
    if (signedSheetFileId === null || signedSheetSha256 === null) {
      throw new Problem('employment.sheet-needed', { id });
    }
    await requireOwnSheet(tx, signedSheetSha256, person.ids);
    unwrap(judgeChecker(call.actor.accountId, await handsInSheet(tx, files, employment)));
  };

  const confirmEmployment: Employments['confirmEmployment'] = (call, id, { paper }) =>
    onEmployment(call, id, async (tx, loaded) => {
      await requireConfirmable(tx, loaded);
      const { employment, survivor } = loaded;
      const inPerson = call.actor.role === 'expert';
      if (!inPerson) await requireChecked(tx, call, loaded);
      // Who confirms in person needs no sheet; one that was entered before says nothing any more.
      const without = { signedSheetFileId: null, signedSheetPaper: null, signedSheetSha256: null };
      const none = { ...without, sheetRecordedBy: null, sheetRecordedAt: null };
      const confirmed = { confirmedAt: clock.now(), confirmedBy: call.actor.accountId };
      const { signedSheetFileId, sheetRecordedBy } = employment;
      await changeRecord(tx, Employment, employment, { ...confirmed, ...(inPerson ? none : {}) });
      const { expertId, institutionId } = employment;
      const sheet = { signedSheetFileId, sheetEnteredBy: sheetRecordedBy, checkedBy: call.actor.accountId, paper };
      const how = inPerson ? { by: 'person' } : { by: 'signed-sheet', ...sheet };
      await audit.append(tx, call, {
        type: 'employment.confirmed',
        payload: { employmentId: id, expertId, institutionId, ...how },
      });
      return show(tx, id, survivor);
    });

  return { enterSheet, confirmEmployment };
}
