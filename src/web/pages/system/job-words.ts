import type { Words } from '../../words/types';

/** What each background job is there for, and how it stands; a test looks for those of every job. */
export const jobWords: Words = {
  'job.assignments.lapse': ['逾期未答复的委托自动失效', 'Lapse offers that were not answered in time'],
  'job.deadlines.recompute': ['按新的节假日安排重算期限', 'Move deadlines when a new holiday table is loaded'],
  'job.deadlines.remind': ['期限临近和逾期提醒', 'Remind of deadlines that are near or over'],
  'job.idempotency.forget': ['清除过期的重复提交记录', 'Forget replies kept for repeated requests'],
  'job.markers.forget': ['清除过期的提交标记', 'Forget marks of settled commits'],
  'job.mine-imports.drop-abandoned': ['清除搁置的矿山名录导入', 'Drop imports of mines that were left lying'],
  'job.uploads.drop-cut-off': ['清除中断的上传', 'Drop uploads that were cut off'],
  'job.notifications.place': ['将通知送入收件箱', 'Place notices in inboxes'],
  'job.notifications.send': ['发送邮件、短信等', 'Send mail, text messages and the like'],
  'job.sessions.tidy': ['清除过期的会话', 'Clear sessions that are over'],
  'job.imports.clear': ['清除搁置的表格导入', 'Clear imports of sheets that were left lying'],
  'job.imports.resume': ['接续中断的表格导入', 'Take up imports of sheets that were cut off'],
  'job.log.self-audit': ['透明日志自查', 'Hold the transparency log against the records'],
  'jobCondition.never': ['尚未运行', 'Not run yet'],
  'jobCondition.running': ['正在运行', 'Running'],
  'jobCondition.well': ['正常', 'Well'],
  'jobCondition.failed': ['上次运行出错', 'Last run failed'],
  'jobCondition.broken-off': ['上次运行中断', 'Last run broke off'],
  'jobCondition.overdue': ['逾期未运行', 'Overdue'],
};
