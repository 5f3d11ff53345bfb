import type { Area } from '../../app/area';

export const area: Area = {
  order: 5,
  label: ['待办与交接', 'Work'],
  places: [
    {
      base: 'work',
      label: ['本机关在办事项', 'Work of the authority'],
      permissions: ['work.oversee'],
      load: () => import('./overview'),
    },
    {
      base: 'deadlines',
      label: ['期限', 'Deadlines'],
      permissions: ['deadline.read'],
      load: () => import('./deadlines'),
    },
    {
      base: 'deputies',
      label: ['代办（AB岗）', 'Deputies'],
      permissions: ['work.read', 'mine.propose', 'pledge.sign', 'post.grant'],
      load: () => import('./deputies'),
    },
    {
      base: 'hand-overs',
      label: ['工作交接', 'Hand-overs'],
      permissions: ['hand-over.use'],
      load: () => import('./hand-overs'),
    },
  ],
};
