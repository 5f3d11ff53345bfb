import type { Area } from '../../app/area';

export const area: Area = {
  order: 50,
  label: ['监督', 'Oversight'],
  places: [
    {
      base: 'screening',
      label: ['采信核验', 'Screening'],
      permissions: ['screening.person'],
      load: () => import('./screening'),
    },
    {
      base: 'cases',
      label: ['案件', 'Cases'],
      permissions: ['case.read'],
      load: () => import('./cases'),
    },
    {
      base: 'case-subjects',
      label: ['当事人', 'Subjects'],
      permissions: ['case.read'],
      hidden: true,
      load: () => import('./subject'),
    },
    {
      base: 'bars',
      label: ['黑名单（不再采信名单）', 'Blacklist (bars)'],
      permissions: ['bar.read'],
      load: () => import('./bars'),
    },
  ],
};
