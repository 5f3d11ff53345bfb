import type { Area } from '../../app/area';

export const area: Area = {
  order: 80,
  label: ['文书送达', 'Service of papers'],
  places: [
    {
      base: 'service-consents',
      label: ['电子送达确认书', 'Consents to electronic service'],
      permissions: ['consent.read'],
      load: () => import('./consents'),
    },
    {
      base: 'notifications',
      label: ['通知的去向', 'Where notices went'],
      permissions: ['notice.read'],
      load: () => import('./notifications'),
    },
    {
      base: 'dead-letters',
      label: ['未能送出的通知', 'Notices not sent'],
      permissions: ['dead-letter.read'],
      load: () => import('./dead-letters'),
    },
  ],
};
