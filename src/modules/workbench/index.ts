export { exportRoutes } from './exports.contract';
export { exportEndpoints } from './exports.http';
export { barColumns, barWords, createExports, type ExportDeps, type Exports } from './exports.service';
export { dashboardRoutes } from './dashboard.contract';
export { dashboardEndpoints } from './dashboard.http';
export { createDashboard, type Dashboard, type DashboardDeps } from './dashboard.service';
