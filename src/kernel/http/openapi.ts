import * as z from 'zod';
import type { ProblemList } from '../problem';
import { isCommand, successStatus, type RouteSpec } from './route';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
};

function parametersOf(spec: RouteSpec): Json[] {
  const from = (place: 'path' | 'query', schema?: z.ZodType): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
      properties?: Record<string, Json>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, s]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      schema: s,
      ...(typeof s.description === 'string' ? { description: s.description } : {}),
    }));
  };
  const header = (name: string, required: boolean, description: string): Json => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
    description,
  });
  return [
    ...from('path', spec.params),
    ...from('query', spec.query),
    ...(isCommand(spec) && !spec.unrepeatable
      ? [header('Idempotency-Key', false, '8–128 个可见 ASCII 字符；24 小时内同键同内容只执行一次')]
      : []),
    ...(spec.ifMatch ? [header('If-Match', true, '所读版本的 ETag')] : []),
    ...(spec.upload ? [header('X-File-Name', false, '文件名，UTF-8 百分号编码')] : []),
  ];
}

function requestBodyOf(spec: RouteSpec): Json {
  if (spec.upload) {
    return { requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } } };
  }
  if (!spec.body) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(spec.body, 'input') } } } };
}

function successOf(spec: RouteSpec): Json {
  if (spec.download) {
    const binary = { schema: { type: 'string', format: 'binary' } };
    return { description: '成功', content: Object.fromEntries(spec.download.map((t) => [t, binary])) };
  }
  if (spec.redirect) {
    return { description: '转往下一页面', headers: { Location: { schema: { type: 'string' } } } };
  }
  if (!spec.reply) return { description: '成功，无内容' };
  return { description: '成功', content: { 'application/json': { schema: schemaOf(spec.reply, 'output') } } };
}

const needsNobody = (spec: RouteSpec): boolean => spec.access === 'public' || spec.access === 'sign-in';

function problemCodes(spec: RouteSpec): string[] {
  return [
    'request.invalid',
    'request.unprocessable',
    'service.unavailable',
    ...(needsNobody(spec) ? [] : ['sign-in.required']),
    ...(needsNobody(spec) || spec.access === 'entering'
      ? []
      : ['sign-in.password-change-required', 'sign-in.second-factor-required']),
    ...(typeof spec.access === 'object' ? ['sign-in.forbidden'] : []),
    ...(isCommand(spec) ? ['idempotency.other-request', 'idempotency.in-progress', 'request.conflict'] : []),
    ...(spec.upload ? ['request.too-large', 'request.cut-off'] : []),
    ...(spec.ifMatch ? ['request.precondition-required', 'request.if-match-unfit', 'request.precondition-failed'] : []),
    ...(spec.problems ?? []),
  ];
}

/** Throws for a route that names a problem which nobody has described. */
export function checkProblems(specs: readonly RouteSpec[], problems: ProblemList): void {
  for (const spec of specs) {
    const unknown = problemCodes(spec).find((code) => !problems[code]);
    if (unknown)
      throw new Error(`${spec.method} ${spec.path} names the problem ${unknown}, which stands in no contract`);
  }
}

function responsesOf(spec: RouteSpec, problems: ProblemList): Json {
  const responses: Record<string, Json> = { [String(successStatus(spec))]: successOf(spec) };
  if (successStatus(spec) !== 200 && spec.reply instanceof z.ZodObject && 'unchanged' in spec.reply.shape) {
    responses['200'] = { ...successOf(spec), description: '与已登记的内容完全相同，未作任何改动' };
  }
  for (const code of problemCodes(spec)) {
    const kind = problems[code]!;
    const key = String(kind.status);
    const line = `${code}: ${kind.title}`;
    const present = responses[key];
    if (present) present.description = `${String(present.description)}；${line}`;
    else {
      responses[key] = {
        description: line,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return responses;
}

const problemSchema: Json = {
  type: 'object',
  description:
    '文字按请求头 Accept-Language 给出：中文（zh-CN，缺省）或英文（en）；答复头 Content-Language 写明所用语言',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'in', 'detail'],
        properties: {
          pointer: { type: 'string' },
          in: { type: 'string' },
          detail: { type: 'string' },
          detailEn: { type: 'string' },
        },
      },
    },
  },
};

/** The OpenAPI 3.1 document, assembled from the very declarations that parse the requests. Requires `checkProblems`. */
export function openApi(specs: readonly RouteSpec[], problems: ProblemList, version: string): Json {
  const paths: Record<string, Json> = {};
  for (const spec of specs) {
    const path = `/api/v1${spec.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = {
      ...paths[path],
      [spec.method]: {
        operationId: `${spec.method}${spec.path.replace(/[/:-]+(\w)/g, (_, c: string) => c.toUpperCase())}`,
        tags: [spec.tag],
        summary: spec.summary,
        ...(needsNobody(spec) ? { security: [] } : {}),
        ...(typeof spec.access === 'object' ? { 'x-permission': spec.access.permission } : {}),
        ...(isCommand(spec) ? { 'x-audit-events': spec.events } : {}),
        parameters: parametersOf(spec),
        ...requestBodyOf(spec),
        responses: responsesOf(spec, problems),
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: '绿鉴 Lujian', version, description: '绿色矿山第三方评估监督服务接口' },
    paths,
    security: [{ session: [] }, { apiKey: [] }],
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'lujian.sid' },
        apiKey: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}
