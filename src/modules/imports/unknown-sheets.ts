import { chunksOf } from '../../kernel/db/batches';
import type { Db } from '../../kernel/db/database';
import { timeOfId } from '../../kernel/sources';
import { amongImports } from './imports.store';
import type { SheetFiles } from './sheet-files';

const AT_ONCE = 200;

/**
 * A process that died between keeping a sheet and recording its import left a sheet that nobody knows of. Removes those
 * made before the instant (ms); returns how many.
 */
export async function dropUnknownSheets(db: Db, files: SheetFiles, madeBefore: number): Promise<number> {
  let dropped = 0;
  for await (const part of chunksOf(files.kept(), AT_ONCE)) {
    const old = part.filter((id) => (timeOfId(id) ?? Infinity) < madeBefore);
    const known = await amongImports(db, old);
    for (const id of old.filter((one) => !known.has(one))) {
      await files.drop(id);
      dropped += 1;
    }
  }
  return dropped;
}
