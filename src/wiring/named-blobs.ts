import type { NamedBlob } from '../kernel/backup/format';
import { storedFileBlobs } from '../modules/documents';
import { pledgeBlobs } from '../modules/pledges';

/**
 * Every column that names a file which must be in the blob store. Sheets of imports are missing here on purpose: they are
 * removed when their import ends.
 */
export const namedBlobs: readonly NamedBlob[] = [...storedFileBlobs, ...pledgeBlobs];

/** Files that may go while others read: a sheet goes when its import ends. */
export const isPassing = (key: string): boolean => key.startsWith('imports/');
