import type { Area } from '../../app/area';

export const area: Area = {
  order: 40,
  label: ['评估', 'Evaluation'],
  places: [
    {
      base: 'evaluations',
      label: ['单矿评估', 'Evaluations'],
      permissions: ['evaluation.read'],
      load: () => import('./evaluations'),
    },
    {
      base: 'pledges',
      label: ['真实性承诺书', 'Pledges'],
      permissions: ['pledge.sign'],
      load: () => import('./pledges'),
    },
    {
      base: 'payments',
      label: ['资金台账', 'Payments'],
      permissions: ['payment.read'],
      load: () => import('./payments'),
    },
    {
      base: 'findings',
      label: ['资金疑点', 'Findings'],
      permissions: ['finding.read'],
      load: () => import('./findings'),
    },
  ],
};
