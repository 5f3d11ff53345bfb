import type { Outcome, Refusal } from './pure/outcome';

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
 * What a request is told when it is refused (RFC 9457). Nobody passes a status: each code's status and title stand once
 * in the problem list of its module's contract.
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
  'request.invalid': { status: 400, title: '请求内容不合要求', detail: '请按 errors 逐项改正后重新提交。' },
  'request.unprocessable': { status: 422, title: '填报内容有误', detail: '请按 errors 逐项改正后重新提交。' },
  'request.not-json': {
    status: 400,
    title: '不是有效的 JSON',
    detail: '请求体无法按 JSON 解析；请检查引号、逗号和括号。',
  },
  'request.cut-off': {
    status: 400,
    title: '上传中断',
    detail: '收到的字节少于声明的长度，未保存任何内容，请重新上传。',
  },
  'request.too-large': { status: 413, title: '请求体过大', detail: '上限为 {limit} 字节；请缩小后重新提交。' },
  'request.media-type': { status: 415, title: '不支持的内容类型', detail: '此处只接受 {expected}。' },
  'request.no-route': { status: 404, title: '没有这个地址', detail: '请查看 /docs 中列出的地址。' },
  'request.method': { status: 405, title: '此地址不支持该方法', detail: '允许的方法：{allowed}。' },
  'request.not-found': { status: 404, title: '未找到', detail: '没有编号为 {id} 的{what}，或您无权查看。' },
  'request.token-misplaced': {
    status: 400,
    title: '令牌只能放在请求头',
    detail: '令牌出现在查询串或请求体中，可能已被记录；请作废该令牌，改用 Authorization 请求头。',
  },
  'request.precondition-required': {
    status: 428,
    title: '缺少请求头 If-Match',
    detail:
      '本操作须带请求头 If-Match，填所读到的版本号；请先读取该记录（GET），把答复头 ETag 的值原样填入，例如 If-Match: "3"。Send If-Match with the ETag of the record you read, for example If-Match: "3".',
  },
  'request.if-match-unfit': {
    status: 400,
    title: 'If-Match 不是版本号',
    detail:
      'If-Match 须为一个版本号（带引号的整数），所给的不是；请先读取该记录（GET），把答复头 ETag 的值原样填入，例如 If-Match: "3"。If-Match must be one version, a quoted whole number as in the ETag of the record you read, for example If-Match: "3".',
  },
  'request.precondition-failed': {
    status: 412,
    title: '记录已被他人更新',
    detail: '请重新读取后再修改；当前版本为 {current}。',
  },
  'request.conflict': {
    status: 409,
    title: '与现有记录冲突',
    detail: '同一内容已存在，或刚被他人更改；请重新读取后再试。',
  },
  'idempotency.key-malformed': {
    status: 400,
    title: 'Idempotency-Key 格式不对',
    detail: '须为 8 至 128 个可见 ASCII 字符。',
  },
  'idempotency.other-request': {
    status: 422,
    title: '同一 Idempotency-Key 对应了不同内容',
    detail: '该键已用于另一请求；内容不同请换新键。',
  },
  'idempotency.in-progress': { status: 409, title: '同一请求正在处理', detail: '请在 {retryAfter} 秒后用同一键重试。' },
  'service.unavailable': {
    status: 503,
    title: '服务暂不可用',
    detail: '暂时无法处理该请求（数据库或处理队列不可用），未保存任何内容；请在 {retryAfter} 秒后重试。',
  },
  'service.outcome-unknown': {
    status: 503,
    title: '结果待确认',
    detail:
      '提交时数据库中断，暂不能确认是否已保存；请在 {retryAfter} 秒后用同一 Idempotency-Key 重试，已保存的不会重复。',
  },
  'service.stopping': { status: 503, title: '服务正在停止', detail: '请在 {retryAfter} 秒后重试。' },
  'service.failed': { status: 500, title: '服务出错', detail: '已记录，请把请求编号告知系统管理员。' },
};

/** Fills `{name}` from the parameters; a missing one stays visible so that a test finds it. */
export const fillDetail = (template: string, params: Readonly<Record<string, unknown>>): string =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? String(params[name]) : whole));
