export { columnLetter, isBlankCell, TableFault, type Cell, type TableFaultCode, type TableRow } from './cells';
export type { SheetColumn, SheetLayout } from './layout';
export type { RowMark } from './marks';
export type { SheetStart, TableForm } from './table-file';
export { inspectInThread, markInThread, rowsInThread } from './table-thread';
export { mediaTypes, noRows, tableFormats, writeTable, type TableFormat } from './write';
