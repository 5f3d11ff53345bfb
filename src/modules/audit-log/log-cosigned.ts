import type { LogFiles } from './log-files';

/**
 * The stored checkpoint of that size as proofs carry it: signed by the log, and after its signatures the stored
 * cosignatures of witnesses, if there are any. Undefined where none of that size was signed.
 */
export const checkpointWithCosignatures = (files: LogFiles, size: number): Promise<string | undefined> =>
  files.checkpoint(size);
