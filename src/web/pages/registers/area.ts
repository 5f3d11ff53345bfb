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
      base: 'own-record',
      label: ['本人登记', 'My record'],
      permissions: ['expert.own'],
      load: () => import('./own-record'),
    },
    {
      base: 'experts',
      label: ['评估人员', 'Experts'],
      permissions: ['register.read'],
      load: () => import('./experts'),
    },
    { base: 'employments', label: ['聘用关系', 'Employments'], hidden: true, load: () => import('./employments') },
    {
      base: 'employment-objections',
      label: ['聘用异议', 'Objections'],
      permissions: ['register.read'],
      load: () => import('./objections'),
    },
    {
      base: 'expert-corrections',
      label: ['本人更正请求', 'Corrections asked'],
      permissions: ['correction.read'],
      load: () => import('./corrections'),
    },
    {
      base: 'expert-doubts',
      label: ['疑似同一人', 'Doubts of identity'],
      permissions: ['merge.read'],
      load: () => import('./doubts'),
    },
    {
      base: 'expert-merges',
      label: ['人员合并', 'Merges'],
      permissions: ['merge.read'],
      load: () => import('./merges'),
    },
    { base: 'mines', label: ['矿山', 'Mines'], permissions: ['mine.read'], load: () => import('./mines') },
    {
      base: 'mine-contact-proposals',
      label: ['联系人变更申请', 'Proposals of contacts'],
      permissions: ['mine.proposals'],
      load: () => import('./contact-proposals'),
    },
    {
      base: 'organisation-documents',
      label: ['到期证照', 'Expiring papers'],
      permissions: ['register.read'],
      load: () => import('./ending-papers'),
    },
  ],
};
