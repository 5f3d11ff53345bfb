import type { ColumnOptions, ValueTransformer } from 'typeorm';

// The two engines agree only on these types (same schema, no drift), so entities take their columns from here.

const asNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  // The MySQL family hands bigint over as text, SQLite as a number.
  from: (value: string | number | null) => (value === null ? null : Number(value)),
};

const asJson: ValueTransformer = {
  to: (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value)),
  from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
};

type Extra = Partial<ColumnOptions>;

export const col = {
  /** Primary key text. */
  key: (length = 64): ColumnOptions => ({ type: 'varchar', length, primary: true }),
  text: (length: number, extra: Extra = {}): ColumnOptions => ({ type: 'varchar', length, ...extra }),
  /** At most 65,535 bytes on the MySQL family. */
  long: (extra: Extra = {}): ColumnOptions => ({ type: 'text', ...extra }),
  /** JSON as text; at most 65,535 bytes on the MySQL family. */
  json: (extra: Extra = {}): ColumnOptions => ({ type: 'text', transformer: asJson, ...extra }),
  int: (extra: Extra = {}): ColumnOptions => ({ type: 'int', ...extra }),
  /** Integers up to 2^53-1: fen, sizes, epochs. */
  big: (extra: Extra = {}): ColumnOptions => ({ type: 'bigint', transformer: asNumber, ...extra }),
  /** An Instant: UTC milliseconds. */
  at: (extra: Extra = {}): ColumnOptions => ({ type: 'bigint', transformer: asNumber, ...extra }),
  /** A LegalDate: YYYY-MM-DD in Asia/Shanghai, as text so that no driver moves it across zones. */
  day: (extra: Extra = {}): ColumnOptions => ({ type: 'varchar', length: 10, ...extra }),
  flag: (extra: Extra = {}): ColumnOptions => ({ type: 'boolean', ...extra }),
};

export const nullable: Extra = { nullable: true };
