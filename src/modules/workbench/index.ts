export { exportRoutes } from './exports.contract';
export { exportEndpoints } from './exports.http';
export { createExports, type ExportDeps, type Exports } from './exports.service';
