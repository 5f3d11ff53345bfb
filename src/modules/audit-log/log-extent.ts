import { parseTilePath, TILE_WIDTH } from '../../kernel/pure/tlog/tiles';
import { sizeOfName } from './log-files';

/** Which files of the blob store go with a database whose log has come so far. */
export interface LogExtent {
  /**
   * False for files of the log that speak of entries after the head: beside a database that does not know these, they
   * would stop the log. True for whatever is no file of the log.
   */
  holds(key: string): boolean;
  /** The size of the largest checkpoint that was held so far; undefined before the first one. */
  largest(): number | undefined;
}

/** The size in the name of a checkpoint, and of what witnesses said of it. */
const PLACE = /^[a-z]+\/(?:[^/]+\/)?((?:\d{3}\/){4}\d{3})(?:\/|$)/;
const IN_LOG = /^log\/(\d+)\/(.+)$/;

/** The size that the log has at least, when this tile or bundle is there. */
function reachOf(name: string): number {
  const place = parseTilePath(name);
  const level = place.kind === 'tile' ? place.level : 0;
  return (place.index * TILE_WIDTH + place.width) * TILE_WIDTH ** level;
}

/** `head` is the row of the log's head, in the snapshot that the files are to go with. */
export function logExtent(head: { generation: number; size: number }): LogExtent {
  let largest: number | undefined;
  return {
    holds(key) {
      const [, spelt, name] = IN_LOG.exec(key) ?? [];
      if (spelt === undefined || name === undefined) return true;
      const generation = Number(spelt);
      if (generation !== head.generation) return generation < head.generation;
      if (name.startsWith('tile/')) return reachOf(name) <= head.size;
      const size = PLACE.exec(name)?.[1]?.replaceAll('/', '');
      if (size !== undefined && Number(size) > head.size) return false;
      const own = sizeOfName(name);
      if (own !== undefined) largest = Math.max(largest ?? 0, own);
      return true;
    },
    largest: () => largest,
  };
}
