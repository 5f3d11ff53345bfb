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
  'expert-correction',
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

/** May the actor read the record, and what of it names this file? */
export type MayReadFile = (...asked: [...Parameters<MayRead>, fileId: string]) => Promise<boolean>;

/** Who may read the records, by kind; the modules fill it in. */
export type FileReaders = Readonly<Record<FileHolderKind, MayReadFile>>;
