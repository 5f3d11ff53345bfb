import type { MayRead } from '../../kernel/db/records';

/**
 * Records on which stored files hang. Each kind is one module's: it names the file in its record, and answers who may
 * read the record.
 */
export const fileHolderKinds = [
  'letter',
  'hand-over',
  'notice',
  'consent',
  'organisation',
  'institution',
  'institution-change',
  'expert',
  'employment',
  'pool-entry',
  'evaluation',
  'case',
] as const;
export type FileHolderKind = (typeof fileHolderKinds)[number];

export interface FileHolder {
  readonly kind: FileHolderKind;
  /** The record's id. */
  readonly ref: string;
}

/** Who may read the records, by kind; the modules fill it in. */
export type FileReaders = Readonly<Record<FileHolderKind, MayRead>>;
