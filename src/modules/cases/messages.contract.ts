import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

export const caseProblems: ProblemList = {
  'case.wrong-state': {
    status: 409,
    title: '案件状态不符',
    detail: '案件当前状态为 {state}，不能转为 {wanted}。',
    en: { title: 'The case is in another state', detail: 'The case is {state} now and cannot become {wanted}.' },
  },
  'case.wrong-subject-state': {
    status: 409,
    title: '当事人程序状态不符',
    detail: '当前状态为 {state}，不能转为 {wanted}；另一经办人可能已办理，请重新读取。',
    en: {
      title: 'The procedure of the party is in another state',
      detail: 'It is {state} now and cannot become {wanted}; another officer may have acted, so read it again.',
    },
  },
  'case.subjects-open': {
    status: 409,
    title: '尚有当事人未办结',
    detail: '当事人 {subjects} 的程序尚未办结，不能结案。',
    en: {
      title: 'Parties are not settled yet',
      detail: 'The procedure of the parties {subjects} is not settled, so the case cannot be closed.',
    },
  },
  'case.day-order': {
    status: 422,
    title: '日期先后不符',
    detail: '{day} 早于上一步的日期 {previous}。',
    en: { title: 'Days out of order', detail: '{day} is before {previous}, the day of the step before.' },
  },
  'case.day-in-future': {
    status: 422,
    title: '日期在将来',
    detail: '{day} 晚于今日 {today}，请填实际发生的日期。',
    en: {
      title: 'The day is still to come',
      detail: '{day} is after today, {today}; give the day on which it happened.',
    },
  },
  'case.subject-present': {
    status: 409,
    title: '当事人已列入',
    detail: '该当事人已在本案中，编号 {id}。',
    en: { title: 'The party is in the case already', detail: 'The party is in this case under the number {id}.' },
  },
  'case.defence-too-short': {
    status: 422,
    title: '陈述申辩期过短',
    detail:
      '截止日 {defenceUntil} 距告知书送达不足五个工作日（行政处罚法第六十四条、第八十五条；送达当日不计）。最早可为 {earliest}。',
    en: {
      title: 'Too little time for the defence',
      detail:
        'The last day {defenceUntil} is less than five working days after the notice was served (Law on Administrative Penalties, articles 64 and 85; the day of service does not count). The earliest is {earliest}.',
    },
  },
  'case.notice-no-consent': {
    status: 422,
    title: '没有电子送达确认书',
    detail:
      '当事人今日没有有效的电子送达确认书，告知书不能电子送达；请先登记确认书（POST /service-consents），' +
      '或以其他方式送达后再登记，electronic 填 false。',
    en: {
      title: 'No consent to electronic service',
      detail:
        'The party has no valid consent to electronic service today, so the notice cannot be served electronically; record the consent first (POST /service-consents), or serve it in another way and record that with electronic false.',
    },
  },
  'case.notice-not-delivered': {
    status: 409,
    title: '告知书尚未送达',
    detail:
      '告知书（通知编号 {notification}）尚未送达，陈述申辩期未起算，不能登记逾期或放弃；未能到达的，请以其他方式送达' +
      '并登记（POST /notifications/{notification}/service）。',
    en: {
      title: 'The notice is not served yet',
      detail:
        'The notice (number {notification}) is not served yet, so the time for the defence has not begun and neither its lapse nor a waiver can be recorded; if it could not be delivered, serve it in another way and record that (POST /notifications/{notification}/service).',
    },
  },
  'case.defence-running': {
    status: 409,
    title: '陈述申辩期未满',
    detail: '截止日为 {defenceUntil}，须在其后的日期登记逾期。',
    en: {
      title: 'The time for the defence is running',
      detail: 'The last day is {defenceUntil}; a lapse can be recorded only on a later day.',
    },
  },
  'case.same-officer': {
    status: 403,
    title: '须由不同人员办理',
    detail: '您已以“{role}”身份参与本案，{act}须由其他人员办理。',
    en: {
      title: 'Another officer must act',
      detail: 'You had a hand in this case as {role}; {act} must be done by somebody else.',
    },
  },
  'case.not-proposed': {
    status: 409,
    title: '尚无拟定的决定',
    detail: '须先由经办人拟定决定，再由另一名人员复核。',
    en: {
      title: 'No decision proposed yet',
      detail: 'An officer must propose a decision first, then another checks it.',
    },
  },
  'case.decision-served': {
    status: 409,
    title: '该决定已送达',
    detail: '文号 {decisionNumber} 的决定已对该当事人送达并起算期限，同一决定不能再次起算；另案处理须有新的决定。',
    en: {
      title: 'The decision has been served',
      detail:
        'The decision {decisionNumber} was served on this party and its term has begun; the same decision cannot begin it again. Another case needs a new decision.',
    },
  },
  'case.served-before-decided': {
    status: 422,
    title: '送达早于决定',
    detail: '送达日 {servedOn} 早于决定日 {decidedOn}。',
    en: {
      title: 'Served before it was decided',
      detail: 'The day of service {servedOn} is before the day of the decision {decidedOn}.',
    },
  },
  'case.notice-before-decided': {
    status: 422,
    title: '公告早于决定',
    detail: '公告日 {noticePublishedOn} 早于决定日 {decidedOn}；公告送达须在决定作出之后。',
    en: {
      title: 'Announced before it was decided',
      detail:
        'The day of the announcement {noticePublishedOn} is before the day of the decision {decidedOn}; service by announcement comes after the decision.',
    },
  },
  'case.decision-stands': {
    status: 409,
    title: '已作出决定',
    detail: '对当事人 {subjects} 已作出决定，不能终止调查；须先送达并结案，或撤销决定。',
    en: {
      title: 'A decision stands',
      detail:
        'A decision has been made on the parties {subjects}, so the investigation cannot be ended; serve it and close the case, or annul the decision.',
    },
  },
  'case.notice-too-short': {
    status: 422,
    title: '公告期未满',
    detail: '公告送达自公告之日起满三十日视为送达（民事诉讼法第九十五条）；最早送达日为 {earliest}。',
    en: {
      title: 'The announcement has not run its time',
      detail:
        'Service by announcement is complete when thirty days have passed since the announcement (Civil Procedure Law, article 95); the earliest day of service is {earliest}.',
    },
  },
  'case.no-consent': {
    status: 422,
    title: '缺少电子送达确认',
    detail: '电子送达须有当事人签署的确认书，请填写 consent 或改用其他方式。',
    en: {
      title: 'Consent to electronic service missing',
      detail: 'Electronic service needs a consent signed by the party; give it in consent, or serve in another way.',
    },
  },
  'case.end-before-start': {
    status: 422,
    title: '日期范围有误',
    detail: '{to} 早于 {from}。',
    en: { title: 'Dates not right', detail: '{to} is before {from}.' },
  },
  'case.heavier': {
    status: 422,
    title: '变更不得加重',
    detail:
      '变更后的届满日 {lastBarredDay} 晚于原届满日 {present}；加重须另案告知并听取陈述申辩（行政处罚法第四十五条）。',
    en: {
      title: 'A change must not add to the burden',
      detail:
        'The last barred day after the change, {lastBarredDay}, is later than the present one, {present}; a heavier measure needs a case of its own with notice and defence (Law on Administrative Penalties, article 45).',
    },
  },
};

const sealed = (title: string) => ({ visibility: 'sealed' as const, title });

export const caseEvents: EventCatalogue = {
  'case.lead-recorded': sealed('登记线索'),
  'case.opened': sealed('立案'),
  'case.investigating': sealed('调查取证'),
  'case.closed': sealed('结案'),
  'case.dismissed': sealed('不予立案或终止调查'),
  'case.transferred': sealed('移送'),
  'case.subject-notified': sealed('告知'),
  'case.subject-heard': sealed('听取陈述申辩'),
  'case.subject-waived': sealed('放弃陈述申辩与听证'),
  'case.defence-lapsed': sealed('逾期未陈述申辩'),
  'case.subject-reviewed': sealed('法制审核'),
  'case.decision-proposed': sealed('拟定决定'),
  'case.decided': sealed('作出决定'),
  'case.served': sealed('送达'),
  'case.in-force': sealed('决定生效'),
  'case.stayed': sealed('停止执行'),
  'case.annulled': sealed('撤销'),
  'case.changed': sealed('变更'),
  'case.publicised': sealed('公开决定'),
};
