import type { Area } from '../../app/area';

export const area: Area = {
  order: 15,
  label: ['统计', 'Figures'],
  places: [
    {
      base: 'dashboard',
      label: ['统计', 'Figures'],
      permissions: ['dashboard.read'],
      load: () => import('./dashboard'),
    },
  ],
};
