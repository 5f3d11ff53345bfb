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
    {
      base: 'institutions',
      label: ['评估机构', 'Institutions'],
      permissions: ['register.read'],
      load: () => import('./institutions'),
    },
    {
      base: 'institution-changes',
      label: ['变更报告', 'Reports of changes'],
      permissions: ['institution-change.read'],
      load: () => import('./changes'),
    },
    {
      base: 'organisation-documents',
      label: ['到期证照', 'Expiring papers'],
      permissions: ['register.read'],
      load: () => import('./ending-papers'),
    },
  ],
};
