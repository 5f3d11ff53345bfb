import type { ImportColumn } from './columns';
import type { Beside, RowFault } from './target';

/** Faults of a body's schema, by the field they lie in. */
export const fieldFaults = (issues: readonly { path: PropertyKey[]; message: string }[]): RowFault[] =>
  issues.map(({ path, message }) => ({ key: path[0] === undefined ? null : String(path[0]), reason: message }));

const alike = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * A row beside the entry that holds today: the same, or the columns in which it differs. A sheet registers what is new;
 * a change has a day and a paper of its own and is recorded on the record.
 */
export function unlike<R extends object>(
  keys: readonly (keyof R & string)[],
  row: R,
  present: Partial<Record<string, unknown>> | object | undefined,
  columns: readonly ImportColumn[],
): Beside {
  const held = (present ?? {}) as Record<string, unknown>;
  const differing = keys.filter((key) => !alike(row[key], held[key]));
  if (differing.length === 0) return 'same';
  const titles = differing.map((key) => columns.find((c) => c.key === key)?.title ?? key);
  const reason = `已登记，但以下各项与登记内容不同：${titles.join('、')}。导入只登记新的记录；内容有变的，请在该记录上登记变更。`;
  return differing.map((key, i): RowFault => ({ key, reason: i === 0 ? reason : '与登记内容不同。' }));
}
