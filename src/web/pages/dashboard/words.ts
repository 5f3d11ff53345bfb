import type { Words } from '../../words/types';

/** Words of the figures. */
export const words: Words = {
  'dashboard.title': ['统计', 'Figures'],
  'dashboard.asOf': ['截至 {day}', 'As of {day}'],
  'dashboard.table': ['数据表', 'Table'],
  'dashboard.empty': ['还没有数据', 'No figures yet'],
  'dashboard.goals': ['绿色矿山建设目标', 'Goals for green mines'],
  'dashboard.goals.note': [
    '到{by}，持证在产的大型矿山90%、中型矿山80%达到绿色矿山标准（{citation}）。本省持证在产矿山中，在国家级、省级名录（含整改中）的比例：',
    'By {by}, 90 % of licensed producing large mines and 80 % of medium ones are to reach the standard ({citation}). Of those in this province, on the national or provincial list, under correction included:',
  ],
  'dashboard.goals.class': ['生产规模', 'Size'],
  'dashboard.goals.producing': ['持证在产', 'Licensed and producing'],
  'dashboard.goals.listed': ['在名录', 'On a list'],
  'dashboard.goals.share': ['比例', 'Share'],
  'dashboard.goals.goal': ['目标', 'Goal'],
  'dashboard.goals.missing': ['尚差', 'Still needed'],
  'dashboard.goals.mines': ['{count} 座', '{count}'],
  'dashboard.goals.reached': ['已达到', 'Reached'],
  'dashboard.goals.none': [
    '本省还没有登记生产规模、许可证并标为在产的大中型矿山，比例无从计算；请在矿山登记中补全。',
    'No producing large or medium mine with its licence is on record in this province, so there is no share; complete the register of mines.',
  ],
  'dashboard.goals.unclear': [
    '未登记生产状态或许可证而未计入的：大型 {large} 座，中型 {medium} 座。',
    'Not counted, as operation or licence is not on record: {large} large, {medium} medium.',
  ],
  'dashboard.evaluations': ['单矿评估，按状态', 'Evaluations by state'],
  'dashboard.state': ['状态', 'State'],
  'dashboard.count': ['数量', 'Number'],
  'dashboard.load': ['机构在办评估', 'Load of assessors'],
  'dashboard.load.note': [
    '在办不含暂停办理的；至多列 50 家。',
    'Frozen ones are not counted; at most 50 assessors are shown.',
  ],
  'dashboard.institution': ['评估机构', 'Assessor'],
  'dashboard.open': ['在办', 'In hand'],
  'dashboard.total': ['累计', 'In all'],
  'dashboard.bars': ['不再采信，按起始月', 'Bars by the month they began'],
  'dashboard.bars.holding': [
    '期限未满：机构 {institution} 家，人员 {person} 人（含停止执行的）。',
    'Not yet ended: {institution} assessors, {person} persons (stayed ones included).',
  ],
  'dashboard.month': ['月份', 'Month'],
  'dashboard.kind.institution': ['机构', 'Assessors'],
  'dashboard.kind.person': ['人员', 'Persons'],
  'dashboard.conditions': ['名录机构今日不符合的条件', 'Conditions not met today'],
  'dashboard.conditions.judged': [
    '已核验名录机构 {judged} 家（共 {admitted} 家）。',
    '{judged} of {admitted} admitted assessors were looked at. ',
  ],
  'dashboard.conditions.judging': [
    '正在逐批核验：已核验 {judged} 家，共 {admitted} 家；以下为已核验部分。',
    'Looked at {judged} of {admitted} assessors so far; below is what was found among them. ',
  ],
  'dashboard.conditions.by': [
    '按本机关今日适用的{title}（{basis}）。',
    'By the rules of this authority today: {title} ({basis}).',
  ],
  'dashboard.conditions.hints': [
    '仅作提示的条件（不影响纳入和委托）',
    'Conditions that only inform; they refuse nobody',
  ],
  'dashboard.required': ['要求值', 'Required'],
  'dashboard.conditions.none': ['所核验的机构条件全部符合', 'All of them meet every condition'],
  'dashboard.rule': ['规则', 'Rule'],
  'dashboard.who': ['不符合的机构', 'Who does not meet it'],
  'dashboard.citation': ['依据', 'Basis'],
};
