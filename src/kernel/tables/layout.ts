import type { Cell } from './cells';

export interface SheetColumn {
  title: string;
  /** In characters of the standard font; a Chinese one takes two. */
  width?: number;
  /** What the cell may hold, offered as a list. */
  choices?: readonly string[];
  /** Shown when the cell is entered. */
  hint?: string;
}

/** A table as it is handed to people. */
export interface SheetLayout {
  sheet: string;
  title: string;
  /** Below the title: unit, maker, day. */
  lines: readonly string[];
  columns: readonly SheetColumn[];
  /** Long texts go on below in their cell, as on paper; without it a row keeps its height, for filling in. */
  wrapped?: boolean;
  /** A second sheet with explanations, one line a row. */
  notes?: readonly string[];
  /** Rows that are prepared for filling in: text format and lists reach so far. */
  prepared?: number;
  /** Rows shown as examples, to be overwritten. */
  examples?: readonly (readonly Cell[])[];
}
