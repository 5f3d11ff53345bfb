import type { Area } from '../../app/area';

/** What is reported, doubted or asked about records, and waits to be looked at. */
export const area: Area = {
  order: 22,
  label: ['登记核对', 'Checks of records'],
  places: [
    {
      base: 'institution-changes',
      label: ['变更报告', 'Reports of changes'],
      permissions: ['institution-change.read'],
      load: () => import('../registers/changes'),
    },
    {
      base: 'organisation-documents',
      label: ['到期证照', 'Expiring papers'],
      permissions: ['register.read'],
      load: () => import('../registers/ending-papers'),
    },
    {
      base: 'employment-objections',
      label: ['聘用异议', 'Objections'],
      permissions: ['register.read'],
      load: () => import('../registers/objections'),
    },
    {
      base: 'expert-corrections',
      label: ['本人更正请求', 'Corrections asked'],
      permissions: ['correction.read'],
      load: () => import('../registers/corrections'),
    },
    {
      base: 'expert-doubts',
      label: ['疑似同一人', 'Doubts of identity'],
      permissions: ['merge.read'],
      load: () => import('../registers/doubts'),
    },
    {
      base: 'expert-merges',
      label: ['人员合并', 'Merges'],
      permissions: ['merge.read'],
      load: () => import('../registers/merges'),
    },
    {
      base: 'mine-contact-proposals',
      label: ['联系人变更申请', 'Proposals of contacts'],
      permissions: ['mine.proposals'],
      load: () => import('../registers/contact-proposals'),
    },
  ],
};
