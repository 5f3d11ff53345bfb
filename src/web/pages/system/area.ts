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
    {
      base: 'api-keys',
      label: ['接口密钥', 'API keys'],
      permissions: ['account.read'],
      load: () => import('./issued-keys'),
    },
    { base: 'audit', label: ['操作日志', 'Log of acts'], permissions: ['audit.read'], load: () => import('./audit') },
    {
      base: 'operations',
      label: ['运行情况', 'How it runs'],
      permissions: ['operation.read'],
      load: () => import('./operations'),
    },
    { base: 'authorities', label: ['主管机关', 'Authorities'], load: () => import('./authorities') },
  ],
};
