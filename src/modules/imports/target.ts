import type { Actor, Call } from '../../kernel/call';
import type { Subject } from '../../kernel/db/guards';
import type { Reads } from '../../kernel/db/database';
import type { Tx } from '../../kernel/db/transaction';
import type { LegalDate } from '../../kernel/pure/time';
import type { Permission } from '../identity';
import type { ImportColumn, Values } from './columns';
import type { ImportKind } from './imports.contract';

/** What holds for every row of one import. */
export interface ImportSetting {
  today: LegalDate;
  /** From this day on, where the row says none. */
  from: LegalDate;
  paper: string;
  institutionId: string | null;
  actor: Actor;
}

/** What is wrong with a row: in which field, or in the row as a whole. Never repeats a secret. */
export interface RowFault {
  key: string | null;
  reason: string;
}

/** How a sound row stands beside what is registered. */
export type Beside = 'new' | 'same' | NewWithRemark | readonly RowFault[];

/** New and good, with something that the clerk should know; never repeats a secret. */
export interface NewWithRemark {
  remark: string;
}

/** A row that was registered: the id of its record, and what of it the import's root commits to. */
export interface Registered {
  id: string;
  content: unknown;
}

/**
 * A register that takes rows from sheets: it declares the columns, judges, compares and writes; staging, counting,
 * resuming and reporting is the engine's. `R` is the row as judged: plain JSON.
 */
export interface ImportTarget<R extends object> {
  kind: ImportKind;
  /** What a row is, in Chinese. */
  title: string;
  permission: Permission;
  /** Of the other acts that a row stands for. */
  alsoNeeds?: readonly Permission[];
  /** Rows bear identity numbers: file and rows are kept under seal. */
  personal: boolean;
  ofInstitution: boolean;
  columns: readonly ImportColumn[];
  /** Lines of the template's second sheet. */
  notes: readonly string[];
  /** The institution that the import is for; throws Problem when the actor may not act for it. */
  institutionFor?(actor: Actor, asked: string | undefined): Promise<string>;
  /** Judges one row by itself. */
  judge(values: Values, setting: ImportSetting): { row: R } | { faults: readonly RowFault[] };
  /** What makes two rows speak of the same thing, by themselves. */
  keyOf(row: R): string;
  /**
   * The same by what the register knows: things that it keeps under several names are one. Undefined for rows of which
   * it knows nothing; asked again before the writing, since it may know more by then.
   */
  identify?(on: Reads, rows: readonly R[]): Promise<(string | undefined)[]>;
  /** Compares rows with the register, as many at once as a chunk has. */
  compare(on: Reads, rows: readonly R[], setting: ImportSetting): Promise<Beside[]>;
  /** Whose guards the writing takes, whatever the rows. */
  always?: readonly Subject[];
  /** Whose it takes for these rows; asked before the transaction. */
  guards?(on: Reads, rows: readonly R[], setting: ImportSetting): Promise<readonly Subject[]>;
  /** Writes rows that compare as new, in their order. */
  write(tx: Tx, call: Call, rows: readonly R[], setting: ImportSetting): Promise<Registered[]>;
  /** Rows in one stride at most, where each costs more than usual; 2,000. */
  atOnce?: number;
}

/** The engine sees rows as plain objects. */
export type AnyTarget = ImportTarget<object>;

/** Ties the row type inside; outside, rows are what this target made. */
export const target = <R extends object>(spec: ImportTarget<R>): AnyTarget => spec;
