import type { ProblemList } from '../../kernel/problem';
import { poolProblems } from './pool.contract';
import { ruleProblems } from './replay.contract';

export const commissionProblems: ProblemList = {
  ...ruleProblems,
  ...poolProblems,
  'lot.wrong-state': {
    status: 409,
    title: '批次状态不符',
    detail: '批次当前状态为 {state}，不能转为 {wanted}。',
    en: { title: 'The lot is in another state', detail: 'The lot is {state} now and cannot become {wanted}.' },
  },
  'lot.mine-twice': {
    status: 409,
    title: '矿山重复',
    detail: '矿山 {mine} 在本批次中列出了不止一次，请删去重复项。',
    en: {
      title: 'A mine stands twice',
      detail: 'The mine {mine} is listed more than once in this lot; delete what is double.',
    },
  },
  'lot.candidate-not-admitted': {
    status: 409,
    title: '候选机构未纳入名录',
    detail: '机构 {institutions} 未纳入本机关名录，请先纳入或从候选名单中去掉。',
    en: {
      title: 'A candidate is not admitted',
      detail:
        'The institutions {institutions} are not admitted to the pool of this authority; admit them first, or strike them from the candidates.',
    },
  },
  'lot.work-open': {
    status: 409,
    title: '尚有未完成的委托',
    detail: '委托单 {assignments} 尚未完成或解除，不能办结批次。',
    en: {
      title: 'Assignments are still open',
      detail: 'The assignments {assignments} are neither fulfilled nor released, so the lot cannot be closed.',
    },
  },
  'assignment.wrong-state': {
    status: 409,
    title: '委托单状态不符',
    detail: '委托单当前状态为 {state}，不能转为 {wanted}。',
    en: {
      title: 'The assignment is in another state',
      detail: 'The assignment is {state} now and cannot become {wanted}.',
    },
  },
  'assignment.not-candidate': {
    status: 409,
    title: '不是候选机构',
    detail: '该机构不在本批次的候选机构名单中。',
    en: { title: 'Not a candidate', detail: 'The institution is not among the candidates of this lot.' },
  },
  'assignment.mine-not-in-lot': {
    status: 409,
    title: '矿山不在批次中',
    detail: '矿山 {mines} 不属于本批次。',
    en: { title: 'The mine is not in the lot', detail: 'The mines {mines} do not belong to this lot.' },
  },
  'assignment.mine-taken': {
    status: 409,
    title: '矿山已委托',
    detail: '矿山 {mines} 已委托给其他机构，须先解除原委托。',
    en: {
      title: 'The mine is assigned',
      detail: 'The mines {mines} are assigned to another institution; that assignment must be released first.',
    },
  },
  'assignment.conflict': {
    status: 409,
    title: '应当回避',
    detail: '该机构与矿山 {mines} 的矿山企业存在利害关系（{reason}），应当回避。依据：{citation}。',
    en: {
      title: 'Recusal required',
      detail:
        'The institution has an interest in the operator of the mines {mines} ({reason}) and must stand aside. Basis: {citation}.',
    },
  },
  'assignment.not-a-supplier': {
    status: 409,
    title: '不得承接政府购买服务',
    detail: '公益一类事业单位不得作为政府购买服务的承接主体。依据：{citation}。',
    en: {
      title: 'May not take on a government purchase of services',
      detail:
        'A public institution of class one may not be the supplier in a government purchase of services. Basis: {citation}.',
    },
  },
  'assignment.rule-unmet': {
    status: 409,
    title: '不符合委托条件',
    detail: '{title}：要求{required}，实为{measured}。依据：{citation}。{cure}。',
    en: {
      title: 'The conditions of an assignment are not met',
      detail: '{title}: required {required}, found {measured}. Basis: {citation}. {cure}.',
    },
  },
  'assignment.answer-by-past': {
    status: 422,
    title: '答复期限已过',
    detail: '答复期限 {answerBy} 早于今日 {today}。',
    en: {
      title: 'The time to answer is over',
      detail: 'The last day to answer, {answerBy}, is before today, {today}.',
    },
  },
  'assignment.answer-late': {
    status: 409,
    title: '逾期未确认',
    detail: '答复期限 {answerBy} 已过，请与委托机关联系重新委托。',
    en: {
      title: 'Not answered in time',
      detail: 'The last day to answer, {answerBy}, has passed; ask the commissioning authority for a new assignment.',
    },
  },
  'engagement.end-before-start': {
    status: 422,
    title: '结束早于开始',
    detail: '结束日 {to} 早于开始日 {from}。',
    en: { title: 'The end is before the start', detail: 'The last day {to} is before the first day {from}.' },
  },
  'engagement.already-ended': {
    status: 409,
    title: '聘请已定结束日',
    detail: '该聘请至 {to} 结束，不能延至 {lastDay}；需要延续的，请另行聘请。',
    en: {
      title: 'The end of the engagement is fixed',
      detail: 'The engagement ends on {to} and cannot be extended to {lastDay}; engage anew to go on.',
    },
  },
};
