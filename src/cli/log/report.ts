import { driftText, isContradicted, type Survey } from '../../modules/audit-log';

const LISTED = 100;

function* listed<T>(items: readonly T[], text: (item: T) => string): Generator<string> {
  for (const item of items.slice(0, LISTED)) yield `    ${text(item)}`;
  if (items.length > LISTED) yield `    另有 and ${items.length - LISTED} 项 more`;
}

const at = (position: number): string => `位置 position ${position}`;

/** What was found, line by line, Chinese first. */
export function* surveyLines(survey: Survey): Generator<string> {
  const { head, origin, published, restored, lost, strangers, forks, orphans, keys, unpublished } = survey;
  yield `日志 log: ${origin}（第${head.generation + 1}个 origin ${head.generation}）`;
  yield `数据库 database: ${head.size} 个位置 positions；已公布 published: ${published?.head.size ?? 0}`;
  yield head.stopped === null ? '未停止 not stopped' : `已停止 stopped: ${head.stopped}`;
  if (restored.length > 0) {
    yield `  ${restored.length} 条记录将回到已公布的位置 entries go back to their published positions`;
    yield* listed(restored, ({ position, entryId }) => `${at(position)}: ${entryId}`);
  }
  if (lost.length > 0) {
    yield `  ${lost.length} 条已公布的记录在数据库中没有了 published entries are no longer in the database`;
    yield* listed(lost, ({ position, name }) => `${at(position)}: ${name}`);
  }
  if (strangers.length > 0) {
    yield `  ${strangers.length} 个位置上是另外的记录 positions hold other entries than were published`;
    yield* listed(strangers, ({ position, entryId }) => `${at(position)}: ${entryId}`);
  }
  if (forks.length > 0) {
    yield `  ${forks.length} 个检查点与条目不符 checkpoints that the entries do not lead to`;
    yield* listed(forks, driftText);
  }
  if (!unpublished.isWhole) {
    yield `  未公布的位置将重新给出 positions that were not published yet are given anew: ${unpublished.entries.length}`;
    yield* listed(
      unpublished.vanished,
      ({ position, entryId }) =>
        `${at(position)}: ${entryId} 的记录已被删除，从未公布 its row is gone, and it was never published`,
    );
  }
  if (orphans.length > 0) yield `  ${orphans.length} 条记录将进入日志 entries that the log did not have will enter it`;
  yield* listed(keys, ({ id }) => `公钥将按密钥库改正 public key to be put right by the vault: ${id}`);
  yield* fileLines(survey);
  if (isContradicted(survey)) {
    yield '数据库与已公布的日志相矛盾：只能用 --new-origin 名称 启用新日志（原日志的文件继续提供）';
    yield 'database and published log contradict each other: only --new-origin NAME goes on (old files stay served)';
  }
}

function* fileLines({ leftovers, tiles, damaged }: Survey): Generator<string> {
  if (leftovers.length > 0) {
    yield `  ${leftovers.length} 个没有检查点的文件将移开 files that no checkpoint stands for are put aside`;
    yield* listed(leftovers, (name) => name);
  }
  if (tiles.length > 0) {
    yield `  ${tiles.length} 个哈希文件将重写 tiles are written anew`;
    yield* listed(tiles, ({ name }) => name);
  }
  if (damaged.length > 0) {
    yield '  条目文件损坏，请从备份放回 bundles are damaged: put them back from a backup';
    yield* listed(damaged, driftText);
  }
}
