import type { Area } from '../../app/area';

export const area: Area = {
  order: 30,
  label: ['委托', 'Commissioning'],
  places: [
    {
      base: 'pool-entries',
      label: ['评估机构名录', 'Register of assessors'],
      permissions: ['pool.read'],
      load: () => import('./pool'),
    },
    {
      base: 'lots',
      label: ['评估委托批次', 'Lots'],
      permissions: ['lot.read'],
      load: () => import('./lots'),
    },
    {
      base: 'assignments',
      label: ['评估委托单', 'Assignments'],
      permissions: ['lot.read'],
      load: () => import('./assignments'),
    },
    {
      base: 'engagements',
      label: ['其他角色聘请', 'Engagements'],
      permissions: ['engagement.make'],
      load: () => import('./engagements'),
    },
    {
      base: 'replay',
      label: ['规则试算', 'Replay of rules'],
      permissions: ['policy.replay'],
      load: () => import('./replay'),
    },
  ],
};
