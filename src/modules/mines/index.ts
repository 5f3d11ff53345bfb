export {
  licenceNumber,
  listStatuses,
  mineEvents,
  mineProblems,
  mineRoutes,
  provinceField,
  sizeClasses,
  type ListStatus,
  type SizeClass,
} from './mines.contract';
export { mineEndpoints } from './mines.http';
export { createMines, type MineDeps, type MineFacts, type MineRef, type Mines } from './mines.service';
export { mineColumns } from './mines.columns';
export { createMineImport } from './mines.import';
export { countBySize, type SizeCount } from './counts.store';
export { mineEntities } from './entities';
export { mineGuard, operatedWithin, operatorsWithin } from './mines.store';
