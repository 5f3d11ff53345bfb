import * as z from 'zod';
import { route } from '../../kernel/http/route';
import { jobConditions } from '../../kernel/jobs/conditions';

const at = z.string().nullable();

const jobView = z.object({
  name: z.string(),
  everyMs: z.number().int().describe('两次运行的间隔，毫秒'),
  onDemand: z.boolean().describe('有事可办时才运行'),
  condition: z.enum(jobConditions).describe('尚未运行、正在运行、正常、上次运行出错、上次运行中断、逾期无进程办理'),
  lastStartedAt: at.describe('上次开始'),
  lastEndedAt: at.describe('上次结束'),
  lastFailedAt: at.describe('最近一次出错'),
  lastError: z.string().nullable().describe('最近一次出错的内容'),
  nextAt: at.describe('下次运行；有事可办时才运行的为 null'),
});

const operations = z.object({
  asOf: z.string().describe('查看时刻'),
  ready: z.boolean().describe('本进程可接受请求'),
  notes: z.array(z.string()).describe('运行提示：偏弱的设置等'),
  version: z.string(),
  database: z.string().describe('数据库及版本'),
  outbox: z.object({
    waiting: z.number().int().describe('待送出的通知和消息'),
    failed: z.number().int().describe('多次重试仍未送出'),
    withoutReceipt: z.number().int().describe('逾期没有回执的短信'),
  }),
  jobs: z.array(jobView),
});
export type OperationsView = z.input<typeof operations>;

/** How the machine runs, for the system administrator. */
export const operationsRoutes = {
  show: route({
    method: 'get',
    path: '/operations',
    summary: '运行情况：就绪、待发、后台作业 Readiness, outbox and background jobs',
    tag: '运行',
    access: { permission: 'operation.read' },
    reply: operations,
  }),
};
