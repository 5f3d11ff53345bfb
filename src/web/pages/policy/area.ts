import type { Area } from '../../app/area';

export const area: Area = {
  order: 70,
  label: ['规则与工作日', 'Rules and working days'],
  places: [
    { base: 'policy', label: ['规则集', 'Rules'], load: () => import('./policy') },
    { base: 'calendar', label: ['工作日', 'Working days'], load: () => import('./calendar') },
  ],
};
