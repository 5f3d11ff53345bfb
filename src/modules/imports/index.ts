export { fieldFaults, unlike } from './comparing';
export { wordOf, type ImportColumn, type Value, type Values } from './columns';
export { exportTable, listColumn, type ExportFrame } from './exports';
export { importEvents, importProblems, importRoutes } from './imports.contract';
export { importEndpoints } from './imports.http';
export { createImports, type ImportDeps, type Imports } from './imports.service';
export { sheetImportEntities } from './imports.store';
export { target, type AnyTarget, type Beside, type ImportSetting, type Registered, type RowFault } from './target';
