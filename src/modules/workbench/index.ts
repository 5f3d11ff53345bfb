export { exportRoutes } from './exports.contract';
export { exportEndpoints } from './exports.http';
export { barColumns, barWords, createExports, type ExportDeps, type Exports } from './exports.service';
