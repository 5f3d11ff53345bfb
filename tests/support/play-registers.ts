import { addDays } from '../../src/kernel/pure/time';
import { done } from './client';
import { creditCodeOf } from './credit-codes';
import { aFile, aMine, anInstitution, anOrganisation } from './register-builders';
import type { Whole } from './whole-service';

const etag = (version: number) => ({ 'if-match': `"${version}"` });

/** A paper of a body recorded, renewed, taken back. */
export async function playBodyDocuments(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const { id } = await anOrganisation(whole);
  const paper = { kind: 'authorisation', from: '2025-01-01', lastDay: '2025-12-31', paper: '示例授权书' };
  const added = await done(
    bureau.post(`/organisations/${id}/documents`, { ...paper, fileId: await aFile(bureau) }, etag(1)),
    201,
  );
  const one = `/organisations/${id}/documents/${added.items[0].id}`;
  const renewed = { ...paper, from: '2026-01-01', lastDay: '2026-12-31' };
  await done(bureau.post(`${one}/versions`, renewed, etag(2)), 201);
  await done(bureau.post(`${one}/withdraw`, { paper: '登记有误' }, etag(3)));
}

/** Owners, former codes, successors, a new code. */
export async function playBodyLists(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const { id, uscc } = await anOrganisation(whole);
  const heir = await anOrganisation(whole);
  const of = (what: string): string => `/organisations/${id}/${what}`;
  const list = (items: object[]) => ({ paper: '示例登记材料', items });
  const owner = { relation: 'shareholder', holderKind: 'organisation', uscc: heir.uscc, from: '2020-01-01' };
  await done(bureau.put(of('owners'), list([owner]), etag(1)));
  const old = { kind: 'registration-number', code: `3700${uscc.slice(10, 16).replace(/\D/g, '0')}00000` };
  await done(bureau.put(of('former-codes'), list([old]), etag(2)));
  const succession = { organisationId: heir.id, kind: 'absorbed', from: '2025-06-01' };
  await done(bureau.put(of('successors'), list([succession]), etag(3)));
  const change = { uscc: creditCodeOf(whole.next()), from: '2025-01-01', paper: '换发通知' };
  await done(bureau.post(of('code-changes'), change, etag(4)), 201);
}

/** Licences, standings, contacts, and what an operator proposes. */
export async function playMineLists(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const operator = await anOrganisation(whole);
  const id = await aMine(whole, operator.id);
  const list = (items: object[]) => ({ paper: '示例登记材料', items });
  const number = `C370000200906421${String(whole.next()).padStart(7, '0')}`;
  await done(bureau.put(`/mines/${id}/licences`, list([{ number, from: '2020-01-01' }]), etag(1)));
  const standing = { level: 'provincial', list: '示例省绿色矿山名录', status: 'on-list', from: '2024-01-01' };
  await done(bureau.put(`/mines/${id}/list-entries`, list([standing]), etag(2)));
  const contact = { name: '示例联系人', role: '矿长', phone: '00000000000', from: '2024-01-01' };
  await done(bureau.put(`/mines/${id}/contacts`, list([contact]), etag(3)));
  const mine = await whole.enlist('mine', { organisationId: operator.id });
  const wish = { reason: '示例原因', items: [contact] };
  const propose = async (): Promise<string> =>
    (await done(mine.post(`/mines/${id}/contact-proposals`, wish), 201)).id as string;
  const one = async (what: string): Promise<string> => `/mine-contact-proposals/${await propose()}/${what}`;
  await done(bureau.post(await one('accept'), { paper: '矿山企业申请' }, etag(1)));
  await done(bureau.post(await one('return'), { reason: '示例原因' }, etag(1)));
  await done(mine.post(await one('withdraw'), undefined, etag(1)));
}

/** Changes reported, owed, returned, dropped; a telephone kept by its owner. */
export async function playChanges(whole: Whole): Promise<void> {
  const { bureau } = whole;
  const institution = await anInstitution(whole);
  const clerk = await whole.enlist('institution', { institutionId: institution.id });
  const of = (what: string): string => `/institutions/${institution.id}/${what}`;
  const told = { note: '示例说明', proposal: { organisation: { name: '示例更名评估有限公司' } } };
  const report = { kind: 'name', happenedOn: whole.today(), ...told };
  const one = async (what: string): Promise<string> =>
    `/institution-changes/${(await done(clerk.post(of('changes'), report), 201)).id}/${what}`;
  await done(bureau.post(await one('confirm'), { paper: '变更通知书' }, etag(1)));
  await done(bureau.post(await one('return'), { reason: '示例原因', reportBy: addDays(whole.today(), 60) }, etag(1)));
  const duty = { kind: 'owners', happenedOn: whole.today(), note: '示例说明', paper: '示例公示' };
  const { id } = await done(bureau.post(of('change-duties'), duty), 201);
  await done(clerk.post(`/institution-changes/${id}/report`, { note: '示例说明' }, etag(1)));
  const other = await done(bureau.post(of('change-duties'), { ...duty, kind: 'other' }), 201);
  await done(bureau.post(`/institution-changes/${other.id}/drop`, { reason: '示例原因' }, etag(1)));
  await done(clerk.put(of('phone'), { phone: '000-00000000' }));
}
