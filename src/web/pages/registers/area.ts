import type { Area } from '../../app/area';

export const area: Area = {
  order: 20,
  label: ['登记', 'Registers'],
  places: [
    {
      base: 'own-record',
      label: ['本人登记', 'My record'],
      permissions: ['expert.own'],
      load: () => import('./own-record'),
    },
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
      base: 'experts',
      label: ['评估人员', 'Experts'],
      permissions: ['register.read'],
      load: () => import('./experts'),
    },
    { base: 'employments', label: ['聘用关系', 'Employments'], hidden: true, load: () => import('./employments') },
    { base: 'mines', label: ['矿山', 'Mines'], permissions: ['mine.read'], load: () => import('./mines') },
  ],
};
