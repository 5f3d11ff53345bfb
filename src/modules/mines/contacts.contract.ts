import * as z from 'zod';
import {
  entryReply,
  idField,
  idParams,
  lineField,
  momentQuery,
  momentReply,
  paperField,
  spanFields,
  textField,
} from '../../kernel/http/fields';
import { pageOf, pageQuery, route } from '../../kernel/http/route';
import type { ProblemList } from '../../kernel/problem';
import type { EventCatalogue } from '../audit-log';
import { proposalStates } from './contacts.states';

const contact = z.strictObject({
  ...spanFields,
  name: lineField(100).describe('联系人姓名'),
  role: lineField(60).describe('职务或分工'),
  phone: lineField(40)
    .refine((text) => (text.match(/\d/g) ?? []).length >= 7 && /^[\d+() -]+$/.test(text), '电话应含至少 7 位数字。')
    .describe('联系电话'),
});
export type ContactLine = z.output<typeof contact>;

const items = z.array(contact).max(50).describe('完整清单，代替原清单');

export const putContacts = z.strictObject({ paper: paperField, items });
export const proposeContacts = z.strictObject({
  reason: textField(500).describe('变更原因'),
  items,
});
export type ProposeContacts = z.output<typeof proposeContacts>;

const shown = { name: z.string(), role: z.string(), phone: z.string() };

export const contactsReply = z.object({
  mineId: z.string(),
  version: z.number().int(),
  ...momentReply,
  masked: z.boolean().describe('姓名和电话是否已作遮盖'),
  items: z.array(z.object({ ...entryReply, holds: z.boolean(), ...shown })),
});
export type ContactsReply = z.input<typeof contactsReply>;

export const proposalReply = z.object({
  id: z.string(),
  mineId: z.string(),
  organisationId: z.string(),
  state: z.enum(proposalStates).describe('已提出、已采纳、已退回、已撤回'),
  reason: z.string(),
  items: z.array(z.object({ from: z.string(), lastDay: z.string().nullable(), ...shown })),
  proposedAt: z.string(),
  decidedAt: z.string().nullable(),
  decisionReason: z.string().nullable(),
  version: z.number().int(),
});
export type ProposalReply = z.input<typeof proposalReply>;

const tag = '矿山登记';
const access = { permission: 'mine.amend' } as const;
const decision = { method: 'post', tag, params: idParams, reply: proposalReply, status: 200, etag: true } as const;

export const contactRoutes = {
  readContacts: route({
    method: 'get',
    path: '/mines/:id/contacts',
    summary: '矿山联系人；无需联系的角色只见遮盖后的姓名和电话 contacts, masked for those who need not call',
    tag,
    access: { permission: 'mine.read' },
    params: idParams,
    query: z.strictObject(momentQuery),
    reply: contactsReply,
    problems: ['request.not-found'],
    etag: true,
  }),
  putContacts: route({
    method: 'put',
    path: '/mines/:id/contacts',
    summary: '登记联系人的完整清单 record the whole dated list of contacts',
    tag,
    access,
    params: idParams,
    body: putContacts,
    reply: contactsReply,
    events: ['mine.contacts-recorded'],
    problems: ['request.not-found', 'mine.list-faulty'],
    etag: true,
    ifMatch: true,
  }),
  propose: route({
    method: 'post',
    path: '/mines/:id/contact-proposals',
    summary: '矿山企业提出联系人变更 the operator proposes contacts',
    tag,
    access: { permission: 'mine.propose' },
    params: idParams,
    body: proposeContacts,
    reply: proposalReply,
    events: ['mine.contacts-proposed'],
    problems: ['request.not-found', 'mine.list-faulty'],
    etag: true,
  }),
  listProposals: route({
    method: 'get',
    path: '/mine-contact-proposals',
    summary: '联系人变更申请 proposals of contacts',
    tag,
    access: { permission: 'mine.proposals' },
    query: z.strictObject({ ...pageQuery, state: z.enum(proposalStates).optional(), mineId: idField.optional() }),
    reply: pageOf(proposalReply),
  }),
  acceptProposal: route({
    ...decision,
    path: '/mine-contact-proposals/:id/accept',
    summary: '采纳：按申请登记联系人 take the proposal over',
    access,
    body: z.strictObject({ paper: paperField }),
    events: ['mine.contacts-accepted'],
    problems: ['request.not-found', 'mine.proposal-decided', 'mine.list-faulty'],
    ifMatch: true,
  }),
  returnProposal: route({
    ...decision,
    path: '/mine-contact-proposals/:id/return',
    summary: '退回，说明原因 return with the reason',
    access,
    body: z.strictObject({ reason: textField(500) }),
    events: ['mine.contacts-returned'],
    problems: ['request.not-found', 'mine.proposal-decided'],
    ifMatch: true,
  }),
  withdrawProposal: route({
    ...decision,
    path: '/mine-contact-proposals/:id/withdraw',
    summary: '矿山企业撤回申请 the operator takes the proposal back',
    access: { permission: 'mine.propose' },
    events: ['mine.contacts-withdrawn'],
    problems: ['request.not-found', 'mine.proposal-decided'],
    ifMatch: true,
  }),
};

export const contactProblems: ProblemList = {
  'mine.proposal-decided': {
    status: 409,
    title: '该申请已办结',
    detail: '该联系人变更申请的状态为 {state}，不能再办理；如需变更，请重新提出。',
    en: {
      title: 'The request is settled',
      detail: 'The request to change contacts is {state} and cannot be dealt with any more; make another if needed.',
    },
  },
};

export const contactEvents: EventCatalogue = {
  'mine.contacts-recorded': { visibility: 'sealed', title: '登记矿山联系人' },
  'mine.contacts-proposed': { visibility: 'sealed', title: '矿山企业提出联系人变更' },
  'mine.contacts-accepted': { visibility: 'sealed', title: '采纳联系人变更' },
  'mine.contacts-returned': { visibility: 'sealed', title: '退回联系人变更' },
  'mine.contacts-withdrawn': { visibility: 'sealed', title: '撤回联系人变更' },
};
