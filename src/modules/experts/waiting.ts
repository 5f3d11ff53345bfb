import type { Tx } from '../../kernel/db/transaction';
import type { EmploymentDeps } from './employments.service';
import { currentDays, entriesEver, findEmployment, type Employment } from './experts.store';
import { objectionsTo } from './objections.store';

type Deps = Pick<EmploymentDeps, 'duties' | 'files'>;

/** Everybody who recorded, changed or struck out days of the employment. */
const recordersOf = async (tx: Tx, id: string): Promise<(string | null)[]> =>
  (await entriesEver(tx, id)).map((v) => v.recordedBy);

/** Who had a hand in the sheet: none of them checks it. */
export async function handsInSheet(tx: Tx, files: Deps['files'], e: Employment) {
  const upload = e.signedSheetFileId === null ? undefined : await files.load(tx, e.signedSheetFileId);
  return {
    recordedBy: await recordersOf(tx, e.id),
    sheetRecordedBy: e.sheetRecordedBy,
    sheetUploadedBy: upload?.accountId ?? null,
  };
}

/** Who had a hand in the entry that is objected to: none of them judges the objection. */
export const handsInEntry = async (tx: Tx, e: Employment): Promise<(string | null)[]> => [
  ...(await recordersOf(tx, e.id)),
  e.sheetRecordedBy,
  e.confirmedBy,
];

/**
 * Puts on the work list what waits for a second person about the employment, and takes away what no longer does. Call
 * after every act on it, since each may add a hand, end the waiting or let it go on.
 */
export async function keepWaiting(tx: Tx, { duties, files }: Deps, employmentId: string): Promise<void> {
  const employment = (await findEmployment(tx, employmentId))!;
  const objection = (await objectionsTo(tx, [employmentId])).find((o) => o.state === 'open');
  const hasSheet = employment.signedSheetFileId !== null && employment.sheetRecordedAt !== null;
  const isUnconfirmed = employment.confirmedAt === null && (await currentDays(tx, employmentId)) !== undefined;
  if (hasSheet && isUnconfirmed && !objection) {
    const { recordedBy, sheetRecordedBy, sheetUploadedBy } = await handsInSheet(tx, files, employment);
    await duties.owe(tx, 'employment.confirm', employmentId, [...recordedBy, sheetRecordedBy, sheetUploadedBy]);
  } else {
    await duties.done(tx, 'employment.confirm', employmentId);
  }
  if (objection) await duties.owe(tx, 'employment.objection', objection.id, await handsInEntry(tx, employment));
}
