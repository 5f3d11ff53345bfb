import type { Area } from '../../app/area';

export const area: Area = {
  order: 20,
  label: ['登记', 'Registers'],
  places: [
    {
      base: 'organisations',
      label: ['组织', 'Organisations'],
      permissions: ['register.read'],
      load: () => import('./organisations'),
    },
  ],
};
