import type { ProblemList } from '../../../kernel/problem';

export const profileProblems: ProblemList = {
  'policy.rule-unknown': {
    status: 422,
    title: '没有这一规则',
    detail: '规则 {rule} 不在可用的规则类别或该规则集之内。',
    en: { title: 'No such rule', detail: 'The rule {rule} is not among the kinds of rules or not in this profile.' },
  },
  'policy.value-unfit': {
    status: 422,
    title: '要求值不合格式',
    detail: '规则 {rule}（{title}）的要求值不合该类别的格式：{fault}。各类别的格式见 GET /api/v1/policy/rules。',
    en: {
      title: 'The value does not fit',
      detail:
        'The value of the rule {rule} ({title}) does not fit its kind: {fault}. The format of each kind is at GET /api/v1/policy/rules.',
    },
  },
  'policy.repeal-before-effect': {
    status: 422,
    title: '废止日不晚于施行日',
    detail: '规则 {rule} 自 {from} 起施行，废止日 {day} 须在其后；不再采用的规则请列入 without。',
    en: {
      title: 'Repealed before it is in force',
      detail:
        'The rule {rule} is in force from {from}, and the day of repeal, {day}, must be after it; list under without what is no longer adopted.',
    },
  },
  'policy.already-adopted': {
    status: 409,
    title: '已施行',
    detail: '该版规则集已施行，不再修改；请另拟新版。',
    en: { title: 'Already adopted', detail: 'This version is adopted and is no longer changed; draft a new one.' },
  },
  'policy.draft-withdrawn': {
    status: 409,
    title: '草案已撤回',
    detail: '该草案已于 {on} 撤回，不再修改、审核、施行；仍需采用的，请以它为底稿另拟一份（basedOn）。',
    en: {
      title: 'The draft is withdrawn',
      detail:
        'The draft was withdrawn on {on} and is no longer changed, reviewed or adopted; to use it, draft another based on it (basedOn).',
    },
  },
  'policy.drafter-only': {
    status: 409,
    title: '只能由拟定人办理',
    detail: '草案由一人拟定；请由拟定人修改或撤回（负责人也可撤回），需要另一文本的，以它为底稿另拟一份（basedOn）。',
    en: {
      title: 'For the drafter only',
      detail:
        'A draft has one drafter, who changes or withdraws it (a head may withdraw it too); for another text, draft one based on it (basedOn).',
    },
  },
  'policy.reviewed-already': {
    status: 409,
    title: '已登记合法性审核',
    detail: '合法性审核针对的是当时的文本，审核后不能再改；请以它为底稿另拟一份（basedOn）。',
    en: {
      title: 'A legality review is recorded',
      detail:
        'The review is of the text as it was, which cannot be changed afterwards; draft another based on it (basedOn).',
    },
  },
  'policy.same-person': {
    status: 409,
    title: '须由他人办理',
    detail: '拟定人不得自行施行、审核或废止，请由另一人办理。',
    en: {
      title: 'Somebody else must act',
      detail: 'The drafter may not adopt, review or repeal it; let somebody else do so.',
    },
  },
  'policy.retroactive': {
    status: 422,
    title: '不得追溯',
    detail: '{day} 早于今日 {today}；规则只能自今日或以后施行、废止。',
    en: {
      title: 'Not retroactive',
      detail: '{day} is before today, {today}; rules begin and are repealed only today or later.',
    },
  },
  'policy.binding-rule': {
    status: 409,
    title: '该规则不得单独废止',
    detail: '规则 {rule} 依法律或国家通知正文施行，不得在规则集中单独废止；如上位规定已变，请另拟新版规则集。',
    en: {
      title: 'This rule cannot be repealed by itself',
      detail:
        'The rule {rule} rests on a law or on the body of the national circular and cannot be repealed by itself within a profile; if the higher text has changed, draft a new version.',
    },
  },
  'policy.shipped': {
    status: 409,
    title: '随程序提供的规则集不得废止',
    detail: '随程序提供的规则集不由人员废止或更改；请由本机关另拟一版并施行，以新版替代。',
    en: {
      title: 'Profiles that come with the program are not repealed',
      detail:
        'Nobody repeals or changes a profile that comes with the program; draft and adopt a version of your authority in its place.',
    },
  },
  'policy.day-in-future': {
    status: 422,
    title: '日期在将来',
    detail: '审核日 {day} 晚于今日 {today}。',
    en: { title: 'The day is still to come', detail: 'The day of the review, {day}, is after today, {today}.' },
  },
  'policy.below-law': {
    status: 409,
    title: '低于上位规定',
    detail:
      '以下规则自施行日起或其后某日低于国家规则且没有支持其的合法性审核，或届时不在施行：{rules}。请改正（含起止日、把握程度），或先登记审核结论。',
    en: {
      title: 'Below the higher rules',
      detail:
        'From their first day or from some later day these rules ask less than the national ones without a legality review that upholds it, or are not in force then: {rules}. Correct them (days and certainty too), or record the review first.',
    },
  },
};
