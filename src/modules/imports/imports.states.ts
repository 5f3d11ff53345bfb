/** States of an import: reading 读取中、checked 已检查、unreadable 无法读取、applying 登记中、finished 已完成、cancelled 已取消、dropped 已清除. */
export const importStates = [
  'reading',
  'checked',
  'unreadable',
  'applying',
  'finished',
  'cancelled',
  'dropped',
] as const;
export type ImportState = (typeof importStates)[number];

/** Allowed moves; `applying` goes back to `checked` when others were quicker and nothing has been registered. */
export const importMoves = {
  reading: ['checked', 'unreadable', 'cancelled', 'dropped'],
  checked: ['applying', 'cancelled', 'dropped'],
  unreadable: ['cancelled', 'dropped'],
  applying: ['checked', 'finished'],
  finished: [],
  cancelled: [],
  dropped: [],
} as const satisfies Record<ImportState, readonly ImportState[]>;

export const mayImportMove = (from: ImportState, to: ImportState): boolean =>
  (importMoves[from] as readonly ImportState[]).includes(to);
