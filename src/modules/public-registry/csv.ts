/** Spreadsheets run cells that begin like a formula; an apostrophe makes them text again. */
const inert = (text: string): string => (/^[=+\-@＝＋－＠\t\r\n]/.test(text) ? `'${text}` : text);

/** One cell by RFC 4180. */
export function csvCell(value: string): string {
  const text = inert(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Rows with CRLF, header first (RFC 4180). */
export const csvText = <K extends string>(columns: readonly K[], rows: readonly Record<K, string>[]): string =>
  [columns.join(','), ...rows.map((row) => columns.map((c) => csvCell(row[c])).join(','))]
    .map((l) => `${l}\r\n`)
    .join('');
