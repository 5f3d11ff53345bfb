import { done } from './client';
import { creditCodeOf } from './credit-codes';
import { aFile, aMine, anOrganisation } from './register-builders';
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
