import type { Area } from '../../app/area';

export const area: Area = {
  order: 15,
  label: ['总览', 'Overview'],
  places: [
    {
      base: 'dashboard',
      label: ['统计', 'Figures'],
      permissions: ['dashboard.read'],
      load: () => import('./dashboard'),
    },
  ],
};
