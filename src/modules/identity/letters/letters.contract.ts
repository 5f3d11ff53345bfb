import * as z from 'zod';
import { dayField, idField, idParams, lineField } from '../../../kernel/http/fields';
import { route } from '../../../kernel/http/route';
import type { ProblemList } from '../../../kernel/problem';
import type { EventCatalogue } from '../../audit-log';

/** 授权书: by which an institution lets a clerk or seal keeper act for it, until a last day. */
export const letterField = z
  .object({
    number: lineField(100).describe('授权书编号'),
    fileId: idField.nullable().default(null).describe('扫描件的文件编号；与 paper 至少填一项'),
    paper: lineField(200).nullable().default(null).describe('纸质授权书的存放说明'),
    lastDay: dayField.describe('授权最后一日（含）'),
  })
  .strict()
  .refine((letter) => letter.fileId !== null || letter.paper !== null, {
    path: ['fileId'],
    message: '扫描件和纸质存放说明至少填一项。',
  });
export type LetterInput = z.output<typeof letterField>;

export const shownLetter = z.object({
  lastDay: z.string().describe('授权最后一日（含）'),
  expiring: z.boolean().describe('三十日内到期'),
});

const letter = z.object({
  id: z.string(),
  number: z.string(),
  fileId: z.string().nullable(),
  paper: z.string().nullable(),
  lastDay: z.string(),
  recordedAt: z.string(),
});
export const lettersReply = z.object({ items: z.array(letter) });
export type LettersReply = z.input<typeof lettersReply>;

const required = z.object({ from: dayField.nullable().describe('自该日起设立或续期须有授权书；null 为不要求') });
export type LetterRequirement = z.output<typeof required>;
export type LetterRequirementView = z.input<typeof requiredReply>;
const requiredReply = z.object({ from: z.string().nullable() });

export const letterProblemCodes = ['post.letter-missing', 'post.letter-ended', 'request.not-found'];
const tag = '岗位';

export const letterRoutes = {
  renewLetter: route({
    method: 'post',
    path: '/posts/:id/letters',
    summary: '登记续期的授权书 Record a new letter of authorisation; the post goes on until its last day',
    tag,
    access: { permission: 'post.renew' },
    params: idParams,
    body: letterField,
    reply: z.object({ id: z.string(), postId: z.string(), lastDay: z.string(), to: z.string().nullable() }),
    events: ['post.letter-recorded'],
    problems: ['post.letter-misplaced', 'post.letter-shorter', 'post.letter-too-late', ...letterProblemCodes],
  }),
  listLetters: route({
    method: 'get',
    path: '/posts/:id/letters',
    summary: '岗位的授权书 Letters of a post',
    tag,
    access: { permission: 'account.read' },
    params: idParams,
    reply: lettersReply,
    problems: ['request.not-found'],
  }),
  requireLetters: route({
    method: 'put',
    path: '/installation/letters',
    summary: '规定自哪一日起评估机构岗位须有授权书 From which day posts of institutions need a letter',
    tag: '系统',
    access: { permission: 'post.require-letters' },
    body: required.strict(),
    reply: requiredReply,
    events: ['post.letters-required'],
  }),
  readLetterRule: route({
    method: 'get',
    path: '/installation/letters',
    summary: '自哪一日起须有授权书 From which day letters are needed',
    tag: '系统',
    access: { permission: 'account.read' },
    reply: requiredReply,
  }),
};

export const letterProblems: ProblemList = {
  'post.letter-missing': {
    status: 422,
    title: '缺少授权书',
    detail: '自 {from} 起，评估机构的经办人和用印员岗位须有授权书；请在 letter 填写编号、扫描件或存放说明、最后一日。',
    en: {
      title: 'Letter of authorisation missing',
      detail:
        'From {from} on, clerks and seal keepers of institutions need a letter of authorisation; give its number, the scan or where it is kept, and its last day in letter.',
    },
  },
  'post.letter-ended': {
    status: 422,
    title: '授权书期间不对',
    detail: '授权书最后一日 {lastDay} 早于 {from}；请填写有效的授权书。',
    en: {
      title: 'Dates of the letter not right',
      detail: 'The last day of the letter, {lastDay}, is before {from}; give a valid letter of authorisation.',
    },
  },
  'post.letter-shorter': {
    status: 422,
    title: '不是续期',
    detail: '现有授权书至 {until}，所填最后一日 {lastDay} 不晚于它；提前终止请结束岗位。',
    en: {
      title: 'No renewal',
      detail:
        'The present letter runs until {until}, and the last day given, {lastDay}, is not after it; to end it early, end the post.',
    },
  },
  'post.letter-too-late': {
    status: 409,
    title: '岗位已结束',
    detail: '该岗位已于 {to} 结束，不能续期；请以新授权书另设岗位。',
    en: {
      title: 'The post has ended',
      detail: 'The post ended on {to} and cannot be renewed; give a new post on a new letter.',
    },
  },
};

export const letterEvents: EventCatalogue = {
  'post.letter-recorded': { visibility: 'sealed', title: '登记授权书' },
  'post.letters-required': { visibility: 'sealed', title: '规定须有授权书的起始日' },
};
