import { TlogFault } from './fault';
import { TILE_WIDTH } from './tiles';

// Entry bundles of c2sp.org/tlog-tiles, Log entries: each entry after its length as two bytes, the higher first.

/** As long as a length of two bytes can say. */
export const ENTRY_LIMIT = 65_535;

/** The bytes of a bundle of 1 to 256 entries of at most 65,535 bytes each. */
export function bundleBytes(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new TlogFault('tlog.bundle', `a bundle has 1 to ${TILE_WIDTH} entries, not ${entries.length}`);
  }
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_LIMIT) {
      throw new TlogFault('tlog.entry-length', `an entry has ${entry.length} bytes; ${ENTRY_LIMIT} are allowed`);
    }
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 0xff;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** The entries of a bundle of that width, no more and no fewer; views into the bytes given. */
export function entriesOf(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (entries.length === width) throw new TlogFault('tlog.bundle', `bytes follow after entry ${width} of a bundle`);
    const start = at + 2;
    const end = start + (bytes[at]! << 8) + (bytes[at + 1] ?? 0);
    if (start > bytes.length || end > bytes.length) {
      throw new TlogFault('tlog.bundle', `entry ${entries.length} of a bundle is cut off`);
    }
    entries.push(bytes.subarray(start, end));
    at = end;
  }
  if (entries.length !== width) {
    throw new TlogFault('tlog.bundle', `a bundle has ${entries.length} entries instead of ${width}`);
  }
  return entries;
}
