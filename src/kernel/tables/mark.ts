import { markCsv } from './csv-mark';
import type { MarkOrder } from './marks';
import { markXlsx } from './xlsx-mark';

/** Writes the same table once more with an added column that says what became of each row. */
export const markTable = (order: MarkOrder): Promise<void> =>
  order.form.format === 'csv' ? markCsv(order, order.form) : markXlsx(order, order.form.sheet);
