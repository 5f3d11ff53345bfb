// What may be told, and in which words. Safe in a browser.

/** How much leaves the house: mail and text messages name no mine, no person, no finding (glossary 9). */
export type ShortText = 'todo' | 'notice' | 'passed' | 'moved';

export interface NotificationKind {
  /** Shown in the inbox, behind sign-in. */
  title: string;
  /** The same, a sentence; `{name}` is filled from the parameters, which the kind thereby lists. */
  detail: string;
  short: ShortText;
}

const kind = (short: ShortText, title: string, detail: string): NotificationKind => ({ title, detail, short });

export const notificationKinds = {
  'api-key.revoked': kind(
    'notice',
    '接口密钥被作废',
    '您的接口密钥“{name}”已由安全管理员作废，使用它的程序随即停止；原因：{reason}。仍有需要的，请另行签发。',
  ),
  'assignment.offered': kind('todo', '有新的委托待答复', '有1项委托待本机构答复，请在截止日前接受或说明理由谢绝。'),
  'case.notice-served': kind(
    'todo',
    '收到告知书',
    '收到1份告知书，可在截止日前陈述、申辩并申请听证，全文请在系统内查阅。',
  ),
  'change.owed': kind(
    'todo',
    '有登记事项变更待报告',
    '本机构有1项登记事项变更应当报告，请在截止日前报告并附证明材料。',
  ),
  'change.reported': kind('todo', '有变更报告待确认', '有1份评估机构的变更报告待确认或退回。'),
  'change.returned': kind('todo', '变更报告被退回', '本机构有1份变更报告被退回，请按所列原因在截止日前补报。'),
  'correction.asked': kind('todo', '有本人更正请求待办理', '有1项人员登记的更正请求待办理，请核对证明材料。'),
  'correction.decided': kind('notice', '更正请求已有结果', '您提出的1项更正请求已有结果，请查看。'),
  'deadline.moved': kind('moved', '截止日有变动', '“{title}”的截止日由{before}调整为{deadline}，依据：{table}。'),
  'deadline.near': kind('todo', '期限将至', '“{title}”将于{deadline}到期，请及时办理。'),
  'deadline.passed': kind('passed', '已逾期', '“{title}”已于{deadline}到期，尚未办结，请尽快办理。'),
  'deadline.started': kind('todo', '期限已起算', '“{title}”自送达之日起算，截止日为{deadline}。'),
  'document.expiring': kind('todo', '证照或证明材料将到期', '有1份已登记的证照或证明材料即将到期，请提交新的材料。'),
  'employment.to-confirm': kind(
    'todo',
    '有聘用关系待本人确认',
    '有1条以您为当事人的聘用登记，确认后方计入机构人员；不实请提出异议。',
  ),
  'employment.objected': kind('todo', '有聘用登记被提出异议', '有1条聘用登记被本人提出异议，请核查。'),
  'employment.objection-decided': kind('notice', '聘用异议已有结论', '有1条聘用登记的异议已有结论，请查看结论和理由。'),
  'handover.to-confirm': kind('todo', '有工作移交待确认', '有1份工作移交清单待您确认。'),
  'letter.expiring': kind(
    'todo',
    '授权委托书将到期',
    '有1份授权委托书即将到期，到期后有关人员不能再以本机构名义办理。',
  ),
  'notice.undelivered': kind(
    'todo',
    '有正式文书未能电子送达',
    '有1份正式文书未能电子送达，请以其他方式送达并登记，送达前期限不起算。',
  ),
  'pool.applied': kind('todo', '有纳入名录的申请待审核', '有1份纳入名录的申请待审核。'),
  'pool.decided': kind('notice', '纳入名录的申请已有结果', '本机构纳入名录的申请已有结果，请查看决定和理由。'),
  'recovery.low': kind('todo', '恢复码将用完', '您的恢复码仅余{left}个，请重新生成并离线保存。'),
  'recovery.used': kind(
    'notice',
    '恢复码已使用',
    '您的账号刚以恢复码登录，尚余{left}个；如非本人操作，请立即更改口令、重新生成恢复码并告知安全管理员。',
  ),
  'work.assigned': kind('todo', '有新的待办', '有工作转到您的岗位，请在待办中查看。'),
  'work.frozen': kind('notice', '有在办工作暂停', '有在办工作暂停办理，请查看原因。'),
} as const satisfies Record<string, NotificationKind>;

export type NotificationKindName = keyof typeof notificationKinds;
export const notificationKindNames = Object.keys(notificationKinds) as NotificationKindName[];
