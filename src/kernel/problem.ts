import type { Outcome, Refusal } from './pure/outcome';
import { isWording, type Spoken } from './pure/wording';

export interface FieldFault {
  /** JSON pointer into the part of the request that `in` names. */
  pointer: string;
  in: 'body' | 'query' | 'path' | 'header';
  /** Field, what was given, what is wanted, an example. */
  detail: string;
  /** The same in English, where the fault is one of form. */
  detailEn?: string;
}

/**
 * What a request is told when it is refused (RFC 9457). A parameter in words is a `Wording`. Nobody passes a status:
 * each code's status and words stand once in the problem list of its module's contract.
 */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly params: Readonly<Record<string, unknown>> = {},
    readonly errors?: readonly FieldFault[],
  ) {
    super(code);
    this.name = 'Problem';
  }
}

export interface ProblemKind {
  status: number;
  /** Short and the same for every occurrence. */
  title: string;
  /** What is wrong here and what cures it; `{name}` is filled from the parameters. */
  detail: string;
  /** The same in English, with the same `{name}`s. */
  en: { title: string; detail: string };
}

export type ProblemList = Readonly<Record<string, ProblemKind>>;

/** A refusal becomes a Problem here, once. */
export function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw asProblem(outcome.refusal);
}

export const asProblem = (refusal: Refusal): Problem => new Problem(refusal.code, refusal.params);

/** Problems that the kernel itself gives. */
export const kernelProblems: ProblemList = {
  'request.invalid': {
    status: 400,
    title: '请求内容不合要求',
    detail: '请按 errors 逐项改正后重新提交。',
    en: { title: 'The request does not fit', detail: 'Correct each item listed under errors, then send it again.' },
  },
  'request.unprocessable': {
    status: 422,
    title: '填报内容有误',
    detail: '请按 errors 逐项改正后重新提交。',
    en: {
      title: 'What was entered is not right',
      detail: 'Correct each item listed under errors, then send it again.',
    },
  },
  'request.not-json': {
    status: 400,
    title: '不是有效的 JSON',
    detail: '请求体无法按 JSON 解析；请检查引号、逗号和括号。',
    en: {
      title: 'Not valid JSON',
      detail: 'The request body cannot be read as JSON; check quotes, commas and brackets.',
    },
  },
  'request.cut-off': {
    status: 400,
    title: '上传中断',
    detail: '收到的字节少于声明的长度，未保存任何内容，请重新上传。',
    en: {
      title: 'Upload cut off',
      detail: 'Fewer bytes arrived than were announced; nothing was stored. Please upload again.',
    },
  },
  'request.too-large': {
    status: 413,
    title: '请求体过大',
    detail: '上限为 {limit} 字节；请缩小后重新提交。',
    en: { title: 'Request too large', detail: 'The limit is {limit} bytes; make it smaller and send it again.' },
  },
  'request.media-type': {
    status: 415,
    title: '不支持的内容类型',
    detail: '此处只接受 {expected}。',
    en: { title: 'Content type not supported', detail: 'Only {expected} is taken here.' },
  },
  'request.no-route': {
    status: 404,
    title: '没有这个地址',
    detail: '请查看 /docs 中列出的地址。',
    en: { title: 'No such address', detail: 'See the addresses listed under /docs.' },
  },
  'request.method': {
    status: 405,
    title: '此地址不支持该方法',
    detail: '允许的方法：{allowed}。',
    en: { title: 'The address does not take this method', detail: 'Methods allowed: {allowed}.' },
  },
  'request.not-found': {
    status: 404,
    title: '未找到',
    detail: '没有编号为 {id} 的{what}，或您无权查看。',
    en: { title: 'Not found', detail: 'There is no {what} with the number {id}, or you may not see it.' },
  },
  'request.token-misplaced': {
    status: 400,
    title: '令牌只能放在请求头',
    detail: '令牌出现在查询串或请求体中，可能已被记录；请作废该令牌，改用 Authorization 请求头。',
    en: {
      title: 'A token belongs in the request header only',
      detail:
        'The token stood in the query or in the body and may have been logged; revoke it and use the Authorization header.',
    },
  },
  'request.precondition-required': {
    status: 428,
    title: '缺少请求头 If-Match',
    detail:
      '本操作须带请求头 If-Match，填所读到的版本号；请先读取该记录（GET），把答复头 ETag 的值原样填入，例如 If-Match: "3"。Send If-Match with the ETag of the record you read, for example If-Match: "3".',
    en: {
      title: 'The header If-Match is missing',
      detail:
        'This act needs the header If-Match with the version that was read: read the record (GET) and give the value of its ETag header as it stands, for example If-Match: "3".',
    },
  },
  'request.if-match-unfit': {
    status: 400,
    title: 'If-Match 不是版本号',
    detail:
      'If-Match 须为一个版本号（带引号的整数），所给的不是；请先读取该记录（GET），把答复头 ETag 的值原样填入，例如 If-Match: "3"。If-Match must be one version, a quoted whole number as in the ETag of the record you read, for example If-Match: "3".',
    en: {
      title: 'If-Match is no version',
      detail:
        'If-Match must be one version, a whole number in quotes, and what was given is not; read the record (GET) and give the value of its ETag header as it stands, for example If-Match: "3".',
    },
  },
  'request.precondition-failed': {
    status: 412,
    title: '记录已被他人更新',
    detail: '请重新读取后再修改；当前版本为 {current}。',
    en: {
      title: 'Somebody else has changed the record',
      detail: 'Read it again before you change it; its version is now {current}.',
    },
  },
  'request.conflict': {
    status: 409,
    title: '与现有记录冲突',
    detail: '同一内容已存在，或刚被他人更改；请重新读取后再试。',
    en: {
      title: 'Conflicts with what is on record',
      detail: 'The same is there already, or somebody has just changed it; read it again, then retry.',
    },
  },
  'idempotency.key-malformed': {
    status: 400,
    title: 'Idempotency-Key 格式不对',
    detail: '须为 8 至 128 个可见 ASCII 字符。',
    en: { title: 'Idempotency-Key is malformed', detail: 'It must be 8 to 128 visible ASCII characters.' },
  },
  'idempotency.other-request': {
    status: 422,
    title: '同一 Idempotency-Key 对应了不同内容',
    detail: '该键已用于另一请求；内容不同请换新键。',
    en: {
      title: 'The same Idempotency-Key with other content',
      detail: 'This key was used for another request; other content needs a new key.',
    },
  },
  'idempotency.in-progress': {
    status: 409,
    title: '同一请求正在处理',
    detail: '请在 {retryAfter} 秒后用同一键重试。',
    en: {
      title: 'The same request is being carried out',
      detail: 'Try again with the same key in {retryAfter} seconds.',
    },
  },
  'service.unavailable': {
    status: 503,
    title: '服务暂不可用',
    detail: '暂时无法处理该请求（数据库或处理队列不可用），未保存任何内容；请在 {retryAfter} 秒后重试。',
    en: {
      title: 'The service is not available just now',
      detail:
        'The request cannot be carried out for the moment (database or queue not available), and nothing was stored; try again in {retryAfter} seconds.',
    },
  },
  'service.outcome-unknown': {
    status: 503,
    title: '结果待确认',
    detail:
      '提交时数据库中断，暂不能确认是否已保存；请在 {retryAfter} 秒后用同一 Idempotency-Key 重试，已保存的不会重复。',
    en: {
      title: 'Outcome not certain yet',
      detail:
        'The database broke off while storing, and it cannot be said yet whether it was stored; try again in {retryAfter} seconds with the same Idempotency-Key: what was stored is not repeated.',
    },
  },
  'service.log-stopped': {
    status: 503,
    title: '透明日志已停止写入',
    detail:
      '数据库与已发布的透明日志不一致（{reason}）。为避免改写历史，系统暂停一切写入，未保存任何内容；请运维人员运行 npm run log:recover 后再试。',
    en: {
      title: 'The transparency log takes no more entries',
      detail:
        'The database and the published log disagree ({reason}). So that history is not rewritten, nothing is written and nothing was saved; have an operator run npm run log:recover, then try again.',
    },
  },
  'service.stopping': {
    status: 503,
    title: '服务正在停止',
    detail: '请在 {retryAfter} 秒后重试。',
    en: { title: 'The service is stopping', detail: 'Try again in {retryAfter} seconds.' },
  },
  'service.failed': {
    status: 500,
    title: '服务出错',
    detail: '已记录，请把请求编号告知系统管理员。',
    en: { title: 'The service failed', detail: 'It was logged; tell the system administrator the request number.' },
  },
};

/** The parameters as they read in a language. */
export const paramsIn = (
  params: Readonly<Record<string, unknown>>,
  spoken: Spoken,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, isWording(value) ? value[spoken] : value]));

/** Fills `{name}` from the parameters; a missing one stays visible so that a test finds it. */
export const fillDetail = (template: string, params: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
