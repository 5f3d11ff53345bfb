import * as z from 'zod';
import { idParams } from '../../kernel/http/fields';
import { route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { fileTypes } from './files.rules';

const stored = {
  id: z.string(),
  sha256: z.string().describe('SHA-256，小写十六进制'),
  size: z.number().describe('字节数'),
  mediaType: z.string(),
  name: z.string().describe('上传时的文件名，仅供显示'),
};

export const storedReply = z.object(stored);
export const fileView = z.object({ ...stored, storedAt: z.string() });
export type StoredReply = z.infer<typeof storedReply>;
export type FileView = z.infer<typeof fileView>;

const tag = '文件';

export const documentRoutes = {
  store: route({
    method: 'post',
    path: '/files',
    tag,
    summary: '上传文件（请求体即文件，X-File-Name 为百分号编码的文件名） Store a file',
    access: { permission: 'file.store' },
    reply: storedReply,
    upload: true,
    events: ['file.stored'],
    problems: ['file.type-not-accepted', 'file.type-mismatch', 'file.empty'],
  }),
  show: route({
    method: 'get',
    path: '/files/:id',
    tag,
    summary: '文件信息 About a file',
    access: { permission: 'file.read' },
    params: idParams,
    reply: fileView,
    problems: ['request.not-found'],
  }),
  content: route({
    method: 'get',
    path: '/files/:id/content',
    tag,
    summary: '下载文件 The file itself',
    access: { permission: 'file.read' },
    params: idParams,
    download: Object.keys(fileTypes),
    problems: ['request.not-found'],
  }),
};

export const documentProblems: ProblemList = {
  'file.type-not-accepted': {
    status: 415,
    title: '不接受这种文件',
    detail: '声明的类型为 {declared}；可上传：{accepted}。',
    en: {
      title: 'Files of this type are not taken',
      detail: 'The type declared is {declared}; taken are: {accepted}.',
    },
  },
  'file.type-mismatch': {
    status: 422,
    title: '文件内容与声明的类型不符',
    detail: '声明为 {declared}，内容是 {found}；未保存，请按实际类型重新上传。',
    en: {
      title: 'The content is not of the declared type',
      detail: 'Declared as {declared}, the content is {found}; nothing was stored. Upload it under its real type.',
    },
  },
  'file.empty': {
    status: 422,
    title: '空文件',
    detail: '收到的文件没有内容，未保存。',
    en: { title: 'Empty file', detail: 'The file has no content, and nothing was stored.' },
  },
  'document.character-without-glyph': {
    status: 422,
    title: '字体中没有所用的字符',
    detail: '字体中没有字符{shown}（{codePoint}），无法制作文件（位置 {at}）；请改用有字形的字符后再试。',
    en: {
      title: 'The font lacks a character',
      detail:
        'The font has no character {shown} ({codePoint}), so the document cannot be made (at {at}); use a character that it has, then try again.',
    },
  },
  'document.not-makeable': {
    status: 422,
    title: '无法制作文件',
    detail: '{reason}（位置 {at}）。',
    en: { title: 'The document cannot be made', detail: '{reason} (at {at}).' },
  },
};

export const documentEvents: EventCatalogue = { 'file.stored': { visibility: 'sealed', title: '存入文件' } };
