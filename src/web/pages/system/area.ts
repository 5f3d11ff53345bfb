import type { Area } from '../../app/area';

export const area: Area = {
  order: 90,
  label: ['系统', 'System'],
  places: [
    {
      base: 'accounts',
      label: ['账号', 'Accounts'],
      permissions: ['account.read'],
      load: () => import('./accounts'),
    },
    { base: 'posts', label: ['岗位', 'Posts'], permissions: ['account.read'], load: () => import('./posts') },
    { base: 'authorities', label: ['主管机关', 'Authorities'], load: () => import('./authorities') },
  ],
};
