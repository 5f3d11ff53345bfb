import { In, MoreThan } from 'typeorm';
import type { Reads } from '../../kernel/db/database';
import { Employment, EmploymentVersion, ExpertIdentity } from './experts.store';
import type { PersonLine } from './line.port';
import type { ExpertMerge } from './merging.store';

/**
 * What was decided or entered about the merged person since, and can therefore belong to either of the two: while it
 * stands, the merge cannot be undone. Empty when nothing stands in the way.
 */
export async function sinceMerge(
  on: Reads,
  line: Pick<PersonLine, 'bars'>,
  m: ExpertMerge,
  ids: readonly string[],
  later: readonly ExpertMerge[],
): Promise<string[]> {
  const since = m.confirmedAt!;
  const list = later.map((o) => `合并 ${o.id} 在其后作出，请先恢复该次合并`);
  for (const bar of (await line.bars(on, ids)).filter((b) => b.recordedAt > since)) {
    list.push(`不再采信决定 ${bar.decisionNumber}`);
  }
  const added = await on.m.findBy(ExpertIdentity, { expertId: In([...ids]), addedAt: MoreThan(since) });
  for (const { mask } of added.filter((d) => d.withdrawnFor !== 'mistaken')) list.push(`其后登记的身份证件 ${mask}`);
  const employments = await on.m.findBy(Employment, { expertId: In([...ids]) });
  for (const { id } of employments) {
    const rows = await on.m.findBy(EmploymentVersion, { employmentId: id });
    const fresh = rows.every((r) => r.recordedAt > since);
    const held = rows.some((r) => r.supersededAt === null && r.voidReason === null);
    if (fresh && held) list.push(`其后登记的聘用关系 ${id}`);
  }
  return list;
}
