import type { Area } from '../../app/area';

export const area: Area = {
  order: 0,
  label: ['本人', 'Own'],
  places: [
    { base: '', label: ['工作台', 'My work'], hidden: true, load: () => import('./home') },
    { base: 'inbox', label: ['通知', 'Inbox'], load: () => import('./inbox') },
    { base: 'own', label: ['账号与会话', 'Account and sessions'], load: () => import('./own') },
  ],
};
