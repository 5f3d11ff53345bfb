import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';

export const caseProblems: ProblemList = {
  'case.wrong-state': { status: 409, title: '案件状态不符', detail: '案件当前状态为 {state}，不能转为 {wanted}。' },
  'case.wrong-subject-state': {
    status: 409,
    title: '当事人程序状态不符',
    detail: '当前状态为 {state}，不能转为 {wanted}；另一经办人可能已办理，请重新读取。',
  },
  'case.subjects-open': {
    status: 409,
    title: '尚有当事人未办结',
    detail: '当事人 {subjects} 的程序尚未办结，不能结案。',
  },
  'case.day-order': { status: 422, title: '日期先后不符', detail: '{day} 早于上一步的日期 {previous}。' },
  'case.day-in-future': { status: 422, title: '日期在将来', detail: '{day} 晚于今日 {today}，请填实际发生的日期。' },
  'case.subject-present': { status: 409, title: '当事人已列入', detail: '该当事人已在本案中，编号 {id}。' },
  'case.defence-too-short': {
    status: 422,
    title: '陈述申辩期过短',
    detail:
      '截止日 {defenceUntil} 距告知书送达不足五个工作日（行政处罚法第六十四条、第八十五条；送达当日不计）。最早可为 {earliest}。',
  },
  'case.notice-no-consent': {
    status: 422,
    title: '没有电子送达确认书',
    detail:
      '当事人今日没有有效的电子送达确认书，告知书不能电子送达；请先登记确认书（POST /service-consents），' +
      '或以其他方式送达后再登记，electronic 填 false。',
  },
  'case.notice-not-delivered': {
    status: 409,
    title: '告知书尚未送达',
    detail:
      '告知书（通知编号 {notification}）尚未送达，陈述申辩期未起算，不能登记逾期或放弃；未能到达的，请以其他方式送达' +
      '并登记（POST /notifications/{notification}/service）。',
  },
  'case.defence-running': {
    status: 409,
    title: '陈述申辩期未满',
    detail: '截止日为 {defenceUntil}，须在其后的日期登记逾期。',
  },
  'case.same-officer': {
    status: 403,
    title: '须由不同人员办理',
    detail: '您已以“{role}”身份参与本案，{act}须由其他人员办理。',
  },
  'case.not-proposed': { status: 409, title: '尚无拟定的决定', detail: '须先由经办人拟定决定，再由另一名人员复核。' },
  'case.decision-served': {
    status: 409,
    title: '该决定已送达',
    detail: '文号 {decisionNumber} 的决定已对该当事人送达并起算期限，同一决定不能再次起算；另案处理须有新的决定。',
  },
  'case.served-before-decided': {
    status: 422,
    title: '送达早于决定',
    detail: '送达日 {servedOn} 早于决定日 {decidedOn}。',
  },
  'case.notice-before-decided': {
    status: 422,
    title: '公告早于决定',
    detail: '公告日 {noticePublishedOn} 早于决定日 {decidedOn}；公告送达须在决定作出之后。',
  },
  'case.decision-stands': {
    status: 409,
    title: '已作出决定',
    detail: '对当事人 {subjects} 已作出决定，不能终止调查；须先送达并结案，或撤销决定。',
  },
  'case.notice-too-short': {
    status: 422,
    title: '公告期未满',
    detail: '公告送达自公告之日起满三十日视为送达（民事诉讼法第九十五条）；最早送达日为 {earliest}。',
  },
  'case.no-consent': {
    status: 422,
    title: '缺少电子送达确认',
    detail: '电子送达须有当事人签署的确认书，请填写 consent 或改用其他方式。',
  },
  'case.end-before-start': { status: 422, title: '日期范围有误', detail: '{to} 早于 {from}。' },
  'case.heavier': {
    status: 422,
    title: '变更不得加重',
    detail:
      '变更后的届满日 {lastBarredDay} 晚于原届满日 {present}；加重须另案告知并听取陈述申辩（行政处罚法第四十五条）。',
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
