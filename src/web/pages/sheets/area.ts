import type { Area } from '../../app/area';

export const area: Area = {
  order: 35,
  label: ['导入导出', 'Sheets'],
  places: [
    { base: 'imports', label: ['导入', 'Imports'], permissions: ['import.use'], load: () => import('./imports') },
    {
      base: 'exports',
      label: ['台账导出', 'Exports'],
      permissions: ['register.read'],
      load: () => import('./exports'),
    },
  ],
};
